package io.yunyu.cli.generate;

import java.util.Optional;

/**
 * A column of a generated table, as a provider would declare it; role and grade are left to the declarer.
 *
 * @param type in the notation of ingest orders: {@code STRING}, {@code LONG}, {@code DECIMAL(p,s)} or {@code DATE}
 * @param identifier {@code CITIZEN_ID} or {@code USCC} where the values are such identifiers
 * @param required whether clean data never leave it empty
 */
public record GeneratedColumn(
        String name, String type, Optional<String> identifier, boolean required, String titleZh, String titleEn) {

    static GeneratedColumn of(String name, String type, String titleZh, String titleEn) {
        return new GeneratedColumn(name, type, Optional.empty(), true, titleZh, titleEn);
    }

    static GeneratedColumn citizenId(String name, String titleZh, String titleEn) {
        return new GeneratedColumn(name, "STRING", Optional.of("CITIZEN_ID"), true, titleZh, titleEn);
    }

    static GeneratedColumn uscc(String name, String titleZh, String titleEn) {
        return new GeneratedColumn(name, "STRING", Optional.of("USCC"), true, titleZh, titleEn);
    }
}

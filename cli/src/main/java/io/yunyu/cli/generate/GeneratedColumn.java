package io.yunyu.cli.generate;

import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.Dimension;
import java.util.List;
import java.util.Optional;

/**
 * A column of a generated table, as a provider would declare it; role and grade are left to the declarer.
 *
 * @param type in the notation of ingest orders: {@code STRING}, {@code LONG}, {@code DECIMAL(p,s)} or {@code DATE}
 * @param identifier {@code CITIZEN_ID} or {@code USCC} where the values are such identifiers
 * @param required whether clean data never leave it empty
 * @param dimension what queries may name and group by, where values are from a list, nest or are days
 */
public record GeneratedColumn(
        String name,
        String type,
        Optional<String> identifier,
        boolean required,
        String titleZh,
        String titleEn,
        Optional<Dimension> dimension) {

    static GeneratedColumn of(String name, String type, String titleZh, String titleEn) {
        return new GeneratedColumn(name, type, Optional.empty(), true, titleZh, titleEn, Optional.empty());
    }

    /** The column, every value of which is one of the codes. */
    GeneratedColumn in(List<String> codes) {
        return by(new CodeList(codes));
    }

    GeneratedColumn by(Dimension declared) {
        return new GeneratedColumn(name, type, identifier, required, titleZh, titleEn, Optional.of(declared));
    }

    static GeneratedColumn citizenId(String name, String titleZh, String titleEn) {
        return new GeneratedColumn(name, "STRING", Optional.of("CITIZEN_ID"), true, titleZh, titleEn, Optional.empty());
    }

    static GeneratedColumn uscc(String name, String titleZh, String titleEn) {
        return new GeneratedColumn(name, "STRING", Optional.of("USCC"), true, titleZh, titleEn, Optional.empty());
    }
}

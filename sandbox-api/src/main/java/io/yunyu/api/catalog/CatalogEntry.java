package io.yunyu.api.catalog;

import io.yunyu.contract.job.AttributeSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A dataset at one version, as the catalog shows it. No row counts: those are the provider's.
 *
 * @param providerKey the key that the dataset's first order was signed with
 * @param number version of the dataset, from 1
 * @param tableVersion version of the Delta table
 * @param batchDigest of the batch loaded last
 * @param synthetic whether fictional identifiers are accepted
 * @param element release of the data element that the version was derived from
 */
public record CatalogEntry(
        String id,
        String provider,
        String providerKey,
        String family,
        String unitColumn,
        String openAttribute,
        String kind,
        String titleZh,
        String titleEn,
        boolean synthetic,
        int number,
        long tableVersion,
        String batchDigest,
        LocalDate acquiredOn,
        List<AttributeSpec> attributes,
        Optional<String> element) {
    public static final String NOT_OPEN = "NOT_OPEN";
    public static final String ELEMENT = "ELEMENT";

    public CatalogEntry {
        attributes = List.copyOf(attributes);
    }

    public Optional<AttributeSpec> attribute(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    public String title(boolean chinese) {
        return chinese ? titleZh : titleEn;
    }
}

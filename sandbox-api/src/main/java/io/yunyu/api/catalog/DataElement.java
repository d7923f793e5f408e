package io.yunyu.api.catalog;

import io.yunyu.contract.job.AttributeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A data element that primary development made and its provider let go: what was 不予开放 as original records may be opened in
 * this form (第三十二条第二款). It becomes a version of a dataset by its provider's order.
 *
 * @param sourceNumber version of the source dataset
 * @param sourceOpen how open the source was
 * @param synthetic whether the source accepts fictional identifiers
 * @param contentDigest of its table as CSV
 * @param schemeDigest of the specification that de-identified it
 * @param assessmentDigest of the report on risk and quality that its reviewer saw
 * @param policy smallest class of persons that it was made under
 * @param basis the law it rests on, and the approval
 */
public record DataElement(
        String release,
        String job,
        String sourceDataset,
        int sourceNumber,
        String sourceOpen,
        boolean synthetic,
        String provider,
        String contentDigest,
        String schemeDigest,
        String assessmentDigest,
        List<AttributeSpec> attributes,
        String policy,
        String basis,
        Instant registeredAt) {
    private static final String FOLDER = "elements/";
    private static final String ENDING = ".csv";

    public DataElement {
        attributes = List.copyOf(attributes);
    }

    /** By what name an order loads it. No inbox holds a file of this name: the platform reads it from the release. */
    public String file() {
        return FOLDER + release + ENDING;
    }

    /** The release that an order's file names, if it has the form of one. */
    static Optional<String> releaseOf(String file) {
        return file.startsWith(FOLDER) && file.endsWith(ENDING)
                ? Optional.of(file.substring(FOLDER.length(), file.length() - ENDING.length()))
                : Optional.empty();
    }
}

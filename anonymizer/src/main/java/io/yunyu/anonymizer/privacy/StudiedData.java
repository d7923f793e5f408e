package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What privacy models need to know of the data as a whole.
 *
 * @param records number of records under study
 * @param allRecords number of all records, those outside the research subset included
 * @param hasSubset whether a research subset was chosen
 * @param sensitive the sensitive attributes in the order of the histograms
 */
public record StudiedData(
        long records,
        long allRecords,
        boolean hasSubset,
        QuasiIdentifiers quasiIdentifiers,
        List<SensitiveAttribute> sensitive) {

    public StudiedData {
        sensitive = List.copyOf(sensitive);
    }

    int indexOf(String attribute) {
        for (int i = 0; i < sensitive.size(); i++) {
            if (sensitive.get(i).name().equals(attribute)) {
                return i;
            }
        }
        throw new InputException("A privacy model protects '" + attribute
                + "', which is not a sensitive attribute; give it the role SENSITIVE.");
    }

    /**
     * A sensitive attribute.
     *
     * @param dictionary distinct values in code order
     * @param frequencies records under study per value
     * @param hierarchy the attribute's hierarchy, if it has one
     */
    public record SensitiveAttribute(
            String name,
            DataType type,
            List<String> dictionary,
            long[] frequencies,
            @Nullable GeneralizationHierarchy hierarchy) {

        GeneralizationHierarchy requiredHierarchy() {
            if (hierarchy == null) {
                throw new InputException("Hierarchical t-closeness on '" + name + "' needs a hierarchy for it.");
            }
            return hierarchy;
        }
    }
}

package io.yunyu.anonymizer;

import io.yunyu.anonymizer.microaggregation.AggregateFunction;
import io.yunyu.anonymizer.microaggregation.Microaggregation;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.StudiedData;
import java.util.ArrayList;
import java.util.List;

/** Where ARX 3.9.2 would answer this specification differently, and why this answer is right. */
final class ArxDifferences {
    private ArxDifferences() {}

    static List<String> of(AnonymizationSpec spec, StudiedData data) {
        List<String> differences = new ArrayList<>();
        for (PrivacyModel model : spec.privacyModels()) {
            if (model instanceof EntropyLDiversity entropy
                    && entropy.estimator() == EntropyLDiversity.Estimator.GRASSBERGER) {
                differences.add(
                        model.label() + ": ARX stops adding up before it has seen all values, so that its verdict"
                                + " depends on the order of its hash buckets. Here all values count.");
            }
            if (model instanceof HierarchicalTCloseness && data.records() * data.records() > Integer.MAX_VALUE) {
                differences.add(model.label() + ": with " + data.records()
                        + " records ARX's 32-bit products overflow and it may accept classes that are not close."
                        + " Here the distance is computed in 64 bits.");
            }
        }
        for (AttributeSpec attribute : spec.attributes()) {
            if (attribute
                    .microaggregation()
                    .map(Microaggregation::function)
                    .filter(AggregateFunction.MODE::equals)
                    .isPresent()) {
                differences.add("Mode of '" + attribute.name() + "': among equally frequent values ARX takes one by the"
                        + " order of its hash buckets. Here it is the one that occurs first in the input.");
            }
        }
        if (spec.subset().isPresent() && spec.suppressionLimit().fraction() == 0) {
            differences.add(
                    "ARX releases generalized records from outside the research subset when suppressionLimit is 0."
                            + " Here they are withheld.");
        }
        return differences;
    }
}

package io.yunyu.anonymizer.privacy;

/**
 * At most the part {@code threshold} of the released records is alone in its class.
 *
 * @param threshold in [0, 1]
 */
public record SampleUniqueness(double threshold) implements PrivacyModel, ReleaseCriterion {
    public SampleUniqueness {
        PrivacyModel.require(
                threshold >= 0 && threshold <= 1,
                "sample-uniqueness",
                "threshold must lie in [0, 1], got " + threshold);
    }

    @Override
    public String label() {
        return "sample-uniqueness(threshold=" + threshold + ")";
    }

    @Override
    public boolean allowsLocalRecoding() {
        return false;
    }

    @Override
    public boolean isSatisfied(ClassSizes released) {
        return released.records() == 0 || (double) released.classesOfSize(1) / released.records() <= threshold;
    }
}

package io.yunyu.anonymizer.privacy;

import java.util.OptionalDouble;

/**
 * The average re-identification risk of the release, 1 / (average class size), is at most {@code averageRisk}; if
 * {@code highestRisk} is given, at most the part {@code recordsAtRisk} of the records lies in classes with a higher risk.
 *
 * @param averageRisk in (0, 1]
 * @param highestRisk in (0, 1], or absent
 * @param recordsAtRisk in [0, 1], present if and only if highestRisk is
 */
public record AverageRisk(double averageRisk, OptionalDouble highestRisk, OptionalDouble recordsAtRisk)
        implements PrivacyModel, ReleaseCriterion {
    public AverageRisk {
        PrivacyModel.require(
                averageRisk > 0 && averageRisk <= 1,
                "average-risk",
                "averageRisk must lie in (0, 1], got " + averageRisk);
        PrivacyModel.require(
                highestRisk.isPresent() == recordsAtRisk.isPresent(),
                "average-risk",
                "highestRisk and recordsAtRisk go together");
        PrivacyModel.require(
                highestRisk.isEmpty() || highestRisk.getAsDouble() > 0 && highestRisk.getAsDouble() <= 1,
                "average-risk",
                "highestRisk must lie in (0, 1]");
        PrivacyModel.require(
                recordsAtRisk.isEmpty() || recordsAtRisk.getAsDouble() >= 0 && recordsAtRisk.getAsDouble() <= 1,
                "average-risk",
                "recordsAtRisk must lie in [0, 1]");
    }

    public AverageRisk(double averageRisk) {
        this(averageRisk, OptionalDouble.empty(), OptionalDouble.empty());
    }

    @Override
    public String label() {
        return "average-risk(averageRisk=" + averageRisk
                + (highestRisk.isEmpty()
                        ? ""
                        : ", highestRisk=" + highestRisk.getAsDouble() + ", recordsAtRisk="
                                + recordsAtRisk.getAsDouble())
                + ")";
    }

    @Override
    public boolean isSatisfied(ClassSizes released) {
        if (released.records() == 0) {
            return true;
        }
        if ((double) released.classes() / released.records() > averageRisk) {
            return false;
        }
        return highestRisk.isEmpty()
                || (double) released.recordsBelow(smallestSafeSize(highestRisk.getAsDouble())) / released.records()
                        <= recordsAtRisk.getAsDouble();
    }

    /** The smallest class size whose risk does not exceed a threshold. 1/0.2 must yield 5 whatever rounding says. */
    static long smallestSafeSize(double highestRisk) {
        double size = 1 / highestRisk;
        double whole = Math.rint(size);
        return (long) (Math.abs(size - whole) < 1e-6 ? whole : Math.ceil(size));
    }
}

package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.data.InputException;

/**
 * How much generalization and suppression weigh against each other: at 0 suppression costs nothing extra, at 1 only
 * suppression counts, at 0.5 both count fully.
 *
 * @param generalizationSuppression in [0, 1]
 */
public record LossFactors(double generalizationSuppression) {
    public static final LossFactors EVEN = new LossFactors(0.5);

    public LossFactors {
        if (!(generalizationSuppression >= 0 && generalizationSuppression <= 1)) {
            throw new InputException(
                    "generalizationSuppressionFactor must lie in [0, 1], got " + generalizationSuppression + ".");
        }
    }

    double suppression() {
        return generalizationSuppression < 0.5 ? 2 * generalizationSuppression : 1;
    }

    double generalization() {
        return generalizationSuppression <= 0.5 ? 1 : 1 - 2 * (generalizationSuppression - 0.5);
    }
}

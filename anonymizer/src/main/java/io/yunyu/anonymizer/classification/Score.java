package io.yunyu.anonymizer.classification;

import java.util.Map;

/**
 * Predictions held against the truth.
 *
 * @param accuracy part of the records whose most probable response is theirs
 * @param brierScore mean squared distance of the probabilities from the truth, in [0, 2]; 0 is best (Brier 1950)
 * @param curves by the number of the response; none of a response that too few records have, or too few have not
 * @param unconvergedFolds folds whose classifier stopped at its bounds before it was as exact as it should be
 */
public record Score(double accuracy, double brierScore, Map<Integer, RocCurve> curves, int unconvergedFolds) {
    public Score {
        curves = Map.copyOf(curves);
    }
}

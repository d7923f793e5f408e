package io.yunyu.anonymizer.classification;

import java.util.Map;
import java.util.TreeMap;

/** Adds up, fold by fold, how right predictions were. */
final class Tally {
    private final CrossValidation validation;
    private final int[] truth;
    private final Map<Integer, RocCurve.Sum> curves = new TreeMap<>();

    private int correct;
    private double squares;
    private int unconverged;

    /** @param truth the response of each record */
    Tally(CrossValidation validation, int[] truth) {
        this.validation = validation;
        this.truth = truth;
        for (int response = 0; response < validation.responses(); response++) {
            if (validation.hasCurve(response)) {
                curves.put(response, new RocCurve.Sum());
            }
        }
    }

    /** @param probabilities of each response, for each record of the fold in their order */
    void add(int fold, double[][] probabilities, boolean converged) {
        unconverged += converged ? 0 : 1;
        int[] ofFold = new int[validation.responses()];
        for (int i = 0; i < probabilities.length; i++) {
            int response = truth(fold, i);
            ofFold[response]++;
            correct += mostProbable(probabilities[i]) == response ? 1 : 0;
            squares += squaredDistance(probabilities[i], response);
        }
        curves.forEach((response, curve) -> addTo(curve, response, ofFold[response], fold, probabilities));
    }

    private int truth(int fold, int record) {
        return truth[validation.places(fold)[record]];
    }

    private void addTo(RocCurve.Sum curve, int response, int records, int fold, double[][] probabilities) {
        double[] positives = new double[records];
        double[] negatives = new double[probabilities.length - records];
        int found = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (truth(fold, i) == response) {
                positives[found++] = probabilities[i][response];
            } else {
                negatives[i - found] = probabilities[i][response];
            }
        }
        curve.add(positives, negatives);
    }

    Score score() {
        Map<Integer, RocCurve> found = new TreeMap<>();
        curves.forEach((response, sum) -> sum.curve().ifPresent(curve -> found.put(response, curve)));
        return new Score((double) correct / truth.length, squares / truth.length, found, unconverged);
    }

    private static int mostProbable(double[] probabilities) {
        int most = 0;
        for (int response = 1; response < probabilities.length; response++) {
            most = probabilities[response] > probabilities[most] ? response : most;
        }
        return most;
    }

    private static double squaredDistance(double[] probabilities, int truth) {
        double squares = 0;
        for (int response = 0; response < probabilities.length; response++) {
            double distance = probabilities[response] - (response == truth ? 1 : 0);
            squares += distance * distance;
        }
        return squares;
    }
}

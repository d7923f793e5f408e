package io.yunyu.anonymizer.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Receiver operating characteristic of one response against all others: how many records of the response are found, if so
 * many of the others may be taken for it (Fawcett 2006, An introduction to ROC analysis).
 *
 * <p>Only records of one fold are compared, which one predictor predicted; the folds' curves are averaged vertically, each
 * weighted by its pairs. A classifier that knows nothing so has an area of exactly 0.5; over records of all folds it would
 * have less, since a predictor has seen the fewer records of a response the more of them are in its own fold.
 *
 * @param area part of the pairs of a record of the response and another one, of the same fold, in which the former is given
 *     the higher probability; equal ones count half. That is the area under the curve (Mann and Whitney 1947)
 * @param truePositiveRates at the false positive rates 0, 1 / {@value #STEPS} to 1; the greatest where the curve is vertical
 */
public record RocCurve(double area, List<Double> truePositiveRates) {
    /** Steps that the axis of false positive rates is cut into. */
    public static final int STEPS = 50;

    public RocCurve {
        truePositiveRates = List.copyOf(truePositiveRates);
    }

    /** Adds up the folds. */
    static final class Sum {
        private final double[] heights = new double[STEPS + 1];
        private double pairs;
        private double won;

        /**
         * Adds a fold.
         *
         * @param positives probabilities of the response for the records that have it; is sorted
         * @param negatives for the others; is sorted
         */
        void add(double[] positives, double[] negatives) {
            Arrays.sort(positives);
            Arrays.sort(negatives);
            pairs += (double) positives.length * negatives.length;
            won += won(positives, negatives);
            addHeights(positives, negatives);
        }

        private static double won(double[] positives, double[] negatives) {
            double won = 0;
            int below = 0;
            int notAbove = 0;
            for (double positive : positives) {
                while (below < negatives.length && negatives[below] < positive) {
                    below++;
                }
                while (notAbove < negatives.length && negatives[notAbove] <= positive) {
                    notAbove++;
                }
                won += (below + notAbove) / 2.0;
            }
            return won;
        }

        /** From the highest probability down, a point of the fold's curve per probability, with straight lines between. */
        private void addHeights(double[] positives, double[] negatives) {
            int step = 0;
            int found = 0;
            int wrong = 0;
            while (found < positives.length || wrong < negatives.length) {
                double threshold = Math.max(highest(positives, found), highest(negatives, wrong));
                int nextFound = found;
                while (highest(positives, nextFound) == threshold) {
                    nextFound++;
                }
                int nextWrong = wrong;
                while (highest(negatives, nextWrong) == threshold) {
                    nextWrong++;
                }
                for (; at(step, negatives) < nextWrong; step++) {
                    double part = (at(step, negatives) - wrong) / (nextWrong - wrong);
                    heights[step] += negatives.length * (found + part * (nextFound - found));
                }
                found = nextFound;
                wrong = nextWrong;
            }
            for (; step <= STEPS; step++) {
                heights[step] += (double) negatives.length * positives.length;
            }
        }

        /** The highest probability but for some; below all others if there are no more. */
        private static double highest(double[] sorted, int butFor) {
            return butFor < sorted.length ? sorted[sorted.length - 1 - butFor] : -1;
        }

        /** How many of the others may be taken for it at a step. */
        private static double at(int step, double[] negatives) {
            return (double) step * negatives.length / STEPS;
        }

        /** Empty if no fold held records of both kinds. */
        Optional<RocCurve> curve() {
            return pairs == 0
                    ? Optional.empty()
                    : Optional.of(new RocCurve(
                            won / pairs,
                            Arrays.stream(heights)
                                    .map(height -> height / pairs)
                                    .boxed()
                                    .toList()));
        }
    }
}

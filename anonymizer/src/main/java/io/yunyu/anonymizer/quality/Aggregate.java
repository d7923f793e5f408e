package io.yunyu.anonymizer.quality;

import java.util.Arrays;

/** How the losses of the attributes become one. Does not depend on the attributes' order, not even in the last bit. */
public enum Aggregate {
    SUM {
        @Override
        InformationLoss of(double[] ascending) {
            return InformationLoss.of(sum(ascending));
        }
    },
    MAXIMUM {
        @Override
        InformationLoss of(double[] ascending) {
            return InformationLoss.of(ascending[ascending.length - 1]);
        }
    },
    ARITHMETIC_MEAN {
        @Override
        InformationLoss of(double[] ascending) {
            return InformationLoss.of(sum(ascending) / ascending.length);
        }
    },
    /** Geometric mean of loss + 1, less 1, so that one lossless attribute does not hide the others. */
    GEOMETRIC_MEAN {
        @Override
        InformationLoss of(double[] ascending) {
            double product = 1;
            for (double loss : ascending) {
                product *= loss + 1;
            }
            return InformationLoss.of(Math.pow(product, 1.0 / ascending.length) - 1);
        }
    },
    /** The greatest loss first; ties are decided by the next greatest. */
    RANK {
        @Override
        InformationLoss of(double[] ascending) {
            double[] descending = new double[ascending.length];
            for (int i = 0; i < descending.length; i++) {
                descending[i] = ascending[descending.length - 1 - i];
            }
            return InformationLoss.ofVector(descending);
        }
    };

    /** @param ascending weighted losses of the attributes, sorted */
    abstract InformationLoss of(double[] ascending);

    InformationLoss of(double[] losses, double[] weights) {
        double[] weighted = new double[losses.length];
        for (int i = 0; i < losses.length; i++) {
            weighted[i] = losses[i] * weights[i];
        }
        Arrays.sort(weighted);
        return of(weighted);
    }

    private static double sum(double[] ascending) {
        double sum = 0;
        for (double loss : ascending) {
            sum += loss;
        }
        return sum;
    }
}

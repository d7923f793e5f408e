package io.yunyu.anonymizer.privacy;

import java.util.function.DoubleUnaryOperator;

/**
 * The slide negative binomial model of class sizes in a population (Chen and Keller-McNulty 1998): a class has one member
 * and a negative binomial number of others, with parameters alpha and beta. Fitted to the number of classes and of uniques
 * in a Bernoulli sample by the method of moments.
 *
 * <p>Expected in a sample with fraction pi of K classes, with q = 1 - beta, s = 1 - pi and A = beta / (1 - q s):
 * {@code K (1 - s A^alpha)} classes, {@code K pi A^alpha (1 + alpha q s / (1 - q s))} uniques; the population's size is
 * {@code K (1 + alpha q / beta)}. For each alpha one beta gives the number of classes; alpha is found from the uniques.
 */
final class SlideNegativeBinomial {
    private static final double LEAST_LOG_ALPHA = Math.log(1e-12);
    private static final double GREATEST_LOG_ALPHA = Math.log(1e4);
    private static final double LEAST_LOG_BETA = -600;
    private static final int STEPS = 100;

    private final double population;
    private final double fraction;
    private final double classes;
    private final double uniques;

    SlideNegativeBinomial(ClassSizes sizes, long population) {
        this.population = population;
        this.fraction = (double) sizes.records() / population;
        this.classes = sizes.classes();
        this.uniques = sizes.classesOfSize(1);
    }

    /**
     * Estimated part of the population that is unique; NaN if no parameters fit, as for samples with more uniques than
     * even a logarithmic series explains.
     */
    double uniqueFraction() {
        if (!(excess(LEAST_LOG_ALPHA) > 0 && excess(GREATEST_LOG_ALPHA) < 0)) {
            return Double.NaN;
        }
        double alpha = Math.exp(root(this::excess, LEAST_LOG_ALPHA, GREATEST_LOG_ALPHA));
        double logBeta = logBeta(alpha);
        return Math.exp(alpha * logBeta) * populationClasses(alpha, Math.exp(logBeta)) / population;
    }

    /** Expected less observed uniques, for the beta that fits the number of classes; falls with alpha. */
    private double excess(double logAlpha) {
        double alpha = Math.exp(logAlpha);
        double beta = Math.exp(logBeta(alpha));
        double rest = beta + fraction - beta * fraction;
        double expected = populationClasses(alpha, beta)
                * fraction
                * Math.exp(alpha * Math.log(beta / rest))
                * (1 + alpha * (1 - beta) * (1 - fraction) / rest);
        return expected - uniques;
    }

    /** The more alike people are, the smaller beta and the fewer classes. */
    private double logBeta(double alpha) {
        return root(log -> sampleClasses(alpha, Math.exp(log)) - classes, LEAST_LOG_BETA, 0);
    }

    /** A zero between two points of opposite sign, by the Illinois variant of regula falsi. */
    private static double root(DoubleUnaryOperator function, double from, double to) {
        double a = from;
        double b = to;
        double fa = function.applyAsDouble(a);
        double fb = function.applyAsDouble(b);
        if (fa * fb > 0) {
            return Math.abs(fa) < Math.abs(fb) ? a : b;
        }
        double c = a;
        for (int step = 0; step < STEPS && Math.abs(b - a) > 1e-10 * (1 + Math.abs(b)); step++) {
            // Every third step halves, so that no shape of the function makes it crawl.
            c = step % 3 == 2 ? (a + b) / 2 : (a * fb - b * fa) / (fb - fa);
            double fc = function.applyAsDouble(c);
            if (fc == 0) {
                return c;
            }
            if (fc * fb < 0) {
                a = b;
                fa = fb;
            } else {
                fa /= 2;
            }
            b = c;
            fb = fc;
        }
        return c;
    }

    private double sampleClasses(double alpha, double beta) {
        double rest = beta + fraction - beta * fraction;
        double logPower = alpha * Math.log(beta / rest);
        // 1 - (1 - pi) A^alpha without cancellation.
        return populationClasses(alpha, beta) * -Math.expm1(Math.log1p(-fraction) + logPower);
    }

    private double populationClasses(double alpha, double beta) {
        return population / (1 + alpha * (1 - beta) / beta);
    }
}

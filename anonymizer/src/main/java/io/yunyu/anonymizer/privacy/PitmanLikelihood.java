package io.yunyu.anonymizer.privacy;

import static io.yunyu.anonymizer.privacy.DigammaFunctions.digamma;
import static io.yunyu.anonymizer.privacy.DigammaFunctions.logGamma;
import static io.yunyu.anonymizer.privacy.DigammaFunctions.trigamma;

/**
 * The likelihood of Pitman's sampling formula for the sizes of classes in a sample, and its maximum by damped Newton steps
 * from Hoshino's moment estimate: an undamped one leaves the parameters' range once some uniques were suppressed.
 */
final class PitmanLikelihood {
    private static final int MAX_STEPS = 200;
    private static final double ACCURACY = 1e-9;

    private final ClassSizes sizes;
    private final double n;
    private final double u;

    PitmanLikelihood(ClassSizes sizes) {
        this.sizes = sizes;
        this.n = sizes.records();
        this.u = sizes.classes();
    }

    private record Point(double theta, double alpha) {
        static final Point NONE = new Point(Double.NaN, Double.NaN);
    }

    /** Theta and alpha; NaN if the likelihood has no maximum inside the parameters' range. */
    double[] maximum() {
        Point at = start();
        double best = logLikelihood(at);
        for (int step = 0; step < MAX_STEPS; step++) {
            Point direction = direction(at);
            Point next = Point.NONE;
            double length = 1;
            for (; length > 1e-12; length /= 2) {
                next = new Point(at.theta + length * direction.theta, at.alpha + length * direction.alpha);
                if (isInside(next) && logLikelihood(next) >= best) {
                    break;
                }
            }
            boolean still = Math.abs(length * direction.theta) <= ACCURACY * Math.abs(at.theta)
                    && Math.abs(length * direction.alpha) <= ACCURACY;
            if (length <= 1e-12 || still) {
                return new double[] {at.theta, at.alpha};
            }
            at = next;
            best = logLikelihood(at);
        }
        return new double[] {Double.NaN, Double.NaN};
    }

    private Point start() {
        double c1 = sizes.classesOfSize(1);
        double c2 = Math.max(1, sizes.classesOfSize(2));
        double c = c1 * (c1 - 1) / c2;
        double theta = (n * u * c - c1 * (n - 1) * (2 * u + c)) / (2 * c1 * u + c1 * c - n * c);
        double alpha = (theta * (c1 - n) + (n - 1) * c1) / (n * u);
        Point moments = new Point(theta, alpha);
        return isInside(moments) && alpha > 0 ? moments : new Point(u / 2, 0.1);
    }

    private boolean isInside(Point p) {
        return p.alpha < 1 && p.theta + p.alpha > 0 && p.theta > -1 && p.theta + (u - 1) * p.alpha > 0;
    }

    private double logLikelihood(Point p) {
        double[] sum = {logGamma(p.theta + 1) - logGamma(p.theta + n)};
        for (int i = 1; i < u; i++) {
            sum[0] += Math.log(p.theta + i * p.alpha);
        }
        sizes.forEachSize((size, classes) -> {
            if (size > 1) {
                sum[0] += classes * (logGamma(size - p.alpha) - logGamma(1 - p.alpha));
            }
        });
        return sum[0];
    }

    /** Newton's step where it climbs, else the gradient. */
    private Point direction(Point p) {
        double fTheta = 0;
        double fAlpha = 0;
        double gAlpha = 0;
        double f = 0;
        double g = 0;
        for (int i = 1; i < u; i++) {
            double r = 1 / (p.theta + i * p.alpha);
            f += r;
            g += i * r;
            fTheta -= r * r;
            fAlpha -= i * r * r;
            gAlpha -= (i * r) * (i * r);
        }
        double[] tail = {0, 0};
        sizes.forEachSize((size, classes) -> {
            if (size > 1) {
                tail[0] += classes * (digamma(size - p.alpha) - digamma(1 - p.alpha));
                tail[1] += classes * (trigamma(1 - p.alpha) - trigamma(size - p.alpha));
            }
        });
        f -= digamma(p.theta + n) - digamma(p.theta + 1);
        g -= tail[0];
        fTheta += trigamma(p.theta + 1) - trigamma(p.theta + n);
        gAlpha -= tail[1];
        double determinant = fTheta * gAlpha - fAlpha * fAlpha;
        if (fTheta < 0 && determinant > 0) {
            return new Point(-(f * gAlpha - g * fAlpha) / determinant, -(g * fTheta - f * fAlpha) / determinant);
        }
        // Scaled by the second derivatives' size: theta and alpha have different units.
        return new Point(f / Math.abs(fTheta), g / Math.abs(gAlpha));
    }
}

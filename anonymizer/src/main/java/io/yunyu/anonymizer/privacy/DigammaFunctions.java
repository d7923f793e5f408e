package io.yunyu.anonymizer.privacy;

/** Logarithm of the gamma function and its first two derivatives for positive arguments, by recurrence and asymptotic series. */
final class DigammaFunctions {
    private static final double LARGE = 12;

    private DigammaFunctions() {}

    static double logGamma(double x) {
        double shift = 0;
        double at = x;
        while (at < LARGE) {
            shift -= Math.log(at);
            at++;
        }
        double r = 1 / (at * at);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / at;
        return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
    }

    static double digamma(double x) {
        double shift = 0;
        double at = x;
        while (at < LARGE) {
            shift -= 1 / at;
            at++;
        }
        double r = 1 / (at * at);
        return shift + Math.log(at) - 0.5 / at - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r / 240)));
    }

    static double trigamma(double x) {
        double shift = 0;
        double at = x;
        while (at < LARGE) {
            shift += 1 / (at * at);
            at++;
        }
        double r = 1 / (at * at);
        return shift + 1 / at + r / 2 + r / at * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r / 30)));
    }
}

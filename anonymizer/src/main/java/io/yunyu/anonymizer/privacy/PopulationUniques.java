package io.yunyu.anonymizer.privacy;

/** Estimates which part of a population is unique from the sizes of the classes in a sample of it. */
final class PopulationUniques {
    private PopulationUniques() {}

    /**
     * Zayatz 1991: the probability that a sample unique is a population unique, by Bayes' rule with the sample's class
     * sizes as prior, times the sample's uniques.
     */
    static double zayatz(ClassSizes sizes, long population) {
        double n = sizes.records();
        double uniques = sizes.classesOfSize(1);
        double[] evidence = {0};
        sizes.forEachSize((size, classes) -> evidence[0] += classes * drawnOnce(size, sizes.records(), population));
        double conditional = uniques * drawnOnce(1, sizes.records(), population) / evidence[0];
        return uniques * conditional / n;
    }

    /** Probability that a class of the population shows exactly one member in the sample (hypergeometric). */
    private static double drawnOnce(long size, long sample, long population) {
        double probability = size * ((double) sample / population);
        for (long j = 1; j < size && probability > 0; j++) {
            probability *= (double) (population - sample - j + 1) / (population - j);
        }
        return probability;
    }

    /**
     * Hoshino 2001: maximum likelihood of Pitman's sampling formula.
     *
     * @return NaN if there is no maximum
     */
    static double pitman(ClassSizes sizes, long population) {
        PitmanLikelihood likelihood = new PitmanLikelihood(sizes);
        double[] estimate = likelihood.maximum();
        double theta = estimate[0];
        double alpha = estimate[1];
        return Math.exp(DigammaFunctions.logGamma(theta + 1)
                - DigammaFunctions.logGamma(theta + alpha)
                + (alpha - 1) * Math.log(population));
    }
}

package io.yunyu.anonymizer.privacy;

/**
 * At most the part {@code threshold} of the population is estimated to be unique in the released quasi-identifiers.
 *
 * <p>Suppressing a class can raise the estimate, and so can merging two.
 *
 * @param threshold in (0, 1]
 * @param estimator how uniques are estimated
 * @param population people in the population, more than the records of the sample
 */
public record PopulationUniqueness(double threshold, Estimator estimator, long population)
        implements PrivacyModel, ReleaseCriterion {
    /** Estimators of population uniqueness. */
    public enum Estimator {
        /** Zayatz 1991: sample class sizes stand for those of the population. */
        ZAYATZ {
            @Override
            double uniques(ClassSizes sizes, long population) {
                return PopulationUniques.zayatz(sizes, population);
            }
        },
        /** Hoshino 2001: Pitman's sampling formula. */
        PITMAN {
            @Override
            double uniques(ClassSizes sizes, long population) {
                return PopulationUniques.pitman(sizes, population);
            }
        },
        /** Chen and Keller-McNulty 1998: a slide negative binomial model of the population's class sizes. */
        SNB {
            @Override
            double uniques(ClassSizes sizes, long population) {
                return new SlideNegativeBinomial(sizes, population).uniqueFraction();
            }
        },
        /** The rule of Dankar et al. 2012: Pitman for samples of at most a tenth, else the lesser of SNB and Zayatz. */
        DANKAR {
            @Override
            double uniques(ClassSizes sizes, long population) {
                if ((double) sizes.records() / population <= 0.1) {
                    return PITMAN.uniques(sizes, population);
                }
                double snb = SNB.uniques(sizes, population);
                double zayatz = ZAYATZ.uniques(sizes, population);
                return snb > 0 ? Math.min(snb, zayatz) : zayatz;
            }
        };

        abstract double uniques(ClassSizes sizes, long population);
    }

    public PopulationUniqueness {
        PrivacyModel.require(
                threshold > 0 && threshold <= 1,
                "population-uniqueness",
                "threshold must lie in (0, 1], got " + threshold);
        PrivacyModel.require(
                population > 1, "population-uniqueness", "population must be greater than 1, got " + population);
    }

    /**
     * The part of the population that an estimator takes to be unique.
     *
     * @param population more than the records of the sample
     * @return 0 without uniques in the sample; NaN if the estimator does not find an answer
     */
    public static double estimate(Estimator estimator, ClassSizes released, long population) {
        return released.classesOfSize(1) == 0 ? 0 : estimator.uniques(released, population);
    }

    @Override
    public String label() {
        return "population-uniqueness(threshold=" + threshold + ", " + estimator + ", population=" + population + ")";
    }

    @Override
    public boolean allowsLocalRecoding() {
        return false;
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        PrivacyModel.require(
                population > data.records(),
                "population-uniqueness",
                "the population must be greater than the number of records");
        return 0;
    }

    @Override
    public boolean isSatisfied(ClassSizes released) {
        if (released.classesOfSize(1) == 0) {
            return true;
        }
        double uniques = estimator.uniques(released, population);
        return uniques > 0 && uniques <= threshold;
    }

    @Override
    public boolean mergingEases() {
        return false;
    }
}

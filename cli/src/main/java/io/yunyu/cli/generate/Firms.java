package io.yunyu.cli.generate;

/** The legal persons of one generated world. Thread-confined. */
final class Firms {
    /** Organisation codes with five free characters of a 31-character alphabet. */
    static final long CODES = 31L * 31 * 31 * 31 * 31;

    private static final int TRIES = 8;
    /** A firm's place in the order of size is a uniform number to this power. */
    private static final double SIZE_POWER = 2.25;

    private static final double STAFF_PER_FIRM = 2.4;

    private final long[] starts;
    private final Permutation numbers;
    private final Draws draws;
    private final Draws arrears;
    private final Firm candidate = new Firm();

    Firms(GeneratorSettings settings) {
        starts = Prefectures.divide(settings.legalPersons());
        numbers = new Permutation(CODES / 2, Draws.key(settings.seed(), Draws.Purpose.FIRM));
        draws = new Draws(settings.seed(), Draws.Purpose.FIRM);
        arrears = new Draws(settings.seed(), Draws.Purpose.ARREARS);
    }

    long size() {
        return starts[Prefectures.COUNT];
    }

    /** Fills in the legal person with this index, 0 to size - 1. */
    void load(long index, Firm firm) {
        firm.prefecture = Prefectures.find(starts, index);
        long first = starts[firm.prefecture];
        firm.size = (index - first + 0.5) / (starts[firm.prefecture + 1] - first);
        draws.at(index);
        firm.health = Normal.draw(draws);
        firm.active = draws.chance(logistic(2 + 0.9 * firm.health));
        firm.kind = kind(firm.size, draws.unit());
        firm.number = numbers.apply(index);
    }

    /**
     * A firm of the prefecture that pays social insurance: firm sizes follow a power law, so that a few employ many.
     * Returns {@link Person#NO_FIRM} if only firms that have closed came up.
     */
    long employer(int prefecture, Draws choice) {
        long first = starts[prefecture];
        long count = starts[prefecture + 1] - first;
        for (int i = 0; i < TRIES; i++) {
            double u = choice.unit();
            long index = first + (long) (u * u * Math.sqrt(Math.sqrt(u)) * count);
            load(index, candidate);
            if (candidate.active) {
                return index;
            }
        }
        return Person.NO_FIRM;
    }

    /** Whether the firm fails to pay in a month: about 5 % of firms, seldom the healthy ones. */
    boolean inArrears(long index, Firm firm, int month) {
        return arrears.at(index * 12 + month).chance(logistic(-3.2 - 1.1 * firm.health));
    }

    /** Fills in the mean number of persons employed, by the same power law as {@link #employer}. */
    void loadStaff(long index, Firm firm) {
        long first = starts[firm.prefecture];
        double count = starts[firm.prefecture + 1] - first;
        double share = StrictMath.pow((index + 1 - first) / count, 1 / SIZE_POWER)
                - StrictMath.pow((index - first) / count, 1 / SIZE_POWER);
        firm.meanStaff = STAFF_PER_FIRM * count * share;
    }

    private static Firm.Kind kind(double size, double u) {
        if (size >= 0.2) {
            return u < 0.95 ? Firm.Kind.SELF_EMPLOYED : Firm.Kind.ENTERPRISE;
        }
        if (size < 0.03) {
            return u < 0.85 ? Firm.Kind.ENTERPRISE : Firm.Kind.PUBLIC_INSTITUTION;
        }
        if (u < 0.80) {
            return Firm.Kind.ENTERPRISE;
        }
        if (u < 0.88) {
            return Firm.Kind.COOPERATIVE;
        }
        if (u < 0.94) {
            return Firm.Kind.PUBLIC_INSTITUTION;
        }
        return u < 0.98 ? Firm.Kind.PRIVATE_NON_ENTERPRISE : Firm.Kind.ASSOCIATION;
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}

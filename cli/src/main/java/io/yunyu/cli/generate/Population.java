package io.yunyu.cli.generate;

/** The people of one generated world. Thread-confined; all tables of the world give the same person for an index. */
final class Population {
    private static final double MOVED = 0.025;
    private static final double MOVED_TO_CAPITAL = 0.6;

    private final GeneratorSettings settings;
    private final Strata strata;
    private final Permutation ranks;
    private final Permutation numbers;
    private final Weighted destinations = new Weighted(Prefectures.populations());
    private final Draws draws;
    private final Firms firms;

    Population(GeneratorSettings settings, Firms firms) {
        this.settings = settings;
        this.firms = firms;
        strata = new Strata(settings.persons(), settings.seed());
        ranks = new Permutation(settings.persons(), Draws.key(settings.seed(), Draws.Purpose.RANK));
        numbers = new Permutation(settings.persons(), Draws.key(settings.seed(), Draws.Purpose.NUMBER));
        draws = new Draws(settings.seed(), Draws.Purpose.PERSON);
    }

    long size() {
        return settings.persons();
    }

    /** Persons registered in a prefecture. */
    long size(int prefecture) {
        return strata.size(prefecture);
    }

    /** Fills in the person with this index, 0 to size - 1. */
    void load(long index, Person person) {
        person.number = numbers.apply(index);
        strata.locate(ranks.apply(index), person);
        draws.at(index);
        person.residence = residence(person.hukou);
        person.alive = !draws.chance(deathShare(person.age()));
        person.employer = employer(person);
        person.employeeInsurance = person.employer != Person.NO_FIRM || (person.age() >= 60 && draws.chance(0.3));
    }

    /** Share of a year of age that is still registered though dead. */
    static double deathShare(int age) {
        return age >= 75 ? 0.06 : age >= 60 ? 0.02 : 0.002;
    }

    private int residence(int hukou) {
        if (!draws.chance(MOVED)) {
            return hukou;
        }
        return draws.chance(MOVED_TO_CAPITAL) ? Prefectures.CAPITAL : destinations.pick(draws);
    }

    private long employer(Person person) {
        int age = person.age();
        double share = person.residence == Prefectures.CAPITAL ? 0.52 : 0.38;
        if (!person.alive || age < 20 || age > 59 || !draws.chance(share)) {
            return Person.NO_FIRM;
        }
        return firms.employer(person.residence, draws);
    }
}

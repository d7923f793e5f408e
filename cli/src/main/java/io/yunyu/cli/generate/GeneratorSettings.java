package io.yunyu.cli.generate;

/**
 * How much to generate, and which world. Equal settings give equal bytes, on every machine.
 *
 * @param persons size of the population, {@value #MIN_PERSONS} to {@value #MAX_PERSONS}; legal persons are 12 % of it
 * @param dirt whether to plant defects and list them in the side file
 * @param visitsPerPerson mean number of outpatient visits a person and year, above 0 to 20
 * @param payMonths months of social insurance payments, 1 to 12, the last one December 2025
 */
public record GeneratorSettings(long persons, long seed, boolean dirt, double visitsPerPerson, int payMonths) {
    static final long MIN_PERSONS = 1_000;
    static final long MAX_PERSONS = 100_000_000;

    public GeneratorSettings {
        if (persons < MIN_PERSONS || persons > MAX_PERSONS) {
            throw new IllegalArgumentException("The population is " + persons + "; it must be " + MIN_PERSONS + " to "
                    + MAX_PERSONS + ", since a birthday in a fictional county has 1,000 sequence numbers.");
        }
        if (!(visitsPerPerson > 0 && visitsPerPerson <= 20)) {
            throw new IllegalArgumentException("Visits per person must be above 0 and at most 20.");
        }
        if (payMonths < 1 || payMonths > 12) {
            throw new IllegalArgumentException("Months of payments must be 1 to 12.");
        }
    }

    /** The demonstration's settings: 2.5 visits a person and three months of payments, about 3 rows a person each. */
    public static GeneratorSettings of(long persons, long seed, boolean dirt) {
        return new GeneratorSettings(persons, seed, dirt, 2.5, 3);
    }

    long legalPersons() {
        return persons * 12 / 100;
    }
}

package io.yunyu.cli.generate;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@link Table#MED_OUTPATIENT}: the visits of each person in 2025, negative binomial in number (shape 2), more
 * for small children and old people. Fees are lognormal around 362 yuan and grow with age and department.
 */
final class MedOutpatientRows implements RowSource {
    private static final DirtRule MISTYPED_ID = new DirtRule(DirtKind.CHECK_DIGIT, "id_no", 300);
    private static final DirtRule UNKNOWN_ID = new DirtRule(DirtKind.ORPHAN, "id_no", 100);
    private static final DirtRule NO_DIAGNOSIS = new DirtRule(DirtKind.MISSING, "icd10", 1000);
    private static final DirtRule NO_DEPARTMENT = new DirtRule(DirtKind.MISSING, "dept", 500);
    private static final DirtRule OTHER_SEX = new DirtRule(DirtKind.CONFLICT, "sex", 200);
    private static final DirtRule TOO_MANY_DRUGS = new DirtRule(DirtKind.OUT_OF_RANGE, "drug_fee", 200);
    private static final DirtRule[] RULES = {
        MISTYPED_ID, UNKNOWN_ID, NO_DIAGNOSIS, NO_DEPARTMENT, OTHER_SEX, TOO_MANY_DRUGS
    };

    private static final double MEAN_FEE_YUAN = 362;
    private static final double FEE_SIGMA = 0.8;
    private static final int MAX_VISITS = 999;
    private static final double TO_CAPITAL = 0.06;
    private static final byte[] VISIT = WordList.utf8("M");
    private static final byte[] INSTITUTION = WordList.utf8("H");
    private static final byte[] FICTIONAL = WordList.utf8("99");
    static final List<String> KINDS = List.of("普通门诊", "急诊", "门诊慢特病");
    static final List<String> INSURANCES = List.of("职工医保", "居民医保");
    private static final byte[] ORDINARY = Csv.field(KINDS.get(0));
    private static final byte[] EMERGENCY = Csv.field(KINDS.get(1));
    private static final byte[] CHRONIC = Csv.field(KINDS.get(2));
    private static final byte[] EMPLOYEES = Csv.field(INSURANCES.get(0));
    private static final byte[] RESIDENTS = Csv.field(INSURANCES.get(1));
    private static final int NEW_YEAR =
            (int) LocalDate.of(Strata.LAST_YEAR, 1, 1).toEpochDay();
    private static final int DAYS = 365;

    private final Population population;
    private final Person person = new Person();
    private final Draws counts;
    private final Draws draws;
    private final Departments departments = new Departments();
    private final Weighted days = days();
    private final byte[][] ageBands = new byte[Strata.AGES][];
    private final double[] logFailure = new double[Strata.AGES];
    private final double feeScaleYuan;
    private final int[] institutions = new int[Prefectures.COUNT];

    MedOutpatientRows(GeneratorSettings settings, Population population) {
        this.population = population;
        counts = new Draws(settings.seed(), Draws.Purpose.VISIT_COUNT);
        draws = new Draws(settings.seed(), Draws.Purpose.VISIT);
        double visits = 0;
        double fees = 0;
        for (int age = 0; age < Strata.AGES; age++) {
            double weight = Strata.ageWeight(age) / 50_000.0 * (1 - Population.deathShare(age)) * visitFactor(age);
            visits += weight;
            double departmentFactor =
                    0.5173 * departments.meanFeeFactor(age, true) + 0.4827 * departments.meanFeeFactor(age, false);
            fees += weight * ageFeeFactor(age) * departmentFactor;
        }
        feeScaleYuan = MEAN_FEE_YUAN * visits / fees * StrictMath.exp(-FEE_SIGMA * FEE_SIGMA / 2);
        for (int age = 0; age < Strata.AGES; age++) {
            double half = settings.visitsPerPerson() * visitFactor(age) / visits / 2;
            logFailure[age] = StrictMath.log(half / (1 + half));
            ageBands[age] = Csv.field(ageBand(age));
        }
        double[] populations = Prefectures.populations();
        for (int p = 0; p < Prefectures.COUNT; p++) {
            institutions[p] = 12 + (int) (populations[p] / 60_000);
        }
    }

    @Override
    public long units() {
        return population.size();
    }

    @Override
    public DirtRule[] dirtRules() {
        return RULES;
    }

    @Override
    public void write(long unit, RowSink sink) throws IOException {
        population.load(unit, person);
        if (!person.alive) {
            return;
        }
        counts.at(unit);
        int visits = Math.min(MAX_VISITS, geometric() + geometric());
        for (int visit = 0; visit < visits; visit++) {
            long number = unit * (MAX_VISITS + 1) + visit;
            draws.at(number);
            DirtRule dirt = sink.beginRow(number);
            writeVisit(visit, sink.csv, dirt);
            sink.endRow(dirt);
        }
    }

    private void writeVisit(int visit, Csv csv, @Nullable DirtRule dirt) {
        int age = person.age();
        int prefecture = draws.chance(TO_CAPITAL) ? Prefectures.CAPITAL : person.residence;
        int department = departments.pick(age, person.male, draws);
        double u = draws.unit();
        csv.piece(VISIT, 1).padded(person.number, 9).padded(visit, 3).comma();
        csv.text(dirt == MISTYPED_ID ? person.mistypedId() : dirt == UNKNOWN_ID ? person.unknownId() : person.id());
        csv.text(Codes.sex(person.male != (dirt == OTHER_SEX)));
        csv.text(ageBands[age]);
        csv.piece(INSTITUTION, 1).piece(Codes.PREFECTURES[prefecture], 4).piece(FICTIONAL, 2);
        csv.padded(1 + (int) (u * u * institutions[prefecture]), 5).comma();
        csv.text(Codes.PREFECTURE_NAMES[prefecture]);
        csv.text(dirt == NO_DEPARTMENT ? Codes.EMPTY : departments.names[department]);
        csv.day(visitDay());
        byte[] diagnosis = departments.diagnosis(department, person.male, draws);
        csv.text(dirt == NO_DIAGNOSIS ? Codes.EMPTY : diagnosis);
        writeFees(csv, department, dirt == TOO_MANY_DRUGS);
        csv.text(kind(age, department));
        csv.text(person.employeeInsurance ? EMPLOYEES : RESIDENTS);
    }

    private void writeFees(Csv csv, int department, boolean tooManyDrugs) {
        double yuan = feeScaleYuan
                * departments.feeFactors[department]
                * ageFeeFactor(person.age())
                * StrictMath.exp(FEE_SIGMA * Normal.draw(draws));
        long cents = Math.max(300, Math.round(yuan * 100));
        double drugShare = 0.2 + 0.4 * draws.unit();
        csv.cents(cents).cents(tooManyDrugs ? cents + cents / 2 : (long) (cents * drugShare));
    }

    private byte[] kind(int age, int department) {
        if (departments.isEmergency(department)) {
            return EMERGENCY;
        }
        return departments.isChronic(department) && age >= 45 && draws.chance(0.6) ? CHRONIC : ORDINARY;
    }

    private int visitDay() {
        int day = NEW_YEAR + days.pick(draws);
        if (day >= person.birthDay) {
            return day;
        }
        return person.birthDay + draws.below(NEW_YEAR + DAYS - person.birthDay);
    }

    private int geometric() {
        return (int) (StrictMath.log(1 - counts.unit()) / logFailure[person.age()]);
    }

    private static double visitFactor(int age) {
        if (age < 5) {
            return 1.9;
        }
        return age < 15 ? 0.8 : age < 45 ? 0.7 : age < 60 ? 1.0 : age < 75 ? 1.5 : 1.7;
    }

    private static double ageFeeFactor(int age) {
        return 0.7 + 0.008 * age;
    }

    static List<String> ageBands() {
        return IntStream.range(0, Strata.AGES)
                .mapToObj(MedOutpatientRows::ageBand)
                .distinct()
                .toList();
    }

    private static String ageBand(int age) {
        if (age < 5) {
            return "00-04";
        }
        if (age >= 75) {
            return "75+";
        }
        int from = (age - 5) / 10 * 10 + 5;
        return (from < 10 ? "0" : "") + from + "-" + (from + 9);
    }

    /** Mondays are busiest, Sundays quietest; a quarter more in mid-January than on average. */
    private static Weighted days() {
        double[] byWeekday = {1.3, 1.12, 1.08, 1.05, 1.05, 0.8, 0.6};
        double[] weights = new double[DAYS];
        for (int i = 0; i < DAYS; i++) {
            int weekday = LocalDate.ofEpochDay(NEW_YEAR + i).getDayOfWeek().ordinal();
            weights[i] = byWeekday[weekday] * (1 + 0.25 * StrictMath.cos(2 * StrictMath.PI * (i - 15) / DAYS));
        }
        return new Weighted(weights);
    }
}

package io.yunyu.cli.generate;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@link Table#SI_PAY}: what employers pay for each insured employee, by month and insurance. The base is the
 * wage, held between 60 % and 300 % of a mean wage of 7,092 yuan; about 35 % pay the lower limit.
 */
final class SiPayRows implements RowSource {
    private static final DirtRule MISTYPED_ID = new DirtRule(DirtKind.CHECK_DIGIT, "aac147", 300);
    private static final DirtRule UNKNOWN_ID = new DirtRule(DirtKind.ORPHAN, "aac147", 100);
    private static final DirtRule NO_EMPLOYER = new DirtRule(DirtKind.MISSING, "aab001", 1000);
    private static final DirtRule UNKNOWN_EMPLOYER = new DirtRule(DirtKind.ORPHAN, "aab001", 100);
    private static final DirtRule MISTYPED_EMPLOYER = new DirtRule(DirtKind.CHECK_DIGIT, "aab001", 300);
    private static final DirtRule BASE_TOO_LOW = new DirtRule(DirtKind.OUT_OF_RANGE, "aae180", 200);
    private static final DirtRule[] RULES = {
        MISTYPED_ID, UNKNOWN_ID, NO_EMPLOYER, UNKNOWN_EMPLOYER, MISTYPED_EMPLOYER, BASE_TOO_LOW
    };

    /** 职工养老, 失业, 医疗, 工伤, and what employer and employee pay together, per 1,000 of the base. */
    private static final byte[][] INSURANCES = {Csv.field("110"), Csv.field("210"), Csv.field("310"), Csv.field("410")};

    private static final int[] RATES_PER_1000 = {240, 10, 100, 4};

    static final long LOWER_LIMIT_CENTS = 425_520;
    static final long UPPER_LIMIT_CENTS = 2_127_600;
    private static final double MEDIAN_WAGE_CENTS = 510_000;
    private static final double HEALTH_EFFECT = 0.2;
    private static final double WAGE_SIGMA = 0.5;
    private static final int ROWS_PER_PERSON = 64;
    private static final byte[] PROVINCE = WordList.utf8("53");
    private static final byte[] PAID = Csv.field("已缴");
    private static final byte[] OWED = Csv.field("欠缴");

    private final Population population;
    private final Firms firms;
    private final Person person = new Person();
    private final Firm firm = new Firm();
    private final Draws draws;
    private final byte[][] months;

    SiPayRows(GeneratorSettings settings, Population population, Firms firms) {
        this.population = population;
        this.firms = firms;
        draws = new Draws(settings.seed(), Draws.Purpose.PAYER);
        months = new byte[settings.payMonths()][];
        for (int i = 0; i < months.length; i++) {
            months[i] = Csv.field(Integer.toString(Strata.LAST_YEAR * 100 + 12 - months.length + 1 + i));
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
        if (person.employer == Person.NO_FIRM) {
            return;
        }
        firms.load(person.employer, firm);
        draws.at(unit);
        double wage = MEDIAN_WAGE_CENTS * StrictMath.exp(WAGE_SIGMA * Normal.draw(draws) + HEALTH_EFFECT * firm.health);
        long base = Math.max(LOWER_LIMIT_CENTS, Math.min(UPPER_LIMIT_CENTS, Math.round(wage)));
        for (int month = 0; month < months.length; month++) {
            boolean owed = firms.inArrears(person.employer, firm, 12 - months.length + month);
            for (int insurance = 0; insurance < INSURANCES.length; insurance++) {
                DirtRule dirt = sink.beginRow(unit * ROWS_PER_PERSON + month * INSURANCES.length + insurance);
                writePayment(sink.csv, month, insurance, dirt == BASE_TOO_LOW ? base / 10 : base, owed, dirt);
                sink.endRow(dirt);
            }
        }
    }

    private void writePayment(Csv csv, int month, int insurance, long base, boolean owed, @Nullable DirtRule dirt) {
        csv.piece(PROVINCE, 2).padded(person.number, 10).comma();
        csv.text(dirt == MISTYPED_ID ? person.mistypedId() : dirt == UNKNOWN_ID ? person.unknownId() : person.id());
        csv.text(employer(dirt));
        csv.text(Codes.PREFECTURE_NAMES[person.residence]);
        csv.text(INSURANCES[insurance]).text(months[month]).cents(base);
        csv.cents(owed ? 0 : (base * RATES_PER_1000[insurance] + 500) / 1000);
        csv.text(owed ? OWED : PAID);
    }

    private byte[] employer(@Nullable DirtRule dirt) {
        if (dirt == NO_EMPLOYER) {
            return Codes.EMPTY;
        }
        if (dirt == UNKNOWN_EMPLOYER) {
            return firm.unknownCode();
        }
        return dirt == MISTYPED_EMPLOYER ? firm.mistypedCode() : firm.code();
    }
}

package io.yunyu.cli.generate;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@link Table#POP_BASE}: one per person. Households are drawn, not bred: they have size, but no generations. */
final class PopBaseRows implements RowSource {
    private static final DirtRule MISTYPED_ID = new DirtRule(DirtKind.CHECK_DIGIT, "id_no", 300);
    private static final DirtRule NO_NAME = new DirtRule(DirtKind.MISSING, "name", 700);
    private static final DirtRule NO_ETHNIC = new DirtRule(DirtKind.MISSING, "ethnic", 700);
    private static final DirtRule NAME_VARIANT = new DirtRule(DirtKind.NAME_VARIANT, "name", 300);
    private static final DirtRule STALE = new DirtRule(DirtKind.STALE, "updated_at", 5500);
    private static final DirtRule OTHER_BIRTH = new DirtRule(DirtKind.CONFLICT, "birth_date", 200);
    private static final DirtRule[] RULES = {MISTYPED_ID, NO_NAME, NO_ETHNIC, NAME_VARIANT, STALE, OTHER_BIRTH};

    /** Persons per household number, such that households that have anybody have 2.88 on average. */
    private static final double PERSONS_PER_HOUSEHOLD_NUMBER = 2.684;

    private static final byte[] HOUSEHOLD = WordList.utf8("H");
    private static final byte[] YES = Csv.field(Codes.YES_NO.get(0));
    private static final byte[] NO = Csv.field(Codes.YES_NO.get(1));
    private static final int STALE_FROM = day(2010);
    private static final int STALE_UNTIL = day(2020);
    private static final int FRESH_FROM = day(2021);
    private static final int FRESH_UNTIL = day(2026);

    private final Population population;
    private final Person person = new Person();
    private final Draws draws;
    private final Names names;
    private final byte[][] ethnicGroups;
    private final Weighted[] ethnicShares = Prefectures.ethnicShares();
    private final long[] households = new long[Prefectures.COUNT];

    PopBaseRows(GeneratorSettings settings, Population population) {
        this.population = population;
        draws = new Draws(settings.seed(), Draws.Purpose.PERSON_DETAIL);
        List<String> groups = Prefectures.ethnicGroups();
        names = new Names(groups);
        ethnicGroups = groups.stream().map(Csv::field).toArray(byte[][]::new);
        for (int p = 0; p < Prefectures.COUNT; p++) {
            households[p] = Math.max(1, (long) (population.size(p) / PERSONS_PER_HOUSEHOLD_NUMBER));
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
        DirtRule dirt = sink.beginRow(unit);
        if (dirt == STALE && person.birthDay >= STALE_FROM) {
            dirt = null;
        }
        draws.at(unit);
        Csv csv = sink.csv;
        csv.text(dirt == MISTYPED_ID ? person.mistypedId() : person.id());
        writeWhoTheyAre(csv, dirt);
        byte[] hukou = Codes.PREFECTURES[person.hukou];
        csv.text(hukou)
                .text(Codes.PREFECTURES[person.residence])
                .text(Codes.PREFECTURE_NAMES[person.residence])
                .piece(HOUSEHOLD, 1)
                .piece(hukou, 4)
                .padded(draws.below(households[person.hukou]), 8)
                .comma()
                .text(LifeCourse.marital(person, draws))
                .text(LifeCourse.education(person, draws))
                .text(person.alive ? YES : NO)
                .day(updated(dirt == STALE));
        sink.endRow(dirt);
    }

    private void writeWhoTheyAre(Csv csv, @Nullable DirtRule dirt) {
        int group = ethnicShares[person.hukou].pick(draws);
        if (dirt == NO_NAME) {
            csv.comma();
        } else {
            names.write(csv, person, group, draws, dirt == NAME_VARIANT);
        }
        csv.text(Codes.sex(person.male));
        csv.day(dirt == OTHER_BIRTH ? person.birthDay - 1 - draws.below(27) : person.birthDay);
        csv.text(dirt == NO_ETHNIC ? Codes.EMPTY : ethnicGroups[group]);
    }

    private int updated(boolean stale) {
        int from = stale ? STALE_FROM : Math.max(FRESH_FROM, person.birthDay);
        return from + draws.below((stale ? STALE_UNTIL : FRESH_UNTIL) - from);
    }

    private static int day(int year) {
        return (int) LocalDate.of(year, 1, 1).toEpochDay();
    }
}

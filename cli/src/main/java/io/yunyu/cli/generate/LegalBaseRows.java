package io.yunyu.cli.generate;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@link Table#LEGAL_BASE}: one per legal person or self-employed business. Every name says that it is made up. */
final class LegalBaseRows implements RowSource {
    private static final DirtRule MISTYPED_CODE = new DirtRule(DirtKind.CHECK_DIGIT, "uscc", 300);
    private static final DirtRule NO_INDUSTRY = new DirtRule(DirtKind.MISSING, "industry", 700);
    private static final DirtRule NO_REPRESENTATIVE = new DirtRule(DirtKind.MISSING, "legal_rep_id", 700);
    private static final DirtRule NAME_VARIANT = new DirtRule(DirtKind.NAME_VARIANT, "name", 300);
    private static final DirtRule UNKNOWN_REPRESENTATIVE = new DirtRule(DirtKind.ORPHAN, "legal_rep_id", 100);
    private static final DirtRule[] RULES = {
        MISTYPED_CODE, NO_INDUSTRY, NO_REPRESENTATIVE, NAME_VARIANT, UNKNOWN_REPRESENTATIVE
    };

    private static final byte[] MADE_UP = WordList.utf8("（合成）");
    private static final byte[] WIDE_SPACE = WordList.utf8("\u3000");
    private static final byte[] ACTIVE = Csv.field("存续");
    private static final byte[] REVOKED = Csv.field("吊销");
    private static final byte[] CANCELLED = Csv.field("注销");
    private static final int LAST_DAY = (int) LocalDate.of(2025, 12, 31).toEpochDay();
    private static final int TRIES = 64;

    private final Firms firms;
    private final Population population;
    private final Firm firm = new Firm();
    private final Person representative = new Person();
    private final Draws draws;
    private final byte[][] shortNames = Prefectures.shortNames();
    private final WordList trades;
    private final byte[][] industries;
    private final byte[][] industryWords;
    private final Weighted industryShares;

    LegalBaseRows(GeneratorSettings settings, Population population, Firms firms) {
        this.firms = firms;
        this.population = population;
        draws = new Draws(settings.seed(), Draws.Purpose.FIRM_DETAIL);
        trades = Resource.lines("names.csv").stream()
                .filter(line -> line[0].equals("trade"))
                .map(WordList::parse)
                .findFirst()
                .orElseThrow();
        List<String[]> lines = Resource.lines("industries.csv");
        industries = lines.stream().map(line -> Csv.field(line[0])).toArray(byte[][]::new);
        industryWords = lines.stream().map(line -> Csv.field(line[2])).toArray(byte[][]::new);
        industryShares = new Weighted(
                lines.stream().mapToDouble(line -> Double.parseDouble(line[1])).toArray());
    }

    @Override
    public long units() {
        return firms.size();
    }

    @Override
    public DirtRule[] dirtRules() {
        return RULES;
    }

    @Override
    public void write(long unit, RowSink sink) throws IOException {
        firms.load(unit, firm);
        firms.loadStaff(unit, firm);
        draws.at(unit);
        DirtRule dirt = sink.beginRow(unit);
        int industry = industryShares.pick(draws);
        Csv csv = sink.csv;
        csv.text(dirt == MISTYPED_CODE ? firm.mistypedCode() : firm.code());
        writeName(csv, industry, dirt == NAME_VARIANT);
        csv.text(firm.kind.title);
        csv.text(representativeId(dirt));
        csv.text(dirt == NO_INDUSTRY ? Codes.EMPTY : industries[industry]);
        csv.cents(capital());
        csv.day(LAST_DAY - (int) Math.min(14_000, -StrictMath.log(1 - draws.unit()) * 2_400));
        csv.text(firm.active ? ACTIVE : draws.chance(0.15) ? REVOKED : CANCELLED);
        csv.text(Codes.PREFECTURE_NAMES[firm.prefecture]);
        double staff = firm.meanStaff * StrictMath.exp(0.3 * Normal.draw(draws) + 0.2 * firm.health);
        csv.number(firm.active ? Math.max(1, Math.round(staff)) : 0);
        sink.endRow(dirt);
    }

    private void writeName(Csv csv, int industry, boolean variant) {
        byte[] place = shortNames[firm.prefecture];
        byte[] trade = trades.pick(draws);
        csv.piece(place, place.length);
        if (variant) {
            csv.piece(WIDE_SPACE, WIDE_SPACE.length);
        }
        csv.piece(trade, trade.length)
                .piece(MADE_UP, MADE_UP.length)
                .piece(industryWords[industry], industryWords[industry].length)
                .text(firm.kind.nameEnding);
    }

    private byte[] representativeId(@Nullable DirtRule dirt) {
        for (int i = 0; i < TRIES; i++) {
            population.load(draws.below(population.size()), representative);
            if (representative.alive && representative.age() >= 20 && representative.age() <= 75) {
                break;
            }
        }
        if (dirt == NO_REPRESENTATIVE) {
            return Codes.EMPTY;
        }
        return dirt == UNKNOWN_REPRESENTATIVE ? representative.unknownId() : representative.id();
    }

    /** Lognormal, median one million yuan for enterprises, whole thousands; the self-employed have a tenth. */
    private long capital() {
        double median = firm.kind == Firm.Kind.SELF_EMPLOYED ? 100_000 : 1_000_000;
        double yuan = median * StrictMath.exp(1.5 * Normal.draw(draws) + 0.2 * firm.health);
        return Math.max(1, Math.round(yuan / 1000)) * 100_000;
    }
}

package io.yunyu.api.review;

import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.ColumnNoise;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of each value of a protected table, and how large its noise is beside it: from the engine's facts and the
 * table as it would be released.
 *
 * @param rows by row and column, the words of {@link ReviewFacts}
 * @param columns in the table's order
 */
public record TableMarks(List<List<String>> rows, List<Column> columns) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    public TableMarks {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    /**
     * A column of the table.
     *
     * @param counts values by mark
     * @param atLeast whether the noise can be larger than {@code percents} says: of a count of records it is that of the
     *     units, whose number the table does not show
     * @param percents of each row, the standard deviation of the noise in percent of the value; null where there is none
     */
    public record Column(
            String name,
            ColumnNoise noise,
            Map<String, Long> counts,
            boolean atLeast,
            List<@Nullable BigDecimal> percents) {
        public Column {
            counts = Collections.unmodifiableMap(new TreeMap<>(counts));
            percents = Collections.unmodifiableList(new ArrayList<>(percents));
        }

        /** Of the values that have one, sorted. */
        public List<BigDecimal> known() {
            List<BigDecimal> known = new ArrayList<>();
            for (BigDecimal percent : percents) {
                if (percent != null) {
                    known.add(percent);
                }
            }
            Collections.sort(known);
            return known;
        }

        public Optional<BigDecimal> median() {
            List<BigDecimal> known = known();
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get((known.size() - 1) / 2));
        }

        public Optional<BigDecimal> largest() {
            List<BigDecimal> known = known();
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
        }

        Map<String, Object> toJson() {
            return Json.object(
                    "kind", noise.kind(),
                    "marks", counts,
                    "deviation", noise.deviation().orElse(null),
                    "unit", noise.unit().map(Enum::name).orElse(null),
                    "atLeast", atLeast,
                    "medianPercent", median().orElse(null),
                    "largestPercent", largest().orElse(null),
                    "percents", percents);
        }
    }

    /** @throws io.yunyu.contract.problem.ProblemException INTERNAL if the facts are of another table */
    static TableMarks of(ReviewFacts facts, ProtectedTable table) {
        if (facts.columns().size() != table.columns().size()
                || facts.marks().size() != table.rows().size()) {
            throw Quarantine.unreadable();
        }
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            columns.add(column(facts, table, c));
        }
        return new TableMarks(facts.marks(), columns);
    }

    private static Column column(ReviewFacts facts, ProtectedTable table, int c) {
        ColumnNoise noise = facts.columns().get(c);
        Map<String, Long> counts = new TreeMap<>();
        facts.marks().forEach(row -> counts.merge(row.get(c), 1L, Long::sum));
        int beside = c;
        boolean atLeast = false;
        if (noise.unit().equals(Optional.of(NoiseUnit.UNITS))) {
            int units = unitsOf(facts);
            atLeast = !noise.kind().equals("rows") || units < 0;
            beside = atLeast ? c : units;
        }
        boolean told = noise.unit().isPresent() && noise.unit().get() != NoiseUnit.LARGEST_CONTRIBUTION;
        List<@Nullable BigDecimal> percents = new ArrayList<>();
        for (List<ProtectedTable.Cell> row : table.rows()) {
            percents.add(
                    told && !row.get(c).text().isEmpty()
                            ? percent(
                                    noise.deviation().orElseThrow(),
                                    row.get(beside).text())
                            : null);
        }
        return new Column(table.columns().get(c).name(), noise, counts, atLeast, percents);
    }

    /** The column that counts the units of each cell. */
    private static int unitsOf(ReviewFacts facts) {
        for (int c = 0; c < facts.columns().size(); c++) {
            if (facts.columns().get(c).kind().equals("units")) {
                return c;
            }
        }
        return -1;
    }

    private static @Nullable BigDecimal percent(BigDecimal deviation, String value) {
        BigDecimal size = value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value).abs();
        return size.signum() == 0 ? null : deviation.multiply(HUNDRED).divide(size, DIGITS);
    }
}

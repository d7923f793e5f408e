package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.VectorLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tables that other implementations solved and attacked. */
class CspVectorsTest {
    private static final SuppressionLimits LONG = new SuppressionLimits(Duration.ofMinutes(10), 10_000, 10_000);

    @AfterAll
    static void assertPage() throws IOException {
        VectorLines.assertOnPage("csp_random.json");
        VectorLines.assertOnPage("csp_reference.json");
        VectorLines.assertOnPage("suppression_sdctable.json");
    }

    @Test
    void protect_randomTables_reachesProvedOptimum() throws IOException {
        List<JsonObject> cases = Grids.vectors("csp_random.json").get(0).objects("cases");
        for (JsonObject vector : cases) {
            SuppressionPattern pattern = SecondarySuppression.protect(Grids.random(vector), LONG);
            assertThat(pattern.optimal()).isTrue();
            assertThat(pattern.cost()).isEqualTo(vector.decimal("optimalWeight").doubleValue());
        }
        VectorLines.reproduced(
                "csp_random.json", "random tables", cases.size(), "cost equals the proved optimum; audited safe");
    }

    @Test
    void protect_investmentTable_isOptimalWithPublishedInterval() throws IOException {
        JsonObject vector = Grids.vectors("csp_reference.json").get(0);
        double[] values = Grids.withTotals(Grids.matrix(vector, "inner"));
        List<Requirement> requirements =
                List.of(Requirement.of(2 * 4 + 3, vector.longValue("LPL"), vector.longValue("UPL")));
        SuppressionProblem problem = Grids.counts(values, values, Grids.equations(3, 3), requirements);

        SuppressionPattern pattern = SecondarySuppression.protect(problem, LONG);

        assertThat(pattern.cost()).isEqualTo(vector.longValue("optimum"));
        BitSet expected = new BitSet();
        for (double[] rowAndColumn : Grids.matrix(vector, "pattern_inner_rc_1based")) {
            expected.set((int) (rowAndColumn[0] * 4 + rowAndColumn[1]));
        }
        assertThat(pattern.suppressed()).isEqualTo(expected);
        double[] interval = Grids.numbers(vector, "attacker_interval_sensitive");
        assertThat(pattern.intervals().get(0).low()).isCloseTo(interval[0], within(1e-6));
        assertThat(pattern.intervals().get(0).high()).isCloseTo(interval[1], within(1e-6));
        VectorLines.reproduced("csp_reference.json", "investment 3x3", 1, "pattern, cost and attacker's interval");
    }

    @Test
    void protect_fourByFour_findsTheCellThatLineCountingMisses() throws IOException {
        JsonObject vector = Grids.vectors("csp_reference.json").get(1);
        double[] values = Grids.withTotals(Grids.matrix(vector, "inner_rows_wxyz_cols_abcd"));
        List<Requirement> requirements = new ArrayList<>();
        List<String> names = new ArrayList<>();
        vector.list("primary", item -> (List<?>) item).forEach(pair -> {
            names.add("" + pair.get(0) + pair.get(1));
            requirements.add(Requirement.of(cell(names.get(names.size() - 1)), 1, 1));
        });
        // sdcTable's attacker knows that no cell exceeds the largest.
        double[] uppers = new double[values.length];
        java.util.Arrays.fill(uppers, values[0]);
        SuppressionProblem problem = new SuppressionProblem(
                values, new double[25], uppers, values, new BitSet(), Grids.equations(4, 4), requirements);

        assertIntervals(problem, problem.primaries(), names, vector.object("attack_primaries_only"));
        SuppressionPattern pattern = SecondarySuppression.protect(problem, LONG);
        BitSet secondaries = pattern.suppressed();
        secondaries.andNot(problem.primaries());
        // 15 counted from 1: x|d, which costs 31. The reference's text calls it x|b, which would cost 124.
        assertThat(secondaries).isEqualTo(Grids.cells(14));
        assertIntervals(problem, pattern.suppressed(), names, vector.object("attack_after_optimal"));
        VectorLines.reproduced(
                "csp_reference.json",
                "problemdata 4x4",
                2 * names.size(),
                "both sets of intervals; the extra cell is x\\|d (15), which the text calls x\\|b");
    }

    private static int cell(String name) {
        return ("wxyz".indexOf(name.charAt(0)) + 1) * 5 + "abcd".indexOf(name.charAt(1)) + 1;
    }

    private static void assertIntervals(
            SuppressionProblem problem, BitSet suppressed, List<String> names, JsonObject expected) {
        List<CellInterval> intervals = SecondarySuppression.audit(problem, suppressed);
        for (int k = 0; k < names.size(); k++) {
            double[] interval = Grids.numbers(expected, names.get(k));
            assertThat(intervals.get(k).low()).as(names.get(k)).isCloseTo(interval[0], within(1e-6));
            assertThat(intervals.get(k).high()).as(names.get(k)).isCloseTo(interval[1], within(1e-6));
        }
    }

    /** Region by gender; the same primaries and patterns as sdcTable's OPT, HITAS and others, with their intervals. */
    @Test
    void protect_microdata_equalsSdcTable() throws IOException {
        JsonObject vectors = Grids.vectors("suppression_sdctable.json").get(0);
        double[] values = vectors.objects("microdata1_table").stream()
                .mapToDouble(row -> row.longValue("freq"))
                .toArray();
        double[] uppers = new double[values.length];
        java.util.Arrays.fill(uppers, values[0]);
        int methods = 0;
        for (Map.Entry<String, Object> method :
                vectors.object("secondary_microdata1_Afemale").asMap().entrySet()) {
            if (!(method.getValue() instanceof Map<?, ?>)) {
                continue; // GAUSS, which protects against exact computation only
            }
            methods++;
            JsonObject result = JsonObject.of(method.getValue());
            SuppressionProblem problem = new SuppressionProblem(
                    values,
                    new double[values.length],
                    uppers,
                    values,
                    new BitSet(),
                    Grids.equations(4, 2),
                    List.of(Requirement.of(5, 1, 1)));
            SuppressionPattern pattern = SecondarySuppression.protect(problem, LONG);
            BitSet expected = new BitSet();
            for (double id : Grids.numbers(result, "suppressed")) {
                expected.set((int) id - 1);
            }
            assertThat(pattern.suppressed()).as(method.getKey()).isEqualTo(expected);
            JsonObject attack = result.objects("attack").get(0);
            assertThat(pattern.intervals().get(0).low()).isCloseTo(attack.longValue("low"), within(1e-6));
            assertThat(pattern.intervals().get(0).high()).isCloseTo(attack.longValue("up"), within(1e-6));
        }
        VectorLines.reproduced(
                "suppression_sdctable.json",
                "microdata1",
                methods,
                "pattern and interval of OPT, HITAS, HYPERCUBE, SIMPLEHEURISTIC");
    }

    @Test
    void audit_problemdataPatterns_haveSdcTablesIntervals() throws IOException {
        JsonObject vectors = Grids.vectors("suppression_sdctable.json").get(0);
        List<JsonObject> table = vectors.objects("problemdata_table");
        double[] values =
                table.stream().mapToDouble(row -> row.longValue("freq")).toArray();
        double[] uppers = new double[values.length];
        java.util.Arrays.fill(uppers, values[0]);
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < values.length; cell++) {
            if (table.get(cell).string("sdcStatus").equals("u")) {
                requirements.add(Requirement.of(cell, 1, 1));
            }
        }
        SuppressionProblem problem = new SuppressionProblem(
                values, new double[25], uppers, values, new BitSet(), Grids.equations(4, 4), requirements);
        int audited = 0;
        for (Object method : vectors.object("problemdata_secondary").asMap().values()) {
            JsonObject result = JsonObject.of(method);
            BitSet suppressed = problem.primaries();
            if (result.asMap().get("x") instanceof Long id) {
                suppressed.set(id.intValue() - 1);
            }
            List<CellInterval> intervals = SecondarySuppression.audit(problem, suppressed);
            List<JsonObject> attack = result.objects("attack");
            audited += attack.size();
            for (int k = 0; k < attack.size(); k++) {
                assertThat(intervals.get(k).requirement().cell() + 1)
                        .isEqualTo(attack.get(k).intValue("id"));
                assertThat(intervals.get(k).low()).isCloseTo(attack.get(k).longValue("low"), within(1e-6));
                assertThat(intervals.get(k).high()).isCloseTo(attack.get(k).longValue("up"), within(1e-6));
                assertThat(intervals.get(k).isProtected())
                        .isEqualTo(attack.get(k).bool("protected"));
            }
        }
        VectorLines.reproduced(
                "suppression_sdctable.json",
                "problemdata",
                audited,
                "intervals and verdicts of five methods' patterns");
    }
}

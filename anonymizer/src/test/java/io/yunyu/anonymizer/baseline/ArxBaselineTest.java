package io.yunyu.anonymizer.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Walks the configurations measured with ARX: by default one of each kind and every tenth, all with
 * {@code -Dyunyu.anonymizer.heavy=true}; one group or row with
 * {@code -Dsurefire.jvm.flags=-Dyunyu.anonymizer.rows=<prefix of its id>}. Writes target/arx-baseline.md, the table of all
 * rows.
 */
class ArxBaselineTest {
    private static final int STRIDE = 10;

    /** Rows of the short form that agree with ARX; may only grow. */
    private static final int REPRODUCED = 63;

    /** The same of all rows. */
    private static final int REPRODUCED_WITH_HEAVY = 367;

    /** Rows that differ because ARX is wrong there, or shows what must not be shown. */
    private static final int DIFFERENT_FOR_A_REASON = 5;

    /** The same of all rows. */
    private static final int DIFFERENT_WITH_HEAVY = 22;

    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, double[]> milliseconds = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final StringBuilder table =
            new StringBuilder("| row | configuration | ARX | here | verdict |\n|---|---|---|---|---|\n");
    private int reproduced;
    private int different;
    private int notRun;

    @Test
    void anonymize_configurationsMeasuredWithArx_giveItsAnswers() throws IOException {
        Path shared = Path.of(System.getProperty("yunyu.shared", "absent"));
        Assumptions.assumeTrue(
                Files.exists(shared.resolve("vectors/arx-baseline.json")),
                "The ARX baseline is not there; set yunyu.shared to compare with it.");
        boolean heavy = Boolean.getBoolean("yunyu.anonymizer.heavy");
        String rows = System.getProperty("yunyu.anonymizer.rows", "");
        List<ArxRow> all = ArxRow.all(shared);
        Set<String> shortForm = shortForm(all);
        for (ArxRow row : all) {
            if (row.id().startsWith(rows)) {
                run(row, heavy || !rows.isEmpty() || shortForm.contains(row.id()));
            }
        }
        System.out.println(summary());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("arx-baseline.md"), table.toString());
        assertThat(failures).isEmpty();
        if (rows.isEmpty()) {
            assertThat(reproduced).isEqualTo(heavy ? REPRODUCED_WITH_HEAVY : REPRODUCED);
            assertThat(different).isEqualTo(heavy ? DIFFERENT_WITH_HEAVY : DIFFERENT_FOR_A_REASON);
        }
    }

    /** Ids of the first row of each group, model and measure, and every tenth; without the slow ones. */
    private static Set<String> shortForm(List<ArxRow> all) {
        Set<String> chosen = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            ArxRow row = all.get(i);
            if (!row.isHeavy() && (i % STRIDE == 0 || !seen.containsAll(row.kinds()))) {
                chosen.add(row.id());
                seen.addAll(row.kinds());
            }
        }
        return chosen;
    }

    private void run(ArxRow row, boolean now) {
        if (!now) {
            notRun++;
            tabulate(row, "", "not run");
            return;
        }
        Comparison comparison;
        try {
            comparison = Comparison.of(row);
        } catch (Unsupported e) {
            count("not supported, " + row.group() + ": " + e.getMessage());
            tabulate(row, "", "not supported: " + e.getMessage());
            return;
        }
        record(row, comparison);
        tabulate(row, comparison.score(), verdict(row, comparison));
    }

    private String verdict(ArxRow row, Comparison comparison) {
        String known = row.knownReason(comparison.differences());
        if (!comparison.differences().isEmpty() && known.isEmpty()) {
            failures.add(row + ": " + comparison.differences());
            return "wrong";
        } else if (row.arxShowsRowsOutsideSubset() || !comparison.differences().isEmpty()) {
            different++;
            String reason = row.arxShowsRowsOutsideSubset() ? ArxRow.OUTSIDE_SUBSET : known;
            count("different on purpose: " + reason);
            return "different: " + reason;
        }
        reproduced++;
        return "same";
    }

    private void tabulate(ArxRow row, String score, String verdict) {
        table.append("| ")
                .append(row.id())
                .append(" | ")
                .append(row.configuration())
                .append(" | ");
        table.append(row.score())
                .append(" | ")
                .append(score)
                .append(" | ")
                .append(verdict)
                .append(" |\n");
    }

    private void record(ArxRow row, Comparison comparison) {
        double ours = comparison.result().searchSeconds() * 1000;
        double theirs = row.json().decimal("searchTimeMs").doubleValue();
        double[] sums = milliseconds.computeIfAbsent(row.group(), group -> new double[3]);
        sums[0]++;
        sums[1] += ours;
        sums[2] += theirs;
        if (Boolean.getBoolean("yunyu.anonymizer.verbose")) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.0f ms, %d checks; ARX %.0f ms, %d checks%n",
                    row,
                    ours,
                    comparison.result().outcome().checked(),
                    theirs,
                    row.json().longValue("transformationsChecked"));
        }
    }

    private void count(String reason) {
        reasons.merge(reason, 1, Integer::sum);
    }

    private String summary() {
        StringBuilder text = new StringBuilder("ARX baseline: " + reproduced + " reproduced, " + different
                + " different on purpose, " + failures.size() + " wrong, " + notRun + " not run\n");
        reasons.forEach((reason, number) ->
                text.append("  ").append(number).append(" x ").append(reason).append('\n'));
        milliseconds.forEach((group, sums) -> text.append(String.format(
                Locale.ROOT,
                "  %s: %.0f rows, search %.0f ms here, %.0f ms in ARX%n",
                group,
                sums[0],
                sums[1],
                sums[2])));
        failures.forEach(failure -> text.append("  wrong: ").append(failure).append('\n'));
        return text.toString();
    }
}

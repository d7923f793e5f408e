package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.risk.ClassStatistics;
import io.yunyu.anonymizer.risk.RiskReport;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One configuration run here, and where the answer differs from ARX's. */
record Comparison(ArxRow row, AnonymizationResult result, List<String> differences) {

    static Comparison of(ArxRow row) {
        AnonymizationResult result = Anonymizer.anonymize(row.table(), row.spec());
        List<String> differences = new ArrayList<>();
        if (result.outcome().solution().isEmpty()) {
            differences.add("no solution");
            return new Comparison(row, result, differences);
        }
        Solution solution = result.outcome().solution().get();
        compareScore(row, solution, differences);
        List<Integer> levels = solution.transformation().levels();
        boolean same = levels.equals(row.transformation());
        // Where no tie set is given, the tie shows in the equal score of ARX's own transformation, compared below.
        if (!same && !row.tieSet().isEmpty() && !row.tieSet().contains(levels)) {
            differences.add("transformation " + levels + ", ARX " + row.transformation());
        }
        AnonymizationResult atArx = same ? result : Anonymizer.anonymize(row.table(), row.specAtArxTransformation());
        compareAtTransformation(row, atArx, differences);
        return new Comparison(row, result, differences);
    }

    private static void compareScore(ArxRow row, Solution solution, List<String> differences) {
        String expected = row.score();
        if (expected.startsWith("[")) {
            double[] ours = solution.loss().values();
            double[] theirs = Arrays.stream(expected.substring(1, expected.length() - 1).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            for (int i = 0; i < ours.length; i++) {
                close("score[" + i + "]", ours[i], theirs[i], differences);
            }
        } else {
            close("score", solution.loss().value(), Double.parseDouble(expected), differences);
        }
    }

    private static void compareAtTransformation(ArxRow row, AnonymizationResult result, List<String> differences) {
        if (result.outcome().solution().isEmpty()) {
            differences.add("ARX's transformation is not anonymous");
            return;
        }
        AnonymizedClasses classes = result.outcome().solution().get().classes();
        compareScore(row, result.outcome().solution().get(), differences);
        JsonObject expected = row.json().object("ecStats");
        ClassStatistics statistics = ClassStatistics.of(classes);
        close("suppressed", statistics.suppressedRecords(), number(expected, "suppressed"), differences);
        close("classes", statistics.classes(), number(expected, "classes"), differences);
        close("records", statistics.records(), number(expected, "records"), differences);
        close("avg", statistics.averageSize(), number(expected, "avg"), differences);
        close("min", statistics.minSize(), number(expected, "min"), differences);
        close("max", statistics.maxSize(), number(expected, "max"), differences);
        close("flagged", result.flaggedRows(), number(row.json(), "suppressedRowsIsOutlier"), differences);
        compareRisk(row.json().object("riskSummaryThreshold0.1"), RiskReport.of(classes, 0.1), differences);
        String digest = digest(row.table(), result);
        if (!digest.equals(row.json().string("outputSha256"))) {
            differences.add("output digest");
        }
    }

    private static void compareRisk(JsonObject expected, RiskReport risk, List<String> differences) {
        for (String attacker : List.of("prosecutor", "journalist")) {
            JsonObject theirs = expected.object(attacker);
            RiskReport.AttackerRisk ours = attacker.equals("prosecutor") ? risk.prosecutor() : risk.journalist();
            close(attacker + " at risk", ours.recordsAtRisk(), number(theirs, "recordsAtRisk"), differences);
            close(attacker + " highest", ours.highest(), number(theirs, "highest"), differences);
            close(attacker + " success", ours.successRate(), number(theirs, "successRate"), differences);
        }
        double marketer = number(expected.object("marketer"), "successRate");
        close("marketer success", risk.marketerSuccessRate(), marketer, differences);
    }

    private static double number(JsonObject object, String name) {
        return object.has(name) ? object.decimal(name).doubleValue() : Double.NaN;
    }

    private static void close(String what, double ours, double theirs, List<String> differences) {
        if (!(Math.abs(ours - theirs) <= 1e-9 * Math.max(1e-300, Math.abs(theirs)))) {
            differences.add(what + " " + ours + ", ARX " + theirs);
        }
    }

    private static String digest(MicrodataTable table, AnonymizationResult result) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            StringBuilder text = new StringBuilder();
            result.forEachReleasedRow(cells -> {
                text.append(String.join(";", cells)).append('\n');
                if (text.length() > 1 << 16) {
                    sha256.update(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            });
            sha256.update(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

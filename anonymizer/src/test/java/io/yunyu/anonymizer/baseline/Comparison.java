package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.risk.ClassStatistics;
import io.yunyu.anonymizer.risk.RiskReport;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One configuration run here, and where the answer differs from ARX's. */
final class Comparison {
    static final String ONLY_TWO_ANONYMITY = "ARX's answer is that of 2-anonymity";

    static final String DRAWN = "levels drawn at random";

    private final ArxRow row;
    private final List<String> differences = new ArrayList<>();
    private final AnonymizationResult result;

    private Comparison(ArxRow row, AnonymizationSpec spec) {
        this.row = row;
        this.result = Anonymizer.anonymize(row.table(), spec);
    }

    static Comparison of(ArxRow row) {
        Comparison comparison = new Comparison(row, row.spec());
        comparison.compare();
        return comparison;
    }

    AnonymizationResult result() {
        return result;
    }

    String score() {
        return result.outcome()
                .solution()
                .map(solution -> solution.loss().toString())
                .orElse("none");
    }

    List<String> differences() {
        return differences;
    }

    private void compare() {
        if (result.outcome().solution().isEmpty()) {
            differences.add("no solution");
            return;
        }
        Solution solution = result.outcome().solution().get();
        if (row.isDrawn()) {
            differences.add(DRAWN);
        } else if (row.isBeatable()) {
            if (solution.loss().value() > Double.parseDouble(row.score()) * (1 + 1e-9)) {
                differences.add("worse score " + solution.loss() + ", ARX " + row.score());
            }
        } else {
            compareOptimum(solution);
        }
        if (row.isSnb()) {
            compareTwoAnonymity();
            return;
        }
        boolean same = solution.transformation().levels().equals(row.transformation());
        compareAtTransformation(
                same || row.isRecoded() ? result : Anonymizer.anonymize(row.table(), row.specAtArxTransformation()));
    }

    /** All that ARX says of such a row must be true of 2-anonymity. */
    private void compareTwoAnonymity() {
        AnonymizationResult atTwo = Anonymizer.anonymize(row.table(), row.specOfTwoAnonymity());
        Solution solution = atTwo.outcome().solution().orElseThrow();
        if (!solution.transformation().levels().equals(row.transformation())) {
            differences.add("2-anonymity leads to " + solution.transformation().levels());
        }
        compareAtTransformation(atTwo);
        if (result.outcome().solution().orElseThrow().loss().compareTo(solution.loss()) < 0) {
            differences.add(ONLY_TWO_ANONYMITY);
        }
    }

    private void compareOptimum(Solution solution) {
        compareScore(solution);
        List<Integer> levels = solution.transformation().levels();
        // Where no tie set is given, a tie shows in the equal score of ARX's own transformation, compared below.
        if (!levels.equals(row.transformation())
                && !row.tieSet().isEmpty()
                && !row.tieSet().contains(levels)) {
            differences.add("transformation " + levels + ", ARX " + row.transformation());
        }
    }

    private void compareScore(Solution solution) {
        String expected = row.score();
        double[] ours = solution.loss().values();
        double[] theirs = Arrays.stream(expected.replaceAll("[\\[\\] ]", "").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int i = 0; i < ours.length; i++) {
            close("score[" + i + "]", ours[i], theirs[i]);
        }
    }

    private void compareAtTransformation(AnonymizationResult atArx) {
        if (atArx.outcome().solution().isEmpty()) {
            differences.add("ARX's transformation is not anonymous");
            return;
        }
        AnonymizedClasses classes = atArx.outcome().solution().get().classes();
        if (row.isDrawn()) {
            // ARX reports the score it drew by: the number of classes, the suppressed records being one.
            close("score", classes.keptClasses() + 1, Double.parseDouble(row.score()));
        } else {
            compareScore(atArx.outcome().solution().get());
        }
        compareClasses(ClassStatistics.of(classes));
        compareRisk(row.json().object("riskSummaryThreshold0.1"), RiskReport.of(classes, 0.1));
        if (row.arxShowsRowsOutsideSubset()) {
            compareWithholding(atArx);
        } else {
            close("flagged", atArx.flaggedRows(), number(row.json(), "suppressedRowsIsOutlier"));
            compareDigest(atArx);
        }
    }

    private void compareClasses(ClassStatistics statistics) {
        JsonObject expected = row.json().object("ecStats");
        close("suppressed", statistics.suppressedRecords(), number(expected, "suppressed"));
        close("classes", statistics.classes(), number(expected, "classes"));
        close("records", statistics.records(), number(expected, "records"));
        close("average size", statistics.averageSize(), number(expected, "avg"));
        close("smallest", statistics.minSize(), number(expected, "min"));
        close("largest", statistics.maxSize(), number(expected, "max"));
    }

    private void compareRisk(JsonObject expected, RiskReport risk) {
        for (String attacker : List.of("prosecutor", "journalist")) {
            JsonObject theirs = expected.object(attacker);
            RiskReport.AttackerRisk ours = attacker.equals("prosecutor") ? risk.prosecutor() : risk.journalist();
            close(attacker + " at risk", ours.recordsAtRisk(), number(theirs, "recordsAtRisk"));
            close(attacker + " highest", ours.highest(), number(theirs, "highest"));
            close(attacker + " success", ours.successRate(), number(theirs, "successRate"));
        }
        close("marketer success", risk.marketerSuccessRate(), number(expected.object("marketer"), "successRate"));
    }

    private void compareDigest(AnonymizationResult released) {
        if (!OutputDigest.of(released).equals(row.json().string("outputSha256"))) {
            differences.add("output digest");
        }
    }

    /** Everything generalized must be ARX's output; what is ours must be the same where it is under study, and hidden elsewhere. */
    private void compareWithholding(AnonymizationResult released) {
        AnonymizationResult everything = Anonymizer.anonymize(row.table(), row.everythingAtArxTransformation());
        compareDigest(everything);
        List<List<String>> all = OutputDigest.rows(everything);
        List<List<String>> ours = OutputDigest.rows(released);
        long hidden = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean withheld = row.quasiIdentifierCells(ours.get(i)).stream().allMatch("*"::equals);
            hidden += withheld ? 1 : 0;
            if (!withheld && !ours.get(i).equals(all.get(i))) {
                differences.add("row " + i + " differs");
                return;
            }
        }
        close("withheld", hidden, all.size() - row.json().longValue("viewRows"));
        close("flagged", released.flaggedRows(), hidden);
    }

    private static double number(JsonObject object, String name) {
        return object.decimal(name).doubleValue();
    }

    private void close(String what, double ours, double theirs) {
        if (!(Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs))) {
            differences.add(what + " " + ours + ", ARX " + theirs);
        }
    }
}

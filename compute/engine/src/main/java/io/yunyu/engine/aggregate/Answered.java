package io.yunyu.engine.aggregate;

import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.ColumnNoise;
import io.yunyu.engine.candidate.ProtectedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A query's protected cells with all that is told of them.
 *
 * @param noise of the plan's values
 * @param withheld share of the units below the threshold
 * @param guarded what the guard did to the developer's answers
 * @param suppression of a planned publication
 */
record Answered(
        CellPlan plan,
        ProtectedCells cells,
        DisclosureReport report,
        List<ColumnNoise> noise,
        Optional<ReviewFacts.WithheldShare> withheld,
        Optional<ReviewFacts.Guarded> guarded,
        Optional<ReviewFacts.Suppression> suppression) {
    Answered {
        noise = List.copyOf(noise);
    }

    /** Of answers with noise. */
    Answered(
            CellPlan plan,
            ProtectedCells cells,
            DisclosureReport report,
            List<ColumnNoise> noise,
            Optional<ReviewFacts.WithheldShare> withheld,
            Optional<ReviewFacts.Guarded> guarded) {
        this(plan, cells, report, noise, withheld, guarded, Optional.empty());
    }

    /** @param table of the answer, whose empty values are no numbers, too */
    ReviewFacts facts(String job, AboveAggregate.Answer answer, ProtectedTable table) {
        List<ColumnNoise> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            columns.add(ValueNoise.of(
                    table.columns().get(c).label(), answer.origins().get(c), noise));
        }
        List<List<String>> marks = new ArrayList<>();
        Map<String, Long> overlaps = new TreeMap<>();
        for (int r = 0; r < table.rows().size(); r++) {
            List<CellMark> cell = cells.marks().get(answer.cells().get(r));
            List<String> words = new ArrayList<>();
            TreeSet<String> jobs = new TreeSet<>();
            for (int c = 0; c < table.columns().size(); c++) {
                List<CellMark> parts = answer.origins().get(c).values().stream()
                        .sorted()
                        .map(cell::get)
                        .toList();
                words.add(
                        table.columns().get(c).label()
                                ? ReviewFacts.LABEL
                                : word(parts, table.rows().get(r).get(c) == null));
                parts.forEach(part -> jobs.addAll(part.repeats()));
            }
            marks.add(words);
            jobs.stream().filter(j -> !j.isEmpty()).forEach(j -> overlaps.merge(j, 1L, Long::sum));
        }
        return new ReviewFacts(
                job,
                columns,
                marks,
                withheld,
                overlaps.entrySet().stream()
                        .map(o -> new ReviewFacts.Overlap(o.getKey(), o.getValue()))
                        .toList(),
                guarded,
                suppression);
    }

    /** Of a value that is computed of some: withheld if one of them is, repeated if one of them is. */
    private static String word(List<CellMark> parts, boolean empty) {
        if (parts.isEmpty()) {
            return ReviewFacts.LABEL;
        }
        Optional<String> rule =
                parts.stream().filter(CellMark::isWithheld).map(CellMark::word).findFirst();
        if (rule.isPresent() || empty) {
            return rule.orElse(ReviewFacts.NONE);
        }
        if (parts.contains(CellMark.EXACT)) {
            return ReviewFacts.EXACT;
        }
        return parts.stream().anyMatch(part -> !part.repeats().isEmpty()) ? ReviewFacts.REPEATED : ReviewFacts.NOISE;
    }
}

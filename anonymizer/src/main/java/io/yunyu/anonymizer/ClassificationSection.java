package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classification.CrossValidation;
import io.yunyu.anonymizer.classification.Feature;
import io.yunyu.anonymizer.classification.Score;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The report's member of classification performance: how well the quasi-identifiers predict an attribute that is marked as
 * response, as they are released and, for the records' owner, as they were. Needs the rows.
 */
final class ClassificationSection {
    private final AnonymizationResult result;
    private final boolean withOriginal;
    private final int[] rows;
    private final int[] classOfTuple;

    /**
     * @param allRecords whether suppressed records take part, with their {@code *}
     * @param withOriginal also what the original quasi-identifiers predict
     */
    ClassificationSection(AnonymizationResult result, boolean allRecords, boolean withOriginal) {
        this.result = result;
        this.withOriginal = withOriginal;
        this.classOfTuple = result.classOfTuple();
        AnonymizedClasses anonymized = result.outcome().solution().orElseThrow().classes();
        this.rows = IntStream.range(0, Math.toIntExact(result.rowCount()))
                .filter(row -> result.data().isStudied(row)
                        && (allRecords
                                || anonymized.isKept(classOfTuple[result.data().tupleOfRow(row)])))
                .toArray();
    }

    /** One entry per response; a response that is itself a quasi-identifier is released generalized, and left out. */
    List<Object> entries() {
        List<Object> entries = new ArrayList<>();
        for (AttributeSpec attribute : result.spec().attributes()) {
            if (attribute.response() && attribute.role() != AttributeRole.QUASI_IDENTIFIER) {
                entries.add(entry(attribute));
            }
        }
        return entries;
    }

    private Map<String, Object> entry(AttributeSpec response) {
        Column column = result.column(response.name());
        CrossValidation validation = new CrossValidation(rows, column::code);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("attribute", response.name());
        members.put("records", validation.records());
        members.put("responses", validation.responses());
        if (!validation.isPossible()) {
            members.put(
                    "notEvaluated",
                    "A classifier needs 2 records and 2 to " + CrossValidation.MOST_RESPONSES
                            + " different responses.");
            return members;
        }
        RocSection curves = new RocSection(validation, column);
        Score none = validation.score(List.of());
        Score released = validation.score(released());
        members.put("classifier", "naive Bayes");
        members.put("folds", validation.folds());
        members.put("seed", CrossValidation.SEED);
        members.put("zeroR", score(none));
        members.put("released", score(released, curves));
        if (withOriginal) {
            Score original = validation.score(original());
            members.put("original", score(original, curves));
            if (original.accuracy() > none.accuracy()) {
                members.put(
                        "relativeAccuracy",
                        number((released.accuracy() - none.accuracy()) / (original.accuracy() - none.accuracy())));
            }
        }
        return members;
    }

    private List<Feature> original() {
        return quasiIdentifiers()
                .<Feature>map(name -> result.column(name)::code)
                .toList();
    }

    private List<Feature> released() {
        return quasiIdentifiers().map(this::released).toList();
    }

    private Feature released(String quasiIdentifier) {
        Map<String, Integer> codes = new HashMap<>();
        int[] codeOfClass = result.labels(quasiIdentifier).stream()
                .mapToInt(label -> {
                    int next = codes.size();
                    return codes.computeIfAbsent(label, unknown -> next);
                })
                .toArray();
        return row -> codeOfClass[classOfTuple[result.data().tupleOfRow(row)]];
    }

    private Stream<String> quasiIdentifiers() {
        return result.spec().attributes().stream()
                .filter(attribute -> attribute.role() == AttributeRole.QUASI_IDENTIFIER)
                .map(AttributeSpec::name);
    }

    private static Map<String, Object> score(Score score, RocSection curves) {
        Map<String, Object> members = score(score);
        members.put("roc", curves.of(score));
        return members;
    }

    private static Map<String, Object> score(Score score) {
        return Json.object("accuracy", number(score.accuracy()), "brierScore", number(score.brierScore()));
    }

    private static Object number(double value) {
        return new BigDecimal(Double.toString(value));
    }
}

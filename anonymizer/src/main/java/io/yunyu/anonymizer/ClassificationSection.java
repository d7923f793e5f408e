package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classification.Classifier;
import io.yunyu.anonymizer.classification.CrossValidation;
import io.yunyu.anonymizer.classification.Feature;
import io.yunyu.anonymizer.classification.Score;
import io.yunyu.anonymizer.classification.Trial;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * One entry per response and classifier; a response that is itself a quasi-identifier is released generalized, and left
     * out.
     */
    List<Object> entries() {
        List<Object> entries = new ArrayList<>();
        for (AttributeSpec attribute : result.spec().attributes()) {
            if (attribute.response() && attribute.role() != AttributeRole.QUASI_IDENTIFIER) {
                addEntries(attribute, entries);
            }
        }
        return entries;
    }

    private void addEntries(AttributeSpec response, List<Object> entries) {
        Column column = result.column(response.name());
        CrossValidation validation = new CrossValidation(rows, column::code, result.data()::unitOfRow);
        if (!validation.isPossible()) {
            Map<String, Object> members = members(response, validation);
            members.put(
                    "notEvaluated",
                    "A classifier needs records of 2 persons and 2 to " + CrossValidation.MOST_RESPONSES
                            + " different responses.");
            entries.add(members);
            return;
        }
        RocSection curves = new RocSection(validation, column);
        Score none = validation.on(List.of()).score(Classifier.NAIVE_BAYES);
        Trial released = validation.on(released());
        Optional<Trial> original = withOriginal ? Optional.of(validation.on(original())) : Optional.empty();
        for (Classifier classifier : response.predictedBy()) {
            Map<String, Object> members = members(response, validation);
            members.put("classifier", classifier.label());
            members.put("folds", validation.folds());
            members.put("seed", CrossValidation.SEED);
            members.put("zeroR", score(none));
            Optional<Score> ofReleased = put(members, "released", released, classifier, curves);
            Optional<Score> ofOriginal = original.flatMap(trial -> put(members, "original", trial, classifier, curves));
            if (ofReleased.isPresent() && ofOriginal.isPresent()) {
                putRelative(members, none, ofReleased.get(), ofOriginal.get());
            }
            entries.add(members);
        }
    }

    private static Optional<Score> put(
            Map<String, Object> members, String name, Trial trial, Classifier classifier, RocSection curves) {
        Optional<String> obstacle = trial.obstacle(classifier);
        if (obstacle.isPresent()) {
            members.put("notEvaluated", obstacle.get());
            return Optional.empty();
        }
        Score score = trial.score(classifier);
        members.put(name, score(score, curves));
        return Optional.of(score);
    }

    private static void putRelative(Map<String, Object> members, Score none, Score released, Score original) {
        if (original.accuracy() > none.accuracy()) {
            members.put(
                    "relativeAccuracy",
                    number((released.accuracy() - none.accuracy()) / (original.accuracy() - none.accuracy())));
        }
    }

    private static Map<String, Object> members(AttributeSpec response, CrossValidation validation) {
        return Json.object(
                "attribute", response.name(), "records", validation.records(), "responses", validation.responses());
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
        if (score.unconvergedFolds() > 0) {
            members.put("unconvergedFolds", score.unconvergedFolds());
        }
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

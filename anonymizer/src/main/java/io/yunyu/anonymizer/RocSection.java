package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classification.CrossValidation;
import io.yunyu.anonymizer.classification.RocCurve;
import io.yunyu.anonymizer.classification.Score;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The report's member of ROC curves: one per value of a response, against all others. */
final class RocSection {
    /** Digits of a rate; the areas are as exact as they were computed. */
    private static final int DIGITS = 4;

    private final CrossValidation validation;
    private final Column column;

    /** @param column of the response; its values are released as they are */
    RocSection(CrossValidation validation, Column column) {
        this.validation = validation;
        this.column = column;
    }

    /** The most frequent value first. */
    Map<String, Object> of(Score score) {
        List<Integer> responses = new ArrayList<>(
                IntStream.range(0, validation.responses()).boxed().toList());
        responses.sort(Comparator.comparingInt(validation::recordsOf).reversed().thenComparing(this::label));
        Map<String, Object> members = new LinkedHashMap<>();
        if (!score.curves().isEmpty()) {
            members.put("macroAverage", number(average(score, false)));
            members.put("weightedAverage", number(average(score, true)));
        }
        members.put(
                "values",
                responses.stream().map(response -> value(score, response)).toList());
        return members;
    }

    private String label(int response) {
        return column.value(validation.rowOf(response));
    }

    /** Over the values that have a curve, in the responses' order. */
    private double average(Score score, boolean byRecords) {
        double sum = 0;
        double weights = 0;
        for (int response = 0; response < validation.responses(); response++) {
            RocCurve curve = score.curves().get(response);
            if (curve != null) {
                double weight = byRecords ? validation.recordsOf(response) : 1;
                sum += weight * curve.area();
                weights += weight;
            }
        }
        return sum / weights;
    }

    private Object value(Score score, int response) {
        Map<String, Object> members =
                Json.object("value", label(response), "records", (long) validation.recordsOf(response));
        RocCurve curve = score.curves().get(response);
        if (curve != null) {
            members.put("area", number(curve.area()));
            members.put(
                    "truePositiveRates",
                    curve.truePositiveRates().stream()
                            .map(rate -> BigDecimal.valueOf(rate).setScale(DIGITS, RoundingMode.HALF_UP))
                            .toList());
        } else if (!validation.hasCurve(response)) {
            members.put(
                    "notEvaluated",
                    "A curve needs records of " + CrossValidation.LEAST_PERSONS
                            + " persons with the value and of as many without it; fewer would speak of these few.");
        } else {
            members.put("notEvaluated", "No fold holds both a record with the value and one without it.");
        }
        return members;
    }

    private static BigDecimal number(double value) {
        return new BigDecimal(Double.toString(value));
    }
}

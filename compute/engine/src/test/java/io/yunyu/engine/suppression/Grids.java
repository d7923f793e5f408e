package io.yunyu.engine.suppression;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Tables without hierarchies: cells row by row, category 0 of each dimension its total. */
final class Grids {
    private Grids() {}

    static List<JsonObject> vectors(String name) throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors", name);
        assumeTrue(Files.isRegularFile(file), "skipped: the vectors " + name + " are not at hand");
        Object parsed = Json.parse(Files.readAllBytes(file));
        return parsed instanceof List<?> items
                ? items.stream().map(JsonObject::of).toList()
                : List.of(JsonObject.of(parsed));
    }

    /** @param parts number of categories of each dimension beside its total */
    static List<TableEquation> equations(int... parts) {
        int size = 1;
        int[] strides = new int[parts.length];
        for (int d = parts.length - 1; d >= 0; d--) {
            strides[d] = size;
            size *= parts[d] + 1;
        }
        List<TableEquation> equations = new ArrayList<>();
        for (int d = 0; d < parts.length; d++) {
            for (int cell = 0; cell < size; cell++) {
                if (cell / strides[d] % (parts[d] + 1) == 0) {
                    int[] cells = new int[parts[d]];
                    for (int k = 0; k < parts[d]; k++) {
                        cells[k] = cell + (k + 1) * strides[d];
                    }
                    equations.add(TableEquation.total(cell, cells));
                }
            }
        }
        return equations;
    }

    /** A table with its margins from its inner cells. */
    static double[] withTotals(double[][] inner) {
        int rows = inner.length;
        int columns = inner[0].length;
        double[] values = new double[(rows + 1) * (columns + 1)];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[(r + 1) * (columns + 1) + c + 1] = inner[r][c];
                values[(r + 1) * (columns + 1)] += inner[r][c];
                values[c + 1] += inner[r][c];
                values[0] += inner[r][c];
            }
        }
        return values;
    }

    /** The convention of the vectors: 0 and value + max(total, 10) bound each value. */
    static SuppressionProblem counts(
            double[] values, double[] weights, List<TableEquation> equations, List<Requirement> requirements) {
        double[] uppers = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            uppers[k] = values[k] + Math.max(values[0], 10);
        }
        return new SuppressionProblem(
                values, new double[values.length], uppers, weights, new BitSet(), equations, requirements);
    }

    static double[] atLeastOne(double[] values) {
        double[] weights = values.clone();
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.max(1, weights[k]);
        }
        return weights;
    }

    static double[] numbers(JsonObject object, String name) {
        return object.list(name, v -> ((Number) v).doubleValue()).stream()
                .mapToDouble(v -> v)
                .toArray();
    }

    static double[][] matrix(JsonObject object, String name) {
        return object.list(name, row -> ((List<?>) row)
                        .stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray())
                .toArray(double[][]::new);
    }

    static BitSet cells(int... cells) {
        BitSet set = new BitSet();
        for (int cell : cells) {
            set.set(cell);
        }
        return set;
    }

    /** Every case of csp_random.json with these dimensions. */
    static SuppressionProblem random(JsonObject vector) {
        double[] values = numbers(vector, "cells");
        List<Requirement> requirements = new ArrayList<>();
        for (double cell : numbers(vector, "primary")) {
            requirements.add(Requirement.of((int) cell, Math.min(1, values[(int) cell]), 1));
        }
        int[] parts = new int[numbers(vector, "dims").length];
        for (int d = 0; d < parts.length; d++) {
            parts[d] = (int) numbers(vector, "dims")[d];
        }
        return counts(values, atLeastOne(values), equations(parts), requirements);
    }
}

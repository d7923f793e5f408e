package io.yunyu.engine.perturbation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads expected values of other implementations, where this checkout has them at hand. */
final class Vectors {
    private Vectors() {}

    static JsonObject json(String name) throws IOException {
        return Json.parseObject(Files.readAllBytes(present(name)));
    }

    private static Path present(String name) {
        Path file = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors", name);
        assumeTrue(Files.isRegularFile(file), "skipped: the vectors " + name + " are not at hand");
        return file;
    }

    /** The rows of one type in the order of value and interval. */
    static List<PerturbationRow> rows(List<JsonObject> rows, String type) {
        return rows.stream()
                .filter(row -> row.string("type").equals(type))
                .map(row -> PerturbationRow.ofDecimals(
                        row.intValue("i"),
                        number(row, "j"),
                        number(row, "v"),
                        number(row, "p"),
                        number(row, row.has("lb") ? "lb" : "p_int_lb"),
                        number(row, row.has("ub") ? "ub" : "p_int_ub")))
                .sorted(Comparator.comparingInt(PerturbationRow::i).thenComparingLong(PerturbationRow::upper))
                .toList();
    }

    static PerturbationParameters parameters(JsonObject p) {
        List<Object> stay = p.list("pstay", item -> item);
        List<Long> optim = p.list("optim", item -> (Long) item);
        List<Boolean> mono = p.list("mono", item -> (Boolean) item);
        List<RowRule> rules = new ArrayList<>();
        for (int k = 0; k < stay.size(); k++) {
            rules.add(new RowRule(
                    stay.get(k) instanceof Number bound
                            ? OptionalDouble.of(bound.doubleValue())
                            : OptionalDouble.empty(),
                    optim.get(k) == 4 ? VarianceRule.EXACTLY : VarianceRule.AT_MOST,
                    mono.get(k)));
        }
        return new PerturbationParameters(
                TableType.valueOf(p.string("type").toUpperCase(java.util.Locale.ROOT)),
                p.intValue("D"),
                number(p, "V"),
                p.intValue("js"),
                p.intValue("step"),
                p.list("icat", item -> ((Long) item).intValue()),
                rules);
    }

    static double number(JsonObject object, String name) {
        return object.decimal(name).doubleValue();
    }

    /** The microdata: one map from column to text per unit. */
    static List<Map<String, String>> microdata() throws IOException {
        List<String> lines = Files.readAllLines(present("cellkey_microdata.csv"));
        String[] names = lines.get(0).split(",");
        List<Map<String, String>> units = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            Map<String, String> unit = new java.util.HashMap<>();
            for (int k = 0; k < names.length; k++) {
                unit.put(names[k], fields[k]);
            }
            units.add(unit);
        }
        return units;
    }

    /** The units of a cell; Total stands for all. */
    static List<Map<String, String>> cell(List<Map<String, String>> units, JsonObject cell) {
        return units.stream()
                .filter(unit -> List.of("sex", "age").stream()
                        .allMatch(dimension -> cell.string(dimension).equals("Total")
                                || cell.string(dimension).equals(unit.get(dimension))))
                .toList();
    }

    static long cellKey(List<Map<String, String>> units) {
        long key = 0;
        for (Map<String, String> unit : units) {
            key = CellKey.plus(key, CellKey.recordKey(Math.round(value(unit, "rkey") * 1e8)));
        }
        return key;
    }

    static double value(Map<String, String> unit, String column) {
        return Double.parseDouble(unit.get(column));
    }
}

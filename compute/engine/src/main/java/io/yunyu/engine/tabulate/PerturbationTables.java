package io.yunyu.engine.tabulate;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.perturbation.MagnitudeTables;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationRow;
import io.yunyu.engine.perturbation.PerturbationTable;
import io.yunyu.engine.perturbation.RowRule;
import io.yunyu.engine.perturbation.TableType;
import io.yunyu.engine.perturbation.VarianceRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Perturbation tables as specifications and files have them. */
final class PerturbationTables {
    static final Set<String> PARAMETERS = Set.of("D", "V", "js", "pstay", "mono", "step", "icat", "optim", "type");
    private static final Set<String> ROW = Set.of("i", "j", "p", "v", "lb", "ub", "type");

    private PerturbationTables() {}

    /**
     * Designs a table. Absent: js 0, pstay free, mono true, step 1, icat every i (for step above 1: 1, D/2, D), optim 1.
     *
     * @throws InfeasibleTableException if no noise meets the parameters
     */
    static PerturbationTable ofParameters(JsonObject json, String defaultType) {
        json.onlyMembers(PARAMETERS);
        int d = json.intValue("D");
        double v = json.decimal("V").doubleValue();
        int js = json.has("js") ? json.intValue("js") : 0;
        int step = json.has("step") ? json.intValue("step") : 1;
        TableType type = type(json.optionalString("type").orElse(defaultType));
        PerturbationParameters base = json.has("icat") || step > 1
                ? PerturbationParameters.magnitudes(
                        type,
                        d,
                        v,
                        step,
                        json.has("icat")
                                ? json.list("icat", item -> ((Number) item).intValue())
                                : List.of(1, Math.max(2, d / 2), d).stream()
                                        .distinct()
                                        .toList())
                : PerturbationParameters.counts(d, v, js);
        List<Object> stay = repeated(json, "pstay", "NA", base.rows().size());
        List<Object> mono = repeated(json, "mono", true, base.rows().size());
        List<Object> optim = repeated(json, "optim", 1L, base.rows().size());
        List<RowRule> rules = new ArrayList<>();
        for (int k = 0; k < base.rows().size(); k++) {
            rules.add(new RowRule(
                    stay.get(k) instanceof Number bound
                            ? OptionalDouble.of(bound.doubleValue())
                            : OptionalDouble.empty(),
                    variance(optim.get(k)),
                    Boolean.TRUE.equals(mono.get(k))));
        }
        PerturbationParameters design = new PerturbationParameters(type, d, v, js, step, base.rows(), rules);
        try {
            return PerturbationTable.of(design);
        } catch (IllegalArgumentException e) {
            throw new InfeasibleTableException(String.valueOf(e.getMessage()));
        }
    }

    private static VarianceRule variance(Object optim) {
        if (!(optim instanceof Long mode) || mode < 1 || mode > 4) {
            throw new TabulationException("optim must be 1 to 3 (variance as limit) or 4 (variance met exactly).");
        }
        return mode == 4 ? VarianceRule.EXACTLY : VarianceRule.AT_MOST;
    }

    private static List<Object> repeated(JsonObject json, String name, Object absent, int size) {
        Object value = json.has(name) ? json.asMap().get(name) : absent;
        List<Object> values = new ArrayList<>(value instanceof List<?> list ? list : Collections.nCopies(size, value));
        if (values.size() != size) {
            throw new TabulationException(name + " has " + values.size() + " values for " + size
                    + " rows of the table; give one value for all, or one per i.");
        }
        return values;
    }

    /** The tables of a file as the command {@code ptable} prints them, one per type. */
    static List<PerturbationTable> ofFile(Path file) {
        List<JsonObject> rows;
        try {
            rows = Json.parse(Files.readAllBytes(file)) instanceof List<?> items
                    ? items.stream().map(JsonObject::of).toList()
                    : List.of();
        } catch (IOException e) {
            throw new TabulationException("The perturbation table '" + file.getFileName() + "' cannot be read.", e);
        }
        Map<TableType, List<PerturbationRow>> byType = new LinkedHashMap<>();
        for (JsonObject row : rows) {
            row.onlyMembers(ROW);
            byType.computeIfAbsent(type(row.optionalString("type").orElse("all")), t -> new ArrayList<>())
                    .add(PerturbationRow.ofDecimals(
                            row.intValue("i"),
                            number(row, "j"),
                            number(row, "v"),
                            number(row, "p"),
                            number(row, "lb"),
                            number(row, "ub")));
        }
        if (byType.isEmpty()) {
            throw new TabulationException("The perturbation table '" + file.getFileName() + "' has no rows.");
        }
        List<PerturbationTable> tables = new ArrayList<>();
        byType.forEach((type, given) -> {
            given.sort(Comparator.comparingInt(PerturbationRow::i).thenComparingLong(PerturbationRow::upper));
            tables.add(PerturbationTable.ofRows(type, given));
        });
        return tables;
    }

    /** The tables that a magnitude uses: of a file, of parameters, of parameters by type, or the default. */
    static MagnitudeTables magnitudes(JsonObject json, Path folder, boolean parity, boolean separation) {
        Object given = json.asMap().get("ptable");
        List<PerturbationTable> tables = new ArrayList<>();
        if (given instanceof String file) {
            tables.addAll(ofFile(folder.resolve(file)));
        } else if (given instanceof Map<?, ?>) {
            JsonObject parameters = JsonObject.of(given);
            if (parameters.has("D")) {
                tables.add(ofParameters(parameters, "all"));
            } else {
                parameters.onlyMembers(Set.of("all", "even", "odd", "small_cells"));
                for (String type : parameters.asMap().keySet()) {
                    tables.add(ofParameters(parameters.object(type), type));
                }
            }
        } else {
            tables.add(
                    PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                            .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY))));
        }
        return MagnitudeTables.of(tables.stream()
                .filter(table -> switch (table.type()) {
                    case ALL -> !parity;
                    case EVEN, ODD -> parity;
                    case SMALL_CELLS -> separation;
                })
                .toArray(PerturbationTable[]::new));
    }

    /** Rows as JSON. */
    static List<Map<String, Object>> toJson(PerturbationTable table) {
        return table.rows().stream()
                .map(row -> Json.object(
                        "i", row.i(),
                        "j", decimal(row.j()),
                        "p", decimal(row.p()),
                        "v", decimal(row.v()),
                        "lb", BigDecimal.valueOf(row.lower(), 8),
                        "ub", BigDecimal.valueOf(row.upper(), 8),
                        "type", table.type().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(Double.toString(value));
    }

    private static TableType type(String name) {
        for (TableType type : TableType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw new TabulationException("A perturbation table must be of type all, even, odd or small_cells.");
    }

    private static double number(JsonObject row, String name) {
        return row.decimal(name).doubleValue();
    }
}

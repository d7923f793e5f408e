package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.DelimitedWriter;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.suppression.CellInterval;
import io.yunyu.engine.tabulate.Tabulation.Result;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code table.csv}, {@code audit.json} and {@code report.html}. All of them are complete before the first one gets
 * its name, and files of an earlier run are gone before: nobody takes half a result, or an old one, for this one.
 */
final class TableFiles {
    static final String INTERNAL = "Original values and noise: never to leave the data owner. 原始值与噪声：不得离开数据所有者。";
    private static final List<String> NAMES = List.of("audit.json", "report.html", "table.csv");

    private final Result result;
    private final Path folder;

    private TableFiles(Result result, Path folder) {
        this.result = result;
        this.folder = folder;
    }

    static void clear(Path folder) throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    static void write(Result result, Path folder) throws IOException {
        new TableFiles(result, folder).write();
    }

    private void write() throws IOException {
        try {
            Path audit = partial("audit.json");
            Files.deleteIfExists(audit);
            Files.createFile(audit, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Writer out = Files.newBufferedWriter(audit, StandardCharsets.UTF_8)) {
                audit(out);
            }
            Path report = partial("report.html");
            Files.deleteIfExists(report);
            Files.createFile(
                    report, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(report, new TabulationPage(result).html(), StandardCharsets.UTF_8);
            table(partial("table.csv"));
            for (String name : NAMES) {
                Files.move(partial(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (String name : NAMES) {
                Files.deleteIfExists(partial(name));
            }
        }
    }

    private Path partial(String name) {
        return folder.resolve(name + ".partial");
    }

    private void table(Path file) throws IOException {
        try (DelimitedWriter out = new DelimitedWriter(file, result.spec().format())) {
            List<String> header = new ArrayList<>();
            result.spec().dimensions().forEach(d -> header.add(d.name()));
            for (MeasureResult measure : result.measures()) {
                header.add(measure.name());
                header.add(measure.name() + "_status");
            }
            out.write(header);
            for (int cell = 0; cell < result.table().size(); cell++) {
                if (result.table().isShown(cell)) {
                    out.write(row(cell));
                }
            }
        }
    }

    private List<String> row(int cell) {
        List<String> row = new ArrayList<>(result.table().labels(cell));
        for (MeasureResult measure : result.measures()) {
            CellResult value = at(measure, cell);
            row.add(value.isShown() ? text(measure, value.published()) : "");
            row.add(value.status().name().toLowerCase(Locale.ROOT));
        }
        return row;
    }

    private static String text(MeasureResult measure, double value) {
        BigDecimal number = new BigDecimal(Double.toString(value));
        if (measure.whole()) {
            number = number.setScale(0, RoundingMode.HALF_EVEN);
        } else if (measure.decimals().isPresent()) {
            number = number.setScale(measure.decimals().getAsInt(), RoundingMode.HALF_EVEN);
        }
        return number.signum() == 0 ? "0" : plain(number);
    }

    private static String plain(BigDecimal number) {
        return number.scale() > 0 ? number.stripTrailingZeros().toPlainString() : number.toPlainString();
    }

    private void audit(Writer out) throws IOException {
        out.append("{\"notice\":").append(Json.write(INTERNAL)).append(",\"cells\":[");
        String separator = "\n";
        for (MeasureResult measure : result.measures()) {
            for (int cell = 0; cell < result.table().size(); cell++) {
                if (result.table().isShown(cell)) {
                    out.append(separator).append(Json.write(audit(measure, cell)));
                    separator = ",\n";
                }
            }
        }
        out.append("\n]}\n");
    }

    private Map<String, @Nullable Object> audit(MeasureResult measure, int cell) {
        CellResult value = at(measure, cell);
        Map<String, Object> key = new LinkedHashMap<>();
        List<String> labels = result.table().labels(cell);
        for (int d = 0; d < labels.size(); d++) {
            key.put(result.spec().dimensions().get(d).name(), labels.get(d));
        }
        boolean keyed = result.spec().protection() instanceof Protection.CellKeys;
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("key", key);
        entry.put("measure", measure.name());
        entry.put("original", decimal(value.facts().original()));
        entry.put("cellKey", keyed ? BigDecimal.valueOf(value.facts().cellKey(), 8) : null);
        entry.put("noise", decimal(value.noise()));
        entry.put("rules", value.facts().rules());
        Double left = measure.subtraction().variances().get(cell);
        if (left != null) {
            entry.put("subtraction", decimal(left));
        }
        entry.put("interval", value.interval().map(TableFiles::interval).orElse(null));
        return entry;
    }

    /** From the lowest to the highest value that is possible to an attacker; null where it is beyond a thousand times the demand. */
    private static List<@Nullable Object> interval(CellInterval interval) {
        List<@Nullable Object> ends = new ArrayList<>();
        ends.add(Double.isInfinite(interval.low()) ? null : decimal(interval.low()));
        ends.add(Double.isInfinite(interval.high()) ? null : decimal(interval.high()));
        return ends;
    }

    private static CellResult at(MeasureResult measure, int cell) {
        CellResult value = measure.cells()[cell];
        if (value == null) {
            throw new IllegalStateException("A shown cell has no value.");
        }
        return value;
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(Double.toString(value));
    }
}

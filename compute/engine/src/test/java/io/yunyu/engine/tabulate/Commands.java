package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command in a folder of its own. */
record Commands(Path folder) {
    /** @param rows of table.csv by their labels joined by {@code /}, each a map from column to text */
    record Outcome(int code, String errors, Map<String, Map<String, String>> rows, List<JsonObject> audit) {
        String at(String labels, String column) {
            return rows.get(labels).get(column);
        }
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    Outcome tabulate(Path input, String spec, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "--input",
                input.toString(),
                "--spec",
                write("spec.json", spec).toString(),
                "--output",
                folder.resolve("out").toString()));
        args.addAll(List.of(more));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code =
                TabulateCommand.run(args.toArray(String[]::new), new PrintStream(errors, true, StandardCharsets.UTF_8));
        Map<String, Map<String, String>> rows = new HashMap<>();
        List<JsonObject> audit = List.of();
        if (code == 0) {
            rows.putAll(rows(folder.resolve("out/table.csv")));
            audit = Json.parseObject(Files.readAllBytes(folder.resolve("out/audit.json")))
                    .objects("cells");
        }
        return new Outcome(code, errors.toString(StandardCharsets.UTF_8), rows, audit);
    }

    private static Map<String, Map<String, String>> rows(Path file) {
        MicrodataTable table = DelimitedFiles.readTable(file, new DelimitedFormat(','));
        Map<String, Map<String, String>> rows = new HashMap<>();
        int dimensions = (int) table.columns().stream()
                .takeWhile(c -> table.columns().stream().noneMatch(s -> s.name().equals(c.name() + "_status")))
                .count();
        for (int r = 0; r < table.rowCount(); r++) {
            List<String> labels = new ArrayList<>();
            Map<String, String> row = new HashMap<>();
            for (int c = 0; c < table.columns().size(); c++) {
                row.put(table.columns().get(c).name(), table.columns().get(c).value(r));
                if (c < dimensions) {
                    labels.add(table.columns().get(c).value(r));
                }
            }
            rows.put(String.join("/", labels), row);
        }
        return rows;
    }
}

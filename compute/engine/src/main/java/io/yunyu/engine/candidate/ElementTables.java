package io.yunyu.engine.candidate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes de-identified records, one after the other, as CSV and Parquet, and the first of them as JSON for whoever reviews. */
public final class ElementTables {
    private static final int PREVIEW_ROWS = 100;

    private final List<String> names;
    private final long mostBytes;
    private final ByteArrayOutputStream csv = new ByteArrayOutputStream();
    private final ParquetTable.Text parquet;
    private final List<List<@Nullable Object>> preview = new ArrayList<>();

    /** @param mostBytes bound of all files together */
    public ElementTables(List<String> names, long mostBytes) {
        this.names = List.copyOf(names);
        this.mostBytes = mostBytes;
        this.parquet = ParquetTable.text(this.names);
        line(new ArrayList<>(names));
    }

    /** Adds a record; false once the bound is exceeded. */
    public boolean add(List<@Nullable String> cells) {
        line(cells);
        parquet.add(cells);
        if (preview.size() < PREVIEW_ROWS) {
            preview.add(new ArrayList<>(cells));
        }
        return csv.size() <= mostBytes;
    }

    /** The files by name; empty if they exceed the bound. */
    public Optional<Map<String, byte[]>> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("table.csv", csv.toByteArray());
        files.put("table.parquet", parquet.close());
        files.put("table.json", TextTables.json(new ProtectedTable(columns(), preview)));
        long bytes = files.values().stream().mapToLong(file -> file.length).sum();
        return bytes <= mostBytes ? Optional.of(files) : Optional.empty();
    }

    private List<ProtectedTable.Column> columns() {
        return names.stream()
                .map(name -> new ProtectedTable.Column(name, ProtectedTable.Type.STRING, 0, 0, true))
                .toList();
    }

    private void line(List<? extends @Nullable String> cells) {
        StringBuilder line = new StringBuilder();
        String separator = "";
        for (String cell : cells) {
            line.append(separator).append(TextTables.quoted(cell == null ? "" : cell));
            separator = ",";
        }
        csv.writeBytes(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }
}

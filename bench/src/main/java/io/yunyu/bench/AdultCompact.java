package io.yunyu.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The perturbed table as delimited text with values of a letter or two, so that very many records fit on a disk. */
final class AdultCompact {
    private final AdultTables tables;
    private final Path directory;
    private final List<Map<String, byte[]>> codes = new ArrayList<>();
    private final List<Path> hierarchies = new ArrayList<>();

    private AdultCompact(AdultTables tables, Path directory) {
        this.tables = tables;
        this.directory = directory;
    }

    /** Writes the hierarchies with the short values in the place of the long ones. */
    static AdultCompact of(AdultTables tables, Path directory) throws IOException {
        AdultCompact compact = new AdultCompact(tables, directory);
        for (String name : tables.names()) {
            compact.addColumn(name);
        }
        return compact;
    }

    private void addColumn(String name) throws IOException {
        Map<String, byte[]> codeOf = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(tables.hierarchy(name))) {
            int leafEnd = line.indexOf(AdultTables.DELIMITER);
            String code = Integer.toString(codeOf.size(), Character.MAX_RADIX);
            codeOf.put(line.substring(0, leafEnd), code.getBytes(StandardCharsets.UTF_8));
            lines.add(code + line.substring(leafEnd));
        }
        Path hierarchy = directory.resolve("compact-" + name + ".csv");
        Files.write(hierarchy, lines);
        codes.add(codeOf);
        hierarchies.add(hierarchy);
    }

    /** Files in the order of the columns. */
    List<Path> hierarchies() {
        return hierarchies;
    }

    void write(long rows, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(String.join(String.valueOf(AdultTables.DELIMITER), tables.names())
                    .getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            tables.perturbed(rows, values -> {
                for (int i = 0; i < values.length; i++) {
                    if (i > 0) {
                        out.write(AdultTables.DELIMITER);
                    }
                    out.write(Objects.requireNonNull(codes.get(i).get(values[i])));
                }
                out.write('\n');
            });
        }
    }
}

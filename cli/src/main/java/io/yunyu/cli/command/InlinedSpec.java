package io.yunyu.cli.command;

import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A specification of de-identification with the files that it names put into it, since the platform opens none. */
final class InlinedSpec {
    private final Path folder;
    private final char delimiter;

    private InlinedSpec(Path folder, char delimiter) {
        this.folder = folder;
        this.delimiter = delimiter;
    }

    static Map<String, Object> read(Path file) {
        JsonObject spec = Json.parseObject(InputFile.text(file));
        String delimiter = spec.has("csv") ? spec.object("csv").string("delimiter") : ";";
        if (delimiter.length() != 1) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "csv.delimiter must be one character.");
        }
        InlinedSpec inlined = new InlinedSpec(file.toAbsolutePath().resolveSibling(""), delimiter.charAt(0));
        Map<String, Object> members = new LinkedHashMap<>(spec.asMap());
        members.put(
                "attributes",
                spec.objects("attributes").stream().map(inlined::attribute).toList());
        return members;
    }

    private Map<String, Object> attribute(JsonObject attribute) {
        Map<String, Object> members = new LinkedHashMap<>(attribute.asMap());
        if (attribute.has("hierarchy") && attribute.object("hierarchy").has("file")) {
            Path file = folder.resolve(attribute.object("hierarchy").string("file"));
            members.put("hierarchy", Json.object("rows", rows(InputFile.text(file))));
        }
        return members;
    }

    /** Delimited text; quotes are doubled inside quotes. */
    private List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (!quoted && c == delimiter) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (!quoted && c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                rows.add(row);
                row = new ArrayList<>();
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }
}

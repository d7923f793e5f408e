package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Run a developer's program. Goes to a sandbox that has the program and nothing else: no key, no table, no grant.
 *
 * @param mainClass with {@code public static void main(String[])}, in the program's jar
 * @param tables what the agreement grants, names and types only
 */
public record ProgramJob(String jobId, String mainClass, List<String> arguments, List<Table> tables)
        implements EngineJob {
    public ProgramJob {
        arguments = List.copyOf(arguments);
        tables = List.copyOf(tables);
    }

    /** A granted table as its program may know it. */
    public record Table(String name, List<Column> columns) {
        public Table {
            columns = List.copyOf(columns);
        }

        Map<String, Object> toJson() {
            return Json.object(
                    "name",
                    name,
                    "columns",
                    columns.stream().map(Column::toJson).toList());
        }

        static Table parse(JsonObject json) {
            json.onlyMembers(Set.of("name", "columns"));
            return new Table(
                    json.string("name"),
                    json.objects("columns").stream().map(Column::parse).toList());
        }
    }

    /**
     * A column.
     *
     * @param type SQL's name of it, such as {@code bigint} or {@code decimal(12,2)}
     */
    public record Column(String name, String type) {
        public Map<String, Object> toJson() {
            return Json.object("name", name, "type", type);
        }

        public static Column parse(JsonObject json) {
            json.onlyMembers(Set.of("name", "type"));
            return new Column(json.string("name"), json.string("type"));
        }
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object(
                "kind",
                "program",
                "jobId",
                jobId,
                "mainClass",
                mainClass,
                "arguments",
                arguments,
                "tables",
                tables.stream().map(Table::toJson).toList());
    }

    static ProgramJob parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "jobId", "mainClass", "arguments", "tables"));
        return new ProgramJob(
                json.string("jobId"),
                json.string("mainClass"),
                json.strings("arguments"),
                json.objects("tables").stream().map(Table::parse).toList());
    }
}

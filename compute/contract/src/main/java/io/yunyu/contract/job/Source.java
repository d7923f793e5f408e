package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Where a batch comes from. */
public sealed interface Source {
    Map<String, Object> toJson();

    /**
     * Delimited text, UTF-8, RFC 4180 quoting, first line a header.
     *
     * @param file name below one of the installation's inboxes
     * @param delimiter one character
     */
    record Csv(String file, String delimiter) implements Source {
        public Csv {
            if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
                throw new JsonException("A CSV delimiter is one character, not a quote or line break.");
            }
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object("format", "csv", "file", file, "delimiter", delimiter);
        }
    }

    /** A Parquet file. */
    record Parquet(String file) implements Source {
        @Override
        public Map<String, Object> toJson() {
            return Json.object("format", "parquet", "file", file);
        }
    }

    /** One JSON object per line. */
    record JsonLines(String file) implements Source {
        @Override
        public Map<String, Object> toJson() {
            return Json.object("format", "jsonl", "file", file);
        }
    }

    /**
     * A table of a PostgreSQL database. The password is no part of the order: it travels beside it and is never stored.
     *
     * @param batch the provider's name for this extract: the batch digest is made from it, for a database has no bytes to digest
     */
    record Jdbc(String host, int port, String database, String table, String user, String batch) implements Source {
        public Jdbc {
            if (port < 1 || port > 65535) {
                throw new JsonException("Member 'port' must be 1 to 65535.");
            }
        }

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "format",
                    "jdbc",
                    "host",
                    host,
                    "port",
                    port,
                    "database",
                    database,
                    "table",
                    table,
                    "user",
                    user,
                    "batch",
                    batch);
        }
    }

    static Source parse(JsonObject json) {
        return switch (json.string("format")) {
            case "csv" -> {
                json.onlyMembers(Set.of("format", "file", "delimiter"));
                yield new Csv(
                        json.string("file"), json.optionalString("delimiter").orElse(","));
            }
            case "parquet" -> {
                json.onlyMembers(Set.of("format", "file"));
                yield new Parquet(json.string("file"));
            }
            case "jsonl" -> {
                json.onlyMembers(Set.of("format", "file"));
                yield new JsonLines(json.string("file"));
            }
            case "jdbc" -> {
                json.onlyMembers(Set.of("format", "host", "port", "database", "table", "user", "batch"));
                yield new Jdbc(
                        json.string("host"),
                        json.intValue("port"),
                        json.string("database"),
                        json.string("table"),
                        json.string("user"),
                        json.string("batch"));
            }
            default -> throw new JsonException("Member 'format' must be one of csv, parquet, jsonl, jdbc.");
        };
    }
}

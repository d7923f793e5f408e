package io.yunyu.cli.demo;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user of the demo chose. */
final class DemoOptions {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Your own file: CSV, or Parquet by its ending .parquet, or JSON lines by .jsonl.")
    private @Nullable Path input;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN|@row",
            description = "Column that identifies the privacy unit; @row: each record is its own.")
    private @Nullable String unit;

    @Option(names = "--query", paramLabel = "FILE.sql", description = "Query over table `input`.")
    private @Nullable Path query;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            defaultValue = ",",
            description = "Delimiter of a CSV file (default ${DEFAULT-VALUE}).")
    private String delimiter = ",";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "yunyu-demo",
            description = "Where results go (default ${DEFAULT-VALUE}).")
    private Path out = Path.of("yunyu-demo");

    @Option(
            names = "--min-units",
            paramLabel = "N",
            defaultValue = "10",
            description = "Smallest number of units in a published cell (default ${DEFAULT-VALUE}, floor 5).")
    private int minUnits;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Seed of the generated data (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--persons",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Size of the generated population (default ${DEFAULT-VALUE}).")
    private long persons;

    @Option(names = "--serve", description = "Leave the server up; writes address.txt and credentials.json.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Port of the server (default: a free one).")
    private int port;

    @Option(names = "--json", description = "One JSON object on stdout; problems as problem+json.")
    private boolean json;

    /** @throws ProblemException if what was given cannot work, before anything is started */
    void check() {
        if (input == null && (unit != null || query != null)) {
            throw bad("--unit and --query describe a file of your own: give it with --input.");
        }
        if (input != null && (unit == null || query == null)) {
            throw bad("--input needs --unit (a column, or @row) and --query (a file with SQL over table input).");
        }
        requireReadable(input);
        requireReadable(query);
        if (delimiter.length() != 1) {
            throw bad("--delimiter takes one character.");
        }
        if (minUnits < 1 || persons < 1_000 || persons > 40_000_000) {
            throw bad("--min-units takes at least 1, --persons 1000 to 40000000.");
        }
        if (port < 0 || port > 65535) {
            throw bad("--port takes 0 to 65535.");
        }
    }

    private static void requireReadable(@Nullable Path file) {
        if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
            throw bad("The file cannot be read: " + file);
        }
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(ProblemCode.BAD_REQUEST, detail);
    }

    Optional<Path> input() {
        return Optional.ofNullable(input);
    }

    String unit() {
        return String.valueOf(unit);
    }

    Path query() {
        return query == null ? Path.of("") : query;
    }

    String delimiter() {
        return delimiter;
    }

    Path out() {
        return out.toAbsolutePath().normalize();
    }

    int minUnits() {
        return minUnits;
    }

    long seed() {
        return seed;
    }

    long persons() {
        return persons;
    }

    boolean serve() {
        return serve;
    }

    int port() {
        return port;
    }

    boolean json() {
        return json;
    }
}

package io.yunyu.bench;

import io.yunyu.anonymizer.AnonymizeCommand;
import io.yunyu.bench.MeasuredProcess.Usage;
import io.yunyu.bench.ProcessRounds.Run;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.launcher.EngineSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sides of the anonymization benchmark, each a process under the same flags: {@code bin/yunyu anonymize} as that
 * script starts it, and ARX by itself where the build has it (profile {@code arx}).
 */
final class AnonymizeSides {
    private static final int K = 5;
    private static final String SUPPRESSION_LIMIT = "0.02";
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

    private final Path root;
    private final Path directory;

    AnonymizeSides(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    boolean hasArx() {
        return Files.isDirectory(root.resolve("anonymizer/arx/target/lib"));
    }

    /**
     * Writes a specification: k-anonymity with k=5, two per cent suppressed at most, loss.
     *
     * @param hierarchies file by column, in the order of {@code columns}
     */
    Path spec(String name, List<String> columns, List<Path> hierarchies) throws IOException {
        List<Object> attributes = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            attributes.add(Json.object(
                    "name", columns.get(i),
                    "role", "QUASI_IDENTIFIER",
                    "hierarchy", Json.object("file", hierarchies.get(i).toString())));
        }
        return write(name, attributes, Json.object("algorithm", "automatic"));
    }

    /** The same for Mondrian. @param ordered the column of whole numbers that is cut by their order */
    Path mondrianSpec(List<String> columns, List<Path> hierarchies, String ordered) throws IOException {
        List<Object> attributes = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            attributes.add(Json.object(
                    "name",
                    columns.get(i),
                    "role",
                    "QUASI_IDENTIFIER",
                    "dataType",
                    columns.get(i).equals(ordered) ? "integer" : "string",
                    "hierarchy",
                    Json.object("file", hierarchies.get(i).toString())));
        }
        return write("mondrian", attributes, Json.object("algorithm", "mondrian", "mode", "strict"));
    }

    private Path write(String name, List<Object> attributes, Map<String, Object> search) throws IOException {
        Path spec = directory.resolve(name + ".json");
        Files.writeString(
                spec,
                Json.write(Json.object(
                        "attributes",
                        attributes,
                        "privacyModels",
                        List.of(Json.object("model", "k-anonymity", "k", (long) K)),
                        "suppressionLimit",
                        new BigDecimal(SUPPRESSION_LIMIT),
                        "search",
                        search)));
        return spec;
    }

    /** @param flags more flags of the virtual machine */
    Run ours(Path input, Path spec, String... flags) throws IOException, InterruptedException {
        Path output = directory.resolve("ours");
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp",
                root.resolve("anonymizer/target/classes") + ":" + root.resolve("compute/contract/target/classes") + ":"
                        + root.resolve("anonymizer/target/parquet") + "/*",
                AnonymizeCommand.class.getName(),
                "--input",
                input.toString(),
                "--spec",
                spec.toString(),
                "--output",
                output.toString()));
        Usage usage = MeasuredProcess.run(command);
        JsonObject report = Json.parseObject(Files.readString(output.resolve("report.json")));
        JsonObject search = report.object("search");
        delete(output);
        return new Run(usage, search.decimal("seconds").doubleValue(), answer(report));
    }

    /** What a report says in a few words. */
    static String answer(JsonObject report) {
        JsonObject search = report.object("search");
        String loss = "loss " + shortened(report.string("score"));
        return search.has("cuts")
                ? loss + ", " + report.object("equivalenceClasses").longValue("count") + " classes, "
                        + search.longValue("cuts") + " cuts"
                : loss + (report.bool("optimal") ? ", the optimum" : "") + ", "
                        + search.longValue("transformationsChecked") + " of "
                        + search.decimal("latticeSize").toBigInteger() + " transformations checked";
    }

    /** @param held most tuples that come to the driver @param heap a flag of the virtual machine */
    Run onSpark(Path input, Path spec, long held, String heap) throws IOException, InterruptedException {
        Path output = directory.resolve("on-spark");
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", heap));
        command.addAll(EngineSpec.sparkFlags());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SparkMondrian.class.getName(),
                input.toString(),
                spec.toString(),
                output.toString(),
                String.valueOf(held)));
        Usage usage = MeasuredProcess.run(command);
        delete(output);
        Files.delete(output);
        String[] said = usage.output()
                .lines()
                .filter(line -> line.startsWith("answered "))
                .findFirst()
                .orElseThrow()
                .split(" ", 3);
        return new Run(usage, Double.parseDouble(said[1]), said[2]);
    }

    Run arx(Path input, List<String> columns, List<Path> hierarchies, String algorithm, int timeLimitSeconds)
            throws IOException, InterruptedException {
        Path output = directory.resolve("arx.csv");
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                root.resolve("anonymizer/arx/target/classes") + ":" + root.resolve("anonymizer/arx/target/lib") + "/*",
                "io.yunyu.anonymizer.arx.ArxAlone",
                input.toString(),
                output.toString(),
                String.valueOf(K),
                SUPPRESSION_LIMIT,
                algorithm,
                String.valueOf(timeLimitSeconds)));
        for (int i = 0; i < columns.size(); i++) {
            command.add(columns.get(i) + "=" + hierarchies.get(i));
        }
        Usage usage = MeasuredProcess.run(command);
        Files.deleteIfExists(output);
        String[] words = usage.output().trim().split("\\s+");
        String score = words[words.length - 1];
        return new Run(
                usage,
                Double.parseDouble(words[words.length - 2]),
                score.equals("none") ? "no solution" : "loss " + shortened(score) + ", " + algorithm);
    }

    private static String shortened(String score) {
        return String.format(Locale.ROOT, "%.5f", Double.parseDouble(score));
    }

    private static void delete(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

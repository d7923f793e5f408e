package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizeCommand;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Runs the command with each engine on the files of one folder, and compares what they wrote. */
final class BothEngines {
    private static final double RELATIVE = 1e-9;

    /** ARX adds its own rounding to a score. */
    private static final double SCORE = 1e-6;

    /** Members of ARX's report that say who found it, and how. */
    private static final Set<String> OF_THE_RUN = Set.of("engine", "seed", "search");

    private final Path folder;
    private final Path input;

    /** @param folder where specifications and outputs are written */
    BothEngines(Path folder, Path input) {
        this.folder = folder;
        this.input = input;
    }

    /** How a run ended, and what it said. */
    record Ended(int exitCode, String said) {}

    Ended run(String engine, String spec) throws IOException {
        Files.writeString(folder.resolve("spec.json"), spec);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = AnonymizeCommand.run(
                new String[] {
                    "--input", input.toString(),
                    "--spec", folder.resolve("spec.json").toString(),
                    "--output", folder.resolve(engine).toString(),
                    "--engine", engine
                },
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return new Ended(exitCode, errors.toString(StandardCharsets.UTF_8));
    }

    /** Where the reports for the owner differ in what ARX says of the original records; at any transformation. */
    List<String> differencesForOwner(String spec) throws IOException {
        List<String> differences = new ArrayList<>();
        compare(
                "input",
                ownersReport("native", spec).object("summaryStatistics").asMap().get("input"),
                ownersReport("arx", spec).object("summaryStatistics").asMap().get("input"),
                differences);
        return differences;
    }

    JsonObject ownersReport(String engine, String spec) throws IOException {
        Files.writeString(folder.resolve("spec.json"), spec);
        Path owners = folder.resolve("owners-" + engine);
        AnonymizeCommand.run(
                new String[] {
                    "--input", input.toString(),
                    "--spec", folder.resolve("spec.json").toString(),
                    "--output", folder.resolve(engine).toString(),
                    "--owner-report", owners.toString(),
                    "--engine", engine
                },
                System.err);
        return Json.parseObject(Files.readAllBytes(owners.resolve("report.json")));
    }

    Map<String, Object> report(String engine) throws IOException {
        return Json.parseObject(Files.readAllBytes(folder.resolve(engine).resolve("report.json")))
                .asMap();
    }

    /**
     * Where the answers to a specification differ. Transformations of one score are equally good: then the score must be the
     * same, and everything else at ARX's own transformation.
     *
     * @param spec written for any bounds of levels, empty if there are none
     */
    List<String> differences(UnaryOperator<String> spec) throws IOException {
        List<String> differences = new ArrayList<>();
        Ended ours = run("native", spec.apply(""));
        Ended theirs = run("arx", spec.apply(""));
        if (ours.exitCode() != theirs.exitCode()) {
            differences.add("exit " + ours + ", ARX " + theirs);
        }
        if (!differences.isEmpty() || ours.exitCode() != 0) {
            return differences;
        }
        compare("score", report("native").get("score"), report("arx").get("score"), differences);
        if (!report("native").get("transformation").equals(report("arx").get("transformation"))) {
            run("native", spec.apply(Json.write(report("arx").get("transformation"))));
        }
        Map<String, Object> figures = new TreeMap<>(report("arx"));
        figures.keySet().removeAll(OF_THE_RUN);
        compare("", report("native"), figures, differences);
        if (Files.mismatch(folder.resolve("native/data.csv"), folder.resolve("arx/data.csv")) >= 0) {
            differences.add("data.csv");
        }
        return differences;
    }

    /** Every member of theirs is in ours. */
    private static void compare(String name, Object ours, Object theirs, List<String> differences) {
        if (theirs instanceof Map<?, ?> members && ours instanceof Map<?, ?> own) {
            members.forEach((key, value) -> compare(name + "/" + key, own.get(key), value, differences));
        } else if (theirs instanceof List<?> list && ours instanceof List<?> own && list.size() == own.size()) {
            for (int i = 0; i < list.size(); i++) {
                compare(name + "/" + i, own.get(i), list.get(i), differences);
            }
        } else if (!same(ours, theirs, name.endsWith("score") ? SCORE : RELATIVE)) {
            differences.add(name + ": " + ours + ", ARX " + theirs);
        }
    }

    private static boolean same(Object ours, Object theirs, double relative) {
        if (theirs.equals(ours)) {
            return true;
        }
        double[] own = numbers(ours);
        double[] other = numbers(theirs);
        for (int i = 0; i < other.length; i++) {
            if (own.length != other.length || !(Math.abs(own[i] - other[i]) <= relative * Math.abs(other[i]))) {
                return false;
            }
        }
        return other.length > 0;
    }

    /** A number, or the text of one or of a vector; empty if it is none. */
    private static double[] numbers(Object value) {
        String text = String.valueOf(value).replaceAll("[\\[\\] ]", "");
        try {
            return List.of(text.split(",")).stream()
                    .mapToDouble(part -> new BigDecimal(part).doubleValue())
                    .toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }
}

package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.DelimitedWriter;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.anonymizer.parquet.ParquetTables;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code anonymize --input FILE --spec FILE --output DIR [--owner-report DIR] [--engine native|arx] [--lang zh|en]}: writes
 * {@code data.csv} and the reports {@code report.json} and {@code report.html}, which hold no value that the release does not
 * show; and on demand, into a folder of its own and readable by its owner only, the same reports with statistics of the
 * original records. What it says to people, also the report's texts, is in the language of
 * {@code --lang}, else of the locale.
 *
 * <p>Exit codes: {@value #SOLVED} solved; {@value #BAD_INPUT} bad input, nothing written; {@value #NO_SOLUTION} no
 * solution, only the report written; {@value #NO_ENGINE} the engine asked for is not built in.
 */
public final class AnonymizeCommand {
    static final int SOLVED = 0;
    static final int BAD_INPUT = 2;
    static final int NO_SOLUTION = 3;
    static final int NO_ENGINE = 5;

    private static final Set<String> OPTIONS =
            Set.of("--input", "--spec", "--output", "--owner-report", "--engine", "--lang");
    private static final String USAGE =
            "Usage: anonymize --input FILE --spec FILE --output DIR [--owner-report DIR] [--engine native|arx]"
                    + " [--lang zh|en]";

    private final PrintStream errors;
    private Language language;

    private AnonymizeCommand(PrintStream errors, Language language) {
        this.errors = errors;
        this.language = language;
    }

    public static void main(String[] args) {
        // Chinese must not depend on the locale's encoding, which may be plain ASCII.
        PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new AnonymizeCommand(errors, Language.ofEnvironment(System.getenv())).run(args));
    }

    /** Runs the command and returns its exit code; messages go to {@code errors}, in English if no {@code --lang} is given. */
    public static int run(String[] args, PrintStream errors) {
        return new AnonymizeCommand(errors, Language.ENGLISH).run(args);
    }

    private int run(String[] args) {
        try {
            Map<String, String> options = options(args);
            if (options.containsKey("--lang")) {
                language = Language.of(options.get("--lang"))
                        .orElseThrow(() -> new InputException("--lang must be zh or en."));
            }
            String engine = options.getOrDefault("--engine", "native");
            if (!Set.of("native", "arx").contains(engine)) {
                throw new InputException("--engine must be native or arx.");
            }
            Path output = Path.of(required(options, "--output"));
            Optional<AnonymizationEngine> other = engine.equals("native") ? Optional.empty() : found(engine);
            if (engine.equals("arx") && other.isEmpty()) {
                say(
                        "Engine arx is not built in: install ARX's jar in the local Maven repository, build with -Parx, or use"
                                + " --engine native.");
                return NO_ENGINE;
            }
            return anonymize(
                    Path.of(required(options, "--input")),
                    Path.of(required(options, "--spec")),
                    output,
                    ownerReport(options, output),
                    other);
        } catch (InputException e) {
            say(String.valueOf(e.getMessage()));
            return BAD_INPUT;
        } catch (IOException e) {
            say("The output cannot be written (" + e.getClass().getSimpleName() + ").");
            return BAD_INPUT;
        }
    }

    private static Optional<Path> ownerReport(Map<String, String> options, Path output) throws IOException {
        Optional<Path> folder =
                Optional.ofNullable(options.get("--owner-report")).map(Path::of);
        if (folder.isPresent() && real(folder.get()).startsWith(real(output))) {
            throw new InputException(
                    "--owner-report holds statistics of the original records and must not lie in --output,"
                            + " which is handed on. Choose another folder.");
        }
        return folder;
    }

    /**
     * Where a path leads that may not be there yet: a link must not hide that one folder lies in another.
     *
     * @throws IOException if a link on the way leads nowhere, since what will be there later may be anything
     */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        return Files.exists(absolute, LinkOption.NOFOLLOW_LINKS) || parent == null
                ? absolute.toRealPath()
                : real(parent).resolve(absolute.getFileName()).normalize();
    }

    private static Optional<AnonymizationEngine> found(String name) {
        for (AnonymizationEngine engine : ServiceLoader.load(AnonymizationEngine.class)) {
            if (engine.name().equals(name)) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    private int anonymize(
            Path input, Path specFile, Path output, Optional<Path> ownerReport, Optional<AnonymizationEngine> engine)
            throws IOException {
        AnonymizationSpec spec = AnonymizationSpec.parse(specFile);
        MicrodataTable table = table(input, spec);
        spec.riskSettings().privacyUnit().ifPresent(table::indexOf);
        Contradictions.requireNone(spec);
        spec.requireProtective();
        List<String> header = table.columns().stream().map(Column::name).toList();
        boolean solved;
        String report;
        Supplier<String> ownersReport;
        Rows rows;
        if (engine.isPresent()) {
            Anonymizer.requireFits(table, spec);
            AnonymizationEngine.Answer answer = engine.get().anonymize(table, spec);
            report = Json.write(answer.report());
            ownersReport = () -> {
                Map<String, Object> members = new LinkedHashMap<>(answer.report());
                members.putAll(answer.ownersMembers());
                return Json.write(members);
            };
            solved = Json.parseObject(report).bool("solved");
            rows = writer -> answer.forEachReleasedRow(writer::write);
        } else {
            AnonymizationResult result = Anonymizer.anonymize(table, spec);
            report = AnonymizationReport.ofAllRecords(result).toJson();
            ownersReport = () -> AnonymizationReport.ofOwner(result).toJson();
            solved = result.outcome().solution().isPresent();
            rows = result::writeReleased;
        }
        Files.createDirectories(output);
        if (solved) {
            writeData(header, spec.format(), rows, output.resolve("data.csv"));
        } else {
            // A result of an earlier run must not pass for this one's.
            Files.deleteIfExists(output.resolve("data.csv"));
        }
        writeReports(report, output);
        if (ownerReport.isPresent()) {
            writeForOwner(solved ? ownersReport.get() : report, ownerReport.get());
        }
        if (!solved) {
            say("No solution; report.json says which model fails and what would help.");
            return NO_SOLUTION;
        }
        return SOLVED;
    }

    private void writeReports(String report, Path folder) throws IOException {
        Files.writeString(folder.resolve("report.json"), inLanguage(report) + "\n", StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("report.html"), ReportPage.of(Json.parseObject(report)), StandardCharsets.UTF_8);
    }

    /** Readable by nobody else, from the first byte on. */
    private void writeForOwner(String report, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of("report.json", "report.html")) {
            Files.deleteIfExists(folder.resolve(name));
            Files.createFile(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        writeReports(report, folder);
    }

    private void say(String english) {
        errors.println(Phrases.say(english, language));
    }

    /** The report with its sentences in the language; its members' names and the models' are the same in both. */
    private String inLanguage(String report) {
        if (language == Language.ENGLISH) {
            return report;
        }
        Map<String, Object> members =
                new LinkedHashMap<>(Json.parseObject(report).asMap());
        members.computeIfPresent("advice", (name, advice) -> Phrases.say(String.valueOf(advice), language));
        members.computeIfPresent("differencesFromArx", (name, list) -> ((List<?>) list)
                .stream()
                        .map(text -> Phrases.say(String.valueOf(text), language))
                        .toList());
        for (String member : List.of("classificationPerformance", "undefined")) {
            members.computeIfPresent(member, (name, entries) -> translated(entries));
        }
        return Json.write(members);
    }

    /** The same with the reasons in it, why something was not evaluated or is undefined, in the language. */
    private Object translated(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::translated).toList();
        } else if (value instanceof Map<?, ?> object) {
            Map<Object, Object> members = new LinkedHashMap<>(object);
            members.replaceAll((name, member) -> name.equals("notEvaluated") || name.equals("reason")
                    ? Phrases.say(String.valueOf(member), language)
                    : translated(member));
            return members;
        }
        return value;
    }

    /** Where released records come from. */
    private interface Rows {
        void writeTo(DelimitedWriter writer) throws IOException;
    }

    private static MicrodataTable table(Path input, AnonymizationSpec spec) {
        return ParquetTables.isParquet(input)
                ? ParquetTables.read(input)
                : DelimitedFiles.readTable(input, spec.format());
    }

    /** Under its name only once it is complete. */
    private static void writeData(List<String> header, DelimitedFormat format, Rows rows, Path target)
            throws IOException {
        Path partial = target.resolveSibling("data.csv.partial");
        try {
            try (DelimitedWriter writer = new DelimitedWriter(partial, format)) {
                writer.write(header);
                rows.writeTo(writer);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length || options.put(args[i], args[i + 1]) != null) {
                throw new InputException(USAGE);
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new InputException(name + " is missing. " + USAGE);
        }
        return value;
    }
}

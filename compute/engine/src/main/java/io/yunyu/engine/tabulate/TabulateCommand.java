package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.contract.json.JsonException;
import io.yunyu.engine.suppression.UnsupportedHostException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tabulate --input FILE --spec FILE --output DIR [--secret FILE]}: protected tables of a data owner's own file.
 * Writes {@code DIR/table.csv}, and {@code DIR/audit.json} and {@code DIR/report.html}, which are not to leave the owner.
 *
 * <p>Exit codes: {@value #DONE} done; {@value #BAD_INPUT} bad input, nothing written; {@value #INFEASIBLE} the table cannot
 * be protected as demanded, nothing written; {@value #UNSUPPORTED} this machine cannot run the solvers.
 */
public final class TabulateCommand {
    static final int DONE = 0;
    static final int BAD_INPUT = 2;
    static final int INFEASIBLE = 3;
    static final int UNSUPPORTED = 5;

    private static final Set<String> OPTIONS = Set.of("--input", "--spec", "--output", "--secret");
    private static final String USAGE = "Usage: tabulate --input FILE --spec FILE --output DIR [--secret FILE]";

    private TabulateCommand() {}

    public static void main(String[] args) {
        System.exit(run(args, System.err));
    }

    /** Runs the command and returns its exit code; messages go to {@code errors}. */
    public static int run(String[] args, PrintStream errors) {
        try {
            Map<String, String> options = options(args);
            tabulate(options, errors);
            return DONE;
        } catch (InfeasibleTabulationException | InfeasibleTableException e) {
            errors.println(e.getMessage());
            return INFEASIBLE;
        } catch (UnsupportedHostException e) {
            errors.println(e.getMessage());
            return UNSUPPORTED;
        } catch (TabulationException | InputException | JsonException | IllegalArgumentException e) {
            errors.println(e.getMessage());
            return BAD_INPUT;
        } catch (IOException e) {
            errors.println("The output or the secret cannot be read or written ("
                    + e.getClass().getSimpleName() + ").");
            return BAD_INPUT;
        }
    }

    private static void tabulate(Map<String, String> options, PrintStream errors) throws IOException {
        Path input = Path.of(required(options, "--input"));
        Path specFile = Path.of(required(options, "--spec"));
        Path output = Path.of(required(options, "--output"));
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new TabulationException("--output must name a directory.");
        }
        if (Files.isDirectory(output)) {
            TableFiles.clear(output);
        }
        TabulationSpec spec = TabulationSpecReader.read(specFile);
        String secret = options.get("--secret");
        @Nullable RecordKeys keys = secret == null ? null : RecordKeys.of(Path.of(secret));
        Tabulation.Result result = Tabulation.run(input, spec, keys);
        Files.createDirectories(output);
        TableFiles.write(result, output);
        result.measures().forEach(measure -> warn(measure, errors));
    }

    private static void warn(MeasureResult measure, PrintStream errors) {
        if (measure.notes().contains("subtraction")) {
            errors.println(
                    "Warning: " + measure.subtraction().variances().size() + " withheld cells of '" + measure.name()
                            + "' follow from published ones by subtraction (audit.json says which). Use method suppress, or set"
                            + " protection.subtraction to refuse.");
        } else if (measure.notes().contains("subtraction-unknown")) {
            errors.println("Warning: the table is too large to find out which withheld cells of '" + measure.name()
                    + "' follow from published ones.");
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length || options.put(args[i], args[i + 1]) != null) {
                throw new TabulationException(USAGE);
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new TabulationException(name + " is missing. " + USAGE);
        }
        return value;
    }
}

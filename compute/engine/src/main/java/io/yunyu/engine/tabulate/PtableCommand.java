package io.yunyu.engine.tabulate;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ptable --D 4 --V 2 --js 1 …}: prints a perturbation table as one JSON array of rows. */
public final class PtableCommand {
    private static final String USAGE =
            "Usage: ptable --D N --V X [--js N] [--pstay P|NA,…] [--mono true|false,…] [--step N] [--icat I,…]"
                    + " [--optim 1..4,…] [--type all|even|odd|small_cells]";
    private static final Set<String> LISTS = Set.of("pstay", "mono", "icat", "optim");

    private PtableCommand() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Returns 0, 2 for bad usage, or 3 where no noise meets the parameters; messages go to {@code errors}. */
    public static int run(String[] args, PrintStream out, PrintStream errors) {
        try {
            JsonObject parameters = JsonObject.of(parameters(args));
            if (!parameters.has("D") || !parameters.has("V")) {
                throw new TabulationException(USAGE);
            }
            out.println(Json.write(PerturbationTables.toJson(PerturbationTables.ofParameters(parameters, "all"))));
            return TabulateCommand.DONE;
        } catch (InfeasibleTableException e) {
            errors.println(e.getMessage());
            return TabulateCommand.INFEASIBLE;
        } catch (TabulationException | JsonException e) {
            errors.println(e.getMessage());
            return TabulateCommand.BAD_INPUT;
        } catch (IllegalArgumentException e) {
            // The design's own limits: D, V and js that contradict each other.
            errors.println(e.getMessage());
            return TabulateCommand.INFEASIBLE;
        }
    }

    private static Map<String, Object> parameters(String[] args) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int k = 0; k < args.length; k += 2) {
            String name = args[k].startsWith("--") ? args[k].substring(2) : "";
            if (!PerturbationTables.PARAMETERS.contains(name)
                    || k + 1 == args.length
                    || parameters.put(name, value(name, args[k + 1])) != null) {
                throw new TabulationException(USAGE);
            }
        }
        return parameters;
    }

    private static Object value(String name, String text) {
        if (!LISTS.contains(name) || !text.contains(",") && !name.equals("icat")) {
            return scalar(name, text);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            values.add(scalar(name, item.trim()));
        }
        return values;
    }

    private static Object scalar(String name, String text) {
        try {
            return switch (name) {
                case "type" -> text;
                case "mono" ->
                    switch (text) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> throw new TabulationException("--mono must be true or false, or a list of them.");
                    };
                case "pstay" -> text.equals("NA") ? text : new BigDecimal(text);
                case "V" -> new BigDecimal(text);
                default -> Long.parseLong(text);
            };
        } catch (NumberFormatException e) {
            throw new TabulationException("--" + name + " is not a number of its kind. " + USAGE, e);
        }
    }
}

package io.yunyu.cli;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.cluster.ClusterCommand;
import io.yunyu.cli.command.AgreementCommand;
import io.yunyu.cli.command.CheckCommand;
import io.yunyu.cli.command.DummyCommand;
import io.yunyu.cli.command.ElementCommand;
import io.yunyu.cli.command.ForecastCommand;
import io.yunyu.cli.command.GenerateCommand;
import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.command.KeygenCommand;
import io.yunyu.cli.command.PolicyCommand;
import io.yunyu.cli.command.PrepareCommand;
import io.yunyu.cli.command.ReleaseCommand;
import io.yunyu.cli.command.ReviewCommand;
import io.yunyu.cli.command.RunCommand;
import io.yunyu.cli.command.ServeCommand;
import io.yunyu.cli.command.SubmitCommand;
import io.yunyu.cli.command.VerifyReleaseCommand;
import io.yunyu.cli.demo.DemoCommand;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line. Results go to stdout, progress to stderr; {@code --json} gives one JSON object, and a problem as
 * RFC 9457 problem+json.
 *
 * <p>Exit codes: 0 done; 1 internal error, or not verified; 2 bad input or usage; 3 refused by policy; 4 not
 * authenticated or not allowed; 5 the host lacks a required layer; 6 address occupied or unreachable.
 */
@Command(
        name = "yunyu",
        mixinStandardHelpOptions = true,
        version = "yunyu 0.1.0",
        description = "Compute on original public data that never leaves its domain. 原始数据不出域、数据可用不可见。",
        footer = {"", "bin/yunyu demo runs the main job; bin/yunyu test passes all tests."},
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            PrepareCommand.class,
            KeygenCommand.class,
            GenerateCommand.class,
            IngestCommand.class,
            AgreementCommand.class,
            CheckCommand.class,
            ForecastCommand.class,
            DummyCommand.class,
            RunCommand.class,
            PolicyCommand.class,
            SubmitCommand.class,
            ReviewCommand.class,
            ReleaseCommand.class,
            ElementCommand.class,
            VerifyReleaseCommand.class,
            ClusterCommand.class
        })
public final class Yunyu {
    @Option(
            names = "--lang",
            paramLabel = "zh|en",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Language of everything that is said (default: by LC_ALL, LC_MESSAGES, LANG).")
    private @Nullable String language;

    private Yunyu() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String[] args) {
        boolean json = List.of(args).contains("--json");
        Optional<Language> language = Speech.of(List.of(args), System.getenv());
        Console.speak(language.orElse(Language.ENGLISH));
        if (language.isEmpty()) {
            return report(new Problem(ProblemCode.BAD_REQUEST, "--lang takes zh or en."), json);
        }
        CommandLine line = new CommandLine(new Yunyu());
        Speech.help(line);
        line.setExecutionExceptionHandler((e, command, parsed) -> report(problemOf(e), json));
        line.setParameterExceptionHandler((e, parameters) -> {
            if (json) {
                return report(new Problem(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage())), true);
            }
            Console.progress(String.valueOf(e.getMessage()));
            Console.progress("See: yunyu " + String.join(" ", helpFor(e.getCommandLine())));
            return 2;
        });
        return line.execute(args);
    }

    private static List<String> helpFor(CommandLine command) {
        return command.getParent() == null ? List.of("--help") : List.of(command.getCommandName(), "--help");
    }

    private static Problem problemOf(Exception e) {
        if (e instanceof ProblemException known) {
            return known.problem();
        }
        if (e instanceof JsonException malformed) {
            return new Problem(ProblemCode.BAD_REQUEST, String.valueOf(malformed.getMessage()));
        }
        if (System.getenv("YUNYU_DEBUG") != null) {
            e.printStackTrace();
        }
        return new Problem(
                ProblemCode.INTERNAL,
                "The command ended by an error of its own (" + e.getClass().getSimpleName()
                        + "). Set YUNYU_DEBUG=1 to see where.");
    }

    private static int report(Problem problem, boolean json) {
        Console.problem(problem, json);
        return problem.code().kind().exitCode();
    }
}

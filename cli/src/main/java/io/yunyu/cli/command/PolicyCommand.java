package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.policy.RuleChange;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Try changed rules on past jobs.",
        subcommands = PolicyCommand.Replay.class)
public final class PolicyCommand {
    private static final long PAUSE_MILLIS = 300;

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "Say what stricter rules would have refused or withheld of the provider's past jobs, in numbers of cells."
                            + " Nothing is released, and no budget spent.")
    static final class Replay implements Callable<Integer> {
        @Option(
                names = "--rule",
                required = true,
                paramLabel = "RULE",
                description = "min-units=N, p-percent=N, dominance=N,K, forbid-function=NAME, forbid-shape=NAME or"
                        + " declarations=current; may be repeated.")
        private List<String> rules = new ArrayList<>();

        @Option(names = "--job", paramLabel = "ID", description = "Only this job; may be repeated.")
        private List<String> jobs = new ArrayList<>();

        @Option(names = "--since", paramLabel = "INSTANT", description = "Only jobs submitted from then on.")
        private @Nullable String since;

        @Mixin
        private Connection connection = new Connection();

        @Override
        public Integer call() {
            RuleChange.of(rules);
            ApiClient api = connection.client("steward");
            JsonObject begun = api.post(
                    "/api/v1/policy/replays",
                    Json.object("rules", rules, "jobs", jobs.isEmpty() ? null : jobs, "since", since));
            JsonObject done = await(api, begun.string("id"));
            if (connection.json()) {
                Console.result(Json.write(done.asMap()));
            } else {
                lines(done).forEach(Console::result);
            }
            return 0;
        }
    }

    private static JsonObject await(ApiClient api, String id) {
        while (true) {
            JsonObject replay = api.get("/api/v1/policy/replays/" + id);
            if (replay.string("state").equals("DONE")) {
                return replay;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException(
                        ProblemCode.CAPACITY, "Waiting for the replay was interrupted; the replay goes on.");
            }
        }
    }

    static List<String> lines(JsonObject replay) {
        List<String> lines = new ArrayList<>();
        for (JsonObject job : replay.objects("jobs")) {
            lines.add(line(job));
            if (job.has("findings")) {
                for (JsonObject finding : job.objects("findings")) {
                    lines.add("  " + finding.string("rule")
                            + finding.optionalString("column")
                                    .map(c -> " (" + c + ")")
                                    .orElse("")
                            + (finding.has("cells") ? ", " + finding.longValue("cells") : "") + ": "
                            + Console.say(finding.string("suggestion")));
                }
            }
        }
        JsonObject totals = replay.object("totals");
        lines.add(Console.say("Of " + totals.longValue("jobs") + " past jobs, " + totals.longValue("newlyRefused")
                + " would have been refused that were not; " + totals.longValue("cellsNewlyWithheld")
                + " published cells would have been withheld."));
        return lines;
    }

    private static String line(JsonObject job) {
        String id = job.string("job");
        if (!job.has("after")) {
            return Console.say("Job " + id + " could not be tried.");
        }
        String before = Console.say(job.string("before"));
        String after = Console.say(job.string("after"));
        if (!job.bool("cellsReplayed")) {
            return Console.say("Job " + id + ": before " + before + ", now " + after + ".");
        }
        return Console.say("Job " + id + ": before " + before + ", now " + after + "; of " + job.longValue("cells")
                + " cells " + job.longValue("newlyWithheld") + " would be withheld that were not.");
    }
}

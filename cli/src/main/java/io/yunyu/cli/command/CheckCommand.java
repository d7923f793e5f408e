package io.yunyu.cli.command;

import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Whether a query would be allowed, without touching data: exit 0 or 3. With --grant it needs no server.")
public final class CheckCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(paramLabel = "QUERY.sql")
    private Path query = Path.of("query.sql");

    @ArgGroup(multiplicity = "1")
    private Against against = new Against();

    @Mixin
    private Connection connection = new Connection();

    static final class Against {
        @Option(names = "--agreement", paramLabel = "ID", description = "Ask the server.")
        private @Nullable String agreement;

        @Option(
                names = "--grant",
                paramLabel = "FILE",
                description = "An access grant, as `yunyu agreement show ID --grant` prints it.")
        private @Nullable Path grant;
    }

    @Override
    public Integer call() {
        String sql = InputFile.text(query);
        JsonObject verdict = against.grant == null
                ? connection
                        .client("developer")
                        .post("/api/v1/checks", Json.object("agreementId", against.agreement, "sql", sql))
                : LocalCheck.run(sql, grant(against.grant));
        if (connection.json()) {
            Console.result(Json.write(verdict.asMap()));
        } else {
            Console.result(verdict.string("verdict"));
            printFindings(verdict);
        }
        return verdict.string("verdict").equals("pass") ? 0 : REFUSED;
    }

    /** The server wraps a grant in an object; a file may hold either form. */
    private static String grant(Path file) {
        JsonObject json = Json.parseObject(InputFile.text(file));
        String text = json.has("grant") ? grantText(json) : Json.write(json.asMap());
        AccessGrant.parse(text);
        return text;
    }

    private static String grantText(JsonObject wrapper) {
        Object grant = wrapper.asMap().get("grant");
        return grant instanceof String text ? text : Json.write(grant);
    }

    /** Prints what a check or a job found, one finding a line. */
    public static void printFindings(JsonObject holder) {
        List<JsonObject> findings = holder.has("findings") ? holder.objects("findings") : List.of();
        for (JsonObject finding : findings) {
            String where =
                    finding.optionalString("column").map(c -> " (" + c + ")").orElse("");
            Console.progress("  " + finding.string("rule") + where + ": " + Console.say(finding.string("suggestion"))
                    + " [" + Console.say(finding.string("clause")) + "]");
        }
        if (holder.has("problem") && holder.object("problem").has("certificate")) {
            printCertificate(RefusalCertificate.parse(holder.object("problem").object("certificate")));
        }
    }

    private static void printCertificate(RefusalCertificate certificate) {
        if (certificate.change().isEmpty()) {
            Console.progress("None of " + certificate.tried() + " changed queries that were tried would pass.");
            return;
        }
        PassingChange change = certificate.change().get();
        Console.progress("Smallest change found that passes, of " + certificate.tried() + " that were tried:");
        change.steps().forEach(step -> Console.progress("  - " + Console.say(step)));
        change.sql().lines().forEach(line -> Console.progress("    " + line));
        if (change.assurance() == PassingChange.Assurance.ANY_DATA) {
            Console.progress("The limit cannot refuse it, whatever the records are.");
        }
    }
}

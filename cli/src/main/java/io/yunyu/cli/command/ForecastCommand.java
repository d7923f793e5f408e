package io.yunyu.cli.command;

import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description =
                "What a differentially private query would cost and how exact its answer would be, without touching"
                        + " data: exit 0, or 3 if it is refused or the budget does not suffice.")
public final class ForecastCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(paramLabel = "QUERY.sql")
    private Path query = Path.of("query.sql");

    @Option(names = "--agreement", required = true, paramLabel = "ID")
    private String agreement = "";

    @Option(
            names = "--rho-micros",
            paramLabel = "N",
            description = "Spend less than the agreement allows, in millionths of rho.")
    private @Nullable Long rhoMicros;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() {
        JsonObject forecast = connection
                .client("developer")
                .post(
                        "/api/v1/jobs/forecast",
                        Json.object("agreementId", agreement, "sql", InputFile.text(query), "rhoMicros", rhoMicros));
        boolean passes = forecast.string("verdict").equals("pass") && forecast.bool("suffices");
        if (connection.json()) {
            Console.result(Json.write(forecast.asMap()));
        } else {
            CheckCommand.printFindings(forecast);
            lines(forecast).forEach(Console::result);
        }
        return passes ? 0 : REFUSED;
    }

    static List<String> lines(JsonObject forecast) {
        List<String> lines = new ArrayList<>();
        JsonObject cost = forecast.object("cost");
        lines.add(forecast.string("verdict") + (forecast.bool("suffices") ? "" : ", but the budget does not suffice"));
        lines.add("cost        " + rho(cost) + (forecast.bool("answeredBefore") ? " (answered before)" : ""));
        for (JsonObject budget : forecast.objects("budgets")) {
            lines.add("left        " + rho(budget.object("left")) + " of " + rho(budget.object("limit")) + " for "
                    + budget.optionalString("recipient").orElse("all recipients") + " on " + budget.string("family"));
        }
        if (forecast.has("answer")) {
            answer(forecast.object("answer"), lines);
        }
        return lines;
    }

    private static void answer(JsonObject answer, List<String> lines) {
        lines.add("epsilon     " + answer.decimal("epsilon").toPlainString() + " at delta "
                + answer.decimal("epsilonAtDelta").toPlainString() + ", for this query alone");
        for (JsonObject number : answer.objects("numbers")) {
            String of = number.optionalString("column").map(c -> " " + c).orElse("");
            if (number.string("number").equals("quantile")) {
                lines.add(quantile(number));
                continue;
            }
            String interval = number.has("interval95")
                    ? "± " + number.decimal("interval95").toPlainString()
                    : "± " + number.object("interval95AtRecords").decimal("100").toPlainString() + " at 100 records, ± "
                            + number.object("interval95AtRecords")
                                    .decimal("1000")
                                    .toPlainString() + " at 1000";
            lines.add("95 %        " + number.string("number") + of + " " + interval);
        }
        if (answer.has("keySelection")) {
            lines.add("shown       cells of about "
                    + answer.object("keySelection").longValue("shownFromUnits") + " units and more");
        }
    }

    private static String quantile(JsonObject number) {
        return "95 %        quantile " + number.decimal("share").toPlainString() + " " + number.string("column")
                + " within " + number.decimal("records95").toPlainString() + " records of its rank, in steps of "
                + number.decimal("step").toPlainString();
    }

    private static String rho(JsonObject amount) {
        return "rho "
                + BigDecimal.valueOf(amount.longValue("rhoMicros"), 6)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}

package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.demo.DemoParties;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differentially private answers end to end: real vault, control plane, database, sandbox and engines. */
class PrivacyTest {
    private static final long MOST_WAIT_NANOS = 180_000_000_000L;
    private static final Planted ID = Planted.word("identifier");
    private static final String SQL = "SELECT town, count(*) AS n, avg(age) AS a, median(age) AS m, stddev(age) AS s"
            + " FROM ages GROUP BY town";
    private static final int PERSONS = 20_000;

    @TempDir
    static Path dir;

    @Test
    void answer_engineKilledMidJob_isIdentical_andPaidOnce() throws Exception {
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            StringBuilder rows = new StringBuilder("id,town,age\n");
            for (int i = 0; i < PERSONS; i++) {
                rows.append(ID.text())
                        .append(i)
                        .append(i % 4 == 0 ? ",Dali," : ",Kunming,")
                        .append(i % 90)
                        .append('\n');
            }
            platform.source("ages.csv", rows);
            platform.ingest(platform.order("ages", "id", new Source.Csv("ages.csv", ","), List.of()));
            String first = agree(platform);
            JsonObject forecast = platform.as(Role.DEVELOPER)
                    .post("/api/v1/jobs/forecast", Json.object("agreementId", first, "sql", SQL));
            assertThat(forecast.bool("suffices")).isTrue();
            assertThat(forecast.object("answer").objects("numbers"))
                    .as("rows, mean, non-missing ages, variance, quantile")
                    .hasSize(5);
            String job = platform.submit(first, SQL);
            assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
            JsonObject table = table(platform, job);
            assertThat(table.list("rows", row -> String.valueOf(((List<?>) row).get(0))))
                    .hasSize(3)
                    .anyMatch(town -> town.contains("Nowhere"));

            String second = agree(platform);
            String again = platform.submit(second, SQL);
            assertThat(again).isNotEqualTo(job);
            platform.killEngine(again);
            if (platform.awaitRest(again).string("state").equals("FAILED")) {
                again = platform.submit(second, SQL);
                assertThat(platform.awaitRest(again).string("state")).isEqualTo("IN_REVIEW");
            }
            assertThat(Json.write(table(platform, again).asMap())).isEqualTo(Json.write(table.asMap()));
            assertThat(spent(platform)).isEqualTo(100_000);
            platform.approve(again);
            awaitRelease(platform, again);

            platform.awaitRest(platform.submit(first, SQL + " LIMIT 1"));
            assertThat(spent(platform)).isEqualTo(200_000);
            String third = agree(platform);
            assertThatThrownBy(() -> platform.submit(third, SQL + " LIMIT 2"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("BUDGET_EXHAUSTED");
        }
    }

    private static String agree(Platform platform) throws Exception {
        PrivacyClause clause = new PrivacyClause(
                200_000,
                100_000,
                0,
                1,
                1,
                Map.of("ages", Map.of("age", new ClampingBounds(BigDecimal.ZERO, new BigDecimal("120"), 0))),
                Map.of("ages", Map.of("town", List.of("Dali", "Kunming", "Nowhere"))));
        return platform.agree(
                5,
                Optional.of(clause),
                new Permission("ages", Map.of("town", Set.of(ColumnUse.GROUP_BY), "age", Set.of(ColumnUse.MEASURE))));
    }

    private static void awaitRelease(Platform platform, String job) throws Exception {
        long until = System.nanoTime() + MOST_WAIT_NANOS;
        while (!platform.job(job).string("state").equals("RELEASED")) {
            assertThat(System.nanoTime()).as("the release").isLessThan(until);
            Thread.sleep(50);
        }
    }

    private static JsonObject table(Platform platform, String job) {
        return platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job).object("table");
    }

    private static long spent(Platform platform) {
        return platform.as(Role.REVIEWER).get("/api/v1/budgets").objects("budgets").stream()
                // Other tests have accounts of other families on the same platform.
                .filter(b -> b.string("family").equals("ages"))
                .filter(b -> b.optionalString("recipient").equals(Optional.of(DemoParties.DEVELOPER)))
                .mapToLong(b -> b.object("spent").longValue("rhoMicros"))
                .sum();
    }
}

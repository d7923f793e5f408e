package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed rules over past jobs, end to end: real vault, control plane, database, sandbox and engines. By default two jobs
 * under two changed rules; in the long form one that paid from a budget too.
 */
class PolicyReplayTest {
    private static final Planted ID = Planted.word("identifier");
    private static final String SQL = "SELECT town, count(*) AS n FROM towns GROUP BY town";

    @TempDir
    static Path dir;

    @Test
    void replay_stricterRules_saysWhatTheyWouldHaveTaken_andLeavesGuardAndBudgetAlone() throws Exception {
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            StringBuilder rows = new StringBuilder("id,town\n");
            int[] sizes = {7, 12, 18, 60};
            for (int town = 0; town < sizes.length; town++) {
                for (int i = 0; i < sizes[town]; i++) {
                    rows.append(ID.text())
                            .append(town)
                            .append('-')
                            .append(i)
                            .append(",T")
                            .append(town)
                            .append('\n');
                }
            }
            platform.source("towns.csv", rows);
            platform.ingest(platform.order("towns", "id", new Source.Csv("towns.csv", ","), attributes()));
            Permission towns = new Permission("towns", Map.of("town", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER)));
            String plain = platform.agree(10, towns);
            String noisy = platform.agree(
                    10, Optional.of(new PrivacyClause(400_000, 100_000, 1_000_000, 1, 1, Map.of(), Map.of())), towns);
            String table = finished(platform, platform.submit(plain, SQL));
            String above = finished(platform, platform.submit(plain, SQL + " HAVING count(*) > 20"));
            String budgeted = Heavy.ON ? finished(platform, platform.submit(noisy, SQL)) : "";
            String before = remembered(platform);

            if (Heavy.ON) {
                JsonObject replay = Json.parseObject(command(platform, "--json", "--rule", "min-units=20"));
                assertThat(job(replay, table).longValue("cells")).isEqualTo(3);
                assertThat(job(replay, table).longValue("newlyWithheld")).isEqualTo(2);
                assertThat(job(replay, above).longValue("newlyWithheld")).isEqualTo(2);
                assertThat(job(replay, budgeted).bool("cellsReplayed")).isFalse();
                assertThat(job(replay, budgeted).string("after")).isEqualTo("passed");
            }

            String said = command(
                    platform,
                    "--lang",
                    "zh",
                    "--rule",
                    "forbid-shape=having",
                    "--rule",
                    "min-units=15",
                    "--job",
                    table,
                    "--job",
                    above);
            assertThat(said)
                    .contains("作业 " + above + "：原先通过，现在拒绝。")
                    .contains("作业 " + table + "：原先通过，现在通过；3 个单元格中有 1 个原已公布、将不公布。")
                    .contains("在 2 个以往作业中，有 1 个原未拒绝、按新规则将被拒绝；有 1 个原已公布的单元格将不公布。");

            assertThat(remembered(platform)).isEqualTo(before);
            assertThatThrownBy(() -> platform.as(Role.DEVELOPER)
                            .post("/api/v1/policy/replays", Json.object("rules", List.of("min-units=20"))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("NOT_ALLOWED");
            if (Heavy.ON) {
                // The same question is answered as before: nothing was added to what the guard remembers.
                String again = finished(platform, platform.submit(plain, SQL));
                assertThat(Json.write(table(platform, again))).isEqualTo(Json.write(table(platform, table)));
            }
        }
    }

    private static List<AttributeSpec> attributes() {
        AttributeSpec id = new AttributeSpec(
                "id", "STRING", AttributeRole.DIRECT_IDENTIFIER, 3, Optional.empty(), true, "编号", "id");
        AttributeSpec town = new AttributeSpec(
                "town", "STRING", AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, "镇", "town");
        return List.of(id, town.with(new CodeList(List.of("T0", "T1", "T2", "T3"))));
    }

    private static String command(Platform platform, String... options) throws Exception {
        List<Object> arguments = new java.util.ArrayList<>(List.of("policy", "replay"));
        arguments.addAll(List.of((Object[]) options));
        arguments.addAll(List.of("--address", platform.address(), "--token", token(platform)));
        Command command = Command.run(arguments.toArray());
        assertThat(command.exitCode()).as(command.err()).isZero();
        return command.out();
    }

    private static String token(Platform platform) {
        return ApiClient.withPassword(
                        platform.address(), "steward", platform.parties().password(Role.STEWARD))
                .post("/api/v1/tokens", Json.object("scopes", List.of("agree", "read"), "expiresInSeconds", 600L))
                .string("token");
    }

    private static String finished(Platform platform, String job) {
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        return job;
    }

    private static JsonObject job(JsonObject replay, String id) {
        return replay.objects("jobs").stream()
                .filter(j -> j.string("job").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> table(Platform platform, String job) {
        return platform.as(Role.REVIEWER)
                .get("/api/v1/reviews/" + job)
                .object("table")
                .asMap();
    }

    /** The guard's chain and the privacy accounts. */
    private static String remembered(Platform platform) throws Exception {
        try (Connection database = platform.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select string_agg(link, ',' order by family, place) from guard_entry),"
                                + " (select string_agg(job || state || rho_micros, ',' order by job) from privacy_charge)")) {
            row.next();
            return row.getString(1) + " " + row.getString(2);
        }
    }
}

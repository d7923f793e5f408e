package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.command.AgreementCommand;
import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job and its failure paths over data with planted values in every column that no agreement grants, in the
 * unit's identifier and in rows that are refused at ingest. What is searched for them, and how, is in
 * {@link io.yunyu.system.egress.EgressExtension}; a leak makes this test fail, as it does any other.
 */
class CanaryTest {
    private static final String WORD = Planted.word("ungranted column").text();
    private static final String NUMBER = Planted.number("ungranted number").text();
    private static final int ROWS = 600;

    @TempDir
    private Path dir;

    @Test
    void plantedValues_mainJobAndItsFailures_nowhereOutsideTheSource() throws Exception {
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            platform.source("persons.csv", persons());
            JsonObject ingested = platform.ingest(platform.order(
                    "persons",
                    "id",
                    new Source.Csv("persons.csv", ","),
                    List.of(
                            column("id", "STRING", true),
                            column("name", "STRING", true),
                            column("town", "STRING", false),
                            column("age", "LONG", false),
                            column("income", "LONG", false),
                            column("note", "STRING", false))));
            assertThat(ingested.string("state"))
                    .as(Json.write(ingested.asMap()))
                    .isEqualTo("DONE");
            assertThat(ingested.object("report").object("problems").asMap()).isNotEmpty();
            String agreement = platform.agree(
                    5,
                    new Permission(
                            "persons",
                            Map.of(
                                    "town",
                                    Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
                                    "age",
                                    Set.of(ColumnUse.MEASURE))));
            release(platform, agreement);
            refusedQueries(platform, agreement);
            refusedBatches(platform);
            refusedKeys(platform);
        }
    }

    private static AttributeSpec column(String name, String type, boolean required) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), required, name, name);
    }

    private static StringBuilder persons() {
        StringBuilder rows = new StringBuilder("id,name,town,age,income,note\n");
        for (int i = 0; i < ROWS; i++) {
            // Every fiftieth row has an age that is none: it goes to the problem table with all its values.
            String age = i % 50 == 49 ? WORD + "-age" : String.valueOf(20 + i % 60);
            rows.append(String.join(
                            ",",
                            WORD + "-id-" + i,
                            WORD + "-name-" + i,
                            i % 3 == 0 ? "Dali" : "Kunming",
                            age,
                            NUMBER,
                            WORD + "-note"))
                    .append('\n');
        }
        return rows;
    }

    private static void release(Platform platform, String agreement) throws Exception {
        String job = platform.submit(
                agreement,
                "SELECT town, count(*) AS n, count(DISTINCT id) AS persons, avg(age) AS mean_age FROM persons GROUP BY town");
        JsonObject waiting = platform.awaitRest(job);
        assertThat(waiting.string("state")).as(Json.write(waiting.asMap())).isEqualTo("IN_REVIEW");
        platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
        platform.approve(job);
        JsonObject released = platform.awaitRest(job);
        assertThat(released.string("state")).isEqualTo("RELEASED");
        assertThat(platform.as(Role.DEVELOPER).getBytes("/api/v1/releases/" + released.string("releaseId") + "/bundle"))
                .isNotEmpty();
    }

    /** Said in Chinese, which takes sentences apart and puts them together again. */
    private static void refusedQueries(Platform platform, String agreement) {
        Console.speak(Language.CHINESE);
        List<String> all = List.of(
                "SELECT name FROM persons",
                "SELECT town, sum(income) FROM persons WHERE name LIKE '%a%' GROUP BY town",
                "this is no SQL",
                "SELECT * FROM parquet.`/data/persons`",
                "SELECT note, count(*) FROM persons GROUP BY note",
                "SELECT town, sum(name) FROM persons GROUP BY town",
                "SELECT max(name) FROM persons",
                "SELECT sum(income) FROM persons",
                "SELECT town FROM persons ORDER BY note");
        for (String sql : Heavy.ON ? all : all.subList(0, 4)) {
            JsonObject refused = platform.awaitRest(platform.submit(agreement, sql));
            assertThat(refused.string("state")).as(sql).isEqualTo("REFUSED");
            assertThat(refused.object("problem").string("detail")).containsPattern("\\p{IsHan}");
        }
        Console.speak(Language.ENGLISH);
    }

    /** Sources and orders that cannot be loaded: each says why, and leaves no dataset. */
    private static void refusedBatches(Platform platform) throws Exception {
        String rows = (WORD + "-a," + WORD + "-b\n").repeat(20);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("unclosed", "id,town\n" + rows + "\"" + WORD + "\n");
        if (Heavy.ON) {
            files.put("header", "id,\"" + WORD + "\n" + rows);
            files.put("ragged", "id,town\n" + (WORD + "\n").repeat(20));
            files.put("twice", "id,id\n" + rows);
            files.put("empty", "");
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            platform.source(file.getKey() + ".csv", file.getValue());
            refusedBatch(platform, file.getKey(), "id", ",", List.of(), "SOURCE_MALFORMED");
        }
        platform.source("fine.csv", "id,town\n" + rows);
        refusedBatch(platform, "fine", "person", ",", List.of(), "COLUMN_MISSING");
        if (Heavy.ON) {
            refusedBatch(platform, "fine", "id", "|", List.of(), "SOURCE_MALFORMED");
            refusedBatch(
                    platform,
                    "fine",
                    "id",
                    ",",
                    List.of(column("id", "STRING", true), column("village", "STRING", false)),
                    "COLUMN_MISSING");
        }
    }

    private static void refusedBatch(
            Platform platform, String name, String unit, String delimiter, List<AttributeSpec> columns, String code)
            throws Exception {
        JsonObject failed =
                platform.ingest(platform.order(name, unit, new Source.Csv(name + ".csv", delimiter), columns));
        assertThat(failed.string("state")).as(Json.write(failed.asMap())).isEqualTo("FAILED");
        assertThat(failed.object("problem").string("code")).isEqualTo(code);
        assertThat(problemOf(() -> platform.as(Role.DEVELOPER).get("/api/v1/datasets/" + name)))
                .isEqualTo(ProblemCode.NOT_FOUND);
    }

    /** Keys that are not those they should be, and an agreement that only one party signed. */
    private static void refusedKeys(Platform platform) throws Exception {
        IngestOrder order = platform.order("fine", "id", new Source.Csv("fine.csv", ","), List.of());
        assertThat(problemOf(() -> IngestCommand.send(
                        platform.as(Role.STEWARD),
                        order.toText(),
                        platform.parties().signer(Role.DEVELOPER),
                        Optional.empty())))
                .isEqualTo(ProblemCode.KEY_REFUSED);
        Agreement draft = platform.draft(5, new Permission("persons", Map.of("town", Set.of(ColumnUse.GROUP_BY))));
        assertThat(problemOf(
                        () -> platform.submit(draft.uid(), "SELECT town, count(*) AS n FROM persons GROUP BY town")))
                .isEqualTo(ProblemCode.AGREEMENT_NOT_IN_FORCE);
        assertThat(problemOf(() -> AgreementCommand.sign(
                        platform.as(Role.STEWARD),
                        draft.uid(),
                        platform.parties().signer(Role.REVIEWER))))
                .isEqualTo(ProblemCode.KEY_REFUSED);
    }

    private interface Act {
        void run() throws Exception;
    }

    private static ProblemCode problemOf(Act act) throws Exception {
        try {
            act.run();
        } catch (ProblemException e) {
            return e.problem().code();
        }
        throw new AssertionError("Nothing was refused.");
    }
}

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
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens planted in columns that no agreement grants, in the unit's identifier and in rows that are refused at ingest,
 * are looked for in every byte that the platform leaves behind: outputs, logs, errors, database, files and their names,
 * over the whole main job and its failure paths. Only the provider's own source file holds them.
 */
class CanaryTest {
    private static final String CANARY = "KNRVGL";
    private static final int ROWS = 600;

    @TempDir
    private Path dir;

    @Test
    void canaries_mainJobAndItsFailures_nowhereOutsideTheSource() throws Exception {
        List<String> answers = new ArrayList<>();
        try (Platform platform = Platform.start(dir.resolve("home"))) {
            plant(platform.inbox().resolve("people.csv"));
            JsonObject ingested = platform.ingest(platform.order(
                    "people",
                    "id",
                    new Source.Csv("people.csv", ","),
                    List.of(
                            column("id", "STRING", true),
                            column("name", "STRING", true),
                            column("town", "STRING", false),
                            column("age", "LONG", false),
                            column("note", "STRING", false))));
            answers.add(Json.write(ingested.asMap()));
            assertThat(ingested.string("state")).as(answers.toString()).isEqualTo("DONE");
            assertThat(ingested.object("report").object("problems").asMap()).isNotEmpty();
            String agreement = platform.agree(
                    5,
                    new Permission(
                            "people",
                            Map.of(
                                    "town",
                                    Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
                                    "age",
                                    Set.of(ColumnUse.MEASURE))));
            release(platform, agreement, answers);
            refusedQueries(platform, agreement, answers);
            refusedBatches(platform, answers);
            refusedKeys(platform, answers);
        }
        assertThat(String.join("\n", answers)).doesNotContain(CANARY);
        List<Path> found = filesWith(dir, CANARY);
        assertThat(found).isNotEmpty().allMatch(file -> file.startsWith(dir.resolve("home/inbox")));
    }

    /** The search must be able to find: a test that looks in the wrong place is green for ever. */
    @Test
    void search_plantedInAFile_found() throws Exception {
        Path deep = Files.createDirectories(dir.resolve("a/b")).resolve("c.bin");
        Files.write(deep, ("x".repeat(5_000_000) + CANARY + "y").getBytes(StandardCharsets.UTF_8));
        assertThat(filesWith(dir, CANARY)).containsExactly(deep);
    }

    private static AttributeSpec column(String name, String type, boolean required) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), required, name, name);
    }

    private static void plant(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,name,town,age,note\n");
            for (int i = 0; i < ROWS; i++) {
                // Every fiftieth row has an age that is none: it goes to the problem table with all its values.
                String age = i % 50 == 49 ? CANARY + "-age" : String.valueOf(20 + i % 60);
                out.write(CANARY + "-id-" + i + "," + CANARY + "-name-" + i + "," + (i % 3 == 0 ? "Dali" : "Kunming")
                        + "," + age + "," + CANARY + "-note\n");
            }
        }
    }

    private static void release(Platform platform, String agreement, List<String> answers) throws Exception {
        String job = platform.submit(
                agreement,
                "SELECT town, count(*) AS n, count(DISTINCT id) AS persons, avg(age) AS mean_age FROM people GROUP BY town");
        JsonObject waiting = platform.awaitRest(job);
        answers.add(Json.write(waiting.asMap()));
        assertThat(waiting.string("state")).as(answers.toString()).isEqualTo("IN_REVIEW");
        answers.add(Json.write(
                platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job).asMap()));
        platform.approve(job);
        JsonObject released = platform.awaitRest(job);
        assertThat(released.string("state")).isEqualTo("RELEASED");
        byte[] bundle =
                platform.as(Role.DEVELOPER).getBytes("/api/v1/releases/" + released.string("releaseId") + "/bundle");
        answers.add(new String(bundle, StandardCharsets.ISO_8859_1));
    }

    /** Said in Chinese, which takes sentences apart and puts them together again. */
    private static void refusedQueries(Platform platform, String agreement, List<String> answers) {
        Console.speak(Language.CHINESE);
        for (String sql : List.of(
                "SELECT name FROM people",
                "SELECT note, count(*) FROM people GROUP BY note",
                "SELECT town, count(*) FROM people WHERE name LIKE '%a%' GROUP BY town",
                "SELECT town, sum(name) FROM people GROUP BY town",
                "SELECT max(name) FROM people",
                "SELECT town FROM people ORDER BY note",
                "this is no SQL",
                "SELECT * FROM parquet.`/data/people`")) {
            JsonObject refused = platform.awaitRest(platform.submit(agreement, sql));
            answers.add(Json.write(refused.asMap()));
            assertThat(refused.string("state")).as(sql).isEqualTo("REFUSED");
            assertThat(refused.object("problem").string("detail")).containsPattern("\\p{IsHan}");
        }
        Console.speak(Language.ENGLISH);
    }

    /** Sources and orders that cannot be loaded: each says why, and leaves no dataset. More of them by -Dyunyu.system.heavy=true. */
    private static void refusedBatches(Platform platform, List<String> answers) throws Exception {
        String rows = (CANARY + "-a," + CANARY + "-b\n").repeat(20);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("unclosed", "id,town\n" + rows + "\"" + CANARY + "\n");
        if (Boolean.getBoolean("yunyu.system.heavy")) {
            files.put("header", "id,\"" + CANARY + "\n" + rows);
            files.put("ragged", "id,town\n" + (CANARY + "\n").repeat(20));
            files.put("twice", "id,id\n" + rows);
            files.put("empty", "");
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(platform.inbox().resolve(file.getKey() + ".csv"), file.getValue());
            refusedBatch(platform, file.getKey(), "id", ",", List.of(), "SOURCE_MALFORMED", answers);
        }
        Files.writeString(platform.inbox().resolve("fine.csv"), "id,town\n" + rows);
        refusedBatch(platform, "fine", "id", "|", List.of(), "SOURCE_MALFORMED", answers);
        refusedBatch(platform, "fine", "person", ",", List.of(), "COLUMN_MISSING", answers);
        refusedBatch(
                platform,
                "fine",
                "id",
                ",",
                List.of(column("id", "STRING", true), column("village", "STRING", false)),
                "COLUMN_MISSING",
                answers);
    }

    private static void refusedBatch(
            Platform platform,
            String name,
            String unit,
            String delimiter,
            List<AttributeSpec> columns,
            String code,
            List<String> answers)
            throws Exception {
        JsonObject failed =
                platform.ingest(platform.order(name, unit, new Source.Csv(name + ".csv", delimiter), columns));
        answers.add(Json.write(failed.asMap()));
        assertThat(failed.string("state")).as(answers.get(answers.size() - 1)).isEqualTo("FAILED");
        assertThat(failed.object("problem").string("code")).isEqualTo(code);
        assertThat(problemOf(() -> platform.as(Role.DEVELOPER).get("/api/v1/datasets/" + name), answers))
                .isEqualTo(ProblemCode.NOT_FOUND);
    }

    /** Keys that are not those they should be, and an agreement that only one party signed. */
    private static void refusedKeys(Platform platform, List<String> answers) throws Exception {
        IngestOrder order = platform.order("fine", "id", new Source.Csv("fine.csv", ","), List.of());
        assertThat(problemOf(
                        () -> IngestCommand.send(
                                platform.as(Role.STEWARD),
                                order.toText(),
                                platform.parties().signer(Role.DEVELOPER),
                                Optional.empty()),
                        answers))
                .isEqualTo(ProblemCode.KEY_REFUSED);
        Agreement draft = platform.draft(5, new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY))));
        assertThat(problemOf(
                        () -> platform.submit(draft.uid(), "SELECT town, count(*) AS n FROM people GROUP BY town"),
                        answers))
                .isEqualTo(ProblemCode.AGREEMENT_NOT_IN_FORCE);
        assertThat(problemOf(
                        () -> AgreementCommand.sign(
                                platform.as(Role.STEWARD),
                                draft.uid(),
                                platform.parties().signer(Role.REVIEWER)),
                        answers))
                .isEqualTo(ProblemCode.KEY_REFUSED);
    }

    private interface Act {
        void run() throws Exception;
    }

    private static ProblemCode problemOf(Act act, List<String> answers) throws Exception {
        try {
            act.run();
        } catch (ProblemException e) {
            answers.add(String.valueOf(e.problem()));
            return e.problem().code();
        }
        throw new AssertionError("Nothing was refused.");
    }

    /** Files below a directory whose name or bytes hold the text. */
    static List<Path> filesWith(Path directory, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> files;
        try (var walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (file.getFileName().toString().contains(text) || holds(file, text)) {
                found.add(file);
            }
        }
        return found;
    }

    private static boolean holds(Path file, String text) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String tail = "";
            byte[] chunk;
            while ((chunk = in.readNBytes(1 << 22)).length > 0) {
                String piece = tail + new String(chunk, StandardCharsets.ISO_8859_1);
                if (piece.contains(text)) {
                    return true;
                }
                tail = piece.substring(Math.max(0, piece.length() - text.length()));
            }
            return false;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}

package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.command.ElementCommand;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data element from encrypted records to a dataset that others compute on, in the running platform: persons with several
 * records, planted values in every column that the agreement does not name; and in the long form kill -9 on the way, which
 * {@link CrashTest} does to other jobs.
 */
class DataElementTest {
    private static final String CANARY = Planted.word("ungranted column").text();
    private static final int PERSONS = 700;
    private static final int POLICY = 11;

    @TempDir
    private Path dir;

    private record Visit(int person, int age, String town, String illness) {}

    @Test
    void element_fromRecordsToDataset_holdsPersonsAndLeavesTheRestBehind() throws Exception {
        List<Visit> visits = visits();
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            plant(Egress.source(platform.inbox().resolve("visits.csv")), visits);
            assertThat(platform.ingest(platform.order("visits", "id", new Source.Csv("visits.csv", ","), columns()))
                            .string("state"))
                    .isEqualTo("DONE");
            String agreement = platform.agree(5, permission());
            refusals(platform, agreement);

            String job = submit(platform, agreement, spec(3, "age", "town", "illness"));
            awaitState(platform, job, "RUNNING");
            kill(platform);
            JsonObject waiting = platform.awaitRest(job);
            assertThat(waiting.string("state")).as(Json.write(waiting.asMap())).isEqualTo("IN_REVIEW");
            // What was counted is the reviewer's to see, before a release nobody else's.
            assertThat(Json.write(waiting.asMap())).doesNotContain("suppressedRecords", "minSize");

            JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
            JsonObject report = review.object("anonymization");
            assertThat(report.object("equivalenceClasses").longValue("minSize")).isGreaterThanOrEqualTo(POLICY);
            assertThat(report.longValue("rows")).isEqualTo(visits.size());
            assertThat(Json.write(review.object("report").asMap())).contains("smallest-class");

            platform.approve(job);
            kill(platform);
            JsonObject released = platform.awaitRest(job);
            assertThat(released.string("state")).isEqualTo("RELEASED");
            String release = released.string("releaseId");
            byte[] bundle = platform.as(Role.DEVELOPER).getBytes("/api/v1/releases/" + release + "/bundle");
            checkVerifies(platform, bundle);
            List<List<String>> records = records(bundle, "age,town,illness");
            checkPersons(records, visits);
            checkRegistered(platform, release, records.size());
            checkPrivately(platform);
        }
    }

    /** Under a privacy clause: 18 persons with 540 visits are too few, and what they were is told to nobody. */
    private void checkPrivately(Platform platform) throws Exception {
        PrivacyClause clause = new PrivacyClause(500_000, 500_000, 1_000_000, 1, 1, Map.of(), Map.of());
        String agreement = platform.agree(5, Optional.of(clause), permission());
        Map<String, Object> age = quasiIdentifier("age", 3);
        age.put("minLevel", 3);
        Map<String, Object> town = quasiIdentifier("town", 1);
        town.put("maxLevel", 0);
        Map<String, Object> model = Json.object(
                "model",
                "differential-privacy",
                "epsilon",
                1,
                "delta",
                new BigDecimal("0.000001"),
                "generalization",
                "LOW");
        Map<String, Object> spec = Json.object("attributes", List.of(age, town), "privacyModels", List.of(model));

        String job = submit(platform, agreement, spec);
        JsonObject waiting = platform.awaitRest(job);
        assertThat(waiting.string("state")).as(Json.write(waiting.asMap())).isEqualTo("IN_REVIEW");
        assertThat(submit(platform, agreement, spec)).isEqualTo(job);
        JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
        assertThat(review.object("anonymization").asMap())
                .containsKey("mechanism")
                .doesNotContainKey("suppressedRecords");
        assertThat(platform.as(Role.REVIEWER).get("/api/v1/budgets").objects("budgets"))
                // Other tests have accounts of other families on the same platform.
                .filteredOn(account -> account.string("family").equals("visits"))
                .extracting(account -> account.object("spent").longValue("rhoMicros"))
                .containsOnly(500_000L);

        platform.approve(job);
        String release = platform.awaitRest(job).string("releaseId");
        byte[] bundle = platform.as(Role.DEVELOPER).getBytes("/api/v1/releases/" + release + "/bundle");
        checkVerifies(platform, bundle);
        assertThat(CanonicalContainer.read(bundle)).doesNotContainKey("table.html");
        Map<String, Integer> towns = new HashMap<>();
        records(bundle, "age,town").forEach(row -> towns.merge(row.get(0) + row.get(1), 1, Integer::sum));
        assertThat(towns).containsOnlyKeys("*Dali", "*Kunming").allSatisfy((shown, rows) -> assertThat(rows)
                .isBetween(75, PERSONS));
        assertThat(towns.values().stream().mapToInt(n -> n).sum()).isLessThan(PERSONS);
    }

    private static void kill(Platform platform) throws Exception {
        if (Heavy.ON) {
            platform.killControlPlane();
            platform.restartControlPlane();
        }
    }

    /** What the records lack is not told apart from what the models ask too much of. */
    private static void refusals(Platform platform, String agreement) {
        Set<String> said = new HashSet<>();
        for (Map<String, Object> spec : List.of(unfit(), unsolvable())) {
            JsonObject refused = platform.awaitRest(submit(platform, agreement, spec));
            assertThat(refused.string("state")).isEqualTo("REFUSED");
            said.add(refused.strings("progress") + " "
                    + Json.write(refused.object("problem").asMap())
                    + refused.objects("findings").stream()
                            .map(f -> Json.write(f.asMap()))
                            .toList());
        }
        assertThat(said).hasSize(1).allMatch(text -> text.contains("no-element"));
    }

    /** Each class of the output against the persons whose visits could be in it, counted from the source. */
    private static void checkPersons(List<List<String>> records, List<Visit> visits) {
        Map<List<String>, Integer> released = new HashMap<>();
        records.forEach(r -> released.merge(r.subList(0, 2), 1, Integer::sum));
        assertThat(released).hasSizeGreaterThan(1);
        released.forEach((shown, rows) -> {
            Set<Integer> persons = new HashSet<>();
            int matching = 0;
            for (Visit visit : visits) {
                if (shows(shown.get(0), visit.age())
                        && (shown.get(1).equals("*") || shown.get(1).equals(visit.town()))) {
                    persons.add(visit.person());
                    matching++;
                }
            }
            assertThat(persons.size()).as("class %s", shown).isGreaterThanOrEqualTo(POLICY);
            assertThat(rows).isEqualTo(matching);
        });
    }

    private static boolean shows(String label, int age) {
        return label.equals("*")
                || label.equals(String.valueOf(age))
                || label.equals(ageGroup(age, 10))
                || label.equals(ageGroup(age, 30));
    }

    private void checkRegistered(Platform platform, String release, int rows) throws Exception {
        JsonObject element = platform.as(Role.STEWARD).get("/api/v1/elements/" + release);
        assertThat(element.string("basis")).contains("第三十二条");
        assertThat(element.string("sourceDataset")).isEqualTo("visits");
        JsonObject loaded = platform.ingest(ElementCommand.order(
                element,
                "visits_element",
                "就诊要素",
                "Visits element",
                platform.parties().signer(Role.STEWARD)));
        assertThat(loaded.string("state")).as(Json.write(loaded.asMap())).isEqualTo("DONE");
        assertThat(loaded.object("report").longValue("rowsLoaded")).isEqualTo(rows);
        assertThat(loaded.object("report").string("batchDigest")).isEqualTo(element.string("contentDigest"));
        assertThat(platform.as(Role.STEWARD)
                        .get("/api/v1/datasets/visits_element")
                        .string("kind"))
                .isEqualTo("ELEMENT");
        if (Heavy.ON) {
            String agreement =
                    platform.agree(10, new Permission("visits_element", Map.of("illness", Set.of(ColumnUse.GROUP_BY))));
            JsonObject computed = platform.awaitRest(
                    platform.submit(agreement, "SELECT illness, count(*) AS n FROM visits_element GROUP BY illness"));
            assertThat(computed.string("state")).isEqualTo("IN_REVIEW");
        }
    }

    private void checkVerifies(Platform platform, byte[] bundle) throws Exception {
        Path file = Files.write(dir.resolve("release.yunyu"), bundle);
        Path trust = Files.write(
                dir.resolve("trust.pub"), platform.as(Role.DEVELOPER).getBytes("/api/v1/trust"));
        Command verified = Command.run("verify-release", file, "--trust", trust);
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
    }

    private static List<List<String>> records(byte[] bundle, String header) {
        Map<String, byte[]> files = CanonicalContainer.read(bundle);
        assertThat(files).containsKeys("table.csv", "table.parquet", "table.anonymization");
        String[] lines = new String(files.get("table.csv"), StandardCharsets.UTF_8).split("\r\n");
        assertThat(lines[0]).isEqualTo(header);
        List<List<String>> records = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            records.add(List.of(lines[i].split(",", -1)));
        }
        return records;
    }

    private static String submit(Platform platform, String agreement, Map<String, Object> spec) {
        return new JobClient(platform.as(Role.DEVELOPER))
                .submitElement(
                        agreement,
                        Json.object("dataset", "visits", "spec", spec),
                        Optional.empty(),
                        Optional.of(UUID.randomUUID().toString()))
                .string("id");
    }

    private static void awaitState(Platform platform, String job, String state) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!platform.job(job).string("state").equals(state)) {
            assertThat(System.nanoTime()).as("job becomes " + state).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static Permission permission() {
        return new Permission(
                "visits",
                Map.of(),
                Optional.of(new ElementTerms(
                        ElementTerms.Policy.CONTROLLED,
                        Map.of(
                                "age", AttributeRole.QUASI_IDENTIFIER,
                                "town", AttributeRole.QUASI_IDENTIFIER,
                                "illness", AttributeRole.SENSITIVE))));
    }

    private static Map<String, Object> spec(int k, String... columns) {
        List<Object> attributes = new ArrayList<>();
        boolean sensitive = false;
        for (String column : columns) {
            if (column.equals("illness")) {
                attributes.add(Json.object("name", column, "role", "SENSITIVE"));
                sensitive = true;
            } else {
                attributes.add(quasiIdentifier(column, 3));
            }
        }
        List<Object> models = new ArrayList<>(List.of(Json.object("model", "k-anonymity", "k", k)));
        if (sensitive) {
            models.add(Json.object("model", "distinct-l-diversity", "attribute", "illness", "l", 2));
        }
        return Json.object(
                "attributes", attributes, "privacyModels", models, "suppressionLimit", new BigDecimal("0.05"));
    }

    /** Its hierarchy lacks the town that occurs most. */
    private static Map<String, Object> unfit() {
        return Json.object(
                "attributes",
                List.of(Json.object(
                        "name",
                        "town",
                        "role",
                        "QUASI_IDENTIFIER",
                        "hierarchy",
                        Json.object("rows", List.of(List.of("Dali", "*"), List.of("Lijiang", "*"))))),
                "privacyModels",
                List.of(Json.object("model", "k-anonymity", "k", 20)));
    }

    private static Map<String, Object> unsolvable() {
        return Json.object(
                "attributes",
                List.of(Json.object("name", "age", "role", "QUASI_IDENTIFIER")),
                "privacyModels",
                List.of(Json.object("model", "k-anonymity", "k", 300)));
    }

    private static Map<String, Object> quasiIdentifier(String column, int levels) {
        List<Object> rows = new ArrayList<>();
        if (column.equals("age")) {
            for (int age = 20; age < 80; age++) {
                rows.add(List.of(String.valueOf(age), ageGroup(age, 10), ageGroup(age, 30), "*"));
            }
        } else {
            List.of("Dali", "Kunming", "Lijiang").forEach(town -> rows.add(List.of(town, "*")));
        }
        return Json.object("name", column, "role", "QUASI_IDENTIFIER", "hierarchy", Json.object("rows", rows));
    }

    private static String ageGroup(int age, int width) {
        int from = (age - 20) / width * width + 20;
        return from + "-" + (from + width - 1);
    }

    private static List<AttributeSpec> columns() {
        return List.of(
                column("id", "STRING", AttributeRole.DIRECT_IDENTIFIER),
                column("name", "STRING", AttributeRole.DIRECT_IDENTIFIER),
                column("age", "LONG", AttributeRole.QUASI_IDENTIFIER),
                column("town", "STRING", AttributeRole.QUASI_IDENTIFIER),
                column("illness", "STRING", AttributeRole.SENSITIVE),
                column("note", "STRING", AttributeRole.SENSITIVE));
    }

    private static AttributeSpec column(String name, String type, AttributeRole role) {
        return new AttributeSpec(name, type, role, 2, Optional.empty(), true, name, name);
    }

    /** Some persons come once, some thirty times, the same few again and again in one small town. */
    private static List<Visit> visits() {
        List<Visit> visits = new ArrayList<>();
        for (int person = 0; person < PERSONS; person++) {
            String town = person % 40 == 0 ? "Lijiang" : person % 3 == 0 ? "Dali" : "Kunming";
            int times = person % 40 == 0 ? 30 : 1 + person % 3;
            for (int time = 0; time < times; time++) {
                visits.add(new Visit(
                        person,
                        20 + (person * 7 + time / 10) % 60,
                        town,
                        List.of("flu", "cold", "injury").get((person + time) % 3)));
            }
        }
        return visits;
    }

    private static void plant(Path file, List<Visit> visits) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,name,age,town,illness,note\n");
            for (Visit visit : visits) {
                out.write(CANARY + "-id-" + visit.person() + "," + CANARY + "-name," + visit.age() + "," + visit.town()
                        + "," + visit.illness() + "," + CANARY + "-note\n");
            }
        }
    }
}

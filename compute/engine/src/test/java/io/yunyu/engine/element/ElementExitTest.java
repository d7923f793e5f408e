package io.yunyu.engine.element;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.aggregate.ExitFixture;
import io.yunyu.engine.channel.FakeChannel;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.guard.PublishedTable;
import io.yunyu.engine.guard.Region;
import io.yunyu.engine.ingest.IngestFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit for data elements over a table that was ingested and encrypted as in production. */
class ElementExitTest {
    private static final List<String> TOWNS = List.of("Dali", "Kunming", "Lijiang");
    private static final List<String> ILLNESSES = List.of("flu", "cold", "injury");

    private static final String TENS = "{\"builder\":\"interval\",\"width\":10,\"groups\":[2]}";

    private final FakeVault vault = new FakeVault();
    private final FakeChannel channel = new FakeChannel(vault);
    private final MemoryGuard guard = new MemoryGuard();

    @TempDir
    Path directory;

    /** Whose the records are; each its own, if it is {@code @row}. */
    private String unit = "person";

    /** A visit; persons come one to four times, in ages that differ. */
    private record Visit(int person, int age, String town, String illness) {}

    private static List<Visit> visits() {
        List<Visit> visits = new ArrayList<>();
        for (int person = 0; person < 400; person++) {
            for (int time = 0; time <= person % 4; time++) {
                visits.add(new Visit(
                        person,
                        20 + (person * 7 + time) % 60,
                        TOWNS.get(person % 9 % 3),
                        ILLNESSES.get((person + time) % 3)));
            }
        }
        return visits;
    }

    @BeforeEach
    void ingest() throws Exception {
        ingest(visits());
    }

    private void ingest(List<Visit> visits) throws Exception {
        StringBuilder csv = new StringBuilder("person,name,age,town,illness\n");
        for (Visit visit : visits) {
            csv.append("P" + visit.person() + ",CANARY," + visit.age() + "," + visit.town() + "," + visit.illness()
                    + "\n");
        }
        new IngestFixture(directory, vault)
                .byUnit(unit)
                .loadCsv(
                        csv.toString(),
                        column("person", "STRING"),
                        column("name", "STRING"),
                        column("age", "LONG"),
                        column("town", "STRING"),
                        column("illness", "STRING"));
    }

    /** Another way to the same element: the core, on the records as they were written. */
    @ParameterizedTest
    @CsvSource({"strict, 11", "relaxed, 14"})
    void run_mondrian_isTheCoresAnswerAndCountsPersons(String mode, int k) throws Exception {
        vault.grant("visits", "__footer", "__log", "__unit", "age", "town", "illness");
        String spec = spec(k, "'search':{'algorithm':'mondrian','mode':'" + mode + "'}");

        Outcome outcome = run(spec);

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        List<List<String>> released = outcome.rows();
        assertThat(released).containsExactlyInAnyOrderElementsOf(ofTheCore(spec));
        Map<List<String>, Set<Integer>> persons = new HashMap<>();
        for (List<String> row : released) {
            persons.computeIfAbsent(row.subList(0, 2), key -> matching(row.get(0), row.get(1)));
        }
        assertThat(persons).hasSizeGreaterThan(5).allSatisfy((shown, of) -> assertThat(of)
                .hasSizeGreaterThanOrEqualTo(k));
        JsonObject report = Json.parseObject(outcome.files().get("table.anonymization"));
        assertThat(report.object("search").string("mode")).isEqualTo(mode);
        assertThat(report.object("policies").string("counted")).isEqualTo("people");
        // Statistics leave of the kept records only, and none of the original ones.
        assertThat(report.object("summaryStatistics").asMap()).containsOnlyKeys("released");
        assertThat(report.object("summaryStatistics").objects("released"))
                .allMatch(one -> one.longValue("records") == released.size())
                .hasSize(3);
        assertThat(report.has("forOwnerOnly") || report.has("classificationPerformance"))
                .isFalse();
        assertThat(outcome.text("table.html")).contains("Mondrian");
        assertThat(outcome.result().report().orElseThrow().protection().get("method"))
                .asString()
                .contains("Mondrian");
    }

    /** Exact totals beside the records of an element could give back a withheld cell, in whichever order they come. */
    @Test
    void run_familyWithPublication_isRefused_andAnElementIsRemembered() throws Exception {
        vault.grant("visits", "__footer", "__log", "__unit", "age", "town", "illness");
        String spec = spec(11, "'search':{'algorithm':'mondrian','mode':'strict'}");

        assertThat(run(spec).result().status()).isEqualTo(EngineResult.Status.DONE);
        GuardMemory memory = GuardMemory.open("persons", guard.guardKey("persons"), guard);
        assertThat(memory.records()).hasSize(1).allMatch(GuardRecord::element);

        memory.reserve(GuardRecord.of(
                "job-2",
                "developer",
                1,
                new PublishedTable(
                        "sha256:0", Region.EVERYTHING, List.of("rows"), Set.of(List.of()), 5, 10, Set.of())));
        Outcome outcome = run(spec);
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.result().report().orElseThrow().findings())
                .anyMatch(f -> f.rule().equals("planned-family"));
        assertThat(outcome.result().report().orElseThrow().certificate()).contains(ElementCertificates.ofData());
        assertThat(outcome.files()).isEmpty();
    }

    /** Who is drawn is a matter of keys that only the table holds; the classes are those of the sample. */
    @Test
    void run_sampling_drawsPersonsAndHoldsThePolicyInTheSample() throws Exception {
        vault.grant("visits", "__footer", "__log", "__unit", "age", "town", "illness");
        String spec = spec(11, "'sampling':{'fraction':0.5,'seed':9},'search':{'algorithm':'mondrian'}");

        Outcome outcome = run(spec);

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        JsonObject report = Json.parseObject(outcome.files().get("table.anonymization"));
        assertThat(report.longValue("rows"))
                .isBetween(300L, 700L)
                .isGreaterThanOrEqualTo(outcome.rows().size());
        assertThat(report.object("equivalenceClasses").longValue("minSize")).isGreaterThanOrEqualTo(11);
        assertThat(outcome.result().report().orElseThrow().protection().get("sampledFraction"))
                .hasToString("0.5");
        assertThat(run(spec).rows()).containsExactlyInAnyOrderElementsOf(outcome.rows());
    }

    /** What is asked for tells it; no key is asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'search':{'algorithm':'mondrian'},'objective':{'measure':'height'}|Take loss, aecs",
                "'search':{'algorithm':'mondrian','timeLimitSeconds':5}|searches no lattice",
                "'search':{'algorithm':'mondrian'},'localRecoding':{'mode':'FAST'}|recodes locally itself",
                "'sampling':{'records':50}|Use sampling.fraction",
                "'privacyUnit':'age'|leave privacyUnit out",
                "'suppressionLimit':0,'localRecoding':{'mode':'OPTIMIZE'}|there would be none",
            })
    void run_whatIsNotSupported_isNamedBeforeAnythingIsRead(String more, String reason) throws Exception {
        Outcome outcome = run(spec(11, more));

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        List<DisclosureFinding> findings =
                outcome.result().report().orElseThrow().findings();
        assertThat(findings)
                .filteredOn(DisclosureFinding::blocking)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("not-supported");
                    assertThat(finding.suggestion()).contains(reason);
                });
        RefusalCertificate certificate =
                outcome.result().report().orElseThrow().certificate().orElseThrow();
        assertThat(certificate.basis()).isEqualTo(RefusalCertificate.Basis.TEXT);
        assertThat(certificate.change().orElseThrow().steps()).hasSize(1);
        assertThat(vault.asked()).noneMatch(question -> question.startsWith("unwrapKeys"));
        assertThat(outcome.files()).isEmpty();
    }

    /** Selected by values that the request names, records need no order to be told apart; the others are the population. */
    @Test
    void run_subsetSelectedByValues_isTheCoresAnswerOnRecordsThatAreTheirOwnUnits() throws Exception {
        vault.grant("visits", "__footer", "__log", "__unit", "age", "town", "illness");
        String spec = spec(11, "'suppressionLimit':0.5")
                .replace(
                        "{\"model\":\"distinct",
                        "{\"model\":\"k-map\",\"k\":20,\"subset\":{\"attribute\":\"town\",\"values\":[\"Dali\",\"Lijiang\"]}},"
                                + "{\"model\":\"distinct")
                .replace("\"dataType\":\"integer\"", "\"dataType\":\"integer\",\"hierarchy\":" + TENS);

        Outcome persons = run(spec);
        assertThat(persons.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(persons.result().report().orElseThrow().findings())
                .anyMatch(finding -> finding.rule().equals("not-supported")
                        && finding.suggestion().contains("a person's records for several persons"));

        unit = "@row";
        Path original = directory;
        directory = Files.createDirectory(original.resolve("rows"));
        ingest(visits());
        Outcome outcome = run(spec);

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        List<List<String>> expected = new ArrayList<>();
        List<Visit> visits = visits();
        AnonymizationResult core =
                Anonymizer.anonymize(table(visits), AnonymizationSpec.parseWithoutFiles(Json.parseObject(spec)));
        int[] at = {0};
        core.forEachReleasedRow(row -> {
            boolean isStudied = !visits.get(at[0]++).town().equals("Kunming");
            if (isStudied && !row.get(0).equals("*")) {
                expected.add(List.copyOf(row.subList(0, 3)));
            }
        });
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(outcome.rows()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Json.parseObject(outcome.files().get("table.anonymization")).longValue("rows"))
                .isEqualTo(1_000);
        assertThat(outcome.result().report().orElseThrow().protection().get("subset"))
                .isEqualTo("town in 2 values");
    }

    /** Persons whose visits a class could show, from the source. */
    private static Set<Integer> matching(String age, String town) {
        Set<Integer> persons = new HashSet<>();
        for (Visit visit : visits()) {
            if (covers(age, visit.age()) && (town.equals("*") || town.equals(visit.town()))) {
                persons.add(visit.person());
            }
        }
        return persons;
    }

    private static boolean covers(String label, int age) {
        int[] ends = Arrays.stream(label.replaceAll("[\\[\\]]", "").split(", "))
                .mapToInt(Integer::parseInt)
                .toArray();
        return ends[0] <= age && age <= ends[ends.length - 1];
    }

    private static List<List<String>> ofTheCore(String spec) throws Exception {
        AnonymizationResult result = Anonymizer.anonymize(
                table(visits()),
                AnonymizationSpec.parseWithoutFiles(
                        Json.parseObject(spec.substring(0, spec.length() - 1) + ",\"privacyUnit\":\"person\"}")));
        List<List<String>> rows = new ArrayList<>();
        result.forEachReleasedRow(row -> rows.add(List.copyOf(row.subList(0, 3))));
        return rows;
    }

    private static MicrodataTable table(List<Visit> visits) {
        return MicrodataTable.of(List.of(
                Column.of(
                        "age", visits.stream().map(v -> String.valueOf(v.age())).toList()),
                Column.of("town", visits.stream().map(Visit::town).toList()),
                Column.of("illness", visits.stream().map(Visit::illness).toList()),
                Column.of(
                        "person",
                        visits.stream().map(v -> String.valueOf(v.person())).toList())));
    }

    private static String spec(int k, String more) {
        return ("{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer'},{'name':'town',"
                        + "'role':'QUASI_IDENTIFIER','hierarchy':{'rows':[['Dali','*'],['Kunming','*'],['Lijiang','*']]}},"
                        + "{'name':'illness','role':'SENSITIVE'}],'privacyModels':[{'model':'k-anonymity','k':" + k
                        + "},{'model':'distinct-l-diversity','attribute':'illness','l':2}]," + more + "}")
                .replace('\'', '"');
    }

    private record Outcome(EngineResult result, Map<String, byte[]> files) {
        String text(String file) {
            return new String(files.get(file), StandardCharsets.UTF_8);
        }

        List<List<String>> rows() {
            List<List<String>> rows = new ArrayList<>();
            for (String line : text("table.csv").split("\r\n")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
                    cells.add(cell.replace("\"", ""));
                }
                rows.add(cells);
            }
            return rows.subList(1, rows.size());
        }
    }

    private Outcome run(String spec) {
        ElementTerms terms = new ElementTerms(
                ElementTerms.Policy.CONTROLLED,
                Map.of(
                        "age", AttributeRole.QUASI_IDENTIFIER,
                        "town", AttributeRole.QUASI_IDENTIFIER,
                        "illness", AttributeRole.SENSITIVE));
        Agreement agreement = new Agreement(
                "agreement-1",
                "provider",
                "developer",
                "ed25519:a",
                "ed25519:b",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                5,
                List.of(new Permission("visits", Map.of(), Optional.of(terms))));
        AccessGrant grant = new AccessGrant(
                "grant-1",
                agreement.uid(),
                ExitFixture.digest(agreement.toText()),
                "developer",
                agreement.purpose(),
                agreement.validFrom(),
                agreement.validUntil(),
                new ProtectionRules(5, 10, 5, 3, 2, 1000, "policy-1"),
                List.of(new GrantedTable(
                        "visits",
                        "visits",
                        latestVersion(),
                        "persons",
                        unit,
                        List.of(
                                new GrantedColumn("person", "STRING", Set.of()),
                                new GrantedColumn("name", "STRING", Set.of()),
                                new GrantedColumn("age", "LONG", Set.of()),
                                new GrantedColumn("town", "STRING", Set.of()),
                                new GrantedColumn("illness", "STRING", Set.of())),
                        Optional.of(terms))));
        EngineJob.AnonymizeJob job = new EngineJob.AnonymizeJob(
                "job-1",
                "{\"dataset\":\"visits\",\"spec\":" + spec + "}",
                agreement.toText(),
                List.of(),
                grant.toText(),
                Map.of("visits", table().toString()),
                ExitFixture.reviewKey(),
                5_000_000);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result = ElementExit.run(
                ExitFixture.session(2), job, channel.vaultOf(job), guard, sealed::writeBytes, channel.sink());
        return new Outcome(result, sealed.size() == 0 ? Map.of() : ExitFixture.open(sealed.toByteArray(), result));
    }

    private Path table() {
        return directory.resolve("tables").resolve("visits");
    }

    private long latestVersion() {
        String[] log = table().resolve("_delta_log").toFile().list((d, n) -> n.endsWith(".json"));
        return Arrays.stream(log)
                .mapToLong(n -> Long.parseLong(n.substring(0, n.indexOf('.'))))
                .max()
                .orElseThrow();
    }
}

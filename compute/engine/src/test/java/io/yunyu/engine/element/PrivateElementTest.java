package io.yunyu.engine.element;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.engine.aggregate.BeforeNoise;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data elements under a privacy clause, from an encrypted table in which persons have several records. */
class PrivateElementTest {
    private static final int PERSONS = 600;
    private static final List<String> TOWNS = List.of("Dali", "Kunming", "Lijiang");
    private static final String MODEL = "'epsilon':1,'delta':0.000001";
    private static final Optional<PrivacyClause> CLAUSE =
            Optional.of(new PrivacyClause(5_000_000, 500_000, 1_000_000, 1, 1, Map.of(), Map.of()));

    private final FakeVault vault = new FakeVault();
    private final FakeChannel channel = new FakeChannel(vault);
    private final MemoryGuard guard = new MemoryGuard();

    @TempDir
    Path directory;

    /** Persons come one to four times, in ages that differ; the first two thirds of them live in Dali and Kunming. */
    private static List<String> visits() {
        List<String> visits = new ArrayList<>();
        for (int person = 0; person < PERSONS; person++) {
            for (int visit = 0; visit <= person % 4; visit++) {
                visits.add("P" + person + "," + (20 + (person * 7 + visit * 13) % 70) + "," + TOWNS.get(person % 3));
            }
        }
        return visits;
    }

    @BeforeEach
    void ingest() throws Exception {
        ingest(visits());
        vault.grant("visits", "__footer", "__log", "__unit", "age", "town");
    }

    private void ingest(List<String> visits) throws Exception {
        new IngestFixture(directory, vault)
                .loadCsv(
                        "person,age,town\n" + String.join("\n", visits) + "\n",
                        column("person", "STRING"),
                        column("age", "LONG"),
                        column("town", "STRING"));
    }

    /** Everything that leaves is known from the released records; a person's visits are one record; the vault is paid. */
    @Test
    void run_releasesOneRecordOfEachDrawnPerson_andItsCostIsCounted() throws Exception {
        Outcome outcome = run(spec(MODEL));

        assertThat(outcome.result.status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.result.noiseDrawn()).isEmpty();
        List<String> released = outcome.rows();
        // Of 600 persons, who have 1,500 visits; 379 on average, and six standard deviations are 71.
        assertThat(released).hasSizeBetween(308, 450);
        Map<String, Long> sizes = new HashMap<>();
        released.forEach(row -> sizes.merge(row, 1L, Long::sum));
        assertThat(sizes).containsKey("*,East").allSatisfy((row, size) -> assertThat(size)
                .isGreaterThanOrEqualTo(75));
        assertThat(outcome.files.keySet())
                .containsExactlyInAnyOrder(
                        "candidate.json",
                        "report.json",
                        "table.anonymization",
                        "table.csv",
                        "table.json",
                        "table.parquet");
        JsonObject report = Json.parseObject(outcome.files.get("table.anonymization"));
        assertThat(report.longValue("rows")).isEqualTo(released.size());
        assertThat(report.longValue("smallestClass")).isEqualTo(75);
        assertThat(report.object("equivalenceClasses").longValue("minSize")).isEqualTo(Collections.min(sizes.values()));
        DisclosureReport disclosed = outcome.result.report().orElseThrow();
        assertThat(disclosed.protection())
                .containsEntry("rhoMicros", 500_000L)
                .containsEntry("deltaPicos", 1_000_000L)
                .containsEntry("counts", "persons");
        assertThat(vault.paid())
                .singleElement()
                .asString()
                .startsWith("persons ")
                .endsWith(" rho 500000 delta 1000000");
        assertThat(GuardMemory.open("persons", guard.guardKey("persons"), guard).records())
                .singleElement()
                .matches(GuardRecord::element);

        Outcome again = run(spec(MODEL));
        assertThat(again.rows()).containsExactlyInAnyOrderElementsOf(released);
        assertThat(vault.paid()).hasSize(2).containsOnly(vault.paid().get(0));
    }

    /** Nothing that leaves has a place for how many were read, drawn or left out. */
    @Test
    void run_aClassThatIsTooSmall_leavesNoTraceInWhatIsTold() throws Exception {
        List<String> visits = new ArrayList<>(visits());
        visits.removeIf(visit -> visit.endsWith("Lijiang"));
        for (int person = 0; person < 40; person++) {
            visits.add("Q" + person + ",30,Lijiang");
        }
        exchange(visits);

        Outcome outcome = run(spec(MODEL));

        assertThat(outcome.rows()).containsOnly("*,East");
        JsonObject report = Json.parseObject(outcome.files.get("table.anonymization"));
        assertThat(report.asMap())
                .containsOnlyKeys(
                        "engine",
                        "mechanism",
                        "basis",
                        "privacyModels",
                        "samplingProbability",
                        "smallestClass",
                        "rows",
                        "transformation",
                        "equivalenceClasses",
                        "risk",
                        "quality")
                .containsEntry("rows", (long) outcome.rows().size());
        assertThat(report.object("equivalenceClasses").asMap()).containsEntry("count", 1L);
        assertThat(outcome.result.report().orElseThrow().protection())
                .containsOnlyKeys(
                        "method",
                        "policy",
                        "smallestClass",
                        "counts",
                        "privacyModels",
                        "epsilon",
                        "delta",
                        "rhoMicros",
                        "deltaPicos",
                        "columns");
    }

    /** A table that was exchanged under its version number is another one: it is paid for, and its draw has its own key. */
    @Test
    void run_otherRecordsUnderOneVersion_arePaidForAgain() throws Exception {
        run(spec(MODEL));
        List<String> others = new ArrayList<>(visits());
        others.remove(0);

        exchange(others);
        run(spec(MODEL));

        assertThat(vault.paid()).hasSize(2).doesNotHaveDuplicates();
    }

    /** Whether a value occurs is no reason to refuse: with a hierarchy that lacks one, its records take no part. */
    @Test
    void run_valueThatIsNotListed_isNoRefusal() throws Exception {
        Outcome outcome = run(spec(MODEL).replace(",['Lijiang','Lijiang']", ""));

        assertThat(outcome.result.status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.rows()).containsOnly("*,East");
    }

    /** A refusal after the draw follows from what would have been released, and does not give the budget back. */
    @Test
    void run_tooLarge_isRefusedAndPaidFor() throws Exception {
        Outcome outcome = run(spec(MODEL), CLAUSE, 900);

        assertThat(outcome.result.status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.rules()).containsExactly("no-element");
        assertThat(outcome.result.noiseDrawn()).isEmpty();
        assertThat(outcome.result.report().orElseThrow().certificate()).contains(ElementCertificates.ofData());
        assertThat(vault.paid()).hasSize(1);
        assertThat(outcome.files).isEmpty();
    }

    @Test
    void run_familyWithPublication_isRefusedAndCostsNothing() throws Exception {
        GuardMemory.open("persons", guard.guardKey("persons"), guard)
                .reserve(GuardRecord.of(
                        "job-2",
                        "developer",
                        1,
                        new PublishedTable(
                                "sha256:0", Region.EVERYTHING, List.of("rows"), Set.of(List.of()), 5, 10, Set.of())));

        Outcome outcome = run(spec(MODEL));

        assertThat(outcome.rules()).containsExactly("planned-family");
        assertThat(outcome.result.noiseDrawn()).contains(false);
        assertThat(vault.paid()).isEmpty();
    }

    /** What fails before the vault is asked is marked, so that it costs nothing. */
    @Test
    void run_tableThatIsNotThere_costsNothing() {
        assertThatThrownBy(() -> run(spec(MODEL), CLAUSE, 5_000_000, Map.of())).isInstanceOf(BeforeNoise.class);
        assertThat(vault.paid()).isEmpty();
    }

    /** By text alone, before a key or the budget is asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "true|'epsilon':1,'delta':0.000001,'deterministicSeed':3|not-supported|deterministicSeed",
                "true|'epsilon':1.001,'delta':0.000001|over-budget|costs 501001 micro-rho",
                "true|'epsilon':1,'delta':0.0000011|over-budget|1100000 pico-delta",
                "true|-|not-private|differentially private",
                "false|'epsilon':1,'delta':0.000001|no-budget|this agreement has none",
            })
    void run_whatTheClauseDoesNotCover_isRefusedAndCostsNothing(
            boolean clause, String model, String rule, String reason) throws Exception {
        String spec = model.equals("-")
                ? spec("").replaceAll("\\{'model':.*?}", "{'model':'k-anonymity','k':20}")
                : spec(model);

        Outcome outcome = run(spec, clause ? CLAUSE : Optional.empty(), 5_000_000);

        assertThat(outcome.result.status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.result.report().orElseThrow().findings())
                .filteredOn(DisclosureFinding::blocking)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.suggestion()).contains(reason);
                    assertThat(Phrases.say(finding.suggestion(), Language.CHINESE))
                            .containsPattern("\\p{IsHan}");
                });
        assertThat(outcome.result.noiseDrawn()).isEqualTo(clause ? Optional.of(false) : Optional.empty());
        assertThat(vault.asked()).noneMatch(question -> question.startsWith("unwrapKeys"));
        assertThat(vault.paid()).isEmpty();
    }

    /** Two groups of towns, of 400 and 200 persons; the age not at all. */
    private static String spec(String model) {
        List<String> ages = new ArrayList<>();
        for (int age = 20; age < 90; age++) {
            ages.add("['" + age + "','*']");
        }
        return "{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','minLevel':1,'hierarchy':{'rows':["
                + String.join(",", ages) + "]}},{'name':'town','role':'QUASI_IDENTIFIER','minLevel':1,"
                + "'hierarchy':{'rows':[['Dali','East'],['Kunming','East'],['Lijiang','Lijiang']]}}],"
                + "'privacyModels':[{'model':'differential-privacy','generalization':'MEDIUM'," + model + "}]}";
    }

    private record Outcome(EngineResult result, Map<String, byte[]> files) {
        String text(String file) {
            return new String(files.get(file), StandardCharsets.UTF_8);
        }

        List<String> rows() {
            return Arrays.stream(text("table.csv").split("\r\n"))
                    .skip(1)
                    .map(row -> row.replace("\"", ""))
                    .toList();
        }

        List<String> rules() {
            return result.report().orElseThrow().findings().stream()
                    .filter(DisclosureFinding::blocking)
                    .map(DisclosureFinding::rule)
                    .toList();
        }
    }

    private Outcome run(String spec) {
        return run(spec, CLAUSE, 5_000_000);
    }

    private Outcome run(String spec, Optional<PrivacyClause> clause, long mostBytes) {
        return run(spec, clause, mostBytes, Map.of("visits", table().toString()));
    }

    private Outcome run(String spec, Optional<PrivacyClause> clause, long mostBytes, Map<String, String> paths) {
        ElementTerms terms = new ElementTerms(
                ElementTerms.Policy.CONTROLLED,
                Map.of("age", AttributeRole.QUASI_IDENTIFIER, "town", AttributeRole.QUASI_IDENTIFIER));
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
                List.of(new Permission("visits", Map.of(), Optional.of(terms))),
                clause);
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
                        "person",
                        List.of(
                                new GrantedColumn("person", "STRING", Set.of()),
                                new GrantedColumn("age", "LONG", Set.of()),
                                new GrantedColumn("town", "STRING", Set.of())),
                        Optional.of(terms))),
                clause);
        EngineJob.AnonymizeJob job = new EngineJob.AnonymizeJob(
                "job-1",
                ("{'dataset':'visits','spec':" + spec + "}").replace('\'', '"'),
                agreement.toText(),
                List.of(),
                grant.toText(),
                paths,
                ExitFixture.reviewKey(),
                mostBytes);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result = ElementExit.run(
                ExitFixture.session(2), job, channel.vaultOf(job), guard, sealed::writeBytes, channel.sink());
        return new Outcome(result, sealed.size() == 0 ? Map.of() : ExitFixture.open(sealed.toByteArray(), result));
    }

    /** Other records in place of those that were ingested, under the same number of a version. */
    private void exchange(List<String> visits) throws Exception {
        directory = Files.createTempDirectory(directory, "exchanged");
        ingest(visits);
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

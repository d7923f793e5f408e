package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymizeCommandTest {
    private static final String SPEC =
            """
            {"attributes": [
               {"name": "name", "role": "DIRECT_IDENTIFIER"},
               {"name": "town", "role": "QUASI_IDENTIFIER", "hierarchy": {"file": "town.csv"}},
               {"name": "illness", "role": "SENSITIVE"}],
             "privacyModels": [
               {"model": "k-anonymity", "k": 2},
               {"model": "distinct-l-diversity", "attribute": "illness", "l": 2}],
             "suppressionLimit": 0.2}
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writeInput() throws IOException {
        write("town.csv", "Kunming;Centre;*\nYuxi;Centre;*\nDali;West;*\nBaoshan;West;*\nDehong;Border;*\n");
        write("spec.json", SPEC);
        write(
                "input.csv",
                """
                name;town;illness;note
                A;Kunming;flu;1
                B;Yuxi;gout;2
                C;Dali;flu;"3;x"
                D;Baoshan;gout;4
                E;Dehong;flu;5
                """);
    }

    @Test
    void run_inChinese_saysErrorsAndReportInChineseWithTheSameExitCodes() throws IOException {
        write("spec.json", SPEC.replace("\"k\": 2", "\"k\": 4").replace("0.2}", "0}"));
        String[] arguments = {
            "--input", folder.resolve("input.csv").toString(),
            "--spec", folder.resolve("spec.json").toString(),
            "--output", folder.resolve("out").toString(),
            "--lang", "zh"
        };
        PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        write("town.csv", "Kunming;*\nYuxi;*\nDali;West\nBaoshan;West\nDehong;Border\n");
        assertThat(AnonymizeCommand.run(arguments, stream)).isEqualTo(AnonymizeCommand.NO_SOLUTION);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("无解");
        assertThat(report().string("advice")).startsWith("在允许的最粗变换下须抑制");
        assertThat(folder.resolve("out/report.html")).content().contains("在允许的最粗变换下", "At the coarsest");
        write(
                "spec.json",
                "{\"attributes\":[{\"name\":\"name\",\"role\":\"DIRECT_IDENTIFIER\"},{\"name\":\"town\",\"role\":"
                        + "\"QUASI_IDENTIFIER\"}],\"privacyModels\":[{\"model\":\"k-anonymity\",\"k\":2}],"
                        + "\"search\":{\"algorithm\":\"mondrian\"}}");
        assertThat(AnonymizeCommand.run(arguments, stream)).isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(report().objects("undefined")).isNotEmpty().allMatch(one -> one.string("reason")
                .matches("(Mondrian|区间).*\\p{IsHan}{4}.*"));
        write("spec.json", SPEC.replace("\"town\"", "\"village\""));
        errors.reset();
        assertThat(AnonymizeCommand.run(arguments, stream)).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("没有列“village”");
    }

    @Test
    void run_solvableSpec_writesDataAndReport() throws IOException {
        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        assertThat(folder.resolve("out/data.csv"))
                .content()
                .isEqualTo(
                        """
                        name;town;illness;note
                        *;Centre;flu;1
                        *;Centre;gout;2
                        *;West;flu;"3;x"
                        *;West;gout;4
                        *;*;flu;5
                        """);
        JsonObject report = report();
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", report))
                .isEmpty();
        assertThat(report.bool("solved")).isTrue();
        assertThat(report.object("transformation").intValue("town")).isEqualTo(1);
        assertThat(report.intValue("suppressedRecords")).isEqualTo(1);
        assertThat(report.object("equivalenceClasses").intValue("count")).isEqualTo(2);
        assertThat(report.object("risk").object("prosecutor").decimal("highest").doubleValue())
                .isEqualTo(0.5);
        assertThat(report.object("policies").object("ENCLAVE").bool("met")).isFalse();
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void run_noSolution_saysWhichModelFails() throws IOException {
        write("spec.json", unsolvable());

        assertThat(run()).isEqualTo(AnonymizeCommand.NO_SOLUTION);

        assertThat(folder.resolve("out/data.csv")).doesNotExist();
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", report()))
                .isEmpty();
        assertThat(report().bool("solved")).isFalse();
        assertThat(report().string("advice"))
                .contains("5 records must be suppressed, 0 may be", "recursive-c-l-diversity(illness, c=0.1, l=2)");
    }

    @Test
    void run_severalRecordsOfOnePerson_policiesCountPeople() throws IOException {
        write(
                "input.csv",
                """
                name;town;illness;note
                A;Kunming;flu;1
                A;Kunming;gout;2
                A;Yuxi;flu;3
                B;Yuxi;gout;4
                C;Dali;flu;5
                D;Dali;gout;6
                E;Dali;gout;7
                """);
        write("spec.json", SPEC.replace("\"suppressionLimit\": 0.2", "\"privacyUnit\": \"name\""));

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        // Kunming and Yuxi have as many records as k asks for, but one and two people.
        assertThat(report().object("transformation").intValue("town")).isEqualTo(1);
        assertThat(report().object("equivalenceClasses").intValue("minSize")).isEqualTo(2);
        JsonObject policies = report().object("policies");
        assertThat(policies.string("counted")).isEqualTo("people");
        // Two classes of two and three people; as records they would be four and three.
        assertThat(policies.object("ENCLAVE").decimal("averageRiskOverMembers")).isEqualByComparingTo("0.4");
    }

    /** It could be of A, who would then count as two. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NULL", "*"})
    void run_recordOfNobody_isRefusedByItsNumber(String nobody) throws IOException {
        write(
                "input.csv",
                "name;town;illness;note\nA;Kunming;flu;1\n\"B\nB\";Kunming;gout;2\n" + nobody + ";Kunming;flu;3\n");
        String asPersons = SPEC.replace("\"suppressionLimit\": 0.2", "\"privacyUnit\": \"name\"");
        for (String sampled : List.of("", ", \"sampling\": {\"records\": 1, \"seed\": 1}")) {
            write("spec.json", asPersons.replace("\"privacyUnit\": \"name\"", "\"privacyUnit\": \"name\"" + sampled));

            assertThat(run()).isEqualTo(AnonymizeCommand.BAD_INPUT);

            assertThat(errors.toString(StandardCharsets.UTF_8))
                    .startsWith("Record 3 has no value in the privacyUnit 'name'")
                    .doesNotContain("Kunming", "flu");
            assertThat(run("--lang", "zh")).isEqualTo(AnonymizeCommand.BAD_INPUT);
            assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("第 3 条记录没有 privacyUnit“name”的值");
        }
        assertThat(folder.resolve("out")).doesNotExist();
        write("spec.json", SPEC);
        assertThat(run()).as("where persons are not counted").isEqualTo(AnonymizeCommand.SOLVED);
    }

    @Test
    void run_populationAndContext_areReported() throws IOException {
        write(
                "spec.json",
                SPEC.replace(
                        "\"suppressionLimit\"",
                        "\"population\": \"YUNNAN\", \"releaseContext\": {\"environment\": \"CONTROLLED\","
                                + " \"control\": \"HIGH\", \"motive\": \"LOW\", \"breachControl\": \"HIGH\"},"
                                + " \"suppressionLimit\""));

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        JsonObject report = report();
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", report))
                .isEmpty();
        assertThat(report.object("populationUniqueness").longValue("population"))
                .isEqualTo(47_209_277L);
        // Classes of two are below the environment's five.
        assertThat(report.object("releaseContext").decimal("overallRisk")).isEqualByComparingTo("1");
    }

    @Test
    void run_masking_changesWhatIsReleasedAndSaysSo() throws IOException {
        byte[] secret = new byte[32];
        new java.util.Random(1).nextBytes(secret);
        Files.setPosixFilePermissions(
                Files.write(folder.resolve("pseudonym.key"), secret), PosixFilePermissions.fromString("rw-------"));
        write(
                "input.csv",
                """
                name;town;illness;note;phone
                A;Kunming;flu;17;13800001234
                A;Yuxi;gout;18;13900005678
                C;Dali;flu;64;NULL
                D;Baoshan;gout;95;13700009999
                """);
        write(
                "spec.json",
                SPEC.replace(
                                "\"role\": \"DIRECT_IDENTIFIER\"",
                                "\"role\": \"DIRECT_IDENTIFIER\","
                                        + " \"pseudonym\": {\"keyFile\": \"pseudonym.key\", \"scope\": \"person\"}")
                        .replace(
                                "{\"name\": \"town\"",
                                "{\"name\": \"note\", \"role\": \"INSENSITIVE\","
                                        + " \"topBottomCoding\": {\"bottom\": 18, \"top\": 90}},"
                                        + " {\"name\": \"phone\", \"role\": \"DIRECT_IDENTIFIER\","
                                        + " \"masking\": {\"method\": \"redact\", \"keepFirst\": 3}},"
                                        + " {\"name\": \"town\""));

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        List<String> lines = Files.readAllLines(folder.resolve("out/data.csv"));
        assertThat(lines.get(1)).matches("[0-9a-f]{32};Centre;flu;<18;138\\*{8}");
        assertThat(lines.get(2)).startsWith(lines.get(1).substring(0, 32)).endsWith(";18;139********");
        assertThat(lines.get(3)).endsWith(";64;NULL");
        assertThat(lines.get(4)).endsWith(";>=90;137********");
        assertThat(report().objects("maskedAttributes")).hasSize(3);
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", report()))
                .isEmpty();
    }

    @Test
    void run_sensitiveValuesThatCodingMerges_areCountedAsReleased() throws IOException {
        write(
                "input.csv",
                """
                name;town;illness;note
                A;Kunming;91;1
                B;Yuxi;92;2
                C;Dali;20;3
                D;Baoshan;93;4
                """);
        write("spec.json", SPEC.replace("\"SENSITIVE\"", "\"SENSITIVE\", \"topBottomCoding\": {\"top\": 90}"));

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        // In the centre everybody's value is >=90 now, so that two classes of two do not do.
        assertThat(report().object("transformation").intValue("town")).isEqualTo(2);
    }

    @Test
    void run_sampling_isRepeatableAndReleasesTheDrawnOnly() throws IOException {
        StringBuilder input = new StringBuilder("name;town;illness;note\n");
        for (int i = 0; i < 100; i++) {
            input.append("A;Kunming;")
                    .append(i % 2 == 0 ? "flu" : "gout")
                    .append(";row")
                    .append(i)
                    .append('\n');
        }
        write("input.csv", input.toString());
        write(
                "spec.json",
                SPEC.replace(
                        "\"suppressionLimit\"", "\"sampling\": {\"records\": 30, \"seed\": 7}, \"suppressionLimit\""));

        assertThat(run("--owner-report", folder.resolve("mine").toString())).isEqualTo(AnonymizeCommand.SOLVED);

        String first = Files.readString(folder.resolve("out/data.csv"));
        assertThat(first.lines()).hasSize(31).doesNotHaveDuplicates();
        assertThat(report().has("seed")).isFalse();
        assertThat(folder.resolve("out/report.html")).content().doesNotContain("Seed");
        assertThat(Json.parseObject(Files.readAllBytes(folder.resolve("mine/report.json")))
                        .longValue("seed"))
                .isEqualTo(7);
        assertThat(folder.resolve("mine/report.html")).content().contains("Seed");
        assertThat(report().longValue("rows")).isEqualTo(30);
        run();
        assertThat(folder.resolve("out/data.csv")).content().isEqualTo(first);
    }

    @Test
    void run_microaggregation_releasesOneValuePerClass() throws IOException {
        write(
                "spec.json",
                SPEC.replace(
                        "\"role\": \"SENSITIVE\"}",
                        "\"role\": \"SENSITIVE\"}, {\"name\": \"age\","
                                + " \"role\": \"QUASI_IDENTIFIER\", \"dataType\": \"integer\","
                                + " \"microaggregation\": {\"function\": \"ARITHMETIC_MEAN\"}}"));
        write(
                "input.csv",
                """
                name;town;illness;age
                A;Kunming;flu;20
                B;Yuxi;gout;31
                C;Dali;flu;40
                D;Baoshan;gout;44
                E;Dehong;flu;50
                """);

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(report().longValue("seed")).isZero();

        assertThat(folder.resolve("out/data.csv"))
                .content()
                .isEqualTo(
                        """
                        name;town;illness;age
                        *;Centre;flu;26
                        *;Centre;gout;26
                        *;West;flu;42
                        *;West;gout;42
                        *;*;flu;*
                        """);
    }

    /** Where the class says the whole record, its line is made once for all its records. */
    @Test
    void run_onlyQuasiIdentifiers_writesEachRecordItsClass() throws IOException {
        write("input.csv", "town\nKunming\nDali\nYuxi\nDehong\nBaoshan\nKunming\n");
        write(
                "spec.json",
                """
                {"attributes": [{"name": "town", "role": "QUASI_IDENTIFIER", "hierarchy": {"file": "town.csv"}}],
                 "privacyModels": [{"model": "k-anonymity", "k": 2}], "suppressionLimit": 0.2}
                """);

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        assertThat(folder.resolve("out/data.csv")).content().isEqualTo("town\nCentre\nWest\nCentre\n*\nWest\nCentre\n");
    }

    /** In the centre 20 and 31 are equally frequent, in the west nothing is drawn. */
    @Test
    void run_modeWithDistribution_drawsAmongEquallyFrequentValues() throws IOException {
        write(
                "spec.json",
                SPEC.replace(
                        "\"role\": \"SENSITIVE\"}",
                        "\"role\": \"SENSITIVE\"}, {\"name\": \"age\", \"role\": \"QUASI_IDENTIFIER\","
                                + " \"microaggregation\": {\"function\": \"MODE_WITH_DISTRIBUTION_FALLBACK\","
                                + " \"distribution\": {\"31\": 0.2, \"40\": 5}, \"seed\": 3}}"));
        write(
                "input.csv",
                "name;town;illness;age\nA;Kunming;flu;20\nB;Yuxi;gout;31\nC;Dali;flu;44\nD;Baoshan;gout;44\n");

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        assertThat(folder.resolve("out/data.csv"))
                .content()
                .isEqualTo("name;town;illness;age\n*;Centre;flu;31\n*;Centre;gout;31\n*;West;flu;44\n*;West;gout;44\n");
    }

    @Test
    void run_localRecoding_generalizesWhatWasSuppressed() throws IOException {
        write("town.csv", "Kunming;Centre;*\nYuxi;Centre;*\nDali;West;*\nBaoshan;North;*\nDehong;Border;*\n");
        write(
                "spec.json",
                SPEC.replace(
                        "\"suppressionLimit\": 0.2",
                        "\"suppressionLimit\": 0.7, \"localRecoding\": {\"mode\": \"FAST\", \"records\": 1}"));
        write("input.csv", "name;town;illness;note\nA;Kunming;flu;1\nB;Yuxi;gout;2\nC;Dali;flu;3\nD;Baoshan;gout;4\n");

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        assertThat(folder.resolve("out/data.csv"))
                .content()
                .isEqualTo("name;town;illness;note\n*;Centre;flu;1\n*;Centre;gout;2\n*;*;flu;3\n*;*;gout;4\n");
        assertThat(report().intValue("suppressedRecords")).isZero();
        assertThat(report().object("search").intValue("recodingRounds")).isEqualTo(1);
        assertThat(report().object("equivalenceClasses").intValue("count")).isEqualTo(2);
    }

    @Test
    void run_differentialPrivacyWithSeed_isRepeatableAndHidesWhatWasNotDrawn() throws IOException {
        String spec = SPEC.replace(
                        "{\"model\": \"k-anonymity\", \"k\": 2}",
                        "{\"model\": \"differential-privacy\", \"epsilon\": 1, \"delta\": 0.9, \"generalization\": \"MEDIUM\","
                                + " \"deterministicSeed\": 1}")
                .replace("\"suppressionLimit\": 0.2", "\"suppressionLimit\": 1");
        write("spec.json", spec);

        assertThat(run()).isEqualTo(AnonymizeCommand.SOLVED);

        String first = Files.readString(folder.resolve("out/data.csv"));
        run();
        assertThat(folder.resolve("out/data.csv")).content().isEqualTo(first);
        assertThat(report().object("transformation").intValue("town")).isEqualTo(1);
        assertThat(report().intValue("outlierFlaggedRows")).isEqualTo((int)
                first.lines().filter(line -> line.startsWith("*;*;")).count());
    }

    @Test
    void run_ownerReport_isApartAndReadableByItsOwnerOnly() throws IOException {
        assertThat(run("--owner-report", folder.resolve("mine").toString())).isEqualTo(AnonymizeCommand.SOLVED);

        assertThat(report().object("summaryStatistics").has("input")).isFalse();
        assertThat(report().has("forOwnerOnly")).isFalse();
        JsonObject owners = Json.parseObject(Files.readAllBytes(folder.resolve("mine/report.json")));
        assertThat(owners.bool("forOwnerOnly")).isTrue();
        assertThat(owners.object("summaryStatistics").objects("input")).hasSize(3);
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", owners))
                .isEmpty();
        assertThat(folder.resolve("mine/report.html")).content().contains("For the owner of the original records only");
        for (String name : List.of("report.json", "report.html")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("mine/" + name))))
                    .isEqualTo("rw-------");
        }
        // Without a solution there is nothing to compare with, and no earlier statistics stay.
        write("spec.json", unsolvable());
        run("--owner-report", folder.resolve("mine").toString());
        assertThat(folder.resolve("mine/report.json")).content().doesNotContain("summaryStatistics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "out/mine", "other/../out", "link/out", "link/out/mine", "some/deep/../out"})
    void run_ownerReportInTheOutput_isRefused(String where) throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder);
        // The parent of where the link leads, not of where it lies.
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("some")).resolve("deep"),
                Files.createDirectory(folder.resolve("there")));
        assertThat(run("--owner-report", folder.resolve(where).toString())).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("must not lie in --output");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** The output, once it is there. */
    @Test
    void run_ownerReportThatIsALinkToNothing_isRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("mine"), folder.resolve("out"));
        assertThat(run("--owner-report", folder.resolve("mine").toString())).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void run_resultOfEarlierRun_isNotLeftBesideNoSolution() throws IOException {
        run();
        write("spec.json", unsolvable());

        run();

        assertThat(folder.resolve("out/data.csv")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "k": 2 | "k": 0 | k must be at least 1
            "k": 2 | "k": 6 | only 5 are under study
            "k": 2 | "k": 2, "K": 3 | Unknown member 'K'
            "suppressionLimit" | "suppressionlimit" | Unknown member 'suppressionlimit'
            "suppressionLimit": 0.2 | "suppressionLimit": 1.5 | suppressionLimit must lie in [0, 1]
            town.csv | absent.csv | There is no file 'absent.csv'
            "name": "town" | "name": "city" | no column 'city'
            "SENSITIVE" | "INSENSITIVE" | must be SENSITIVE
            "SENSITIVE" | "SENSITIVE", "masking": {"method": "replace", "value": "x"} | privacy models need what a sensitive value says
            "SENSITIVE" | "SENSITIVE", "masking": {"method": "round", "multiple": 10} | 1th distinct value in input order is not a number
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "topBottomCoding": {"top": 3} | leaves most of a direct identifier readable
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "pseudonym": {"keyFile": "absent.key"} | There is no key file 'absent.key'
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "pseudonym": {"key": "abc"} | Unknown member 'key'
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "masking": {"method": "redact"}, "topBottomCoding": {"top": 3} | choose one
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "masking": {"method": "rot13"} | known are redact, replace, round, truncate-date
            "QUASI_IDENTIFIER" | "QUASI_IDENTIFIER", "masking": {"method": "redact"} | a quasi-identifier is generalized
            "suppressionLimit": 0.2 | "sampling": {"fraction": 1} | sampling.fraction must lie in (0, 1)
            "suppressionLimit": 0.2 | "sampling": {"records": 6} | sampling.records is 6, the input has 5
            "suppressionLimit": 0.2 | "sampling": {"records": 3, "fraction": 0.5} | and not both
            "suppressionLimit": 0.2 | "population": 5 | the population must be greater
            "suppressionLimit": 0.2 | "population": "ATLANTIS" | population must be a number or one of
            "suppressionLimit": 0.2 | "privacyUnit": "id" | no column 'id'
            "privacyModels": [ | "privacyUnit": "name", "privacyModels": [{"model": "sample-uniqueness", "threshold": 0.1}, | privacyUnit cannot be combined
            "suppressionLimit": 0.2 | "riskThreshold": 0 | riskThreshold must lie in (0, 1]
            "suppressionLimit": 0.2 | "releaseContext": {"environment": "CONTROLLED"} | Member 'control' is missing
            "suppressionLimit": 0.2 | "releaseContext": {"environment": "PUBLIC", "prevalence": 2} | prevalence in [0, 1]
            "QUASI_IDENTIFIER", "hierarchy": {"file": "town.csv"} | "INSENSITIVE" | names no quasi-identifier
            "QUASI_IDENTIFIER" | "QUASI_IDENTIFIER", "minLevel": 2, "maxLevel": 1 | must satisfy 0 <= minLevel <= maxLevel
            "QUASI_IDENTIFIER" | "QUASI_IDENTIFIER", "maxLevel": 3 | must lie in 0 to 2
            k-anonymity | k-anonimity | not known
            "privacyModels": [ | "privacyModels": 7, "x": [ | Unknown member 'x'
            """)
    void run_badSpec_writesNothing(String from, String to, String message) throws IOException {
        write("spec.json", SPEC.replace(from, to));

        assertThat(run()).isEqualTo(AnonymizeCommand.BAD_INPUT);

        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(message);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            input.csv | name;town;illness;note\\nA;Kunming;flu | File 'input.csv', line 2: it has 3 fields
            input.csv | name;town;illness;note | no record
            input.csv | PAR1 Kunming | begins as a Parquet file, but is damaged
            input.csv | PARE Kunming | is encrypted Parquet
            input.csv | town;town;illness;note\\nA;Kunming;flu;1 | Two columns are named 'town'
            input.csv | name;town;illness;note\\nA;"Kunming;flu;1 | line 2: the quote opened in field 2
            town.csv | Kunming;Centre;*\\nKunming;West;* | line 2: its value occurred on an earlier line
            town.csv | Kunming;Centre;*\\nYuxi;Centre;? | line 2: the label on level 1 has another parent
            town.csv | Kunming;Centre;*\\nYuxi;Centre | line 2: it has 2 fields
            town.csv | Kunming;Centre;* | lacks a value of column 'town' (the 2th distinct value
            """)
    void run_badFile_namesItButNoValue(String file, String content, String message) throws IOException {
        write(file, content.replace("\\n", "\n"));

        assertThat(run()).isEqualTo(AnonymizeCommand.BAD_INPUT);

        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(message).doesNotContain("Kunming", "Yuxi");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void run_endlessRecord_isRefusedBeforeItTakesTheMemory() throws IOException {
        write("input.csv", "name;town;illness;note\nA;" + "x".repeat(3 << 20) + ";flu;1\n");

        assertThat(run()).isEqualTo(AnonymizeCommand.BAD_INPUT);

        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("line 2: the record is longer than");
    }

    @Test
    void run_arxEngine_isNotBuiltIn() {
        assertThat(run("--engine", "arx")).isEqualTo(AnonymizeCommand.NO_ENGINE);
    }

    @Test
    void run_unknownOption_showsUsage() {
        assertThat(run("--k", "5")).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Usage");
    }

    /** The most frequent illness must be rarer than a tenth of the others. */
    private static String unsolvable() {
        return SPEC.replace("distinct-l-diversity", "recursive-c-l-diversity")
                .replace("\"l\": 2", "\"c\": 0.1, \"l\": 2")
                .replace("\"suppressionLimit\": 0.2", "\"suppressionLimit\": 0");
    }

    private int run(String... more) {
        errors.reset();
        String[] args = new String[6 + more.length];
        args[0] = "--input";
        args[1] = folder.resolve("input.csv").toString();
        args[2] = "--spec";
        args[3] = folder.resolve("spec.json").toString();
        args[4] = "--output";
        args[5] = folder.resolve("out").toString();
        System.arraycopy(more, 0, args, 6, more.length);
        return AnonymizeCommand.run(args, new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private JsonObject report() throws IOException {
        return Json.parseObject(Files.readAllBytes(folder.resolve("out/report.json")));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}

package io.yunyu.anonymizer.arx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not handed to ARX is refused by its name; bad input ends as with the native engine. No value is said. */
class ArxRefusalsTest {
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

    @BeforeEach
    void writeInput() throws IOException {
        Files.writeString(folder.resolve("town.csv"), "Kunming;Centre;*\nYuxi;Centre;*\nDali;West;*\nBaoshan;West;*\n");
        Files.writeString(
                folder.resolve("input.csv"),
                "name;town;illness\nA;Kunming;flu\nB;Yuxi;gout\nC;Dali;flu\nD;Baoshan;gout\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "suppressionLimit": 0.2 | "sampling": {"records": 3} | Sampling, local recoding, masking, microaggregation and privacyUnit are not handed to ARX
            "suppressionLimit": 0.2 | "suppressionLimit": 0.2, "localRecoding": {"mode": "FAST", "records": 1} | Sampling, local recoding
            "suppressionLimit": 0.2 | "privacyUnit": "name" | and privacyUnit are not handed to ARX
            "DIRECT_IDENTIFIER" | "DIRECT_IDENTIFIER", "masking": {"method": "redact"} | masking
            "DIRECT_IDENTIFIER" | "QUASI_IDENTIFIER", "microaggregation": {"function": "MODE"} | microaggregation
            "suppressionLimit": 0.2 | "search": {"algorithm": "mondrian", "mode": "strict"} | ARX has no search MONDRIAN
            "suppressionLimit": 0.2 | "search": {"algorithm": "local-search"} | ARX has no search LOCAL_SEARCH
            {"model": "k-anonymity", "k": 2} | {"model": "differential-privacy", "epsilon": 1, "delta": 0.9, "generalization": "LOW", "deterministicSeed": 7} | ARX knows one seed only
            {"model": "k-anonymity", "k": 2} | {"model": "differential-privacy", "epsilon": 1, "delta": 0.9, "generalization": "DATA_DEPENDENT"} | DATA_DEPENDENT is not handed to ARX
            """)
    void run_whatArxIsNotAsked_isRefusedByName(String from, String to, String message) throws IOException {
        assertThat(SPEC).contains(from);
        String spec = SPEC.replace(from, to);
        assertRefused(
                to.contains("differential-privacy")
                        ? spec.replace("\"suppressionLimit\": 0.2", "\"suppressionLimit\": 1")
                        : spec,
                message);
    }

    @Test
    void run_classificationObjective_isRefusedByName() throws IOException {
        assertRefused(
                SPEC.replace("\"SENSITIVE\"", "\"SENSITIVE\", \"response\": true")
                        .replace(
                                "\"suppressionLimit\"",
                                "\"objective\": {\"measure\": \"classification\"}, \"suppressionLimit\""),
                "is not handed to ARX");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            spec.json | "k": 2 | "k": 9 | only 4 are under study
            spec.json | "k": 2 | "k": 0 | k must be at least 1
            spec.json | "name": "town" | "name": "city" | no column 'city'
            spec.json | town.csv | absent.csv | There is no file 'absent.csv'
            spec.json | k-anonymity | k-anonimity | not known
            town.csv | Dali;West;* | Lijiang;West;* | lacks a value of column 'town'
            town.csv | Yuxi;Centre;* | Kunming;Centre;* | its value occurred on an earlier line
            town.csv | Yuxi;Centre;* | Yuxi;Centre;? | has another parent
            input.csv | C;Dali;flu | C;Dali | line 4: it has 2 fields
            """)
    void run_badInput_endsAsWithTheNativeEngine(String file, String from, String to, String message)
            throws IOException {
        if (file.equals("spec.json")) {
            assertRefused(SPEC.replace(from, to), message);
            return;
        }
        Path changed = folder.resolve(file);
        Files.writeString(changed, Files.readString(changed).replace(from, to));
        assertRefused(SPEC, message);
    }

    private void assertRefused(String spec, String message) throws IOException {
        BothEngines.Ended ended = new BothEngines(folder, folder.resolve("input.csv")).run("arx", spec);

        assertThat(ended.exitCode()).as(ended.said()).isEqualTo(2);
        assertThat(ended.said()).contains(message).doesNotContain("Dali", "Yuxi", "Lijiang", "gout");
        assertThat(folder.resolve("arx")).doesNotExist();
    }
}

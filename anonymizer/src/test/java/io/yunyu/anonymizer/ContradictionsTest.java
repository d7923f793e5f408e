package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What cannot hold together, or says nothing together. Each line writes something into a specification that works: exit code
 * 2, a sentence in both languages that holds no value of the data, and nothing is written.
 */
class ContradictionsTest {
    private static final String SPEC =
            """
            {"attributes": [
               {"name": "name", "role": "DIRECT_IDENTIFIER"NAME},
               {"name": "town", "role": "QUASI_IDENTIFIER", "hierarchy": {"file": "town.csv"}TOWN},
               {"name": "age", "role": "QUASI_IDENTIFIER", "dataType": "integer"AGE},
               {"name": "illness", "role": "SENSITIVE"ILLNESS},
               {"name": "note", "role": "INSENSITIVE"NOTE}],
             "privacyModels": [{"model": "k-anonymity", "k": 2}, {"model": "distinct-l-diversity", "attribute": "illness", "l": 2}MODEL],
             "suppressionLimit": 0.3MORE}
            """;

    /** No four English words in a row. */
    private static final String CHINESE = "(?s)(?!.*[a-z]+ [a-z]+ [a-z]+ [a-z]+).*\\p{IsHan}{2}.*";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writeInput() throws IOException {
        Files.writeString(folder.resolve("town.csv"), "Kunming;Centre;*\nYuxi;Centre;*\nDali;West;*\nBaoshan;West;*\n");
        String records =
                "name;town;age;illness;note\nA;Kunming;41;flu;1\nB;Yuxi;41;gout;2\nC;Dali;42;flu;3\nD;Baoshan;42;gout;4\n";
        Files.writeString(folder.resolve("input.csv"), records);
        Files.writeString(folder.resolve("subset.csv"), records.substring(0, records.indexOf("C;")));
    }

    @Test
    void run_theSpecificationItself_isSolved() throws IOException {
        assertThat(run("", "", "", "")).isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(run(
                        "MORE",
                        ", \"objective\": {\"measure\": \"static\", \"losses\": {\"town\": [0, 1, 2], \"age\": [0]}}",
                        "",
                        ""))
                .isEqualTo(AnonymizeCommand.SOLVED);
    }

    @Test
    void run_moreValuesInAClassThanThereAre_hasNoSolution() throws IOException {
        assertThat(run(
                        "MODEL",
                        ", {\"model\": \"recursive-c-l-diversity\", \"attribute\": \"illness\", \"c\": 3, \"l\": 3}",
                        "",
                        ""))
                .isEqualTo(AnonymizeCommand.NO_SOLUTION);
    }

    /** As in ARX, so that the same specification serves when an attribute's role changes. */
    @Test
    void run_hierarchyOfAnAttributeThatIsNotGeneralized_isLeftAside() throws IOException {
        assertThat(run("NOTE", ", \"hierarchy\": {\"builder\": \"redaction\"}", "", ""))
                .isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(run("NAME", ", \"hierarchy\": {\"builder\": \"redaction\"}", "", ""))
                .isEqualTo(AnonymizeCommand.SOLVED);
    }

    /** At which place what is written, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            MODEL | , {"model": "k-anonymity", "k": 3} | not the only one of its kind
            MODEL | , {"model": "k-map", "k": 2, "subset": "subset.csv"}, {"model": "k-map", "k": 3, "subset": "subset.csv"} | not the only one of its kind
            MODEL | , {"model": "k-map", "k": 2} | needs a research subset
            MODEL | , {"model": "delta-presence", "min": 0, "max": 0.5} | needs a research subset
            MODEL | , {"model": "inclusion"} | needs a research subset
            MODEL | , {"model": "profitability-journalist"} | needs a research subset
            MODEL | , {"model": "delta-presence", "min": 0.6, "max": 0.5, "subset": "subset.csv"} | 0 <= min <= max <= 1 must hold
            MODEL | , {"model": "inclusion", "subset": "subset.csv"}, {"model": "k-map", "k": 2, "subset": "town.csv"} | all of them must share one
            MODEL | , {"model": "k-map", "k": 2, "subset": "subset.csv"}, {"model": "k-map", "k": 2, "population": 90, "significance": 0.1, "estimator": "POISSON"} | count the population in a subset's input and estimate it too
            MODEL | , {"model": "k-map", "k": 2, "population": 90, "significance": 0.1, "estimator": "POISSON"}, {"model": "population-uniqueness", "threshold": 0.1, "population": 91, "estimator": "ZAYATZ"} | different populations: [90, 91]
            MODEL | , {"model": "k-map", "k": 2, "population": 3, "significance": 0.1, "estimator": "POISSON"} | the population is smaller than the number of records
            MODEL | , {"model": "inclusion", "subset": {"attribute": "illness", "values": ["flu"]}} | by 'illness', which is sensitive,
            MODEL | , {"model": "inclusion", "subset": {"attribute": "name", "values": ["A", "B"]}} | by 'name', which is sensitive, a direct
            MODEL | , {"model": "inclusion", "subset": {"attribute": "salary", "values": ["flu"]}} | which is not among the attributes
            MODEL | , {"model": "inclusion", "subset": {"attribute": "town", "values": ["Yuxi", "Yuxi"]}} | each once
            MODEL | , {"model": "inclusion", "subset": {"attribute": "town", "values": []}} | at least one value
            MODEL | , {"model": "inclusion", "subset": {"attribute": "town", "values": ["Mengzi"]}} | No record of the input is in the research subset
            MODEL | , {"model": "inclusion", "subset": {"attribute": "town", "values": ["Yuxi"]}}, {"model": "k-map", "k": 2, "subset": "subset.csv"} | all of them must share one
            MODEL | , {"model": "inclusion", "subset": 7} | the name of a file, or an object with attribute and values
            MODEL | , {"model": "recursive-c-l-diversity", "attribute": "illness", "c": 3, "l": 0} | l must be at least 1
            MODEL | , {"model": "equal-t-closeness", "attribute": "town", "t": 0.5} | whose role is QUASI_IDENTIFIER; it must be SENSITIVE
            MODEL | , {"model": "equal-t-closeness", "attribute": "salary", "t": 0.5} | protects 'salary', which is not a sensitive attribute
            MODEL | , {"model": "hierarchical-t-closeness", "attribute": "illness", "t": 0.5} | needs a hierarchy for it
            MODEL | , {"model": "average-risk", "averageRisk": 0.5, "highestRisk": 0.5} | highestRisk and recordsAtRisk go together
            MODEL | , {"model": "differential-privacy", "epsilon": 1, "delta": 0.9, "generalization": "LOW"} | suppressionLimit 0.3 cannot be kept beside differential-privacy
            MODEL | , {"model": "differential-privacy", "epsilon": 1, "delta": 0.9, "generalization": "LOW", "steps": 3} | go with generalization DATA_DEPENDENT
            MODEL | , {"model": "differential-privacy", "epsilon": 1, "delta": 0.9, "generalization": "DATA_DEPENDENT", "searchBudget": 2} | searchBudget must be less than epsilon
            MORE | , "localRecoding": {"mode": "OPTIMIZE", "adaptation": 0.1} | adaptation goes with mode iterative
            MORE | , "sampling": {"records": 3, "fraction": 0.5} | and not both
            MORE | , "sampling": {"records": 1} | only 1 are under study
            MORE | , "objective": {"measure": "publisher-payout", "journalist": true} | no privacy model names a subset
            MORE | , "objective": {"measure": "classification"} | needs one attribute with "response": true, got 0
            MORE | , "objective": {"measure": "static", "losses": {"town": [0, 1, 2, 3], "age": [0]}} | a loss for each of the 3 levels of 'town'
            MORE | , "objective": {"measure": "static", "losses": {"town": [0, 1], "age": [0]}} | a loss for each of the 3 levels of 'town'
            MORE | , "objective": {"measure": "static", "losses": {"town": [0, 1, 2]}} | a loss for each of the 1 levels of 'age'
            MORE | , "objective": {"measure": "static", "losses": {"town": [0, 1, 2], "age": [0], "note": [0]}} | losses of 'note', which is no quasi-identifier
            MORE | , "objective": {"measure": "static", "losses": {"town": [0, 1, 0.5], "age": [0]}} | a coarser level cannot lose less
            MORE | , "objective": {"measure": "static", "losses": {"town": [-1, 1, 2], "age": [0]}} | must be numbers of at least 0
            MORE | , "search": {"algorithm": "optimal", "mode": "strict"} | search.mode belongs to
            MORE | , "search": {"algorithm": "mondrian", "stepLimit": 5} | cannot be combined with search.algorithm mondrian
            MORE | , "search": {"algorithm": "mondrian"}, "localRecoding": {"mode": "FAST"} | recodes locally itself
            MORE | , "search": {"algorithm": "mondrian"}, "objective": {"measure": "height"} | one level for each attribute
            MORE | , "privacyUnit": "note" | its role INSENSITIVE would release it
            MORE | , "privacyUnit": "age" | its role QUASI_IDENTIFIER would release it
            NAME | , "response": true | cannot be a response
            NAME | , "microaggregation": {"function": "MODE"} | only quasi-identifiers are microaggregated
            NOTE | , "maxLevel": 1 | only quasi-identifiers are generalized
            ILLNESS | , "minLevel": 1 | only quasi-identifiers are generalized
            ILLNESS | , "weight": 0.7 | only quasi-identifiers are generalized
            ILLNESS | , "pseudonym": {"keyFile": "a.key", "scope": "x"} | There is no key file
            TOWN | , "minLevel": 2, "maxLevel": 1 | must satisfy 0 <= minLevel <= maxLevel
            TOWN | , "maxLevel": 3 | must lie in 0 to 2
            TOWN | , "microaggregation": {"function": "MODE"} | without "clustering": true classes are formed without it
            TOWN | , "masking": {"method": "redact"} | a quasi-identifier is generalized
            TOWN | , "microaggregation": {"function": "ARITHMETIC_MEAN", "clustering": true} | needs dataType integer or decimal
            AGE | , "microaggregation": {"function": "MODE", "clustering": true} | there is nothing to aggregate
            AGE | , "microaggregation": {"function": "MODE"}, "minLevel": 1 | without "clustering": true classes are formed without it
            AGE | , "microaggregation": {"function": "MODE_WITH_DISTRIBUTION_FALLBACK"} | which needs it
            """)
    void run_whatMakesNoSenseTogether_isRefusedInBothLanguagesAndWritesNothing(
            String place, String written, String message) throws IOException {
        int exit = run(place, written, "", "");

        String said = errors.toString(StandardCharsets.UTF_8).strip();
        assertThat(exit).as(said).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(said).contains(message).doesNotContain("Kunming", "Yuxi", "Dali", "flu", "gout", "41", "42");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(Phrases.say(said, Language.CHINESE)).matches(CHINESE);
    }

    /** What concerns the limit, the models or the weights as a whole. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "suppressionLimit": 0.3 | "suppressionLimit": 0, "localRecoding": {"mode": "OPTIMIZE"} | suppressionLimit is 0: there would be none
            "k": 2 | "k": 5 | only 4 are under study
            "l": 2 | "l": 1 | is satisfied by anything, and no other protects the sensitive attribute 'illness'
            {"model": "k-anonymity", "k": 2} | {"model": "population-uniqueness", "threshold": 0.1, "population": 3, "estimator": "ZAYATZ"} | the population must be greater than the number of records
            {"model": "distinct-l-diversity", "attribute": "illness", "l": 2} | {"model": "equal-t-closeness", "attribute": "illness", "t": 1} | is satisfied by anything
            "role": "SENSITIVE" | "role": "INSENSITIVE" | must be SENSITIVE
            , {"model": "distinct-l-diversity", "attribute": "illness", "l": 2} | | No privacy model protects the sensitive attribute 'illness'
            "role": "QUASI_IDENTIFIER", | "role": "QUASI_IDENTIFIER", "weight": 0, | Every quasi-identifier has weight 0
            """)
    void run_changedAsAWhole_isRefused(String from, String to, String message) throws IOException {
        assertThat(run("", "", from, to == null ? "" : to)).isEqualTo(AnonymizeCommand.BAD_INPUT);

        String said = errors.toString(StandardCharsets.UTF_8).strip();
        assertThat(said).contains(message);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(Phrases.say(said, Language.CHINESE)).matches(CHINESE);
    }

    /** The same records by their town as by a file of them; and not by what masking hides. */
    @Test
    void run_subsetSelectedByValues_isReleased_butNotByAChangedAttribute() throws IOException {
        String subset = ", {\"model\": \"k-map\", \"k\": 2, \"subset\": %s}";
        assertThat(run("MODEL", subset.formatted("\"subset.csv\""), "", "")).isEqualTo(AnonymizeCommand.SOLVED);
        String released = Files.readString(folder.resolve("out/data.csv"));
        assertThat(run(
                        "MODEL",
                        subset.formatted("{\"attribute\": \"town\", \"values\": [\"Yuxi\", \"Kunming\"]}"),
                        "",
                        ""))
                .isEqualTo(AnonymizeCommand.SOLVED);
        assertThat(Files.readString(folder.resolve("out/data.csv")))
                .isEqualTo(released)
                .contains("*;Centre;41;flu;1", "*;Centre;41;gout;2", "*;*;*;flu;3", "*;*;*;gout;4");

        assertThat(run(
                        "MODEL",
                        subset.formatted("{\"attribute\": \"note\", \"values\": [\"1\", \"2\"]}"),
                        "\"INSENSITIVE\"NOTE",
                        "\"INSENSITIVE\", \"masking\": {\"method\": \"redact\"}"))
                .isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("by 'note', which is sensitive, a direct");
        assertThat(run(
                        "MODEL",
                        subset.formatted("{\"attribute\": \"age\", \"values\": [\"41\"]}"),
                        "\"integer\"AGE",
                        "\"integer\", \"hierarchy\": {\"builder\": \"interval\", \"width\": 5},"
                                + " \"microaggregation\": {\"function\": \"MEDIAN\", \"clustering\": true}"))
                .isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("by 'age', which is sensitive, a direct");
    }

    @Test
    void run_modelsThatAnythingSatisfies_areRefused() throws IOException {
        String spec =
                """
                {"attributes": [{"name": "town", "role": "QUASI_IDENTIFIER"}],
                 "privacyModels": [{"model": "k-anonymity", "k": 1}, {"model": "inclusion", "subset": "subset.csv"},
                   {"model": "sample-uniqueness", "threshold": 1}, {"model": "average-risk", "averageRisk": 1},
                   {"model": "delta-presence", "min": 0, "max": 1, "subset": "subset.csv"}]}
                """;
        assertThat(run(spec)).isEqualTo(AnonymizeCommand.BAD_INPUT);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("nothing would be protected");
        // One that asks for something is enough.
        assertThat(run(spec.replace("\"k\": 1", "\"k\": 2").replace("]}", "], \"suppressionLimit\": 1}")))
                .isEqualTo(AnonymizeCommand.SOLVED);
    }

    private int run(String place, String written, String from, String to) throws IOException {
        String spec = from.isEmpty() ? SPEC : SPEC.replace(from, to);
        assertThat(from.isEmpty() || !spec.equals(SPEC)).isTrue();
        for (String each : new String[] {"NAME", "TOWN", "AGE", "ILLNESS", "NOTE", "MODEL", "MORE"}) {
            spec = spec.replaceFirst("(?<=[\"\\d}])" + each + "(?=[\\]}])", each.equals(place) ? written : "");
        }
        return run(spec);
    }

    private int run(String spec) throws IOException {
        errors.reset();
        Files.writeString(folder.resolve("spec.json"), spec);
        return AnonymizeCommand.run(
                new String[] {
                    "--input", folder.resolve("input.csv").toString(),
                    "--spec", folder.resolve("spec.json").toString(),
                    "--output", folder.resolve("out").toString()
                },
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }
}

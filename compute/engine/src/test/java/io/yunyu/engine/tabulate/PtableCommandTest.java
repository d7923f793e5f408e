package io.yunyu.engine.tabulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.VectorLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtableCommandTest {
    private record Outcome(int code, String out, String errors) {}

    private static Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = PtableCommand.run(args, new PrintStream(out, true), new PrintStream(errors, true));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static List<JsonObject> rows(Outcome outcome) {
        return ((List<?>) Json.parse(outcome.out()))
                .stream().map(JsonObject::of).toList();
    }

    @AfterAll
    static void assertPage() throws IOException {
        VectorLines.assertOnPage("ptables.json");
    }

    /** Every table of the vectors through the command's own options. */
    @Test
    void run_allVectors_areReproducedWithinOneMillionth() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors", "ptables.json");
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: the vectors ptables.json are not at hand");
        JsonObject vectors = Json.parseObject(Files.readAllBytes(file));
        for (String name : vectors.asMap().keySet()) {
            JsonObject vector = vectors.object(name);
            JsonObject params = vector.object("params");
            List<String> args = new ArrayList<>();
            for (String option : List.of("D", "V", "js", "pstay", "mono", "step", "optim", "type", "icat")) {
                if (!option.equals("icat") || params.string("table").equals("nums")) {
                    args.add("--" + option);
                    args.add(
                            params.asMap().get(option) instanceof List<?> list
                                    ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                                    : String.valueOf(params.asMap().get(option)));
                }
            }
            Outcome outcome = run(args.toArray(String[]::new));
            assertThat(outcome.code()).as(name + outcome.errors()).isZero();
            Map<String, Double> actual = new HashMap<>();
            rows(outcome)
                    .forEach(row -> actual.put(
                            row.intValue("i") + ":" + row.decimal("v").doubleValue(),
                            row.decimal("p").doubleValue()));
            for (JsonObject row : vector.objects("ptable")) {
                assertThat(actual.getOrDefault(
                                row.intValue("i") + ":" + row.decimal("v").doubleValue(), 0.0))
                        .as(name + " i=" + row.intValue("i"))
                        .isCloseTo(row.decimal("p").doubleValue(), within(1e-6));
            }
            VectorLines.reproduced(
                    "ptables.json",
                    name,
                    vector.objects("ptable").size(),
                    "`yunyu ptable`: every probability within 1e-6");
        }
    }

    @Test
    void run_exampleOfTheIssue_printsRowsWithBoundsThatFollowEachOther() {
        List<JsonObject> rows = rows(run("--D", "4", "--V", "2", "--js", "1"));
        double expected = 0;
        for (JsonObject row : rows) {
            expected = row.decimal("lb").signum() == 0 ? 0 : expected;
            assertThat(row.decimal("lb").doubleValue()).isEqualTo(expected);
            expected = row.decimal("ub").doubleValue();
            assertThat(row.string("type")).isEqualTo("all");
            assertThat(row.decimal("j").doubleValue())
                    .isEqualTo(row.intValue("i") + row.decimal("v").doubleValue());
        }
        assertThat(expected).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | --D 2 --V 5",
                "3 | --D 5 --V 0.01 --js 3 --optim 4",
                "3 | --D 4 --V 2 --js 4",
                "3 | --D 4 --V -1",
                "3 | --D 4 --V 2 --pstay 1.5",
                "2 | --D four --V 2",
                "2 | --D 4",
                "2 | --D 4 --V 2 --what 1",
                "2 | --D 4 --V 2 --mono maybe",
                "2 | --D 4 --V 2 --pstay 0.5,0.5",
                "2 | --D 4 --V 2 --V 3",
                "2 | --D 4 --V 2 --type none",
                "2 | --D 4 --V 2 --optim 9"
            })
    void run_badOrInfeasibleParameters_exitWithAReasonAndPrintNothing(int code, String args) {
        Outcome outcome = run(args.trim().split(" "));
        assertThat(outcome.code()).as(outcome.errors()).isEqualTo(code);
        assertThat(outcome.errors()).isNotBlank();
        assertThat(outcome.out()).isEmpty();
    }
}

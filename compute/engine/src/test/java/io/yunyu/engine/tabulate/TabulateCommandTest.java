package io.yunyu.engine.tabulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabulateCommandTest {
    private static final String DIMENSIONS =
            "\"dimensions\":[{\"name\":\"region\"},{\"name\":\"band\",\"hierarchy\":{\"file\":\"band.csv\"}}],";
    private static final String SUPPRESS = "\"protection\":{\"method\":\"suppress\",\"timeLimitSeconds\":120}";

    @TempDir
    Path folder;

    private Commands command;
    private Path input;

    @BeforeEach
    void records() throws IOException {
        command = new Commands(folder);
        command.write("band.csv", "a1,A,*\na2,A,*\nb1,B,*\nb2,B,*\n");
        Random random = new Random(20261125);
        StringBuilder text = new StringBuilder("id,region,band,turnover,firm\n");
        int id = 0;
        for (String region : new String[] {"N", "S", "W"}) {
            for (String band : new String[] {"a1", "a2", "b1", "b2"}) {
                int records = region.equals("N") && band.equals("a1") ? 3 : 12 + random.nextInt(20);
                for (int k = 0; k < records; k++) {
                    text.append("u" + id++ + "," + region + "," + band + "," + (10 + random.nextInt(90)) + ",f\n");
                }
            }
        }
        input = command.write("input.csv", text.toString());
    }

    private String spec(String rest) {
        return "{" + DIMENSIONS + rest + "}";
    }

    @Test
    void tabulate_suppressWithHierarchy_withholdsAndAuditsEveryFlaggedCell() throws IOException {
        Commands.Outcome outcome = command.tabulate(
                input,
                spec(
                        "\"counts\":[{\"name\":\"n\"}],\"magnitudes\":[{\"name\":\"turnover\"}],\"rules\":{\"minUnits\":10,"
                                + "\"dominance\":{\"n\":2,\"k\":85},\"pPercent\":{\"p\":10}}," + SUPPRESS));
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.rows()).hasSize(4 * 7);
        assertThat(outcome.at("N/a1", "n_status")).isEqualTo("primary");
        assertThat(outcome.at("N/a1", "n")).isEmpty();
        assertThat(outcome.at("Total/Total", "n_status")).isEqualTo("published");
        assertThat(outcome.rows().values())
                .filteredOn(row -> row.get("n_status").equals("secondary"))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(row -> row.get("n").isEmpty());
        JsonObject audited = audit(outcome, "N", "a1", "n");
        assertThat(audited.list("interval", end -> ((Number) end).doubleValue()))
                .satisfies(ends -> assertThat(ends.get(0)).isCloseTo(0, within(1e-6)))
                .satisfies(ends -> assertThat(ends.get(1)).isGreaterThanOrEqualTo(10 - 1e-5));
        assertThat(audited.strings("rules")).containsExactly("min-units");
        assertThat(outcome.rows().values())
                .filteredOn(row -> row.get("turnover_status").equals("primary"))
                .hasSize(1);
    }

    private static JsonObject audit(Commands.Outcome outcome, String region, String band, String measure) {
        return outcome.audit().stream()
                .filter(a -> a.string("measure").equals(measure)
                        && a.object("key").string("region").equals(region)
                        && a.object("key").string("band").equals(band))
                .findFirst()
                .orElseThrow();
    }

    /** Two people, each alone in a cell of one row: without company each would find the other. */
    @Test
    void tabulate_suppress_countsPeopleWhoKnowTheirOwnCell() throws IOException {
        Path two = command.write("two.csv", "region,band\nN,a\nN,b\nN,b\nN,c\n");
        String text = "{\"dimensions\":[{\"name\":\"band\"}],\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":2},"
                + SUPPRESS + "}";
        Commands.Outcome outcome = command.tabulate(two, text);
        assertThat(outcome.at("a", "n_status")).isEqualTo("primary");
        assertThat(outcome.at("c", "n_status")).isEqualTo("primary");
        assertThat(outcome.rows().values()).anyMatch(row -> row.get("n_status").equals("secondary"));
    }

    /** With the total and the only other cell published, a cell is what remains. */
    @Test
    void tabulate_infeasible_exitsWithTheCellAndWritesNothing() throws IOException {
        Path one = command.write("one.csv", "band\na\n");
        command.write("empty.csv", "a\nb\n");
        // The total is the cell: withholding both hides it, so this can be done.
        String rest = "\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":5}," + SUPPRESS + "}";
        Commands.Outcome both = command.tabulate(
                one, "{\"dimensions\":[{\"name\":\"band\",\"hierarchy\":{\"file\":\"empty.csv\"}}]," + rest);
        assertThat(both.errors()).isEmpty();
        assertThat(both.at("Total", "n_status")).isEqualTo("primary");
        Path two = command.write("two.csv", "band\na\nb\nb\nb\nb\nb\n");
        Commands.Outcome outcome = command.tabulate(
                two,
                "{\"dimensions\":[{\"name\":\"band\"}],\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":3},"
                        + "\"protection\":{\"method\":\"suppress\",\"publish\":[{\"band\":\"Total\"},{\"band\":\"b\"}]}}");
        assertThat(outcome.code()).isEqualTo(TabulateCommand.INFEASIBLE);
        assertThat(outcome.errors()).contains("The cell a cannot be protected");
        assertThat(folder.resolve("out/table.csv")).doesNotExist();
    }

    /** A total that is called otherwise, and a category that is none; an empty category is one. */
    @Test
    void tabulate_demandThatMatchesNoCell_isRefused() throws IOException {
        Path records = command.write("two.csv", "band\na\nb\nb\nb\n");
        command.write("three.csv", "a\nb\nc\n");
        for (String label : List.of("All", "B", "d", "")) {
            Commands.Outcome outcome =
                    command.tabulate(records, demanding("{\"band\":\"b\"},{\"band\":\"" + label + "\"}"));
            assertThat(outcome.code()).as(label).isNotZero();
            assertThat(outcome.errors()).contains("Entry 2 of protection.publish matches no cell");
            assertThat(folder.resolve("out/table.csv")).doesNotExist();
        }
        assertThat(command.tabulate(records, demanding("{\"band\":\"b\"},{\"band\":\"c\"},{\"band\":\"Total\"}"))
                        .errors())
                .isEmpty();
    }

    private static String demanding(String publish) {
        return "{\"dimensions\":[{\"name\":\"band\",\"hierarchy\":{\"file\":\"three.csv\"}}],\"counts\":[{\"name\":\"n\"}],"
                + "\"rules\":{\"minUnits\":1},\"protection\":{\"method\":\"suppress\",\"publish\":[" + publish + "]}}";
    }

    @ParameterizedTest
    @CsvSource({"nearest, 5", "midpoint, 6"})
    void tabulate_round_publishesMultiplesOrMiddles(String mode, int base) throws IOException {
        Commands.Outcome outcome = command.tabulate(
                input,
                spec("\"counts\":[{\"name\":\"n\"}],\"protection\":{\"method\":\"round\",\"base\":" + base
                        + ",\"mode\":\"" + mode + "\"}"));
        assertThat(outcome.rows().values()).allSatisfy(row -> {
            long value = Long.parseLong(row.get("n"));
            assertThat(Math.floorMod(value, base)).isEqualTo(mode.equals("nearest") ? 0 : 3);
        });
        assertThat(outcome.at("N/a1", "n")).isEqualTo(mode.equals("nearest") ? "5" : "3");
    }

    @ParameterizedTest
    @CsvSource({"0, false, 0", "2, false, 0", "3, false, 5", "-3, false, -5", "1, true, 3", "6, true, 3", "7, true, 9"})
    void rounded_values_followTheMode(double value, boolean midpoint, double expected) {
        assertThat(Tabulation.rounded(value, new Protection.Rounding(midpoint ? 6 : 5, midpoint)))
                .isEqualTo(expected);
    }

    @Test
    void tabulate_cellKeysFromSecret_areTheSameForTheSameUnits() throws IOException {
        String text = spec("\"unit\":\"id\",\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":5},"
                + "\"protection\":{\"method\":\"cell-key\",\"counts\":{\"D\":4,\"V\":2,\"js\":1}}");
        Path secret = folder.resolve("secret");
        assertThat(command.tabulate(input, text).code()).isEqualTo(TabulateCommand.BAD_INPUT);
        Commands.Outcome first = command.tabulate(input, text, "--secret", secret.toString());
        assertThat(first.errors()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(first.at("N/a1", "n_status")).isEqualTo("primary");
        // Other order of records, one more column: the same people.
        StringBuilder reversed = new StringBuilder("region,x,band,id\n");
        Stream<String> lines = Files.readAllLines(input).stream().skip(1);
        lines.sorted(java.util.Comparator.reverseOrder()).forEach(line -> {
            String[] f = line.split(",");
            reversed.append(f[1] + ",9," + f[2] + "," + f[0] + "\n");
        });
        Commands.Outcome second =
                command.tabulate(command.write("other.csv", reversed.toString()), text, "--secret", secret.toString());
        assertThat(second.rows()).isEqualTo(first.rows());
        Commands.Outcome other = command.tabulate(
                input, text, "--secret", folder.resolve("another").toString());
        assertThat(other.rows()).isNotEqualTo(first.rows());
    }

    @Test
    void tabulate_severalRecordsOfAUnit_countOnce() throws IOException {
        Path visits = command.write("visits.csv", "id,region,x\np,N,1\nq,N,5\np,N,2\n");
        Commands.Outcome outcome = command.tabulate(
                visits,
                "{\"unit\":\"id\",\"dimensions\":[{\"name\":\"region\"}],\"counts\":[{\"name\":\"n\"}],\"magnitudes\":[{\"name\":\"x\"}]}");
        assertThat(outcome.at("N", "n")).isEqualTo("2");
        assertThat(outcome.at("N", "x")).isEqualTo("8");
    }

    @Test
    void tabulate_holdingAndWaiver_changeWhatDominates() throws IOException {
        StringBuilder text = new StringBuilder("id,firm,waives,region,x\n");
        for (int k = 0; k < 12; k++) {
            text.append("u" + k + "," + (k < 10 ? "big" : "f" + k) + ",0,N," + (k < 10 ? 100 : 5) + "\n");
        }
        Path firms = command.write("firms.csv", text.toString());
        String rest = "\"unit\":\"id\",\"dimensions\":[{\"name\":\"region\"}],\"magnitudes\":[{\"name\":\"x\"}],"
                + "\"rules\":{\"pPercent\":{\"p\":10}}}";
        assertThat(command.tabulate(firms, "{" + rest).at("N", "x_status")).isEqualTo("published");
        assertThat(command.tabulate(firms, "{\"holding\":\"firm\"," + rest).at("N", "x_status"))
                .isEqualTo("primary");
        Path waived = command.write("waived.csv", text.toString().replace(",big,0,", ",big,1,"));
        // Of the two that are left to protect, each is hidden by the other.
        assertThat(command.tabulate(waived, "{\"holding\":\"firm\",\"waiver\":\"waives\"," + rest)
                        .at("N", "x_status"))
                .isEqualTo("published");
    }

    @Test
    void tabulate_complement_flagsWhatLeavesTooFew() throws IOException {
        String rest = "\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":10,\"complement\":true}";
        Commands.Outcome outcome = command.tabulate(input, spec(rest));
        // A of N without a2 has the three of a1.
        assertThat(audit(outcome, "N", "a2", "n").strings("rules")).containsExactly("complement");
        assertThat(audit(outcome, "S", "a2", "n").strings("rules")).isEmpty();
    }

    @Test
    void tabulate_linkedTables_showOnlyTheirCells() throws IOException {
        Commands.Outcome outcome = command.tabulate(
                input,
                "{\"dimensions\":[{\"name\":\"region\"},{\"name\":\"band\"},{\"name\":\"firm\"}],\"tables\":[[\"region\",\"firm\"],"
                        + "[\"band\",\"firm\"]],\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":10}," + SUPPRESS
                        + "}");
        assertThat(outcome.rows()).containsKeys("N/Total/f", "Total/a1/Total").doesNotContainKey("N/a1/f");
    }

    @Test
    void tabulate_differentialPrivacy_isAdditiveAndNearTheTruth() throws IOException {
        command.write("regions.csv", "N\nS\nW\nE\n");
        String dimensions = "{\"dimensions\":[{\"name\":\"region\",\"hierarchy\":{\"file\":\"regions.csv\"}},"
                + "{\"name\":\"band\",\"hierarchy\":{\"file\":\"band.csv\"}}],\"counts\":[{\"name\":\"n\"}],"
                + "\"magnitudes\":[{\"name\":\"turnover\"}],";
        for (String budget : new String[] {"\"rho\":2", "\"epsilon\":2", "\"epsilon\":2,\"delta\":0.000001"}) {
            Commands.Outcome outcome = command.tabulate(
                    input,
                    dimensions + "\"protection\":{\"method\":\"differential-privacy\"," + budget
                            + ",\"bounds\":{\"turnover\":[0,100]}}}");
            assertThat(outcome.errors()).isEmpty();
            long total = 0;
            for (String region : new String[] {"N", "S", "W", "E"}) {
                total += Long.parseLong(outcome.at(region + "/Total", "n"));
            }
            assertThat(Long.parseLong(outcome.at("Total/Total", "n"))).isEqualTo(total);
            assertThat(Math.abs(audit(outcome, "Total", "Total", "n")
                            .decimal("noise")
                            .doubleValue()))
                    .isLessThan(200);
            assertThat(outcome.audit()).anyMatch(a -> a.decimal("noise").signum() != 0);
        }
        Commands.Outcome undeclared = command.tabulate(
                input,
                "{\"dimensions\":[{\"name\":\"region\"}],\"counts\":[{\"name\":\"n\"}],\"protection\":{\"method\":\"differential-privacy\",\"rho\":1}}");
        assertThat(undeclared.code()).isEqualTo(TabulateCommand.BAD_INPUT);
        assertThat(undeclared.errors()).contains("hierarchy file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a finite number | region,x;N,NaN",
                "not a finite number | region,x;N,Infinity",
                "not a finite number | region,x;N,1e999",
                "not a finite number | region,x;N,abc",
                "leaves the range | region,x;N,1e308;N,1e308",
                "no column 'x' | region,y;N,1",
                "2 fields | region,x;N,1,2",
                "is empty | ''"
            })
    void tabulate_badRecords_areRefusedByColumnAndRecord(String message, String records) throws IOException {
        Path bad = command.write("bad.csv", records.trim().replace(';', '\n'));
        Commands.Outcome outcome =
                command.tabulate(bad, "{\"dimensions\":[{\"name\":\"region\"}],\"magnitudes\":[{\"name\":\"x\"}]}");
        assertThat(outcome.code()).isEqualTo(TabulateCommand.BAD_INPUT);
        if (!message.contains("fields")) {
            assertThat(outcome.errors()).contains(message.trim());
        }
        assertThat(outcome.errors()).doesNotContain("abc").doesNotContain("999");
        assertThat(folder.resolve("out/table.csv")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "''"})
    void tabulate_weightThatIsNone_isRefused(String weight) throws IOException {
        Path bad = command.write("bad.csv", "region,w\nN,1\nN," + weight + "\n");
        Commands.Outcome outcome = command.tabulate(
                bad, "{\"weight\":\"w\",\"dimensions\":[{\"name\":\"region\"}],\"counts\":[{\"name\":\"n\"}]}");
        assertThat(outcome.code()).isEqualTo(TabulateCommand.BAD_INPUT);
        assertThat(outcome.errors()).contains("'w', record 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "used twice | {'dimensions':[{'name':'region'},{'name':'region'}],'counts':[{'name':'n'}]}",
                "Unknown member 'minunits' | {'dimensions':[{'name':'region'}],'counts':[{'name':'n'}],'rules':{'minunits':3}}",
                "Unknown member 'what' | {'what':1,'dimensions':[{'name':'region'}],'counts':[{'name':'n'}]}",
                "at least one dimension | {'dimensions':[],'counts':[{'name':'n'}]}",
                "method must be | {'dimensions':[{'name':'region'}],'counts':[{'name':'n'}],'protection':{'method':'magic'}}",
                "belongs to | {'dimensions':[{'name':'band','hierarchy':{'file':'crossed.csv'}}],'counts':[{'name':'n'}]}",
                "earlier line | {'dimensions':[{'name':'band','hierarchy':{'file':'twice.csv'}}],'counts':[{'name':'n'}]}",
                "not in its hierarchy | {'dimensions':[{'name':'band','hierarchy':{'file':'short.csv'}}],'counts':[{'name':'n'}]}",
                "same label | {'dimensions':[{'name':'region','total':'N'}],'counts':[{'name':'n'}]}",
                "0 or 1 | {'dimensions':[{'name':'region'}],'counts':[{'name':'n','of':'turnover'}]}",
                "Not valid JSON | {'dimensions':["
            })
    void tabulate_badSpecification_saysWhat(String message, String text) throws IOException {
        command.write("crossed.csv", "a1,A,X\na2,A,Y\nb1,B,X\nb2,B,Y\n");
        command.write("twice.csv", "a1,A\na1,B\n");
        command.write("short.csv", "a1,A\n");
        Commands.Outcome outcome = command.tabulate(input, text.trim().replace('\'', '"'));
        assertThat(outcome.code()).isEqualTo(TabulateCommand.BAD_INPUT);
        assertThat(outcome.errors()).contains(message.trim());
    }

    @Test
    void tabulate_failure_leavesNoFileOfAnEarlierRun() throws IOException {
        assertThat(command.tabulate(input, spec("\"counts\":[{\"name\":\"n\"}]"))
                        .code())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out/audit.json"))))
                .isEqualTo("rw-------");
        assertThat(command.tabulate(input, spec("\"counts\":[{\"name\":\"n\",\"of\":\"turnover\"}]"))
                        .code())
                .isEqualTo(TabulateCommand.BAD_INPUT);
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void tabulate_hugeLine_isRefused() throws IOException {
        Path huge = command.write("huge.csv", "region\n" + "x".repeat((1 << 20) + 10) + "\n");
        Commands.Outcome outcome =
                command.tabulate(huge, "{\"dimensions\":[{\"name\":\"region\"}],\"counts\":[{\"name\":\"n\"}]}");
        assertThat(outcome.code()).isEqualTo(TabulateCommand.BAD_INPUT);
        assertThat(outcome.errors()).contains("line 2", "longer than").hasSizeLessThan(300);
    }

    @Test
    void report_hasBothLanguagesAndEscapesLabels() throws IOException {
        Path odd = command.write("odd.csv", "region\n<script>\nN\n");
        assertThat(command.tabulate(
                                odd,
                                "{\"dimensions\":[{\"name\":\"region\"}],\"counts\":[{\"name\":\"<b>\"}],\"rules\":{\"minUnits\":2},"
                                        + SUPPRESS + "}")
                        .errors())
                .isEmpty();
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("次级抑制", "secondary suppression", "&lt;script&gt;", "不得外传")
                .doesNotContain("<script>", "<b>");
    }

    @Test
    void schema_topMembersAndRules_areThoseOfTheReader() throws IOException {
        try (InputStream in = TabulateCommand.class.getResourceAsStream("tabulation-spec.schema.json")) {
            JsonObject schema = Json.parseObject(Objects.requireNonNull(in).readAllBytes());
            assertThat(schema.object("properties").asMap().keySet()).isEqualTo(TabulationSpecReader.MEMBERS);
            assertThat(schema.object("properties")
                            .object("rules")
                            .object("properties")
                            .asMap()
                            .keySet())
                    .isEqualTo(TabulationSpecReader.RULES);
            assertThat(schema.object("$defs")
                            .object("tableParameters")
                            .object("properties")
                            .asMap()
                            .keySet())
                    .isEqualTo(PerturbationTables.PARAMETERS);
        }
    }
}

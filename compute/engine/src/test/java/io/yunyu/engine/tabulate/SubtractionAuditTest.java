package io.yunyu.engine.tabulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.rank.LinearEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by sums and differences on the tables of methods that withhold flagged cells only. */
class SubtractionAuditTest {
    private static final String TABLE =
            "{\"dimensions\":[{\"name\":\"r\"},{\"name\":\"c\"}],\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":5},";

    @TempDir
    Path folder;

    private Commands command;

    @BeforeEach
    void start() {
        command = new Commands(folder);
    }

    /** @param cells such as {@code a/x*3}: row, column, persons */
    private Path persons(String... cells) throws IOException {
        StringBuilder text = new StringBuilder("r,c\n");
        for (String cell : cells) {
            String[] parts = cell.split("[/*]");
            text.append((parts[0] + "," + parts[1] + "\n").repeat(Integer.parseInt(parts[2])));
        }
        return command.write("in.csv", text.toString());
    }

    private static Set<String> givenBack(Commands.Outcome outcome) {
        return outcome.audit().stream()
                .filter(a -> a.has("subtraction"))
                .map(a -> a.object("key").string("r") + "/" + a.object("key").string("c"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"none\"",
                "{\"method\":\"round\",\"base\":5",
                "{\"method\":\"round\",\"mode\":\"midpoint\""
            })
    void tabulate_oneWithheldCellOfALine_isFound(String method) throws IOException {
        Path in = persons("a/x*3", "a/y*20", "b/x*30", "b/y*40");
        Commands.Outcome outcome = command.tabulate(in, TABLE + "\"protection\":" + method + "}}");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.at("a/x", "n_status")).isEqualTo("primary");
        assertThat(givenBack(outcome)).containsExactly("a/x");
        assertThat(outcome.errors()).contains("1 withheld cells of 'n'");

        Commands.Outcome refused =
                command.tabulate(in, TABLE + "\"protection\":" + method + ",\"subtraction\":\"refuse\"}}");
        assertThat(refused.code()).isEqualTo(TabulateCommand.INFEASIBLE);
        assertThat(refused.errors()).contains("a / x").contains("suppress");
        assertThat(folder.resolve("out/table.csv")).doesNotExist();
    }

    /**
     * Every line has two withheld cells, and still the lines together give one back: counting lines is not enough.
     * a/x + a/y, b/x + b/y and so on chain around; a/z closes the chain.
     */
    @Test
    void tabulate_linesTogetherGiveACellBack_isFoundByRankOnly() throws IOException {
        Path in = persons(
                "a/x*3", "a/y*4", "a/z*30", "b/x*2", "b/y*4", "b/z*40", "c/x*50", "c/y*60", "c/z*70", "d/x*80",
                "d/y*90", "d/z*4");
        Commands.Outcome outcome = command.tabulate(in, TABLE + "\"protection\":{\"method\":\"none\"}}");

        // The block of four cells hides itself; the one that is alone in its row and column does not.
        assertThat(givenBack(outcome)).containsExactly("d/z");
        Commands.Outcome safe = command.tabulate(
                persons("a/x*3", "a/y*4", "b/x*2", "b/y*4", "c/x*50", "c/y*60"),
                TABLE + "\"protection\":{\"method\":\"none\",\"subtraction\":\"refuse\"}}");
        assertThat(safe.code()).isZero();
        assertThat(safe.errors()).isEmpty();
    }

    /** The hierarchy's middle level gives back what rows and columns alone would not. */
    @Test
    void tabulate_threeMarginsOfAHierarchy_areTakenTogether() throws IOException {
        command.write("tree.csv", "x,XY\ny,XY\nz,ZW\nw,ZW\n");
        String spec = "{\"dimensions\":[{\"name\":\"r\"},{\"name\":\"c\",\"hierarchy\":{\"file\":\"tree.csv\"}}],"
                + "\"counts\":[{\"name\":\"n\"}],\"rules\":{\"minUnits\":5},\"protection\":{\"method\":\"none\"}}";
        // Rows hide x and z of a and of b; columns hide a and b of x and of z; the middle level tells x from z.
        Path in = persons("a/x*3", "a/y*20", "a/z*2", "a/w*30", "b/x*4", "b/y*20", "b/z*3", "b/w*30");
        Commands.Outcome outcome = command.tabulate(in, spec);
        assertThat(givenBack(outcome)).containsExactlyInAnyOrder("a/x", "a/z", "b/x", "b/z");

        Commands.Outcome flat = command.tabulate(in, TABLE + "\"protection\":{\"method\":\"none\"}}");
        assertThat(givenBack(flat)).isEmpty();
    }

    @Test
    void tabulate_cellKey_saysHowGoodTheBestEstimateIs() throws IOException {
        Path keys = folder.resolve("secret");
        Path in = persons("a/x*3", "a/y*20", "b/x*30", "b/y*40");
        Commands.Outcome outcome = command.tabulate(
                in,
                TABLE + "\"protection\":{\"method\":\"cell-key\",\"counts\":{\"D\":4,\"V\":2,\"js\":1}}}",
                "--secret",
                keys.toString());
        assertThat(outcome.code()).as(outcome.errors()).isZero();
        JsonObject cell = outcome.audit().stream()
                .filter(a -> a.has("subtraction"))
                .findFirst()
                .orElseThrow();
        // Of nine published sums the best estimate of a cell has variance 4/9; without the cell itself 4/9 / (1 - 4/9).
        assertThat(cell.decimal("subtraction").doubleValue()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void variance_ofKnownCases_isExact() {
        int[][] sums = {{0, 1}, {1}, {0, 2}, {2}};
        LinearEstimate estimate = new LinearEstimate(sums, 4);
        // Two independent estimates of variance 2 each.
        assertThat(estimate.variance(0)).isCloseTo(1, within(1e-6));
        assertThat(estimate.variance(3)).isInfinite();
        assertThat(estimate.variance(0, 3)).isInfinite();
        assertThat(new LinearEstimate(new int[][] {{0, 1}, {1}}, 2).variance(0)).isCloseTo(2, within(1e-6));
        assertThat(new LinearEstimate(new int[][] {{0}, {0}, {0}, {0}}, 1).variance(0))
                .isCloseTo(0.25, within(1e-6));
        assertThat(List.of(sums)).hasSize(4);
    }
}

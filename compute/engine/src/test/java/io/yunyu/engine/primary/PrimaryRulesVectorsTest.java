package io.yunyu.engine.primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.VectorLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every cell and rule that another implementation decided. */
class PrimaryRulesVectorsTest {
    private static JsonObject vectors() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors", "primary_rules.json");
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: the vectors primary_rules.json are not at hand");
        return Json.parseObject(Files.readAllBytes(file));
    }

    @AfterAll
    static void assertPage() throws IOException {
        VectorLines.assertOnPage("primary_rules.json");
    }

    @Test
    void isUnsafe_allCells_areReproduced() throws IOException {
        for (JsonObject cell : vectors().objects("cells")) {
            Contributions x = Contributions.of(cell.list("contributions", v -> ((Number) v).doubleValue()).stream()
                    .mapToDouble(v -> v)
                    .toArray());
            String name = cell.string("cell");
            assertThat(x.total()).as(name).isEqualTo(cell.longValue("total"));
            assertUnits(cell, name);
            expect(cell, name, "dom_1_80", new DominanceRule(1, 80).isUnsafe(x));
            expect(cell, name, "dom_2_85", new DominanceRule(2, 85).isUnsafe(x));
            expect(cell, name, "dom_3_90", new DominanceRule(3, 90).isUnsafe(x));
            expect(cell, name, "p10", PriorPosteriorRule.pPercent(10).isUnsafe(x));
            expect(cell, name, "p15", PriorPosteriorRule.pPercent(15).isUnsafe(x));
            expect(cell, name, "pq_10_50", new PriorPosteriorRule(10, 50, 1).isUnsafe(x));
            expect(cell, name, "pq_25_50_sdcTable_default", new PriorPosteriorRule(25, 50, 1).isUnsafe(x));
            expect(cell, name, "p10_coalition2", new PriorPosteriorRule(10, 100, 2).isUnsafe(x));
            level(cell, name, "upl_p10", PriorPosteriorRule.pPercent(10).protectionLevel(x));
            level(cell, name, "upl_p15", PriorPosteriorRule.pPercent(15).protectionLevel(x));
            level(cell, name, "upl_nk_2_85", new DominanceRule(2, 85).protectionLevel(x));
        }
        VectorLines.reproduced(
                "primary_rules.json",
                "cells",
                vectors().objects("cells").size(),
                "10 verdicts each; 3 protection levels within 1e-9. ACRO's own columns are not ours");
    }

    private static void assertUnits(JsonObject cell, String name) {
        for (int least : new int[] {3, 10}) {
            PrimaryRules rules = new PrimaryRules(least, Optional.empty(), Optional.empty(), false);
            expect(cell, name, "freq_lt_" + least, rules.isTooFew(cell.longValue("n")));
        }
    }

    private static void expect(JsonObject cell, String name, String rule, boolean actual) {
        assertThat(actual).as(name + " " + rule).isEqualTo(cell.bool(rule));
    }

    private static void level(JsonObject cell, String name, String rule, double actual) {
        assertThat(actual)
                .as(name + " " + rule)
                .isCloseTo(cell.decimal(rule).doubleValue(), within(1e-9 * Math.max(1, actual)));
    }

    @Test
    void largest_weightedTopN_isReproduced() throws IOException {
        JsonObject weighted = vectors().object("weighted_topn");
        Contributions x = Contributions.of(
                weighted.list("values", v -> ((Number) v).doubleValue()).stream()
                        .mapToDouble(v -> v)
                        .toArray(),
                weighted.list("weights", v -> ((Number) v).doubleValue()).stream()
                        .mapToDouble(v -> v)
                        .toArray(),
                new boolean[3]);
        assertThat(x.largest(2)).isEqualTo(weighted.longValue("top2"));
        assertThat(x.largest(4)).isEqualTo(weighted.longValue("top4"));
        VectorLines.reproduced("primary_rules.json", "weighted top n", 2, "exact");
    }
}

package io.yunyu.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Phrases;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewLinesTest {
    private static final JsonObject VIEW =
            Json.parseObject("{\"columns\":[{\"name\":\"n\",\"marks\":{\"min-units\":1,\"noise\":4},\"atLeast\":true,"
                    + "\"medianPercent\":0.2,\"largestPercent\":3},{\"name\":\"p\",\"marks\":{\"repeated\":5},"
                    + "\"atLeast\":false,\"medianPercent\":1,\"largestPercent\":2.5},{\"name\":\"s\",\"marks\":{}}],"
                    + "\"overlaps\":[{\"cells\":3,\"releaseId\":\"rel-1\",\"jobId\":\"job-1\"},{\"cells\":2,\"jobId\":\"job-2\"},"
                    + "{\"cells\":1}],\"guarded\":{\"days\":30,\"repeated\":12,\"withheld\":4}}");

    @Test
    void of_aViewWithFacts_saysThemInBothLanguages() {
        List<String> lines = ReviewLines.of(VIEW);
        assertThat(lines)
                .containsExactly(
                        "Values of n: min-units 1, noise 4.",
                        "Noise of n: at least 0.2 % at the median, and at least 3 % at the smallest value.",
                        "Values of p: repeated 5.",
                        "Noise of p: 1 % at the median, 2.5 % at the smallest value.",
                        "Cells answered as rel-1 was: 3.",
                        "Cells answered as job-2 was: 2.",
                        "Cells answered as - was: 1.",
                        "Answers to the developer in 30 days: 12 given as before, 4 withheld by the guard.");
        assertThat(lines).allMatch(line -> Phrases.chinese(line).isPresent());
    }

    @Test
    void of_aViewWithBudgets_saysWhoseTheyAre() {
        String amounts =
                "\"limit\":{\"rhoMicros\":900,\"deltaPicos\":8},\"spent\":{\"rhoMicros\":300,\"deltaPicos\":2},"
                        + "\"reserved\":{\"rhoMicros\":10,\"deltaPicos\":0}";
        List<String> lines = ReviewLines.of(
                Json.parseObject("{\"columns\":[],\"budgets\":[{\"family\":\"visits\",\"recipient\":\"lab\"," + amounts
                        + "},{\"family\":\"visits\",\"recipient\":null," + amounts + "}]}"));
        assertThat(lines)
                .containsExactly(
                        "Privacy budget of lab on dataset family 'visits': 300 of 900 micro-rho spent, 10 reserved;"
                                + " 2 of 8 pico-delta spent.",
                        "Privacy budget of all recipients together on dataset family 'visits': 300 of 900 micro-rho"
                                + " spent, 10 reserved; 2 of 8 pico-delta spent.");
        assertThat(lines.stream().map(Phrases::chinese))
                .containsExactly(
                        java.util.Optional.of("lab 在数据族“visits”上的隐私预算：已花费 300 / 900 微 rho，已预留 10；已花费 2 / 8 皮 delta。"),
                        java.util.Optional.of("全体接收方在数据族“visits”上的隐私预算：已花费 300 / 900 微 rho，已预留 10；已花费 2 / 8 皮 delta。"));
    }

    @Test
    void of_aViewWithoutFacts_saysNothing() {
        assertThat(ReviewLines.of(Json.parseObject("{\"columns\":[{\"name\":\"n\",\"shown\":1}]}")))
                .isEmpty();
    }
}

package io.yunyu.anonymizer.microaggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.microaggregation.Microaggregation.Distribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);

    /** 30000 classes, standard deviation of each share at most 0.003. */
    @Test
    void draw_manyClasses_followsTheWeightsOfTheValuesAtHand() {
        System.out.println("DistributionTest: seed " + SEED);
        Distribution distribution = new Distribution(Map.of("a", 1.0, "b", 3.0, "c", 6.0, "d", 0.0), SEED);
        Map<String, Integer> drawn = new HashMap<>();
        for (int place = 0; place < 30_000; place++) {
            drawn.merge(distribution.draw(List.of("b", "a", "d"), place), 1, Integer::sum);
        }
        assertThat(drawn).containsOnlyKeys("a", "b");
        assertThat(drawn.getOrDefault("b", 0) / 30_000.0).isBetween(0.735, 0.765);
        assertThat(distribution.draw(List.of("b", "a"), 17)).isEqualTo(distribution.draw(List.of("b", "a"), 17));
    }

    @Test
    void draw_noneIsNamed_takesTheFirst() {
        assertThat(new Distribution(Map.of("a", 1.0), SEED).draw(List.of("x", "y"), 3))
                .isEqualTo("x");
    }

    @Test
    void new_functionAndDistributionThatDoNotGoTogether_areRefused() {
        assertThatThrownBy(() -> new Microaggregation(AggregateFunction.MODE_WITH_DISTRIBUTION_FALLBACK, true, false))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Microaggregation(
                        AggregateFunction.MODE, true, false, Optional.of(new Distribution(Map.of("a", 1.0), 0))))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Distribution(Map.of("a", -1.0), 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 0");
    }
}

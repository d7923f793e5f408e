package io.yunyu.anonymizer.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.EstimatedKMap.Estimator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class sizes that models derive from other parameters, as measured with ARX on 30 162 records. */
class DerivedClassSizeTest {
    private static final StudiedData ADULT =
            new StudiedData(30_162, 30_162, false, new QuasiIdentifiers(List.of()), List.of());

    @ParameterizedTest
    @CsvSource({"2, 1e-5, 114", "1, 1e-6, 75", "1.9, 1e-5, 103"})
    void minimumClassSize_differentialPrivacy_isSafePubsK(double epsilon, double delta, long k) {
        var model = new DifferentialPrivacy(epsilon, delta, DifferentialPrivacy.Degree.MEDIUM, OptionalLong.empty());

        assertThat(model.minimumClassSize(ADULT)).isEqualTo(k);
    }

    /**
     * Computed with 60 digits by another program: in doubles nothing of a sample would seem to be left out. The last is one
     * more than exact, on the safe side.
     */
    @ParameterizedTest
    @CsvSource({"0.5, 1e-5, 52", "5, 1e-5, 1704", "10, 1e-6, 304301", "15, 1e-5, 37635949", "20, 1e-5, 5585670730"})
    void minimumClassSize_largeEpsilon_isExact(double epsilon, double delta, long k) {
        var model = new DifferentialPrivacy(epsilon, delta, DifferentialPrivacy.Degree.MEDIUM, OptionalLong.empty());

        assertThat(model.minimumClassSize(ADULT)).isEqualTo(k);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.05, 300000, POISSON, 18",
        "100, 0.05, 300000, ZERO_TRUNCATED_POISSON, 17",
        "1000, 0.01, 317238626, POISSON, 3"
    })
    void minimumClassSize_estimatedKMap_isArxs(
            int k, double significance, long population, Estimator estimator, long d) {
        assertThat(new EstimatedKMap(k, significance, population, estimator).minimumClassSize(ADULT))
                .isEqualTo(d);
    }

    @Test
    void smallestUnattackedClass_gainOverCost_isRoundedUpAndPastATie() {
        assertThat(new CostBenefit(1200, 300, 300, 4).smallestUnattackedClass()).isEqualTo(76);
        assertThat(new CostBenefit(1200, 300, 301, 4).smallestUnattackedClass()).isEqualTo(76);
        assertThat(new CostBenefit(1200, 300, 0, 4).smallestUnattackedClass()).isEqualTo(1);
        assertThat(new CostBenefit(1200, 300, 300, 0).smallestUnattackedClass()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 5", "0.1, 10", "0.05, 20", "0.3, 4", "1, 1", "0.09, 12"})
    void smallestSafeSize_risk_countsTheClassAtTheThresholdAsSafe(double risk, long size) {
        assertThat(AverageRisk.smallestSafeSize(risk)).isEqualTo(size);
    }
}

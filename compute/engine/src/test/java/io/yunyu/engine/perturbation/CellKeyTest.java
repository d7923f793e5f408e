package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellKeyTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "99999999, 99999999", "100000000, 0", "-1, 9551615", "-9223372036854775808, 54775808"})
    void recordKey_unitKeyAsUnsigned_isRemainder(long unitKey, long expected) {
        assertThat(CellKey.recordKey(unitKey)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, 1, 23456781",
        "12345678, 8, 12345678",
        "2156813, 1, 21568130",
        "21568130, 1, 15681302",
        "5, 3, 5000"
    })
    void rotated_eightDecimals_movesLeft(long key, int times, long expected) {
        assertThat(CellKey.rotated(key, times)).isEqualTo(expected);
    }

    @Test
    void plus_overflowingSum_wrapsAround() {
        assertThat(CellKey.plus(99_999_999, 2)).isEqualTo(1);
        assertThat(CellKey.ofTotal(3 * 99_999_999L)).isEqualTo(99_999_997);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void plus_keyOutsideRange_isRefusedWithoutNamingIt(long key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CellKey.plus(0, key))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Long.toString(key)));
        assertThatIllegalArgumentException().isThrownBy(() -> CellKey.rotated(key, 1));
    }

    @Test
    void ofTotal_overflowed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CellKey.ofTotal(Long.MAX_VALUE + 1))
                .withMessageContaining("overflowed");
    }
}

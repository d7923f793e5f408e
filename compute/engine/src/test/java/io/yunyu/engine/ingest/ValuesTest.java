package io.yunyu.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "1e",
                "e5",
                "1f",
                "NaN",
                "Infinity",
                "0x1p3",
                " 1",
                "1 ",
                "1,5",
                "１",
                "1e99999"
            })
    void doubleOf_noPlainNumber_isNull(String text) {
        assertThat(Values.doubleOf(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-1.5,-1.5", ".5,0.5", "5.,5", "1e3,1000", "1E-2,0.01", "+7,7"})
    void doubleOf_number_isRead(String text, double expected) {
        assertThat(Values.doubleOf(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1.00",
        "1.25,1.25",
        "1.250,1.25",
        "1.255,",
        "-99999.99,-99999.99",
        "100000,",
        "1e2,100.00",
        "0,0.00",
        "0.000,0.00",
        "1e9999,",
        "1e-9999,"
    })
    void decimalOf_valueThatDoesNotFit_isNullInsteadOfRounded(String text, @Nullable String expected) {
        var value = Values.decimalOf(text, 7, 2);
        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01,20454", "2026-02-29,", "2024-02-29,19782", "2026-1-1,", "26-01-01,", "2026/01/01,"})
    void dateOf_isoDates_onlyRealDays(String text, @Nullable Integer expected) {
        assertThat(Values.dateOf(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01 08:00:00,2026-01-01T00:00:00Z",
        "2026-01-01T08:00,2026-01-01T00:00:00Z",
        "2026-01-01 00:00:00.5+00,2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00-02:00,2026-01-01T02:00:00Z",
        "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z"
    })
    void timestampOf_withoutZone_isChinas(String text, String instant) {
        Instant expected = Instant.parse(instant);
        assertThat(Values.timestampOf(text))
                .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1000);
    }

    @Test
    void longOf_beyond64Bits_isNull() {
        assertThat(Values.longOf("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(Values.longOf("9223372036854775808")).isNull();
        assertThat(Values.longOf("1.0")).isNull();
    }
}

package io.yunyu.contract.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitizenIdTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final IdentifierRules DEMO = IdentifierRules.withSyntheticRegions(TODAY);
    private static final IdentifierRules PRODUCTION = IdentifierRules.production(TODAY);

    @ParameterizedTest
    @CsvSource({
        "16010519491231002, AREA",
        "60010519491231002, AREA",
        "81010019940823002, AREA",
        "96612419810803002, AREA",
        "11010518491231002, BIRTHDATE",
        "11010518500101002, ",
        "11010520261123002, ",
        "11010520261124002, BIRTHDATE",
        "11010519000229002, BIRTHDATE",
        "11010520000229002, ",
        "11010520000431002, BIRTHDATE",
        "11010520000400002, BIRTHDATE",
        "71000019900101002, ",
        "65010119900101002, "
    })
    void reasonOf_rightCheckDigit_answersByAreaAndDate(String first17, InvalidReason expected) {
        assertThat(CitizenId.reasonOf(first17 + CitizenId.checkDigit(first17), DEMO))
                .isEqualTo(expected);
    }

    @Test
    void reasonOf_countyPart99_passesOnlyWhereSyntheticRegionsAreAllowed() {
        assertThat(CitizenId.reasonOf("530199199003071237", DEMO)).isNull();
        assertThat(CitizenId.reasonOf("530199199003071237", PRODUCTION)).isEqualTo(InvalidReason.SYNTHETIC_REGION);
    }

    @Test
    void reasonOf_foreignerWhoseNationalityEndsIn99_passesInProduction() {
        String first17 = "95349919810803002";
        assertThat(CitizenId.reasonOf(first17 + CitizenId.checkDigit(first17), PRODUCTION))
                .isNull();
    }

    @Test
    void reasonOf_everySingleDigitChange_isRefused() {
        String valid = "53019919900307123";
        for (int i = 0; i < valid.length(); i++) {
            for (char c = '0'; c <= '9'; c++) {
                if (c != valid.charAt(i)) {
                    String changed = valid.substring(0, i) + c + valid.substring(i + 1) + "7";
                    assertThat(CitizenId.reasonOf(changed, DEMO))
                            .as("position %d", i)
                            .isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "53019919900307123Y", "5301991990030712３７", "' 30199199003071237'", "5301991990030712377"})
    void reasonOf_wrongShape_isFormat(String text) {
        assertThat(CitizenId.reasonOf(text, DEMO)).isEqualTo(InvalidReason.FORMAT);
    }

    @Test
    void checkDigit_bytesAndText_agree() {
        String first17 = "53059919780815004";
        byte[] bytes = ("..." + first17).getBytes(StandardCharsets.US_ASCII);
        assertThat((char) CitizenId.checkDigit(bytes, 3))
                .isEqualTo(CitizenId.checkDigit(first17))
                .isEqualTo('X');
    }

    @Test
    void check_anyAnswer_doesNotCarryTheIdentifier() {
        assertThat(CitizenId.check("530199199003071237", DEMO).toString()).doesNotContain("1990");
        assertThat(CitizenId.check("530199199003071230", DEMO).toString()).doesNotContain("1990");
        assertThatThrownBy(() -> CitizenId.checkDigit("5301991990O307123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("1990");
    }

    @Test
    void production_clock_readsTheDayInItsZone() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T17:00:00Z"), ZoneId.of("Asia/Shanghai"));
        String bornToday = "11010520261123002";
        String id = bornToday + CitizenId.checkDigit(bornToday);
        assertThat(CitizenId.reasonOf(id, IdentifierRules.production(clock))).isNull();
        assertThat(CitizenId.reasonOf(id, IdentifierRules.production(clock.withZone(ZoneId.of("UTC")))))
                .isEqualTo(InvalidReason.BIRTHDATE);
    }
}

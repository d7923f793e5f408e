package io.yunyu.contract.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherNumbersTest {
    @Test
    void bankCard_checkDigit_completesABody() {
        for (String valid : new String[] {"6200000000000005", "6205500000000000004", "6225880000000001"}) {
            String body = valid.substring(0, valid.length() - 1);
            assertThat(body + BankCardNumber.checkDigit(body)).isEqualTo(valid);
        }
        assertThat(BankCardNumber.reasonOf("62000000000")).isEqualTo(InvalidReason.FORMAT);
        assertThat(BankCardNumber.reasonOf("6200 0000 0000 0005")).isEqualTo(InvalidReason.FORMAT);
    }

    @ParameterizedTest
    @CsvSource({"E12345678, true", "e12345678, true", "AB12, false", "'', false", "E1234-678, false"})
    void passport_form_decides(String text, boolean valid) {
        assertThat(TravelDocument.passport(text).isValid()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "H12345678, true",
        "m12345678, true",
        "12345678, true",
        "T12345678, false",
        "H1234567, false",
        "'', false"
    })
    void mainlandTravelPermit_form_decides(String text, boolean valid) {
        assertThat(TravelDocument.mainlandTravelPermit(text).isValid()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"CAN110081080302, true", "CA1110081080302, false", "CAN11008108030, false"})
    void permanentResidentCard2017_form_decides(String text, boolean valid) {
        assertThat(TravelDocument.permanentResidentCard2017(text).isValid()).isEqualTo(valid);
    }

    @Test
    void mobile_wrongShape_isFormat() {
        for (String text : new String[] {"", "+8613800000000", "138000000001", "1380000000a"}) {
            assertThat(MobileNumber.reasonOf(text)).isEqualTo(InvalidReason.FORMAT);
        }
    }
}

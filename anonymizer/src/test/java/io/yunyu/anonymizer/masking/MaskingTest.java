package io.yunyu.anonymizer.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource({
        "530102199001011234, 6, 4, 530102********1234",
        "张三丰, 1, 0, 张**",
        "张三, 1, 0, 张*",
        "张, 1, 0, *",
        "abc, 2, 1, ***",
        "abc, 2147483647, 2147483647, ***",
        "abcd, 0, 0, ****",
        "𠮷野家, 1, 0, 𠮷**"
    })
    void redact_value_keepsItsEndsButNeverAll(String value, int first, int last, String masked) {
        assertThat(new Redaction(first, last, '*', 0).of(value)).isEqualTo(masked);
    }

    @Test
    void redact_fixedLength_hidesHowLongTheValueWas() {
        Masking masking = new Redaction(1, 0, 'x', 3);

        assertThat(masking.of("Li")).isEqualTo("Lxxx");
        assertThat(masking.of("Lancelot")).isEqualTo("Lxxx");
    }

    @ParameterizedTest
    @CsvSource({
        "149, 100, 100",
        "150, 100, 200",
        "-150, 100, -200",
        "3.14159, 0.01, 3.14",
        "7, 2.50, 7.5",
        "1e2, 10, 100"
    })
    void round_number_isTheNearestMultiple(String value, BigDecimal multiple, String rounded) {
        assertThat(new Rounding(multiple).of(value)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"17, <18", "18, 18", "89.9, 89.9", "90, >=90", "1e5, >=90", "NULL, NULL"})
    void topBottomCoding_extremes_readAsTails(String value, String coded) {
        Masking masking = new TopBottomCoding(new BigDecimal("18"), new BigDecimal("90"));

        assertThat(masking.of(value)).isEqualTo(coded);
    }

    @Test
    void truncateDate_date_keepsMonthOrYear() {
        assertThat(new DateTruncation("dd.MM.yyyy", DateTruncation.Unit.MONTH).of("29.02.2024"))
                .isEqualTo("2024-02");
        assertThat(new DateTruncation("yyyyMMdd", DateTruncation.Unit.YEAR).of("19900101"))
                .isEqualTo("1990");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "NULL, NULL"})
    void of_missingValue_staysMissing(String missing, String masked) {
        assertThat(new Replacement("x").of(missing)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"abc", "1e999999999"})
    void values_notANumber_namesTheColumnAndNoValue(String bad) {
        Column column = Column.of("income", List.of("1", bad));

        assertThatThrownBy(() -> MaskedColumn.values(column, new Rounding(BigDecimal.TEN)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Column 'income': its 2th distinct value")
                .hasMessageNotContaining(bad);
    }

    @Nested
    class Pseudonym {
        @TempDir
        Path folder;

        @Test
        void masked_knownKey_isHmacOfScopeAndValue() throws IOException {
            byte[] secret = new byte[32];
            for (int i = 0; i < secret.length; i++) {
                secret[i] = (byte) i;
            }
            Masking masking = new Pseudonyms(key("key", secret, "rw-------"), "person");

            String pseudonym = masking.of("530102199001011234");

            // printf 'yunyu anonymizer pseudonym v1 6 person 530102199001011234' |
            //   openssl dgst -sha256 -mac HMAC -macopt hexkey:000102..1f, first 32 digits
            assertThat(pseudonym).isEqualTo("b8f49a4cc60d8d0d31bdc406df1cbc45");
            assertThat(masking.toString() + masking.label())
                    .doesNotContain(HexFormat.of().formatHex(secret));
        }

        @Test
        void masked_otherKeyScopeOrValue_isAnotherPseudonym() throws IOException {
            PseudonymKey key = key("one", random(1), "r--------");
            PseudonymKey other = key("two", random(2), "rw-------");

            List<String> pseudonyms = List.of(
                    new Pseudonyms(key, "person").of("1"),
                    new Pseudonyms(key, "person").of("2"),
                    new Pseudonyms(key, "firm").of("1"),
                    new Pseudonyms(key, "person 1").of(""),
                    new Pseudonyms(other, "person").of("1"));

            assertThat(pseudonyms).doesNotHaveDuplicates();
            assertThat(new Pseudonyms(key, "person").of("1")).isEqualTo(pseudonyms.get(0));
        }

        @ParameterizedTest
        @CsvSource({
            "32, rw-r-----, can be reached by others",
            "32, rw----r--, can be reached by others",
            "31, rw-------, has 31 bytes",
            "65, rw-------, has 65 bytes",
            "0, rw-------, has 0 bytes"
        })
        void read_badKeyFile_isRefused(int bytes, String permissions, String reason) {
            assertThatThrownBy(() -> key("key", random(1, bytes), permissions))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(reason);
        }

        @Test
        void read_fileOfOneByteRepeated_isRefused() {
            assertThatThrownBy(() -> key("key", new byte[32], "rw-------"))
                    .hasMessageContaining("does not hold random bytes");
        }

        @Test
        void read_symbolicLink_isRefused() throws IOException {
            key("key", random(1), "rw-------");
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("key"));

            assertThatThrownBy(() -> PseudonymKey.read(folder.resolve("link")))
                    .hasMessageContaining("is not a plain file");
        }

        private PseudonymKey key(String name, byte[] secret, String permissions) throws IOException {
            Path file = Files.write(folder.resolve(name), secret);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            return PseudonymKey.read(file);
        }

        private static byte[] random(long seed) {
            return random(seed, 32);
        }

        private static byte[] random(long seed, int bytes) {
            byte[] secret = new byte[bytes];
            new java.util.Random(seed).nextBytes(secret);
            return secret;
        }
    }
}

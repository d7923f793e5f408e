package io.yunyu.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void write_membersInAnyOrder_sameBytes() {
        assertThat(Json.write(Json.object("b", 1, "a", List.of(true, "x")))).isEqualTo("{\"a\":[true,\"x\"],\"b\":1}");
        assertThat(Json.write(Json.object("a", List.of(true, "x"), "b", 1))).isEqualTo("{\"a\":[true,\"x\"],\"b\":1}");
    }

    @ParameterizedTest
    @CsvSource({"1.50,1.5", "100,100", "1E+2,100", "0.000,0", "-0.00,0", "12345678901234567890,12345678901234567890"})
    void write_decimal_plainWithoutTrailingZeros(BigDecimal value, String text) {
        assertThat(Json.write(value)).isEqualTo(text);
    }

    @Test
    void write_binaryFloatingPoint_refused() {
        assertThatThrownBy(() -> Json.write(Map.of("a", 0.1))).isInstanceOf(JsonException.class);
    }

    @Test
    void write_controlAndChineseCharacters_escapesOnlyWhatItMust() {
        assertThat(Json.write("云\u0001\n\"\\/")).isEqualTo("\"云\\u0001\\n\\\"\\\\/\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "'a'",
                "\"\t\"",
                "\"\\x\"",
                "\"\\ud800\"",
                "{\"a\":1} x",
                "[1 2]",
                "tru",
                "\"abc",
                "{a:1}",
                "// c\n1",
                "1e99999"
            })
    void parse_notExactlyOneValue_refused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void parse_tooDeep_refused() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(JsonException.class);
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isNotNull();
    }

    @Test
    void parse_malformedUtf8_refused() {
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xC3, '"'})).isInstanceOf(JsonException.class);
    }

    @Test
    void parse_error_showsNoContent() {
        assertThatThrownBy(() -> Json.parse("{\"name\":\"CANARY-7\" oops}"))
                .hasMessageNotContaining("CANARY")
                .hasMessageContaining("character");
    }

    @Test
    void onlyMembers_unknownMember_namedWithoutControlCharacters() {
        assertThatThrownBy(() -> Json.parseObject("{\"se\\u001bcret\":1}").onlyMembers(Set.of("a")))
                .hasMessageContaining("se?cret")
                .hasMessageContaining("[a]");
    }

    @Test
    void parse_whatWriteMade_isTheSame() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            Object value = randomValue(random, 0);
            String text = Json.write(value);
            assertThat(Json.write(Json.parse(text.getBytes(StandardCharsets.UTF_8))))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(text);
        }
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> random.nextLong();
            case 1 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30));
            case 2 -> random.nextBoolean();
            case 3 -> randomText(random);
            case 4 -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(randomValue(random, depth + 1));
                }
                yield items;
            }
            default -> {
                Map<String, Object> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(randomText(random), randomValue(random, depth + 1));
                }
                yield members;
            }
        };
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int c = random.nextInt(0x1_1000);
            text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 0x4E91 : c);
        }
        return text.toString();
    }
}

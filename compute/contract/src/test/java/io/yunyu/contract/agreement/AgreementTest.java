package io.yunyu.contract.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-11-01T00:00:00Z");

    private static Agreement agreement(int minUnits) {
        return new Agreement(
                "a-1",
                "provider",
                "developer",
                "ed25519:p",
                "ed25519:d",
                "门诊统计",
                FROM,
                UNTIL,
                minUnits,
                List.of(new Permission(
                        "visits", Map.of("dept", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER), "name", Set.of()))));
    }

    @Test
    void parse_ownText_isEqual() {
        assertThat(Agreement.parse(agreement(10).toText())).isEqualTo(agreement(10));
    }

    @Test
    void parse_sameContentOtherBytes_refused() {
        String text = agreement(10).toText();
        assertThatThrownBy(() -> Agreement.parse(text.replace(",", ", "))).isInstanceOf(JsonException.class);
    }

    @Test
    void parse_unknownMember_refused() {
        String text = agreement(10).toText().replace("\"minUnits\":10", "\"minUnit\":99,\"minUnits\":10");
        assertThatThrownBy(() -> Agreement.parse(text)).hasMessageContaining("minUnit");
    }

    @Test
    void isInForceAt_ends_beginInclusiveEndExclusive() {
        assertThat(agreement(10).isInForceAt(FROM)).isTrue();
        assertThat(agreement(10).isInForceAt(UNTIL)).isFalse();
        assertThat(agreement(10).isInForceAt(FROM.minusNanos(1))).isFalse();
    }

    @Test
    void usesOf_columnWithoutUseOrAbsent_none() {
        Permission permission = agreement(10).permissionFor("visits").orElseThrow();
        assertThat(permission.usesOf("name")).isEmpty();
        assertThat(permission.usesOf("other")).isEmpty();
    }

    @Test
    void constructor_outOfRange_refused() {
        assertThatThrownBy(() -> agreement(0)).isInstanceOf(JsonException.class);
    }
}

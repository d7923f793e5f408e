package io.yunyu.ledger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final AuditEvent EVENT = new AuditEvent(
            "JOB_SUBMITTED",
            List.of("job-1"),
            "li",
            "dev-org",
            Instant.EPOCH,
            Map.of("sqlDigest", "sha256:00", "a", "b"));

    @Test
    void commit_sameEventTwice_differs() {
        Opening first = Opening.of(EVENT);
        Opening second = Opening.of(EVENT);
        assertThat(first.commitment()).isNotEqualTo(second.commitment());
        assertThat(new Opening(first.salt(), AuditEvent.parse(EVENT.toText())).commitment())
                .isEqualTo(first.commitment());
        assertThat(first.toString()).doesNotContain(first.salt());
    }

    @Test
    void parse_otherFormThanCanonical_isRefused() {
        String text = EVENT.toText();
        assertThat(AuditEvent.parse(text)).isEqualTo(EVENT);
        for (String bad : new String[] {
            " " + text,
            text.replace("JOB_SUBMITTED", "job"),
            text.replace("{\"actor", "{\"extra\":1,\"actor"),
            text.replace("[\"job-1\"]", "[]"),
            text.replace("\"a\":\"b\"", "\"a\":1")
        }) {
            assertThatThrownBy(() -> AuditEvent.parse(bad)).isInstanceOf(JsonException.class);
        }
    }
}

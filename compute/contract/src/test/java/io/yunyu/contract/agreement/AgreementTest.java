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

    private static Agreement planned(Publication... publications) {
        return agreement(10).withPublications(List.of(publications));
    }

    @Test
    void parse_publications_areSignedAsWritten() {
        Agreement agreement = planned(
                new Publication("select 1", Publication.Cost.CELLS, List.of()),
                new Publication("select 2", Publication.Cost.UNITS, List.of(Map.of("town", "A"), Map.of())));
        assertThat(Agreement.parse(agreement.toText())).isEqualTo(agreement);
        assertThat(agreement.toText()).contains("\"publications\"", "\"cost\":\"units\"");
        assertThat(agreement(10).toText()).doesNotContain("publications");
    }

    @Test
    void parse_publicationsThatAreNone_refused() {
        String text = planned(new Publication("select 1", Publication.Cost.CELLS, List.of()))
                .toText();
        for (String bad : List.of("\"cost\":\"money\"", "\"cost\":\"cells\",\"more\":1")) {
            assertThatThrownBy(() -> Agreement.draft(text.replace("\"cost\":\"cells\"", bad)))
                    .as(bad)
                    .isInstanceOf(JsonException.class);
        }
        assertThatThrownBy(() -> Agreement.draft(text.replace("\"cost\":\"cells\"", "\"publish\":[{\"town\":1}]")))
                .hasMessageContaining("publish");
        assertThatThrownBy(() -> new Publication(" ", Publication.Cost.CELLS, List.of()))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void constructor_publicationsTooLongForAMessage_refused() {
        Publication[] long6 = new Publication[6];
        for (int i = 0; i < long6.length; i++) {
            long6[i] = new Publication("select " + i + " ".repeat(19_900), Publication.Cost.CELLS, List.of());
        }
        assertThatThrownBy(() -> planned(long6)).hasMessageContaining("at most 100000 characters together");
        assertThat(planned(java.util.Arrays.copyOf(long6, 5)).publications()).hasSize(5);
        List<Map<String, String>> cells = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> Map.of("town", i + "x".repeat(100)))
                .toList();
        assertThatThrownBy(() -> planned(new Publication("select 1", Publication.Cost.CELLS, cells)))
                .hasMessageContaining("characters together");
    }

    @Test
    void constructor_publicationsBesideOtherAnswers_refused() {
        Publication publication = new Publication("select 1", Publication.Cost.CELLS, List.of());
        assertThatThrownBy(() -> planned(publication, publication)).hasMessageContaining("all different");
        assertThatThrownBy(() -> agreement(10).withPrograms().withPublications(List.of(publication)))
                .hasMessageContaining("nothing else");
    }

    @Test
    void parse_privacyStatedInEpsilonAndDelta_isWrittenOutInRhoBeforeItCanBeSigned() {
        String stated = "{\"delta\":0.000001,\"queryEpsilon\":0.5,\"recipientEpsilon\":3}";
        String written = privacy("\"queryDeltaPicos\":1000,\"stated\":" + stated);
        Agreement agreement = Agreement.draft(written);
        PrivacyClause clause = agreement.privacy().orElseThrow();
        // L = ln(2e6) = 14.508658: (sqrt(17.508658) - sqrt(14.508658))^2 and (sqrt(15.008658) - sqrt(14.508658))^2
        assertThat(clause.recipientRhoMicros()).isEqualTo(140_858);
        assertThat(clause.queryRhoMicros()).isEqualTo(4_235);
        assertThat(clause.recipientDeltaPicos()).isEqualTo(500_000);
        assertThatThrownBy(() -> Agreement.parse(written)).hasMessageContaining("canonical");
        assertThat(Agreement.parse(agreement.toText())).isEqualTo(agreement);
        assertThat(clause.spending(100).isWithin(clause)).isTrue();
        assertThat(clause.spending(100).recipientDeltaPicos()).isEqualTo(500_000);
    }

    @Test
    void parse_rhoOrDeltaAboveWhatIsStated_isRefused() {
        String stated = "\"stated\":{\"delta\":0.000001,\"queryEpsilon\":0.5,\"recipientEpsilon\":3}";
        assertThatThrownBy(() -> Agreement.draft(privacy("\"queryDeltaPicos\":0,\"queryRhoMicros\":4236," + stated)))
                .hasMessageContaining("queryRhoMicros")
                .hasMessageContaining("1 to 4235");
        assertThatThrownBy(
                        () -> Agreement.draft(privacy("\"queryDeltaPicos\":0,\"recipientRhoMicros\":140859," + stated)))
                .hasMessageContaining("recipientRhoMicros");
        assertThatThrownBy(() -> Agreement.draft(privacy("\"queryDeltaPicos\":500001," + stated)))
                .hasMessageContaining("queryDeltaPicos");
        assertThat(Agreement.draft(privacy("\"queryDeltaPicos\":0,\"queryRhoMicros\":4000," + stated))
                        .privacy()
                        .orElseThrow()
                        .queryRhoMicros())
                .isEqualTo(4000);
        for (String bad : List.of(
                "{\"delta\":0.000001,\"queryEpsilon\":4,\"recipientEpsilon\":3}",
                "{\"delta\":0.000001,\"queryEpsilon\":0,\"recipientEpsilon\":3}",
                "{\"delta\":0.000001,\"queryEpsilon\":1,\"recipientEpsilon\":101}",
                "{\"delta\":0.00001,\"queryEpsilon\":1,\"recipientEpsilon\":3}",
                "{\"delta\":0,\"queryEpsilon\":1,\"recipientEpsilon\":3}")) {
            assertThatThrownBy(() -> Agreement.draft(privacy("\"queryDeltaPicos\":0,\"stated\":" + bad)))
                    .as(bad)
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("stated privacy");
        }
        assertThatThrownBy(() -> Agreement.draft(privacy("\"queryDeltaPicos\":0")))
                .hasMessageContaining("RhoMicros");
    }

    /** The converted rho meets its epsilon, and a millionth more of rho would not, for many pairs. */
    @Test
    void stated_anyEpsilonAndDelta_convertsToTheLargestRhoWithin() {
        for (String delta : List.of("1e-6", "3e-8", "1e-11")) {
            for (String epsilon : List.of("0.05", "0.5", "1", "3", "10", "100")) {
                StatedPrivacy stated = new StatedPrivacy(
                        new java.math.BigDecimal(epsilon),
                        new java.math.BigDecimal(epsilon),
                        new java.math.BigDecimal(delta));
                double log = Math.log(2 / Double.parseDouble(delta));
                double rho = stated.queryRhoMicros() * 1e-6;
                assertThat(rho + 2 * Math.sqrt(rho * log)).isLessThanOrEqualTo(Double.parseDouble(epsilon));
                double more = rho + 1e-6;
                assertThat(more + 2 * Math.sqrt(more * log)).isGreaterThan(Double.parseDouble(epsilon) - 1e-9);
            }
        }
    }

    private static String privacy(String members) {
        String text = agreement(10).toText();
        return text.substring(0, text.length() - 1) + ",\"privacy\":{\"bounds\":{},\"keys\":{},\"l0\":1,\"linf\":1,"
                + members + "}}";
    }
}

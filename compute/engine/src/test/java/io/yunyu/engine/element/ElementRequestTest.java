package io.yunyu.engine.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specifications against the terms of an agreement, before anything is read. */
class ElementRequestTest {
    private static final String K = "\"privacyModels\":[{\"model\":\"k-anonymity\",\"k\":%d}]";

    private static AccessGrant grant(int minUnits, Optional<PrivacyClause> privacy) {
        ElementTerms terms = new ElementTerms(
                ElementTerms.Policy.CONTROLLED,
                Map.of(
                        "age",
                        AttributeRole.QUASI_IDENTIFIER,
                        "illness",
                        AttributeRole.SENSITIVE,
                        "ward",
                        AttributeRole.INSENSITIVE));
        List<GrantedColumn> columns = List.of(
                new GrantedColumn("id", "STRING", Set.of()),
                new GrantedColumn("age", "LONG", Set.of()),
                new GrantedColumn("illness", "STRING", Set.of()),
                new GrantedColumn("ward", "STRING", Set.of()),
                new GrantedColumn("note", "STRING", Set.of()));
        return new AccessGrant(
                "grant-1",
                "agreement-1",
                "sha256:0",
                "developer",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                new ProtectionRules(minUnits, 10, 5, 3, 2, 1000, "policy-1"),
                List.of(
                        new GrantedTable("visits", "visits", 0, "family", "id", columns, Optional.of(terms)),
                        new GrantedTable("beds", "beds", 0, "family", "id", columns)),
                privacy);
    }

    private static ElementRequest request(String attributes, int k) {
        return ElementRequest.of(
                grant(5, Optional.empty()),
                "{\"dataset\":\"visits\",\"spec\":{\"attributes\":[" + attributes + "]," + K.formatted(k) + "}}");
    }

    /** With a model for the sensitive attribute, without which no specification is read. */
    private static ElementRequest protecting(String name, String role) {
        String models = K.formatted(20)
                .replace("}]", "},{\"model\":\"distinct-l-diversity\",\"attribute\":\"" + name + "\",\"l\":2}]");
        return ElementRequest.of(
                grant(5, Optional.empty()),
                "{\"dataset\":\"visits\",\"spec\":{\"attributes\":[" + attribute(name, role) + "],"
                        + (role.equals("SENSITIVE") ? models : K.formatted(20)) + "}}");
    }

    private static String attribute(String name, String role) {
        return "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}";
    }

    /** Empty where the request stands. */
    @ParameterizedTest
    @CsvSource({
        "age, QUASI_IDENTIFIER,",
        "age, SENSITIVE, role-too-weak",
        "age, INSENSITIVE, role-too-weak",
        "age, DIRECT_IDENTIFIER, direct-identifier",
        "illness, SENSITIVE,",
        "illness, QUASI_IDENTIFIER,",
        "illness, INSENSITIVE, role-too-weak",
        "ward, INSENSITIVE,",
        "ward, QUASI_IDENTIFIER,",
        "note, QUASI_IDENTIFIER, column-not-granted",
        "id, QUASI_IDENTIFIER, column-not-granted",
        "id, DIRECT_IDENTIFIER, direct-identifier",
        "__unit, QUASI_IDENTIFIER, column-not-granted",
        "AGE, QUASI_IDENTIFIER, column-not-granted",
    })
    void of_columnAndRole_isHeldAgainstTheTerms(String column, String role, String rule) {
        ElementRequest request = protecting(column, role);
        assertThat(request.isRefused()).isEqualTo(rule != null);
        if (rule != null) {
            assertThat(request.findings()).extracting(f -> f.rule()).containsExactly(rule);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 11", "10, 5, 11", "11, 5, 11", "30, 5, 30", "3, 25, 25"})
    void of_smallestClass_isTheStrictestOfSpecificationPolicyAndAgreement(int asked, int minUnits, int taken) {
        ElementRequest request = ElementRequest.of(
                grant(minUnits, Optional.empty()),
                "{\"dataset\":\"visits\",\"spec\":{\"attributes\":[" + attribute("age", "QUASI_IDENTIFIER") + "],"
                        + K.formatted(asked) + "}}");
        assertThat(request.smallestClass()).isEqualTo(taken);
        assertThat(request.spec().privacyModels()).containsExactly(new KAnonymity(taken));
        assertThat(request.findings()).hasSize(asked < taken ? 1 : 0).noneMatch(f -> f.blocking());
    }

    @Test
    void of_specificationThatNamesAFile_isRefused() {
        assertThatThrownBy(() -> request(
                        "{\"name\":\"age\",\"role\":\"QUASI_IDENTIFIER\",\"hierarchy\":{\"file\":\"/etc/passwd\"}}",
                        20))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("may name no files");
        String subset = K.formatted(20).replace("}]", "},{\"model\":\"inclusion\",\"subset\":\"/etc/passwd\"}]");
        assertThatThrownBy(() -> ElementRequest.of(
                        grant(5, Optional.empty()),
                        "{\"dataset\":\"visits\",\"spec\":{\"attributes\":[" + attribute("age", "QUASI_IDENTIFIER")
                                + "]," + subset + "}}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("select a subset by an attribute's values");
    }

    @Test
    void of_datasetWithoutTerms_orNotPrivateUnderAClause_isRefused() {
        String spec =
                "\"spec\":{\"attributes\":[" + attribute("age", "QUASI_IDENTIFIER") + "]," + K.formatted(20) + "}}";
        assertThatThrownBy(() -> ElementRequest.of(grant(5, Optional.empty()), "{\"dataset\":\"beds\"," + spec))
                .isInstanceOf(ProblemException.class);
        PrivacyClause clause = new PrivacyClause(10_000, 1_000, 1000, 2, 1, Map.of(), Map.of());
        assertThat(ElementRequest.of(grant(5, Optional.of(clause)), "{\"dataset\":\"visits\"," + spec)
                        .findings())
                .extracting(f -> f.rule())
                .containsExactly("not-private");
    }
}

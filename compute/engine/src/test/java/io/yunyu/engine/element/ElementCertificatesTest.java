package io.yunyu.engine.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed beside a refused request for a data element: it passes, and nothing smaller would. */
class ElementCertificatesTest {
    private static final AccessGrant GRANT = grant(Optional.empty());
    private static final AccessGrant PRIVATE =
            grant(Optional.of(new PrivacyClause(1_000_000, 500_000, 1_000_000, 1, 1, Map.of(), Map.of())));
    private static final String K = "{'model':'k-anonymity','k':20}";
    private static final String AGE = "{'name':'age','role':'QUASI_IDENTIFIER'}";

    private static AccessGrant grant(Optional<PrivacyClause> clause) {
        ElementTerms terms = new ElementTerms(
                ElementTerms.Policy.CONTROLLED,
                Map.of(
                        "age",
                        AttributeRole.QUASI_IDENTIFIER,
                        "illness",
                        AttributeRole.SENSITIVE,
                        "ward",
                        AttributeRole.INSENSITIVE));
        List<GrantedColumn> columns = List.of(new GrantedColumn("age", "LONG", Set.of()));
        return new AccessGrant(
                "grant-1",
                "agreement-1",
                "sha256:0",
                "developer",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                new ProtectionRules(5, 10, 5, 3, 2, 1000, "policy-1"),
                List.of(new GrantedTable("visits", "visits", 0, "family", "id", columns, Optional.of(terms))),
                clause);
    }

    private static String request(String attributes, String models, String more) {
        return ("{'dataset':'visits','spec':{'attributes':[" + attributes + "],'privacyModels':[" + models + "]" + more
                        + "}}")
                .replace('\'', '"');
    }

    private static List<DisclosureFinding> blocking(AccessGrant grant, String request) {
        return ElementRequest.of(grant, request).findings().stream()
                .filter(DisclosureFinding::blocking)
                .toList();
    }

    /** The change, which was tried here too. */
    private static PassingChange change(String request) {
        return change(GRANT, request);
    }

    private static PassingChange change(AccessGrant grant, String request) {
        assertThat(blocking(grant, request)).isNotEmpty();
        RefusalCertificate certificate = ElementCertificates.ofText(grant, request);
        assertThat(certificate.basis()).isEqualTo(RefusalCertificate.Basis.TEXT);
        PassingChange change = certificate.change().orElseThrow();
        assertThat(certificate.tried()).isGreaterThanOrEqualTo(change.steps().size());
        assertThat(change.assurance()).isEqualTo(PassingChange.Assurance.POLICY);
        assertThat(blocking(grant, change.sql())).isEmpty();
        return change;
    }

    /** One column beside the age; the models are those about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "note|QUASI_IDENTIFIER||Leave column 'note' out.",
                "id|DIRECT_IDENTIFIER||Leave column 'id' out.",
                "note|SENSITIVE|,{'model':'distinct-l-diversity','attribute':'note','l':2}|Leave column 'note' out.",
                "ward|DIRECT_IDENTIFIER||Give column 'ward' the role INSENSITIVE.",
                "WARD|INSENSITIVE||Write column 'WARD' as 'ward'.",
                "Illness|SENSITIVE|,{'model':'distinct-l-diversity','attribute':'Illness','l':2}|Write column 'Illness' as 'illness'.",
                // Without a model for it, it cannot be sensitive: the next role that the agreement allows.
                "illness|INSENSITIVE||Give column 'illness' the role QUASI_IDENTIFIER.",
                "illness|DIRECT_IDENTIFIER||Give column 'illness' the role QUASI_IDENTIFIER.",
            })
    void ofText_oneColumn_namesOneEdit(String column, String role, String model, String step) {
        String attribute = "{'name':'" + column + "','role':'" + role + "'}";
        PassingChange change = change(request(AGE + "," + attribute, K + (model == null ? "" : model), ""));
        assertThat(change.steps()).containsExactly(step);
        JsonObject spec = Json.parseObject(change.sql()).object("spec");
        assertThat(spec.objects("attributes").get(0).asMap())
                .isEqualTo(Map.of("name", "age", "role", "QUASI_IDENTIFIER"));
        assertThat(spec.objects("attributes")).hasSize(step.startsWith("Leave") ? 1 : 2);
    }

    @Test
    void ofText_moreEditsThanAreTried_namesNone() {
        String columns = IntStream.rangeClosed(0, ElementCertificates.MOST_TRIES)
                .mapToObj(i -> ",{'name':'note" + i + "','role':'INSENSITIVE'}")
                .collect(Collectors.joining());
        RefusalCertificate certificate = ElementCertificates.ofText(GRANT, request(AGE + columns, K, ""));
        assertThat(certificate.tried()).isEqualTo(ElementCertificates.MOST_TRIES);
        assertThat(certificate.change()).isEmpty();
    }

    @Test
    void ofText_modelsAboutTheColumn_goWithItsRole() {
        String models = K + ",{'model':'distinct-l-diversity','attribute':'age','l':3}";
        PassingChange change = change(request("{'name':'age','role':'SENSITIVE','weight':0.5}", models, ""));
        assertThat(change.steps()).containsExactly("Give column 'age' the role QUASI_IDENTIFIER.");
        assertThat(change.sql())
                .isEqualTo(request(
                        "{'name':'age','role':'QUASI_IDENTIFIER','weight':0.5}", "{'k':20,'model':'k-anonymity'}", ""));
    }

    /** The only model goes with its column: what stays asks for the smallest class of the policy. */
    @Test
    void ofText_lastModelGone_asksForTheSmallestClass() {
        PassingChange change = change(request(
                AGE + ",{'name':'note','role':'SENSITIVE'}",
                "{'model':'equal-t-closeness','attribute':'note','t':0.2}",
                ""));
        assertThat(change.sql())
                .contains("{\"k\":11,\"model\":\"k-anonymity\"}")
                .doesNotContain("note");
    }

    @Test
    void ofText_severalFindings_namesOneEditForEach() {
        String request = request(
                AGE + ",{'name':'note','role':'QUASI_IDENTIFIER'},{'name':'WARD','role':'INSENSITIVE'},"
                        + "{'name':'illness','role':'INSENSITIVE'}",
                K,
                ",'sampling':{'records':50}");
        assertThat(blocking(GRANT, request)).hasSize(4);
        assertThat(change(request).steps())
                .containsExactly(
                        "Leave column 'note' out.",
                        "Write column 'WARD' as 'ward'.",
                        "Give column 'illness' the role QUASI_IDENTIFIER.",
                        "Leave 'sampling' out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ",'sampling':{'records':50}|Leave 'sampling' out.",
                ",'privacyUnit':'age'|Leave 'privacyUnit' out.",
                ",'search':{'algorithm':'mondrian'},'objective':{'measure':'height'}|Leave 'objective' out.",
                ",'search':{'algorithm':'mondrian','timeLimitSeconds':5}|Leave 'search.timeLimitSeconds' out.",
                ",'search':{'algorithm':'mondrian'},'localRecoding':{'mode':'FAST'}|Leave 'localRecoding' out.",
            })
    void ofText_whatIsNotSupported_isLeftOut(String more, String step) {
        assertThat(change(request(AGE, K, more)).steps()).containsExactly(step);
    }

    private static String model(String epsilon) {
        return "{'model':'differential-privacy','epsilon':" + epsilon + ",'delta':1e-6,'generalization':'LOW'}";
    }

    private static String privately(String models, String more) {
        return request(AGE.replace("}", ",'hierarchy':{'rows':[['1','*']]}}"), models, more);
    }

    /** Under a privacy clause the model stays, whatever else is left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ",'search':{'algorithm':'best-first-top-down'}||Leave 'search' out.",
                ",'population':5000||Leave 'population' out.",
                "|,{'model':'average-risk','averageRisk':0.1}|Leave the model average-risk out.",
            })
    void ofText_underAPrivacyClause_keepsTheModel(String more, String models, String step) {
        String request = privately(model("1") + (models == null ? "" : models), more == null ? "" : more);
        PassingChange change = change(PRIVATE, request);
        assertThat(change.steps()).containsExactly(step);
        assertThat(change.sql()).contains("differential-privacy");
    }

    @Test
    void ofText_seedUnderAPrivacyClause_isLeftOut() {
        String seeded = model("1").replace("}", ",'deterministicSeed':7}");
        assertThat(change(PRIVATE, privately(seeded, "")).steps()).containsExactly("Leave 'deterministicSeed' out.");
    }

    /** How much budget to spend, and whether to be private at all, is for people to say. */
    @Test
    void ofText_whatOnlyAnotherPriceOrModelWouldDo_namesNone() {
        for (String models : List.of(model("1.5"), K)) {
            assertThat(ElementCertificates.ofText(PRIVATE, privately(models, ""))
                            .change())
                    .isEmpty();
        }
    }

    @Test
    void ofText_modelWithoutABudget_isLeftOut() {
        PassingChange change = change(privately(model("1"), ""));
        assertThat(change.steps()).containsExactly("Leave the model differential-privacy out.");
        assertThat(change.sql()).contains("{\"k\":11,\"model\":\"k-anonymity\"}");
    }

    @Test
    void ofText_modelsThatCountRecords_areLeftOutOneByOne() {
        String models = K + ",{'model':'average-risk','averageRisk':0.1},{'model':'sample-uniqueness','threshold':0.1}";
        PassingChange change = change(request(AGE, models, ""));
        assertThat(change.steps())
                .containsExactly("Leave the model average-risk out.", "Leave the model sample-uniqueness out.");
        assertThat(change.sql()).contains("\"k\":20");
    }

    @Test
    void ofText_nothingLeftWhenAllIsTakenAway_namesNone() {
        RefusalCertificate certificate =
                ElementCertificates.ofText(GRANT, request("{'name':'note','role':'QUASI_IDENTIFIER'}", K, ""));
        assertThat(certificate.change()).isEmpty();
        assertThat(certificate.tried()).isEqualTo(1);
    }

    /** With its hierarchies it would fill the one message that an engine's end is. */
    @Test
    void ofText_textTooLongForAMessage_namesNone() {
        String rows = "['" + "x".repeat(ElementCertificates.LONGEST_TEXT) + "','*']";
        String age = AGE.replace("}", ",'hierarchy':{'rows':[" + rows + "]}}");
        String request = request(age + ",{'name':'note','role':'QUASI_IDENTIFIER'}", K, "");
        RefusalCertificate certificate = ElementCertificates.ofText(GRANT, request);
        assertThat(certificate.change()).isEmpty();
        assertThat(certificate.tried()).isPositive();
    }

    @Test
    void ofData_namesNoChange() {
        assertThat(ElementCertificates.ofData())
                .isEqualTo(new RefusalCertificate(RefusalCertificate.Basis.DATA, 0, Optional.empty()));
    }
}

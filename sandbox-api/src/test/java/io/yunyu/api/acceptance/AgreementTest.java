package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.FakeElements;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.json.Json;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be agreed, and what can be computed under it. */
class AgreementTest {
    @TempDir
    static Path home;

    static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
        platform.load("closed", "NOT_OPEN", "ORIGINAL");
        FakeElements.load(platform, "visits", "element");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void draft_onWhatIsNotOpen_isRefusedWithTheWayOut() {
        Answer answer = platform.draft("developer", agreement("closed"));
        assertThat(answer.verdict()).isEqualTo("422 NOT_OPEN");
        assertThat(answer.json().string("detail")).contains("第三十八条", "第三十二条");
    }

    @Test
    void draft_ofASecondaryDeveloper_isForElementsOnly() {
        Answer original = platform.draft("secondary", platform.agreement(Platform.SECONDARY, "secondary", "visits"));
        Agreement plain = platform.agreement(Platform.SECONDARY, "secondary", "element");
        Answer element = platform.draft(
                "secondary", on(plain, new Permission("element", Map.of("area", Set.of(ColumnUse.GROUP_BY))), 10));
        assertThat(original.verdict()).isEqualTo("422 NOT_OPEN");
        assertThat(original.json().string("detail")).contains("第三十九条");
        assertThat(element.status()).isEqualTo(201);
    }

    @Test
    void draft_withUnknownColumn_textMeasure_orTooSmallGroups_isRefused() {
        assertThat(platform.draft("developer", with(Map.of("no_such", Set.of(ColumnUse.FILTER)), 10))
                        .verdict())
                .isEqualTo("422 COLUMN_MISSING");
        assertThat(platform.draft("developer", with(Map.of("area", Set.of(ColumnUse.MEASURE)), 10))
                        .verdict())
                .isEqualTo("400 BAD_REQUEST");
        assertThat(platform.draft("developer", with(Map.of("area", Set.of(ColumnUse.FILTER)), 4))
                        .verdict())
                .isEqualTo("400 BAD_REQUEST");
        assertThat(platform.draft("developer", agreement("no_such_dataset")).verdict())
                .isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void draft_byAStrangerOrOnAnothersData_isRefused() {
        assertThat(platform.draft("secondary", agreement("visits")).verdict()).isEqualTo("403 NOT_ALLOWED");
        Agreement plain = agreement("visits");
        Agreement stolen = new Agreement(
                plain.uid(),
                Platform.OTHER_PROVIDER,
                plain.assignee(),
                platform.key("other-steward").verificationKey().toString(),
                plain.assigneeKey(),
                plain.purpose(),
                plain.validFrom(),
                plain.validUntil(),
                plain.minUnits(),
                plain.permissions());
        assertThat(platform.draft("developer", stolen).verdict()).isEqualTo("403 NOT_ALLOWED");
    }

    @Test
    void draft_pastItsTerm_isNotInForce() {
        Agreement plain = agreement("visits");
        Agreement over = terms(plain, plain.validFrom().minus(10, ChronoUnit.DAYS), plain.validFrom());
        assertThat(platform.draft("developer", over).verdict()).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
    }

    @Test
    void submit_beforeBothHaveSigned_isNotInForce() {
        Agreement agreement = agreement("visits");
        Platform.require(201, platform.draft("developer", agreement));
        assertThat(submit(agreement)).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
        Platform.require(200, platform.sign("developer", agreement));
        assertThat(submit(agreement)).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
        Platform.require(200, platform.sign("steward", agreement));
        assertThat(submit(agreement)).isEqualTo("202");
        assertThat(platform.sign("steward", agreement).verdict()).isEqualTo("409 CONFLICT");
    }

    @Test
    void submit_afterRevocationOrTerm_isNotInForce() throws Exception {
        Agreement revoked = active();
        assertThat(platform.post("developer", "/api/v1/agreements/" + revoked.uid() + "/revocation", Map.of())
                        .verdict())
                .isEqualTo("403 NOT_ALLOWED");
        Platform.require(
                200, platform.post("steward", "/api/v1/agreements/" + revoked.uid() + "/revocation", Map.of()));
        assertThat(submit(revoked)).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");

        Agreement plain = agreement("visits");
        Agreement brief =
                terms(plain, plain.validFrom(), Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS));
        Platform.require(201, platform.draft("developer", brief));
        Platform.require(200, platform.sign("developer", brief));
        platform.sign("steward", brief);
        Platform.await("agreement to expire", () -> platform.get("developer", "/api/v1/agreements/" + brief.uid())
                .json()
                .string("state")
                .equals("EXPIRED"));
        assertThat(submit(brief)).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
    }

    @Test
    void sign_withAnotherKeyOrOverAnotherText_isRefused() {
        Agreement agreement = agreement("visits");
        Platform.require(201, platform.draft("developer", agreement));
        String path = "/api/v1/agreements/" + agreement.uid() + "/signatures";
        SigningKey stranger = SigningKey.generate();
        assertThat(platform.post(
                                "developer",
                                path,
                                stranger.sign(Agreement.TYPE, agreement.toText())
                                        .toJson())
                        .verdict())
                .isEqualTo("403 KEY_REFUSED");
        assertThat(platform.post(
                                "developer",
                                path,
                                platform.key("developer")
                                        .sign(Agreement.TYPE, agreement.toText() + " ")
                                        .toJson())
                        .verdict())
                .isEqualTo("403 KEY_REFUSED");
        assertThat(platform.post("secondary", path, Json.object("key", "k", "value", "v"))
                        .verdict())
                .isEqualTo("404 NOT_FOUND");
    }

    @Test
    void grant_hidesWhatIsNotGranted_andTakesTheStricterThreshold() {
        Agreement agreement = agreement("visits");
        Platform.require(201, platform.draft("developer", agreement));
        AccessGrant grant =
                AccessGrant.parse(platform.get("developer", "/api/v1/agreements/" + agreement.uid() + "/grant")
                        .text());
        var table = grant.table("visits").orElseThrow();
        assertThat(table.column("id_no").orElseThrow().uses()).isEmpty();
        assertThat(table.column("fee").orElseThrow().uses()).isEmpty();
        assertThat(table.column("area").orElseThrow().uses()).containsOnly(ColumnUse.GROUP_BY, ColumnUse.FILTER);
        // Agreed 5, columns of grade 2 ask for 5; with a column of grade 4 the rule set's 10 wins.
        assertThat(grant.protection().minUnits()).isEqualTo(5);
        Agreement finer = with(Map.of("fee", Set.of(ColumnUse.MEASURE)), 5);
        Platform.require(201, platform.draft("developer", finer));
        assertThat(AccessGrant.parse(platform.get("developer", "/api/v1/agreements/" + finer.uid() + "/grant")
                                .text())
                        .protection()
                        .minUnits())
                .isEqualTo(10);
    }

    @Test
    void agreement_isReadByItsPartiesOnly() {
        Agreement agreement = agreement("visits");
        Platform.require(201, platform.draft("developer", agreement));
        assertThat(platform.get("steward", "/api/v1/agreements/" + agreement.uid())
                        .status())
                .isEqualTo(200);
        assertThat(platform.get("other-steward", "/api/v1/agreements/" + agreement.uid())
                        .status())
                .isEqualTo(404);
        assertThat(platform.get("secondary", "/api/v1/agreements/" + agreement.uid() + "/grant")
                        .status())
                .isEqualTo(404);
    }

    private static Agreement active() {
        Agreement agreement = agreement("visits");
        Platform.require(201, platform.draft("developer", agreement));
        Platform.require(200, platform.sign("developer", agreement));
        Platform.require(200, platform.sign("steward", agreement));
        return agreement;
    }

    private static Agreement agreement(String dataset) {
        return platform.agreement(Platform.DEVELOPER, "developer", dataset);
    }

    private static Agreement with(Map<String, Set<ColumnUse>> columns, int minUnits) {
        return on(agreement("visits"), new Permission("visits", columns), minUnits);
    }

    private static Agreement on(Agreement plain, Permission permission, int minUnits) {
        return new Agreement(
                plain.uid(),
                plain.assigner(),
                plain.assignee(),
                plain.assignerKey(),
                plain.assigneeKey(),
                plain.purpose(),
                plain.validFrom(),
                plain.validUntil(),
                minUnits,
                List.of(permission));
    }

    private static Agreement terms(Agreement plain, Instant from, Instant until) {
        return new Agreement(
                plain.uid(),
                plain.assigner(),
                plain.assignee(),
                plain.assignerKey(),
                plain.assigneeKey(),
                plain.purpose(),
                from,
                until,
                plain.minUnits(),
                plain.permissions());
    }

    private static String submit(Agreement agreement) {
        return platform.submit(agreement.uid(), "SELECT area, count(*) FROM visits GROUP BY area", Optional.empty())
                .verdict();
    }
}

package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.json.Json;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error outside of pages is RFC 9457 problem+json with a code, and says nothing it should not. */
class ProblemFormsTest {
    @TempDir
    static Path home;

    static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"agreementId\":\"a\",\"kind\":\"sql\"", 400, "well-formed"),
                Arguments.of("[]", 400, "well-formed"),
                Arguments.of("", 400, "well-formed"),
                Arguments.of(
                        "{\"agreementId\":\"a\",\"kind\":\"sql\",\"sql\":\"x\",\"minUnits\":1}", 400, "unknown member"),
                Arguments.of("{\"agreementId\":\"a\",\"kind\":\"sql\",\"sql\":\"x\"} {}", 400, "well-formed"),
                Arguments.of(
                        "{\"agreementId\":\"a\",\"agreementId\":\"b\",\"kind\":\"sql\",\"sql\":\"x\"}",
                        400,
                        "well-formed"),
                Arguments.of("{\"agreementId\":\"a\",\"kind\":\"jar\",\"sql\":\"x\"}", 400, "'kind' must be sql"),
                Arguments.of("{\"agreementId\":\"a\",\"kind\":\"sql\"}", 400, "'sql' is missing"),
                Arguments.of(
                        "{\"agreementId\":\"secret-value\",\"kind\":\"sql\",\"sql\":\"x\"}", 404, "no such agreement"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void submit_malformedBody_saysWhatIsExpected(String body, int status, String words) {
        Answer answer = platform.send(platform.as("developer", "/api/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertProblem(answer, status);
        assertThat(answer.json().string("detail")).contains(words).doesNotContain("secret-value");
    }

    @Test
    void acceptLanguage_chinese_saysItInChinese_withTheSameCode() {
        Answer english = platform.get("developer", "/api/v1/jobs/no-such-job");
        for (String path : new String[] {"/api/v1/jobs/no-such-job", "/api/v1/nothing"}) {
            Answer chinese = platform.send(platform.as("developer", path)
                    .header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")
                    .GET());
            assertProblem(chinese, 404);
            assertThat(chinese.json().string("code")).isEqualTo(english.json().string("code"));
            assertThat(chinese.json().string("detail")).matches("\\p{IsHan}+。");
            assertThat(chinese.header("Content-Language")).isEqualTo("zh");
            assertThat(chinese.header("Vary")).contains("Accept-Language");
        }
        assertThat(english.json().string("detail")).isEqualTo("Your organization has no such job.");
        Answer anonymous = platform.send(
                platform.request("/api/v1/jobs").header("Accept-Language", "zh").GET());
        assertThat(anonymous.json().string("detail")).contains("令牌");
    }

    @Test
    void acceptLanguage_chinese_explainsRefusalsInChinese() throws Exception {
        String agreement = platform.agreed("spoken");
        platform.engines.script(run -> io.yunyu.api.platform.FakeEngines.refused());
        Answer answer = platform.send(platform.as("developer", "/api/v1/checks")
                .header("Accept-Language", "zh-CN")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        Json.bytes(Json.object("agreementId", agreement, "sql", "SELECT id_no FROM spoken")))));
        platform.engines.succeed();
        assertThat(answer.json().string("verdict")).isEqualTo("refused");
        assertThat(answer.json().objects("findings").get(0).string("suggestion"))
                .isEqualTo("请从授权的表中选取。");
        assertThat(answer.json().objects("findings").get(0).string("rule")).isEqualTo("rows-not-aggregates");
    }

    @Test
    void unknownPath_isNotFound() {
        assertProblem(platform.get("developer", "/api/v1/nothing"), 404);
        assertProblem(platform.get("developer", "/api/v1/jobs/no-such-job"), 404);
    }

    @Test
    void otherMethod_isNotAllowed_andNamesTheOnesThatAre() {
        Answer answer = platform.send(platform.as("developer", "/api/v1/jobs").DELETE());
        assertProblem(answer, 405);
        assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void otherMediaType_isUnsupported() {
        HttpRequest.Builder request = platform.as("developer", "/api/v1/jobs")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        assertProblem(platform.send(request), 415);
    }

    @Test
    void bodyOverTheBound_isTooLarge_whetherItSaysSoOrNot() {
        byte[] large = new byte[(1 << 20) + 10];
        java.util.Arrays.fill(large, (byte) ' ');
        assertProblem(
                platform.send(platform.as("developer", "/api/v1/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(large))),
                413);
        assertProblem(
                platform.send(platform.as("developer", "/api/v1/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413);
    }

    @Test
    void badParameter_isBadRequest() {
        assertProblem(platform.get("auditor", "/api/v1/ledger/consistency?from=x&to=1"), 400);
        assertProblem(platform.get("auditor", "/api/v1/ledger/consistency?from=5&to=2"), 400);
    }

    @Test
    void takenId_isAConflict_andChangesNothing() throws Exception {
        String before = platform.query("select count(*) from ledger_leaf");
        Answer answer = platform.post(
                "operator",
                "/api/v1/organizations",
                Json.object("id", Platform.PROVIDER, "kind", "PROVIDER", "nameZh", "重名", "nameEn", "Again"));
        assertProblem(answer, 409);
        assertThat(platform.query("select count(*) from ledger_leaf")).isEqualTo(before);
    }

    @Test
    void openApi_describesTheRoutes() {
        Answer answer = platform.send(platform.request("/v3/api-docs").GET());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains(
                        "/api/v1/jobs",
                        "Idempotency-Key",
                        "/api/v1/reviews/{id}/decision",
                        "RefusalCertificate",
                        "ReviewView");
    }

    @Test
    void operatorFile_isForItsOwnerOnly() throws Exception {
        Path file = home.resolve("server/operator.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rw-------");
        assertThat(platform.query("select password_hash from person where id = 'operator'"))
                .doesNotContain(Json.parseObject(Files.readString(file)).string("password"));
    }

    @Test
    void serverLog_holdsNoPasswordTokenOrQuery() throws Exception {
        platform.submit("no-such-agreement", "SELECT planted_9f3c FROM nowhere", java.util.Optional.empty());
        String log = Files.readString(home.resolve("server/server.log"));
        assertThat(log).doesNotContain("planted_9f3c", Platform.PASSWORD, platform.token("developer"));
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().asMap().keySet())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "code");
        assertThat(answer.json().longValue("status")).isEqualTo(status);
        assertThat(answer.text()).doesNotContain("Exception", "java.", "springframework");
    }
}

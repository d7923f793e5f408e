package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.identity.Role;
import io.yunyu.api.identity.Routes;
import io.yunyu.api.identity.Scope;
import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what: every route, every role. */
class AuthorisationTest {
    private static final Map<Role, String> PEOPLE = Map.of(
            Role.OPERATOR, "operator",
            Role.PROVIDER_STEWARD, "steward",
            Role.PROVIDER_REVIEWER, "reviewer",
            Role.DEVELOPER, "developer",
            Role.AUDITOR, "auditor");
    /** Open to everybody: the doors themselves, and what carries no data. */
    private static final Set<String> PUBLIC = Set.of("/sign-in", "/error", "/api/v1/health", "/api/v1/tokens");

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

    @Test
    void everyRoute_forEveryRole_isAllowedExactlyAsTheTableSays() {
        List<String> wrong = new ArrayList<>();
        for (Routes.Route route : Routes.api()) {
            for (Map.Entry<Role, String> person : PEOPLE.entrySet()) {
                boolean expected = route.roles().contains(person.getKey())
                        && person.getKey().scopes().contains(route.scope());
                int status = call(person.getValue(), route).status();
                // An allowed call reaches its door, which knows nothing by that id or refuses the empty body.
                if ((status != 403) != expected || status == 401 || status >= 500) {
                    wrong.add(person.getKey() + " " + route.method() + " " + route.path() + " gave " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRoute_withoutOrWithUnknownToken_isNotAuthenticated() {
        for (Routes.Route route : Routes.api()) {
            assertThat(call("nobody", route).verdict())
                    .as(route.path().toString())
                    .isEqualTo("401 NOT_AUTHENTICATED");
        }
        assertThat(platform.send(platform.request("/api/v1/me").header("Authorization", "Bearer yy_forged"))
                        .verdict())
                .isEqualTo("401 NOT_AUTHENTICATED");
    }

    @Test
    void everyHandler_isInATableOfRoutes_orKnownToBePublic() {
        Set<String> known = new TreeSet<>(PUBLIC);
        Routes.api().forEach(route -> known.add(route.path().getPatternString()));
        Routes.pages().forEach(route -> known.add(route.path().getPatternString()));
        Set<String> served = new TreeSet<>();
        platform.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(info -> served.addAll(info.getPatternValues()));
        served.removeIf(path -> path.startsWith("/v3/api-docs"));
        assertThat(known).containsAll(served);
        assertThat(served)
                .containsAll(
                        known.stream().filter(path -> path.startsWith("/api")).toList());
    }

    @Test
    void narrowToken_beyondItsScope_isRefused() {
        String basic = java.util.Base64.getEncoder()
                .encodeToString(("developer:" + Platform.PASSWORD).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Answer read = platform.send(platform.request("/api/v1/tokens")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"scopes\":[\"read\"],\"expiresInSeconds\":600}")));
        assertThat(read.status()).isEqualTo(201);
        String bearer = "Bearer " + read.json().string("token");

        Answer submit = platform.send(platform.request("/api/v1/jobs")
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
        Answer jobs = platform.send(platform.request("/api/v1/jobs").header("Authorization", bearer));
        Answer beyond = platform.send(platform.request("/api/v1/tokens")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"scopes\":[\"review\"]}")));

        assertThat(submit.verdict()).isEqualTo("403 NOT_ALLOWED");
        assertThat(jobs.status()).isEqualTo(200);
        assertThat(beyond.verdict()).isEqualTo("403 NOT_ALLOWED");
    }

    @Test
    void revokedOrExpiredToken_isNotAuthenticated() throws Exception {
        Answer issued = platform.signIn("auditor", Platform.PASSWORD);
        String bearer = "Bearer " + issued.json().string("token");
        String id = issued.json().string("id");
        assertThat(platform.send(platform.request("/api/v1/me").header("Authorization", bearer))
                        .status())
                .isEqualTo(200);

        Answer revoked = platform.send(platform.request("/api/v1/tokens/" + id)
                .header("Authorization", bearer)
                .DELETE());
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(platform.send(platform.request("/api/v1/me").header("Authorization", bearer))
                        .status())
                .isEqualTo(401);

        Answer later = platform.signIn("auditor", Platform.PASSWORD);
        String second = later.json().string("token");
        platform.sql("update api_token set expires_at = now() - interval '1 second' where id = '"
                + later.json().string("id") + "'");
        assertThat(platform.send(platform.request("/api/v1/me").header("Authorization", "Bearer " + second))
                        .status())
                .isEqualTo(401);
        assertThat(platform.query("select string_agg(digest, ' ') from api_token"))
                .doesNotContain(second.substring(3));
    }

    @Test
    void signIn_wrongNameOrPassword_sayTheSame_andCloseAfterFiveFailures() {
        Answer unknown = platform.signIn("nobody-at-all", "whatever it may be");
        Answer wrong = platform.signIn("secondary", "whatever it may be");
        assertThat(unknown.verdict()).isEqualTo("401 NOT_AUTHENTICATED");
        assertThat(wrong.text()).isEqualTo(unknown.text());
        for (int i = 0; i < 4; i++) {
            platform.signIn("secondary", "whatever it may be");
        }
        Answer closed = platform.signIn("secondary", Platform.PASSWORD);
        assertThat(closed.verdict()).isEqualTo("429 CAPACITY");
        assertThat(Integer.parseInt(closed.header("Retry-After"))).isBetween(1, 901);
    }

    @Test
    void person_withARoleBeyondTheOrganizationsKind_isRefused() {
        Answer answer = platform.post(
                "operator",
                "/api/v1/persons",
                Json.object(
                        "id",
                        "intruder",
                        "organization",
                        Platform.DEVELOPER,
                        "name",
                        "x",
                        "roles",
                        List.of("PROVIDER_REVIEWER"),
                        "password",
                        Platform.PASSWORD));
        assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void scopes_ofRoles_neverJoinAskingAndDeciding() {
        for (Role role : Role.values()) {
            assertThat(role.scopes().containsAll(Set.of(Scope.SUBMIT, Scope.REVIEW)))
                    .as(role.name())
                    .isFalse();
        }
    }

    private static Answer call(String person, Routes.Route route) {
        String path = route.path().getPatternString().replaceAll("\\{[a-z]+}", "no-such-id")
                + (route.path().getPatternString().endsWith("consistency") ? "?from=1&to=1" : "");
        var request = platform.as(person, path).header("Content-Type", "application/json");
        return platform.send(
                switch (route.method()) {
                    case "GET" -> request.GET();
                    case "DELETE" -> request.DELETE();
                    default -> request.POST(BodyPublishers.ofString("{}"));
                });
    }
}

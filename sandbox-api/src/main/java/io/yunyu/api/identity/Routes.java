package io.yunyu.api.identity;

import static io.yunyu.api.identity.Role.DEVELOPER;
import static io.yunyu.api.identity.Role.OPERATOR;
import static io.yunyu.api.identity.Role.PROVIDER_REVIEWER;
import static io.yunyu.api.identity.Role.PROVIDER_STEWARD;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call what: the one table of routes. What is not in it is denied. Whether the thing asked for belongs to the
 * caller is decided at the door of the route, whether its state allows the act by the table of states.
 */
public final class Routes {
    private static final Set<Role> ANYONE = Set.of(Role.values());
    private static final Set<Role> PARTIES = Set.of(PROVIDER_STEWARD, DEVELOPER);
    private static final Set<Role> RELEASE_READERS = Set.of(PROVIDER_REVIEWER, PROVIDER_STEWARD, DEVELOPER);
    private static final Set<Role> AGREEMENT_READERS = Set.of(PROVIDER_STEWARD, PROVIDER_REVIEWER, DEVELOPER);

    private static final List<Route> API = List.of(
            route("GET", "/api/v1/me", Scope.READ, ANYONE),
            route("GET", "/api/v1/tokens", Scope.READ, ANYONE),
            route("DELETE", "/api/v1/tokens/{id}", Scope.READ, ANYONE),
            route("POST", "/api/v1/organizations", Scope.OPERATE, Set.of(OPERATOR)),
            route("GET", "/api/v1/organizations", Scope.READ, ANYONE),
            route("POST", "/api/v1/persons", Scope.OPERATE, Set.of(OPERATOR)),
            route("POST", "/api/v1/ingests", Scope.INGEST, Set.of(PROVIDER_STEWARD)),
            route("GET", "/api/v1/ingests", Scope.READ, Set.of(PROVIDER_STEWARD, PROVIDER_REVIEWER)),
            route("GET", "/api/v1/ingests/{id}", Scope.READ, Set.of(PROVIDER_STEWARD, PROVIDER_REVIEWER)),
            route("GET", "/api/v1/datasets", Scope.READ, ANYONE),
            route("GET", "/api/v1/datasets/{id}", Scope.READ, ANYONE),
            route("GET", "/api/v1/elements", Scope.READ, ANYONE),
            route("GET", "/api/v1/elements/{release}", Scope.READ, ANYONE),
            route("GET", "/api/v1/datasets/{id}/profile", Scope.READ, ANYONE),
            route("POST", "/api/v1/agreements", Scope.AGREE, PARTIES),
            route("POST", "/api/v1/agreements/{id}/signatures", Scope.AGREE, PARTIES),
            route("POST", "/api/v1/agreements/{id}/revocation", Scope.AGREE, Set.of(PROVIDER_STEWARD)),
            route("GET", "/api/v1/agreements", Scope.READ, AGREEMENT_READERS),
            route("GET", "/api/v1/agreements/{id}", Scope.READ, AGREEMENT_READERS),
            route("GET", "/api/v1/agreements/{id}/grant", Scope.READ, AGREEMENT_READERS),
            route("POST", "/api/v1/jobs", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("POST", "/api/v1/jobs/forecast", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("GET", "/api/v1/budgets", Scope.READ, RELEASE_READERS),
            route("POST", "/api/v1/checks", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("GET", "/api/v1/jobs", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/api/v1/jobs/{id}", Scope.READ, Set.of(DEVELOPER)),
            route("POST", "/api/v1/jobs/{id}/cancel", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("POST", "/api/v1/programs", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("GET", "/api/v1/programs", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/api/v1/programs/{id}", Scope.READ, Set.of(DEVELOPER)),
            route("POST", "/api/v1/programs/{id}/cancel", Scope.SUBMIT, Set.of(DEVELOPER)),
            route("GET", "/api/v1/reviews", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("GET", "/api/v1/reviews/{id}", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("POST", "/api/v1/reviews/{id}/decision", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("POST", "/api/v1/policy/replays", Scope.AGREE, Set.of(PROVIDER_STEWARD)),
            route("GET", "/api/v1/policy/replays/{id}", Scope.AGREE, Set.of(PROVIDER_STEWARD)),
            route("GET", "/api/v1/releases", Scope.READ, RELEASE_READERS),
            route("GET", "/api/v1/releases/{id}", Scope.READ, RELEASE_READERS),
            route("GET", "/api/v1/releases/{id}/bundle", Scope.READ, RELEASE_READERS),
            route("GET", "/api/v1/engines", Scope.OPERATE, Set.of(OPERATOR)),
            route("GET", "/api/v1/ledger/checkpoint", Scope.READ, ANYONE),
            route("GET", "/api/v1/ledger/consistency", Scope.READ, ANYONE),
            route("GET", "/api/v1/trust", Scope.READ, ANYONE));

    private static final List<Route> PAGES = List.of(
            route("GET", "/", Scope.READ, ANYONE),
            route("GET", "/datasets", Scope.READ, ANYONE),
            route("GET", "/jobs", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/jobs/{id}", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/programs", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/programs/{id}", Scope.READ, Set.of(DEVELOPER)),
            route("GET", "/reviews", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("GET", "/reviews/{id}", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("GET", "/reviews/{id}/report", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("POST", "/reviews/{id}/decision", Scope.REVIEW, Set.of(PROVIDER_REVIEWER)),
            route("GET", "/budgets", Scope.READ, RELEASE_READERS),
            route("GET", "/releases", Scope.READ, RELEASE_READERS),
            route("GET", "/releases/{id}", Scope.READ, RELEASE_READERS),
            route("GET", "/releases/{id}/files/{name}", Scope.READ, RELEASE_READERS),
            route("GET", "/trust.pub", Scope.READ, ANYONE));

    private Routes() {}

    /** One method and path, and who may call it. */
    public record Route(String method, PathPattern path, Scope scope, Set<Role> roles) {
        boolean matches(String path) {
            return this.path.matches(PathContainer.parsePath(path));
        }
    }

    /** Routes of programs, with bearer tokens. */
    public static List<Route> api() {
        return API;
    }

    /** Routes of people, with a session. */
    public static List<Route> pages() {
        return PAGES;
    }

    static Optional<Route> find(List<Route> table, String method, String path) {
        String effective = method.equals("HEAD") ? "GET" : method;
        return table.stream()
                .filter(route -> route.method().equals(effective) && route.matches(path))
                .findFirst();
    }

    /** Methods that some route has for the path; empty if there is no such path. */
    static Set<String> methods(List<Route> table, String path) {
        Set<String> methods = new TreeSet<>();
        table.stream().filter(route -> route.matches(path)).forEach(route -> methods.add(route.method()));
        return methods;
    }

    private static Route route(String method, String path, Scope scope, Set<Role> roles) {
        return new Route(method, PathPatternParser.defaultInstance.parse(path), scope, roles);
    }
}

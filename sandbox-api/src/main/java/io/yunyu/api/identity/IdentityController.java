package io.yunyu.api.identity;

import io.yunyu.api.state.ActKind;
import io.yunyu.api.web.Form;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.VerificationKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is who: organizations, persons and tokens. */
@RestController
@RequestMapping("/api/v1")
class IdentityController {
    private final Directory directory;
    private final SignIn signIn;
    private final Tokens tokens;

    IdentityController(Directory directory, SignIn signIn, Tokens tokens) {
        this.directory = directory;
        this.signIn = signIn;
        this.tokens = tokens;
    }

    record TokenRequest(@Nullable Set<Scope> scopes, @Nullable Long expiresInSeconds) {}

    record TokenAnswer(String id, String token, List<String> scopes, Instant expiresAt) {}

    record OrganizationForm(String id, OrganizationKind kind, String nameZh, String nameEn, @Nullable String key) {
        OrganizationForm {
            Form.id(id, "id");
            Form.present(kind, "kind");
            Form.name(nameZh, "nameZh");
            Form.name(nameEn, "nameEn");
            checkKey(key);
        }
    }

    record PersonForm(
            String id, String organization, String name, Set<Role> roles, String password, @Nullable String key) {
        PersonForm {
            Form.id(id, "id");
            Form.id(organization, "organization");
            Form.name(name, "name");
            Form.text(password, "password");
            checkKey(key);
            if (Form.present(roles, "roles").isEmpty()) {
                throw new JsonException("Member 'roles' must name at least one role.");
            }
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "PersonForm[" + id + "]";
        }
    }

    record OrganizationView(String id, OrganizationKind kind, String nameZh, String nameEn, @Nullable String key) {
        static OrganizationView of(Organization organization) {
            return new OrganizationView(
                    organization.id(),
                    organization.kind(),
                    organization.nameZh(),
                    organization.nameEn(),
                    organization.signingKey().orElse(null));
        }
    }

    record Me(String person, String organization, OrganizationKind kind, Set<Role> roles, Set<Scope> scopes) {}

    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", "up");
    }

    @PostMapping("/tokens")
    ResponseEntity<TokenAnswer> token(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) @Nullable TokenRequest request,
            HttpServletRequest from) {
        String[] credentials = basic(authorization);
        Actor actor = signIn.check(credentials[0], credentials[1], from.getRemoteAddr());
        Set<Scope> scopes = request == null || request.scopes() == null ? Set.of() : request.scopes();
        Duration term = request == null || request.expiresInSeconds() == null
                ? Tokens.DEFAULT_TERM
                : Duration.ofSeconds(request.expiresInSeconds());
        Tokens.Issued issued = tokens.issue(actor, scopes, term);
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + issued.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new TokenAnswer(
                        issued.id(),
                        issued.secret(),
                        issued.scopes().stream().map(Scope::text).sorted().toList(),
                        issued.expiresAt()));
    }

    @GetMapping("/tokens")
    Map<String, List<Tokens.Listed>> tokens(@AuthenticationPrincipal Actor actor) {
        return Map.of("tokens", tokens.of(actor));
    }

    @DeleteMapping("/tokens/{id}")
    ResponseEntity<Void> revoke(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        tokens.revoke(actor, id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/me")
    Me me(@AuthenticationPrincipal Actor actor) {
        return new Me(actor.person(), actor.organization(), actor.kind(), actor.roles(), actor.scopes());
    }

    @GetMapping("/organizations")
    Map<String, List<OrganizationView>> organizations() {
        return Map.of(
                "organizations",
                directory.organizations().stream().map(OrganizationView::of).toList());
    }

    @PostMapping("/organizations")
    ResponseEntity<OrganizationView> add(@AuthenticationPrincipal Actor actor, @RequestBody OrganizationForm form) {
        Organization organization =
                new Organization(form.id(), form.kind(), form.nameZh(), form.nameEn(), Optional.ofNullable(form.key()));
        directory.add(
                organization,
                actor.act(
                        ActKind.ORGANIZATION_REGISTERED,
                        form.id(),
                        Map.of("kind", form.kind().name())));
        return ResponseEntity.created(URI.create("/api/v1/organizations")).body(OrganizationView.of(organization));
    }

    @PostMapping("/persons")
    ResponseEntity<Map<String, Object>> add(@AuthenticationPrincipal Actor actor, @RequestBody PersonForm form) {
        Organization organization = directory
                .organization(form.organization())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST, "Member 'organization' names no organization of this installation."));
        form.roles().stream()
                .filter(role -> !organization.kind().mayHave(role))
                .findFirst()
                .ifPresent(role -> {
                    throw new ProblemException(
                            ProblemCode.BAD_REQUEST,
                            "A person of a " + organization.kind() + " organization cannot be " + role + ".");
                });
        Person person = new Person(
                form.id(), form.organization(), form.name(), form.roles(), Optional.ofNullable(form.key()), true);
        directory.add(
                person,
                signIn.hash(form.password()),
                actor.act(ActKind.PERSON_REGISTERED, form.id(), Map.of("organization", form.organization())));
        return ResponseEntity.created(URI.create("/api/v1/persons"))
                .body(Map.of("id", person.id(), "organization", person.organization(), "roles", person.roles()));
    }

    private static String[] basic(@Nullable String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String text = new String(
                        Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                if (colon > 0) {
                    return new String[] {text.substring(0, colon), text.substring(colon + 1)};
                }
            } catch (IllegalArgumentException e) {
                throw needsBasic();
            }
        }
        throw needsBasic();
    }

    private static ProblemException needsBasic() {
        return new ProblemException(
                ProblemCode.NOT_AUTHENTICATED, "A token is issued against name and password, by HTTP Basic.");
    }

    private static void checkKey(@Nullable String key) {
        if (key != null) {
            VerificationKey.parse(key);
        }
    }
}

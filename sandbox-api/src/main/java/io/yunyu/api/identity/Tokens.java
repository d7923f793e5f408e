package io.yunyu.api.identity;

import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tokens that stand for a person's sign-in: random, stored as digests, scoped, expiring, revocable. */
@Repository
public class Tokens {
    static final Duration DEFAULT_TERM = Duration.ofHours(12);
    static final Duration LONGEST_TERM = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Tokens(JdbcClient jdbc, Recorder recorder, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** @param secret shown once, never stored */
    public record Issued(String id, String secret, Set<Scope> scopes, Instant expiresAt) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    /** A token as its owner may list it. */
    public record Listed(String id, List<String> scopes, Instant createdAt, Instant expiresAt, boolean revoked) {}

    /** @throws ProblemException NOT_ALLOWED if a scope goes beyond the person's roles */
    public Issued issue(Actor owner, Set<Scope> wanted, Duration term) {
        Set<Scope> scopes = wanted.isEmpty() ? owner.scopes() : EnumSet.copyOf(wanted);
        if (!owner.scopes().containsAll(scopes)) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED, "A token cannot have scopes that its owner's roles do not give.");
        }
        if (term.isNegative() || term.isZero() || term.compareTo(LONGEST_TERM) > 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "Member 'expiresInSeconds' must be 1 to 2592000 (30 days).");
        }
        String id = "tok-" + random(12);
        String secret = "yy_" + random(32);
        Instant now = clock.instant();
        recorder.write(
                owner.act(ActKind.TOKEN_ISSUED, id, Map.of("scopes", String.join(" ", sorted(scopes)))),
                () -> jdbc.sql("insert into api_token values (:id, :person, :digest, string_to_array(:scopes, ','),"
                                + " :now, :until, null)")
                        .param("id", id)
                        .param("person", owner.person())
                        .param("digest", digest(secret))
                        .param("scopes", String.join(",", sorted(scopes)))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("until", now.plus(term).atOffset(ZoneOffset.UTC))
                        .update());
        return new Issued(id, secret, scopes, now.plus(term));
    }

    /** The person a token stands for; empty if it is unknown, expired or revoked, or the person is no longer active. */
    Optional<Actor> actor(String secret) {
        return jdbc.sql(
                        """
                        select t.scopes, t.created_at, p.id, p.organization, p.roles, o.kind
                        from api_token t join person p on p.id = t.person join organization o on o.id = p.organization
                        where t.digest = :digest and t.revoked_at is null and t.expires_at > :now and p.active
                        """)
                .param("digest", digest(secret))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Tokens::actor)
                .optional();
    }

    /** @throws ProblemException NOT_FOUND if the person has no such token */
    public void revoke(Actor owner, String id) {
        recorder.write(owner.act(ActKind.TOKEN_REVOKED, id, Map.of()), () -> {
            int changed = jdbc.sql("update api_token set revoked_at = :now where id = :id and person = :person"
                            + " and revoked_at is null")
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .param("person", owner.person())
                    .update();
            if (changed == 0) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "You have no such token in force.");
            }
        });
    }

    public List<Listed> of(Actor owner) {
        return jdbc.sql("select * from api_token where person = :person order by created_at")
                .param("person", owner.person())
                .query((row, number) -> new Listed(
                        row.getString("id"),
                        List.of(Directory.texts(row.getArray("scopes"))),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getObject("revoked_at") != null))
                .list();
    }

    private static Actor actor(ResultSet row, int number) throws SQLException {
        Set<Role> roles = Arrays.stream(Directory.texts(row.getArray("roles")))
                .map(Role::valueOf)
                .collect(Collectors.toSet());
        Set<Scope> scopes = Arrays.stream(Directory.texts(row.getArray("scopes")))
                .map(Scope::of)
                .filter(scope -> roles.stream().anyMatch(role -> role.scopes().contains(scope)))
                .collect(Collectors.toSet());
        return new Actor(
                row.getString("id"),
                row.getString("organization"),
                OrganizationKind.valueOf(row.getString("kind")),
                roles,
                scopes,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private String random(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static List<String> sorted(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().toList();
    }

    private static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }
}

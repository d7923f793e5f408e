package io.yunyu.api.identity;

import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The organizations and persons of the installation. */
@Repository
public class Directory {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Clock clock;

    Directory(JdbcClient jdbc, Recorder recorder, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** @throws ProblemException CONFLICT if the id is taken */
    public void add(Organization organization, Act act) {
        unique(
                "organization",
                () -> recorder.write(
                        act, () -> jdbc.sql("insert into organization values (:id, :kind, :zh, :en, :key, :now)")
                                .param("id", organization.id())
                                .param("kind", organization.kind().name())
                                .param("zh", organization.nameZh())
                                .param("en", organization.nameEn())
                                .param("key", organization.signingKey().orElse(null))
                                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                                .update()));
    }

    /** @throws ProblemException CONFLICT if the id is taken */
    public void add(Person person, String passwordHash, Act act) {
        unique(
                "person",
                () -> recorder.write(act, () -> jdbc.sql("insert into person values (:id, :organization,"
                                + " :name, string_to_array(:roles, ','), :key, :hash, :active, :now)")
                        .param("id", person.id())
                        .param("organization", person.organization())
                        .param("name", person.name())
                        .param("roles", person.roles().stream().map(Enum::name).collect(Collectors.joining(",")))
                        .param("key", person.signingKey().orElse(null))
                        .param("hash", passwordHash)
                        .param("active", person.active())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()));
    }

    public Optional<Organization> organization(String id) {
        return jdbc.sql("select * from organization where id = :id")
                .param("id", id)
                .query(Directory::organization)
                .optional();
    }

    public List<Organization> organizations() {
        return jdbc.sql("select * from organization order by id")
                .query(Directory::organization)
                .list();
    }

    public Optional<Person> person(String id) {
        return jdbc.sql("select * from person where id = :id")
                .param("id", id)
                .query(Directory::person)
                .optional();
    }

    Optional<String> passwordHash(String person) {
        return jdbc.sql("select password_hash from person where id = :id and active")
                .param("id", person)
                .query(String.class)
                .optional();
    }

    boolean isEmpty() {
        return jdbc.sql("select count(*) from person").query(Long.class).single() == 0;
    }

    /** Whether the key is registered for the organization itself, or for one of its active persons with one of the roles. */
    public boolean isKeyOf(String organization, String key, Set<Role> roles) {
        return jdbc.sql(
                        """
                        select exists (select 1 from organization where id = :organization and signing_key = :key)
                            or exists (select 1 from person where organization = :organization and signing_key = :key
                                       and active and roles && string_to_array(:roles, ','))
                        """)
                .param("organization", organization)
                .param("key", key)
                .param("roles", roles.stream().map(Enum::name).collect(Collectors.joining(",")))
                .query(Boolean.class)
                .single();
    }

    private static Organization organization(ResultSet row, int number) throws SQLException {
        return new Organization(
                row.getString("id"),
                OrganizationKind.valueOf(row.getString("kind")),
                row.getString("name_zh"),
                row.getString("name_en"),
                Optional.ofNullable(row.getString("signing_key")));
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        return new Person(
                row.getString("id"),
                row.getString("organization"),
                row.getString("name"),
                Arrays.stream(texts(row.getArray("roles"))).map(Role::valueOf).collect(Collectors.toSet()),
                Optional.ofNullable(row.getString("signing_key")),
                row.getBoolean("active"));
    }

    static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static void unique(String what, Runnable write) {
        try {
            write.run();
        } catch (DuplicateKeyException e) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "There is already a " + what + " with this id. Choose another id.");
        }
    }
}

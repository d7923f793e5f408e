package io.yunyu.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

    @Test
    void start_besideAServerLeftRunning_adoptsIt_andAfterAStopKeepsTheData(@TempDir Path home) throws Exception {
        Path directory = home.resolve("pg");
        EmbeddedDatabase first = EmbeddedDatabase.start(directory, PROGRAMS);
        execute(first, "create table kept (n int)");
        String pid =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);

        EmbeddedDatabase adopted = EmbeddedDatabase.start(directory, PROGRAMS);

        assertThat(adopted.url()).isEqualTo(first.url());
        assertThat(Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0))
                .isEqualTo(pid);
        adopted.close();
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
        EmbeddedDatabase again = EmbeddedDatabase.start(directory, PROGRAMS);
        execute(again, "insert into kept values (1)");
        again.close();
    }

    @Test
    void start_afterTheServerWasKilled_recovers(@TempDir Path home) throws Exception {
        Path directory = home.resolve("pg");
        EmbeddedDatabase first = EmbeddedDatabase.start(directory, PROGRAMS);
        execute(first, "create table kept (n int)");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                                .get(0)))
                .orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();

        EmbeddedDatabase again = EmbeddedDatabase.start(directory, PROGRAMS);

        execute(again, "insert into kept values (1)");
        again.close();
    }

    @Test
    void server_isClosedToOthers(@TempDir Path home) throws Exception {
        Path directory = home.resolve("pg");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS)) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), "guess")
                            .close())
                    .isInstanceOf(SQLException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute(sql);
        }
    }
}

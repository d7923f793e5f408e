package io.yunyu.ledger.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real PostgreSQL of its own; every fresh data source is a database with the ledger's tables and nothing in them. */
final class LedgerDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedPostgres postgres;

    LedgerDatabase() throws IOException {
        this.postgres = EmbeddedPostgres.start();
    }

    DataSource fresh() throws SQLException, IOException {
        String name = "ledger" + COUNT.incrementAndGet();
        execute(postgres.getPostgresDatabase(), "create database " + name);
        DataSource database = postgres.getDatabase("postgres", name);
        try (InputStream sql = Objects.requireNonNull(PostgresLedger.class.getResourceAsStream("/db/ledger.sql"))) {
            execute(database, new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        return database;
    }

    /** A copy of the database as it is now: what a backup is. */
    DataSource copyOf(DataSource database) throws SQLException {
        String name = "ledger" + COUNT.incrementAndGet();
        String from;
        try (Connection connection = database.getConnection()) {
            from = connection.getCatalog();
        }
        execute(postgres.getPostgresDatabase(), "create database " + name + " template " + from);
        return postgres.getDatabase("postgres", name);
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package io.yunyu.engine.ingest;

import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * A table of a PostgreSQL database. All partitions read one snapshot, which the database exports to them, by ranges of
 * pages; what was read is kept in encrypted spill, so that the database is read once and later passes see the same rows.
 */
final class JdbcSource implements RecordSource {
    private static final int PARTITIONS_PER_CORE = 4;
    private static final long MIN_PAGES = 256;

    private final LoopbackRelay relay;
    private final Connection snapshotHolder;
    private final String digest;
    private final List<String> columns;
    private final JavaRDD<SourceRecord> records;

    JdbcSource(JavaSparkContext spark, Source.Jdbc source, Path socket, String password) {
        this.digest = RecordScan.digestOf(Json.bytes(source.toJson()));
        try {
            this.relay = new LoopbackRelay(socket);
            String url = "jdbc:postgresql://127.0.0.1:" + relay.port() + "/" + source.database();
            this.snapshotHolder = connect(url, source.user(), password);
            String table = quoted(source.table());
            this.columns = columnsOf(table);
            ArrayList<String> selects = selects(table, columns, spark.defaultParallelism());
            JdbcPartition.Access access = new JdbcPartition.Access(url, source.user(), password, snapshot());
            this.records = spark.parallelize(selects, selects.size())
                    .flatMap(select -> new JdbcPartition(access, select))
                    .persist(StorageLevel.DISK_ONLY());
        } catch (SQLException | IOException e) {
            throw SourceProblems.unreadable(reason(e));
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public JavaRDD<SourceRecord> records() {
        return records;
    }

    @Override
    public void close() {
        records.unpersist(false);
        relay.close();
        try {
            snapshotHolder.close();
        } catch (SQLException e) {
            // The transaction only read; the server ends it with the connection.
        }
    }

    static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "yunyu");
        properties.setProperty("readOnly", "true");
        properties.setProperty("logServerErrorDetail", "false");
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private List<String> columnsOf(String table) throws SQLException {
        try (Statement statement = snapshotHolder.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData meta = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i));
            }
            return List.copyOf(names);
        }
    }

    private String snapshot() throws SQLException {
        return single("SELECT pg_export_snapshot()");
    }

    /** Ranges of pages where the source is a plain table; a view has none and is read by one task. */
    private ArrayList<String> selects(String table, List<String> names, int cores) throws SQLException {
        String select = "SELECT " + names.stream().map(JdbcSource::quotedName).collect(Collectors.joining(", "))
                + " FROM " + table;
        String literal = "'" + table.replace("'", "''") + "'::regclass";
        String pages = single("SELECT CASE WHEN relkind = 'r' THEN pg_relation_size(oid) / "
                + "current_setting('block_size')::bigint ELSE 0 END FROM pg_class WHERE oid = " + literal);
        long count = Long.parseLong(pages);
        int parts = (int) Math.max(1, Math.min((long) cores * PARTITIONS_PER_CORE, count / MIN_PAGES));
        ArrayList<String> result = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            String from = i == 0 ? "" : " ctid >= '(" + count * i / parts + ",0)'::tid";
            String to = i == parts - 1 ? "" : " ctid < '(" + count * (i + 1) / parts + ",0)'::tid";
            String both = Stream.of(from, to).filter(s -> !s.isEmpty()).collect(Collectors.joining(" AND"));
            result.add(both.isEmpty() ? select : select + " WHERE" + both);
        }
        return result;
    }

    private String single(String sql) throws SQLException {
        try (Statement statement = snapshotHolder.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("no row");
            }
            return row.getString(1);
        }
    }

    private static String quoted(String table) {
        return Stream.of(table.split("\\.", 2)).map(JdbcSource::quotedName).collect(Collectors.joining("."));
    }

    private static String quotedName(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** By SQL state only: the server's own text may quote values. */
    private static String reason(Exception e) {
        String state = e instanceof SQLException sql ? nullToEmpty(sql.getSQLState()) : "";
        if (state.startsWith("28")) {
            return "The database refused the user or the password. Check both.";
        }
        if (state.equals("3D000")) {
            return "The database server has no database of this name.";
        }
        if (state.equals("42P01") || state.equals("3F000")) {
            return "The database has no table of this name, or the user may not see it.";
        }
        if (state.equals("42501")) {
            return "The user may not read the table. Grant it SELECT.";
        }
        return "The database could not be read. Check host, port and that it accepts connections.";
    }

    private static String nullToEmpty(@Nullable String s) {
        return s == null ? "" : s;
    }
}

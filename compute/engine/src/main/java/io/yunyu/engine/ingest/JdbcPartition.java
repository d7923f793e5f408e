package io.yunyu.engine.ingest;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of one range of pages, fetched in pieces. Closes its connection at the end, or with its task. */
final class JdbcPartition implements Iterator<SourceRecord> {
    private static final int FETCH_ROWS = 5000;

    private final Connection connection;
    private final ResultSet rows;
    private final int width;
    private boolean ready;
    private boolean ended;

    JdbcPartition(Access access, String select) {
        try {
            connection = JdbcSource.connect(access.url, access.user, access.password);
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> closeConnection());
            Statement statement = connection.createStatement();
            statement.execute("SET TRANSACTION SNAPSHOT '" + access.snapshot + "'");
            statement.setFetchSize(FETCH_ROWS);
            rows = statement.executeQuery(select);
            width = rows.getMetaData().getColumnCount();
        } catch (SQLException e) {
            throw broken();
        }
    }

    @Override
    public boolean hasNext() {
        try {
            if (!ready && !ended) {
                ended = !rows.next();
                ready = !ended;
                if (ended) {
                    closeConnection();
                }
            }
            return ready;
        } catch (SQLException e) {
            throw broken();
        }
    }

    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        try {
            String[] fields = new String[width];
            for (int i = 0; i < width; i++) {
                String value = rows.getString(i + 1);
                fields[i] = value == null || value.isEmpty() ? null : value;
            }
            return new SourceRecord(fields, null);
        } catch (SQLException e) {
            throw broken();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The transaction only read.
        }
    }

    /** Without the cause: a server's text may quote values. */
    private static RuntimeException broken() {
        return SourceProblems.unreadable("The connection to the database broke while the table was read. Try again.");
    }

    /** How to reach the database. Exists in this process only. */
    static final class Access implements Serializable {
        private static final long serialVersionUID = 1L;

        final String url;
        final String user;
        final String password;
        final String snapshot;

        Access(String url, String user, String password, String snapshot) {
            this.url = url;
            this.user = user;
            this.password = password;
            this.snapshot = snapshot;
        }
    }
}

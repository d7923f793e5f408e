package io.yunyu.api.guard;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * An advisory lock on a dataset family, held by a database session of its own: a control plane that dies lets go of it with
 * its sessions.
 */
final class FamilyLock implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final Connection session;

    private FamilyLock(Connection session) {
        this.session = session;
    }

    /** @throws ProblemException CAPACITY if others hold it all the time */
    static FamilyLock take(DataSource database, String family, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Connection session = database.getConnection();
                if (locked(session, family)) {
                    return new FamilyLock(session);
                }
                session.close();
                if (System.nanoTime() > end) {
                    throw new ProblemException(
                            ProblemCode.CAPACITY,
                            "Other jobs of this dataset family did not end in time. Submit the job again.");
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (SQLException e) {
                throw new IllegalStateException("The database did not give a lock.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException(ProblemCode.CAPACITY, "The server is stopping. Submit the job again.");
            }
        }
    }

    private static boolean locked(Connection session, String family) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "guard " + family);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try (session;
                PreparedStatement statement = session.prepareStatement("select pg_advisory_unlock_all()")) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The database did not take a lock back.", e);
        }
    }
}

package io.yunyu.api.proof;

import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.store.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes acts into the ledger, on the connection of the transaction under way. */
@Component
class LedgerJournal implements Journal {
    private final Ledger ledger;
    private final DataSource database;
    private final JdbcClient jdbc;
    private final Clock clock;

    LedgerJournal(Ledger ledger, DataSource database, JdbcClient jdbc, Clock clock) {
        this.ledger = ledger;
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public long append(Act act) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An act is recorded in the transaction of its effect only.");
        }
        AuditEvent event = new AuditEvent(
                act.kind().name(),
                act.subjects(),
                act.actor(),
                act.organization(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                act.detail());
        long leaf = append(event);
        for (String subject : act.subjects()) {
            jdbc.sql("insert into act_subject values (:leaf, :subject)")
                    .param("leaf", leaf)
                    .param("subject", subject)
                    .update();
        }
        return leaf;
    }

    private long append(AuditEvent event) {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            return ledger.append(connection, event);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger could not be written; nothing was changed.", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}

package io.yunyu.api.proof;

import io.yunyu.api.Settings;
import io.yunyu.api.engine.Vault;
import io.yunyu.ledger.store.Ledger;
import io.yunyu.ledger.store.LedgerException;
import io.yunyu.ledger.store.LedgerRefusedException;
import io.yunyu.ledger.store.PostgresLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger of this installation. It refuses to start on a database that was rolled back. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerConfiguration.class);

    @Bean
    Ledger ledger(DataSource database, Vault vault, Settings settings, Clock clock, Flyway migrated)
            throws IOException {
        Path directory = Files.createDirectories(settings.home().resolve("ledger"));
        PostgresLedger ledger =
                new PostgresLedger(database, vault.trust().logKey(), directory.resolve("checkpoints.log"), clock);
        ledger.reconcile();
        Thread audit = new Thread(() -> audit(ledger), "ledger-audit");
        audit.setDaemon(true);
        audit.setPriority(Thread.MIN_PRIORITY);
        audit.start();
        return ledger;
    }

    /** The start looks at what is new; beside the running server everything is looked at once. */
    private static void audit(Ledger ledger) {
        try {
            ledger.audit();
        } catch (LedgerRefusedException e) {
            LOG.error("The ledger is not what its checkpoints say; nothing is signed any more. {}", e.getMessage());
        } catch (LedgerException e) {
            LOG.warn(
                    "The ledger could not be audited; the next start tries again: {}",
                    e.getClass().getName());
        }
    }
}

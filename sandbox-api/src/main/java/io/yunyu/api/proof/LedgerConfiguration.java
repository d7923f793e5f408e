package io.yunyu.api.proof;

import io.yunyu.api.Settings;
import io.yunyu.api.engine.Vault;
import io.yunyu.ledger.store.Ledger;
import io.yunyu.ledger.store.PostgresLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger of this installation. It refuses to start on a database that was rolled back. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    @Bean
    Ledger ledger(DataSource database, Vault vault, Settings settings, Clock clock, Flyway migrated)
            throws IOException {
        Path directory = Files.createDirectories(settings.home().resolve("ledger"));
        PostgresLedger ledger =
                new PostgresLedger(database, vault.trust().logKey(), directory.resolve("checkpoints.log"), clock);
        ledger.reconcile();
        return ledger;
    }
}

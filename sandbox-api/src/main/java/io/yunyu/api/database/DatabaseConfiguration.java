package io.yunyu.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yunyu.api.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the control plane keeps its metadata. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    @Bean
    DatabaseServer databaseServer(Settings settings) throws IOException {
        Settings.Database access = settings.databaseAccess();
        if (access.url() != null && !access.url().isBlank()) {
            return new DatabaseServer(Optional.empty());
        }
        Path directory = settings.home().resolve("pg");
        Path binaries = access.binaries();
        return new DatabaseServer(Optional.of(
                EmbeddedDatabase.start(directory, binaries == null ? directory.resolve("programs") : binaries)));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Settings settings, DatabaseServer server) {
        HikariConfig config = new HikariConfig();
        Settings.Database access = settings.databaseAccess();
        Optional<EmbeddedDatabase> embedded = server.embedded();
        config.setJdbcUrl(embedded.map(EmbeddedDatabase::url).orElseGet(access::url));
        config.setUsername(embedded.map(EmbeddedDatabase::user).orElseGet(access::user));
        config.setPassword(embedded.map(EmbeddedDatabase::password).orElseGet(access::password));
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** The server of this installation's own, if it has one. Closed after the pool that depends on it. */
    record DatabaseServer(Optional<EmbeddedDatabase> embedded) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (embedded.isPresent()) {
                embedded.get().close();
            }
        }
    }
}

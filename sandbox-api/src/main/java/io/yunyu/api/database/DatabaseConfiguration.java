package io.yunyu.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yunyu.api.Settings;
import java.io.IOException;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the control plane keeps its metadata. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    @Bean
    Optional<EmbeddedDatabase> embeddedDatabase(Settings settings) throws IOException {
        Settings.Database access = settings.databaseAccess();
        if (access.url() != null && !access.url().isBlank()) {
            return Optional.empty();
        }
        java.nio.file.Path directory = settings.home().resolve("pg");
        java.nio.file.Path binaries = access.binaries();
        return Optional.of(
                EmbeddedDatabase.start(directory, binaries == null ? directory.resolve("programs") : binaries));
    }

    @Bean
    EmbeddedDatabaseStop embeddedDatabaseStop(Optional<EmbeddedDatabase> embedded) {
        return new EmbeddedDatabaseStop(embedded);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Settings settings, EmbeddedDatabaseStop stop) {
        HikariConfig config = new HikariConfig();
        Settings.Database access = settings.databaseAccess();
        Optional<EmbeddedDatabase> embedded = stop.database();
        config.setJdbcUrl(embedded.map(EmbeddedDatabase::url).orElseGet(access::url));
        config.setUsername(embedded.map(EmbeddedDatabase::user).orElseGet(access::user));
        config.setPassword(embedded.map(EmbeddedDatabase::password).orElseGet(access::password));
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** Closes the embedded server after the pool: beans are destroyed in reverse order of their dependencies. */
    record EmbeddedDatabaseStop(Optional<EmbeddedDatabase> database) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (database.isPresent()) {
                database.get().close();
            }
        }
    }
}

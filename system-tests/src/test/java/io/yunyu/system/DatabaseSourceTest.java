package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Planted;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider's database, reached by an engine that has no network but the one relayed address; its password is planted too. */
class DatabaseSourceTest {
    private static final Planted PASSWORD = Planted.word("password");
    private static final Planted ID = Planted.word("identifier");

    @TempDir
    Path dir;

    @Test
    void ingest_tableOfADatabase_loadedThroughTheRelayAndPasswordKeptNowhere() throws Exception {
        try (EmbeddedPostgres source = EmbeddedPostgres.builder().start();
                Platform platform = Platform.shared(dir.resolve("home"))) {
            fill(source);
            JsonObject done = ingest(platform, source.getPort(), PASSWORD.text());
            assertThat(done.string("state")).as(Json.write(done.asMap())).isEqualTo("DONE");
            assertThat(done.object("report").longValue("rowsLoaded")).isEqualTo(500);

            JsonObject nobodyThere = ingest(platform, 9, PASSWORD.text());
            assertThat(nobodyThere.string("state")).isEqualTo("FAILED");
            assertThat(nobodyThere.object("problem").string("code")).isEqualTo("SOURCE_UNREADABLE");
        }
    }

    private static void fill(EmbeddedPostgres source) throws Exception {
        try (Connection connection = source.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE loader LOGIN PASSWORD '" + PASSWORD.text() + "'");
            statement.execute("CREATE TABLE patients AS SELECT '" + ID.text()
                    + "' || i AS id, CASE WHEN i % 2 = 0 THEN 'Dali' ELSE 'Kunming' END AS town,"
                    + " (20 + i % 60)::bigint AS age FROM generate_series(1, 500) AS i");
            statement.execute("GRANT SELECT ON patients TO loader");
        }
    }

    private static JsonObject ingest(Platform platform, int port, String password) {
        IngestOrder order = platform.order(
                "patients",
                "id",
                new Source.Jdbc("127.0.0.1", port, "postgres", "patients", "loader", "batch-" + port),
                List.of(column("id", "STRING"), column("town", "STRING"), column("age", "LONG")));
        return IngestCommand.send(
                platform.as(Role.STEWARD),
                order.toText(),
                platform.parties().signer(Role.STEWARD),
                Optional.of(password));
    }

    private static AttributeSpec column(String name, String type) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, name, name);
    }
}

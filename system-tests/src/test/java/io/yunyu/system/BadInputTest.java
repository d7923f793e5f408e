package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user can get wrong: each gets the documented exit code and a text that says what to do. What needs no data is in
 * {@link TwoLanguagesTest}.
 */
class BadInputTest {
    private static final Planted ID = Planted.word("identifier");

    @TempDir
    private Path dir;

    private Path people() throws Exception {
        StringBuilder rows = new StringBuilder("id;town;age\n");
        for (int i = 0; i < 200; i++) {
            rows.append(ID.text())
                    .append(i)
                    .append(i % 2 == 0 ? ";Dali;" : ";Kunming;")
                    .append(20 + i % 50)
                    .append('\n');
        }
        return Files.writeString(Egress.source(dir.resolve("people.csv")), rows);
    }

    private Path query(String sql) throws Exception {
        return Files.writeString(dir.resolve("query.sql"), sql);
    }

    private Command demo(Object... more) throws Exception {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "demo";
        arguments[1] = "--json";
        arguments[2] = "--out";
        arguments[3] = dir.resolve("out");
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Command.run(arguments);
    }

    @Test
    void demo_inputWithoutUnit_exit2BeforeAnythingStarts() throws Exception {
        Command refused = demo("--input", people());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).contains("--unit");
        assertThat(dir.resolve("out/home")).doesNotExist();
    }

    /** By default {@link CanaryTest} has a batch refused for it. */
    @Test
    @Heavy
    void demo_unitColumnMissing_exit2NamingTheColumn() throws Exception {
        Command refused = demo(
                "--input",
                people(),
                "--delimiter",
                ";",
                "--unit",
                "person",
                "--query",
                query("SELECT town, count(*) FROM input GROUP BY town"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
        assertThat(Json.parseObject(refused.out()).string("detail")).contains("person");
    }

    @Test
    void demo_wrongDelimiter_exit2() throws Exception {
        Command refused = demo(
                "--input",
                people(),
                "--delimiter",
                "|",
                "--unit",
                "id",
                "--query",
                query("SELECT town, count(*) FROM input GROUP BY town"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
        assertThat(Json.parseObject(refused.out()).string("detail")).contains("delimiter '|'");
    }

    /** By default {@link DummyTest} has a query refused with this exit code. */
    @Test
    @Heavy
    void demo_queryOnRows_exit3NamingTheRule() throws Exception {
        Command refused = demo(
                "--input",
                people(),
                "--delimiter",
                ";",
                "--unit",
                "id",
                "--query",
                query("SELECT town, age FROM input"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(Json.parseObject(refused.out()).string("code")).isEqualTo("QUERY_REFUSED");
    }

    @Test
    void demo_portOccupied_exit6() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command refused = demo("--port", taken.getLocalPort(), "--persons", 1000);
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        }
    }
}

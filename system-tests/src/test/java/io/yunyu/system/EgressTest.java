package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.json.Json;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value carried out of a running installation on purpose, by each way out that the search of what leaves knows. */
class EgressTest {
    /** Known to this test alone: what it carries out is no leak of the platform's. */
    private static final Planted WORD = Planted.unwatched("word");

    @TempDir
    private Path dir;

    @Test
    void valueCarriedOut_byEachWay_isFound() throws Exception {
        Process carrier;
        try (Platform platform = Platform.start(dir.resolve("home"))) {
            // By an answer, and by a row that the database keeps compressed.
            platform.as(Role.OPERATOR)
                    .post(
                            "/api/v1/organizations",
                            Json.object(
                                    "id", "carrier",
                                    "kind", "PROVIDER",
                                    "nameZh", "机构",
                                    "nameEn", "Name " + WORD.text(),
                                    "key", platform.parties().publicKey(Role.STEWARD)));
            platform.as(Role.DEVELOPER).get("/api/v1/organizations");
            try (Connection database = platform.database();
                    Statement statement = database.createStatement()) {
                statement.execute("create table carrier as select repeat('" + WORD.text() + " ', 1000) as text");
            }
            // By a log; packed, in a file left in an engine's scratch.
            Files.writeString(
                    platform.home().resolve("server/console.log"),
                    WORD.text(),
                    java.nio.file.StandardOpenOption.APPEND);
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(platform.home().resolve("scratch/spill")))) {
                out.write(WORD.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            Files.createDirectory(platform.home().resolve("tables/" + WORD.text()));
            // By what a command says, on either stream, and by a command line that others see.
            Command.run("demo", "--input", "/nowhere/" + WORD.text(), "--unit", "a", "--query", "/nowhere", "--json");
            Command.run("demo", "--input", "/nowhere/" + WORD.text(), "--unit", "a", "--query", "/nowhere");
            carrier = new ProcessBuilder("sh", "-c", "sleep 600; true", WORD.text()).start();
        }
        carrier.descendants().forEach(ProcessHandle::destroy);
        carrier.destroy();
        List<Planted> values = List.of(WORD);
        Set<String> streams = Egress.findInStreams(values);
        assertThat(streams)
                .anyMatch(line -> line.startsWith("answers on connection"))
                .anyMatch(line -> line.startsWith("rows of public.carrier"))
                .anyMatch(line -> line.startsWith("stdout of demo"))
                .anyMatch(line -> line.startsWith("stderr of demo"))
                .anyMatch(line -> line.startsWith("cmdline of a process"));
        Set<String> files = Egress.findInFiles(values, List.of(dir));
        assertThat(files)
                .anyMatch(line -> line.contains("console.log"))
                .anyMatch(line -> line.contains("scratch/spill > gzip"))
                .anyMatch(line -> line.startsWith("a name"));
    }
}

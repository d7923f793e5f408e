package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk below the tables, the ledger and the database of a whole installation, and in the long form below the
 * engines' scratch.
 */
class FullDiskTest {
    private static final int LIMIT_SECONDS = 420;

    /** Small file systems of the test's own, seen by nobody outside its mount namespace; then no privilege is left over. */
    private static final String SCRIPT =
            """
            set -eu
            home=$1; drop=$2; shift 2
            for part in tables scratch ledger pg; do
              size=24m; [ "$part" != pg ] || size=200m
              mkdir -p "$home/$part"
              mount -t tmpfs -o "mode=0700,size=$size" "$part" "$home/$part"
            done
            if [ "$drop" = yes ]; then
              exec setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all "$@"
            fi
            exec "$@"
            """;

    private static final Planted ID = Planted.word("identifier");

    @TempDir
    private Path dir;

    @Test
    void fullDisk_atEachStore_saysSoLeavesNothingHalfAndGoesOnOnceThereIsSpace() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> namespaces = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        if (!root) {
            namespaces.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
        }
        assumeTrue(succeeds(namespaces), "This host lets the test make no mount namespace of its own.");
        Path home = Files.createDirectories(dir.resolve("home"));
        List<String> command = new ArrayList<>(namespaces);
        command.addAll(List.of("--", "sh", "-c", SCRIPT, "full-disk", home.toString(), root ? "no" : "yes"));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dyunyu.root=" + Command.root(),
                "-Dyunyu.system.heavy=" + Heavy.ON,
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                home.toString(),
                FullDisk.mountNamespace(),
                ID.text()));
        Egress.source(home.resolve("inbox/people.csv"));
        Path out = dir.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroy();
        }
        assertThat(ended).as(Files.readString(out)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        assertThat(Files.readString(out)).contains("tables", "ledger", "database");
        assertThat(Files.readString(out).contains("scratch: ")).isEqualTo(Heavy.ON);
        // What was mounted was seen inside only.
        assertThat(home.resolve("tables")).isEmptyDirectory();
    }

    private static boolean succeeds(List<String> namespaces) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(namespaces);
        command.addAll(List.of("--", "mount", "-t", "tmpfs", "probe", "/mnt"));
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}

package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut could undo. The main job runs under strace, and its files are held against the order in which they and
 * their names were forced to disk: a file before its name, the names in a directory before whoever relies on them. What
 * the disk does with a force is its own matter and not tested.
 */
class PowerCutTest {
    private static final int ROWS = 400;

    @TempDir
    static Path dir;

    private static Path home;
    private static SyncTrace trace;

    @BeforeAll
    static void runMainJobUnderStrace() throws Exception {
        Path probe = dir.resolve("probe");
        assumeTrue(canTrace(probe), "This host lets nobody trace system calls; install strace, or allow ptrace.");
        StringBuilder csv = new StringBuilder("id,region\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i).append(',').append("ABCD".charAt(i % 4)).append('\n');
        }
        Path out = dir.resolve("out");
        Command demo = Command.runUnder(
                SyncTrace.command(dir.resolve("trace")),
                "demo",
                "--input",
                Files.writeString(dir.resolve("input.csv"), csv),
                "--unit",
                "id",
                "--query",
                Files.writeString(dir.resolve("query.sql"), "SELECT region, count(*) AS n FROM input GROUP BY region"),
                "--out",
                out);
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        home = out.resolve("home").toRealPath();
        trace = SyncTrace.read(dir.resolve("trace"));
    }

    @Test
    void commit_table_followsItsDataAndTheirNames() throws Exception {
        List<Integer> commits = trace.names(path -> path.matches("/data/input/_delta_log/\\d+\\.json"));
        assertThat(commits).hasSize(1);
        int commit = commits.get(0);
        List<String> data = files(home.resolve("tables/input"), name -> name.endsWith(".parquet"));
        assertThat(data).isNotEmpty();
        int last = -1;
        for (String name : data) {
            last = Math.max(last, firstBefore(commit, "/data/input/" + name));
        }
        assertThat(between(last, commit, "/data/input"))
                .as("the names of data files")
                .isTrue();
        int named =
                trace.names(path -> path.startsWith("/data/input/_batches/")).get(0);
        assertThat(named).as("the report of the batch, before the commit").isLessThan(commit);
        assertThat(between(named, commit, "/data/input/_batches")).isTrue();
        assertThat(between(-1, commit, home.resolve("tables").toString()))
                .as("the name of the table's directory")
                .isTrue();
    }

    /** Everything that is written beside its place and then named: a forced file, a name, a forced directory. */
    @Test
    void names_commitsReportsAndKeys_areGivenToForcedFilesAndForcedThemselves() {
        List<Integer> names = trace.names(path -> path.startsWith("/data/input/")
                || path.startsWith(home + "/vault/")
                || path.equals(home + "/server/operator.json"));
        // The commit, the report of the batch, the operator's file, the master key, and keys for two columns at least.
        assertThat(names).hasSizeGreaterThan(5);
        for (int at : names) {
            SyncTrace.Step name = trace.steps().get(at);
            assertThat(between(-1, at, name.source()))
                    .as("forced before its name: " + name)
                    .isTrue();
            assertThat(between(at, trace.steps().size(), parent(name.path())))
                    .as("name forced afterwards: " + name)
                    .isTrue();
        }
    }

    @Test
    void checkpoints_eachLine_isForced() throws Exception {
        Path file = home.resolve("ledger/checkpoints.log");
        assertThat(trace.syncs(file.toString()))
                .hasSizeGreaterThanOrEqualTo(Files.readAllLines(file).size());
        assertThat(trace.syncs(file.getParent().toString())).isNotEmpty();
    }

    @Test
    void signingKeys_filesAndNames_areForced() throws Exception {
        List<String> keys = files(home.resolve("keys"), name -> name.endsWith(".key"));
        assertThat(keys).hasSize(3);
        for (String key : keys) {
            int forced = trace.syncs(home + "/keys/" + key).get(0);
            assertThat(between(forced, trace.steps().size(), home + "/keys"))
                    .as(key)
                    .isTrue();
        }
    }

    /** PostgreSQL looks after its own files, if nobody tells it not to. */
    @Test
    void database_log_isForced() {
        assertThat(trace.steps())
                .filteredOn(step ->
                        step.kind() == SyncTrace.Kind.SYNC && step.path().startsWith(home + "/pg/data/pg_wal/0"))
                .hasSizeGreaterThan(10);
    }

    private static boolean between(int after, int before, String path) {
        return trace.syncs(path).stream().anyMatch(at -> at > after && at < before);
    }

    private static int firstBefore(int before, String path) {
        List<Integer> syncs = trace.syncs(path);
        assertThat(syncs).as("forced: " + path).isNotEmpty();
        assertThat(syncs.get(0)).as("forced before the commit: " + path).isLessThan(before);
        return syncs.get(0);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static List<String> files(Path directory, Predicate<String> name) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name).toList();
        }
    }

    private static boolean canTrace(Path probe) throws Exception {
        List<String> command = new ArrayList<>(SyncTrace.command(probe));
        command.add("true");
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (java.io.IOException absent) {
            return false;
        }
    }
}

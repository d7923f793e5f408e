package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.demo.DemoParties;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * What {@link FullDiskTest} runs in its mount namespace: {@code HOME NAMESPACE-OUTSIDE IDENTIFIER}. Fills one file system after
 * the other to the last byte, and empties it again.
 */
final class FullDisk {
    private static final int ROWS = 20_000;
    private static final String SQL = "SELECT town, count(*) AS n FROM people GROUP BY town";

    private final Platform platform;

    private final Planted id;

    private FullDisk(Platform platform, Planted id) {
        this.platform = platform;
        this.id = id;
    }

    static String mountNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString();
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 3 || args[1].equals(mountNamespace())) {
            throw new IllegalStateException("This fills disks; it runs in a mount namespace of its own only.");
        }
        Planted id = Planted.watch("identifier", args[2]);
        try (Platform platform = Platform.start(Path.of(args[0]))) {
            FullDisk test = new FullDisk(platform, id);
            test.tables();
            String agreement = platform.agree(5, new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY))));
            if (Heavy.ON) {
                test.scratch(agreement);
            }
            test.ledger(agreement);
            test.database();
        }
        // What failed half-way left no value behind: not in a table, a spill, a log or the database.
        Egress.check(List.of(Path.of(args[0])));
        Egress.checkStreams();
        // Threads of the HTTP client would keep the process.
        System.exit(0);
    }

    private void tables() throws Exception {
        StringBuilder rows = new StringBuilder("id,town\n");
        for (int i = 0; i < ROWS; i++) {
            rows.append(id.text())
                    .append(i)
                    .append(i % 2 == 0 ? ",Dali" : ",Kunming")
                    .append('\n');
        }
        platform.source("people.csv", rows);
        IngestOrder order = platform.order("people", "id", new Source.Csv("people.csv", ","), List.of());
        Path tables = platform.home().resolve("tables");
        Path filler = fill(tables);
        JsonObject failed = platform.ingest(order);
        assertThat(failed.string("state")).as(Json.write(failed.asMap())).isEqualTo("FAILED");
        assertFull(Problem.parse(failed.object("problem")), "tables");
        Files.delete(filler);
        assertThatThrownBy(() -> platform.as(Role.DEVELOPER).get("/api/v1/datasets/people"))
                .satisfies(e -> assertThat(problem(e).code()).isEqualTo(ProblemCode.NOT_FOUND));
        JsonObject loaded = platform.ingest(order);
        assertThat(loaded.object("report").bool("alreadyLoaded")).isFalse();
        assertThat(loaded.object("report").longValue("rowsLoaded")).isEqualTo(ROWS);
    }

    private void scratch(String agreement) throws IOException {
        Path filler = fill(platform.home().resolve("scratch"));
        JsonObject failed = platform.awaitRest(platform.submit(agreement, SQL));
        assertThat(failed.string("state")).as(Json.write(failed.asMap())).isEqualTo("FAILED");
        assertFull(Problem.parse(failed.object("problem")), "scratch");
        Files.delete(filler);
        JsonObject done = platform.awaitRest(platform.submit(agreement, SQL));
        assertThat(done.string("state")).as(Json.write(done.asMap())).isEqualTo("IN_REVIEW");
    }

    /** No checkpoint, no release; it follows by itself once there is space. */
    private void ledger(String agreement) throws Exception {
        String job = platform.submit(agreement, SQL);
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        Path filler = fill(platform.home().resolve("ledger"));
        platform.approve(job);
        assertThatThrownBy(() -> platform.as(Role.DEVELOPER).getBytes("/api/v1/ledger/checkpoint"))
                .satisfies(e -> assertFull(problem(e), "ledger"));
        assertThat(platform.job(job).string("state")).isEqualTo("APPROVED");
        Files.delete(filler);
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("RELEASED");
    }

    private void database() throws Exception {
        Path filler = fill(platform.home().resolve("pg"));
        Problem full = null;
        int drafts = 0;
        for (int i = 0; i < 400 && full == null; i++) {
            try {
                draft(i);
                drafts++;
            } catch (ProblemException e) {
                full = e.problem();
            }
        }
        assertThat(full).as("no draft was refused").isNotNull();
        assertFull(full, "database after " + drafts + " drafts");
        Files.delete(filler);
        draft(1000);
        assertThat(platform.job(platform.submit(agreementOf(), SQL)).string("state"))
                .isIn("SUBMITTED", "RUNNING", "IN_REVIEW");
    }

    private String agreementOf() throws Exception {
        return platform.agree(5, new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY))));
    }

    /** Text that does not compress, so that the database needs room for it. */
    private void draft(int seed) {
        StringBuilder purpose = new StringBuilder();
        new Random(seed).ints(40_000, 'a', 'z').forEach(c -> purpose.append((char) c));
        Agreement agreement = new Agreement(
                "agreement-" + UUID.randomUUID(),
                DemoParties.PROVIDER,
                DemoParties.DEVELOPER,
                platform.parties().publicKey(Role.STEWARD),
                platform.parties().publicKey(Role.DEVELOPER),
                purpose.toString(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                5,
                List.of(new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY)))));
        platform.as(Role.DEVELOPER).post("/api/v1/agreements", Json.object("document", agreement.toText()));
    }

    private static void assertFull(Problem problem, String where) {
        System.out.println(where + ": " + problem);
        assertThat(problem.code()).as(problem.detail()).isEqualTo(ProblemCode.DISK_FULL);
        assertThat(problem.detail()).contains("full");
    }

    private static Problem problem(Throwable thrown) {
        if (thrown instanceof ProblemException known) {
            return known.problem();
        }
        throw new AssertionError("Not a problem", thrown);
    }

    private static Path fill(Path directory) throws IOException {
        Path filler = directory.resolve("filler");
        byte[] block = new byte[1 << 16];
        for (int size = block.length; size > 0; size >>= 1) {
            try (OutputStream out = Files.newOutputStream(
                    filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block, 0, size);
                }
            } catch (IOException full) {
                // The next smaller piece may still fit.
            }
        }
        return filler;
    }
}

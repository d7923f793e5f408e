package io.yunyu.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import io.yunyu.ledger.merkle.InclusionProof;
import io.yunyu.ledger.merkle.NaiveTree;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PostgresLedgerTest {
    private static LedgerDatabase postgres;

    @TempDir
    Path directory;

    private final SigningKey key = SigningKey.generate();
    private final LogKey logKey = LogKey.of("yunyu.example/log", key.verificationKey());
    private final CheckpointSigner signer = CheckpointSigner.of(key);
    private DataSource database;
    private Ledger ledger;

    @BeforeAll
    static void start() throws IOException {
        postgres = new LedgerDatabase();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void create() throws Exception {
        database = postgres.fresh();
        ledger = on(database);
    }

    @Test
    void append_randomTransactions_equalsNaiveTree() throws SQLException {
        long seed = Long.getLong("yunyu.seed", 20261123L);
        System.out.println("append_randomTransactions_equalsNaiveTree seed " + seed);
        Random random = new Random(seed);
        NaiveTree tree = new NaiveTree();
        int size = 0;
        while (size < 150) {
            int count = 1 + random.nextInt(7);
            boolean commit = random.nextInt(4) > 0;
            try (Connection connection = transaction()) {
                for (int i = 0; i < count; i++) {
                    assertThat(ledger.append(connection, event(size + i))).isEqualTo(size + i);
                }
                if (commit) {
                    connection.commit();
                    size += count;
                } else {
                    connection.rollback();
                }
            }
        }
        for (int i = 0; i < size; i++) {
            Opening opening = ledger.opening(i).orElseThrow();
            assertThat(opening.event()).isEqualTo(event(i));
            tree.append(opening.leafHash());
        }
        SignedCheckpoint checkpoint = ledger.checkpoint(signer);
        assertThat(checkpoint.checkpoint().size()).isEqualTo(size);
        assertThat(checkpoint.checkpoint().rootHash()).isEqualTo(tree.root(size));
        for (int i = 0; i < 60; i++) {
            int to = 1 + random.nextInt(size);
            int from = random.nextInt(to + 1);
            int index = random.nextInt(to);
            InclusionProof inclusion = ledger.inclusionProof(index, to);
            assertThat(hex(inclusion.path())).isEqualTo(hex(tree.inclusion(index, to)));
            assertThat(inclusion.holds(ledger.opening(index).orElseThrow().leafHash(), tree.root(to)))
                    .isTrue();
            ConsistencyProof consistency = ledger.consistencyProof(from, to);
            assertThat(hex(consistency.path())).isEqualTo(hex(tree.consistency(from, to)));
        }
        ledger.reconcile();
    }

    @Test
    void append_manyThreads_givesEveryIndexOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<List<Long>>> futures = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                int thread = t;
                Callable<List<Long>> work = () -> {
                    List<Long> indexes = new ArrayList<>();
                    for (int i = 0; i < 25; i++) {
                        try (Connection connection = transaction()) {
                            long index = ledger.append(connection, event(thread * 100 + i));
                            if (i % 5 == 4) {
                                connection.rollback();
                            } else {
                                connection.commit();
                                indexes.add(index);
                            }
                        }
                        if (i % 10 == 0) {
                            ledger.checkpoint(signer);
                        }
                    }
                    return indexes;
                };
                futures.add(threads.submit(work));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> future : futures) {
                all.addAll(future.get());
            }
            assertThat(all).hasSize(120).doesNotHaveDuplicates().allMatch(i -> i >= 0 && i < 120);
        } finally {
            threads.shutdownNow();
        }
        NaiveTree tree = new NaiveTree();
        for (int i = 0; i < 120; i++) {
            tree.append(ledger.opening(i).orElseThrow().leafHash());
        }
        SignedCheckpoint latest = ledger.checkpoint(signer);
        assertThat(latest.checkpoint().root()).isEqualTo(StrictBase64.encode(tree.root(120)));
        for (SignedCheckpoint earlier : ledger.checkpointsBelow(120, 100)) {
            int size = (int) earlier.checkpoint().size();
            assertThat(earlier.checkpoint().rootHash()).isEqualTo(tree.root(size));
        }
        ledger.reconcile();
    }

    @Test
    void append_autoCommitOrSnapshotIsolation_isRefused() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> ledger.append(connection, event(0))).isInstanceOf(IllegalStateException.class);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> ledger.append(connection, event(0))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void checkpoint_nothingAppended_isTheSameAndWritesNothing() throws Exception {
        append(3);
        SignedCheckpoint first = ledger.checkpoint(signer);
        assertThat(ledger.checkpoint(signer)).isEqualTo(first);
        assertThat(ledger.latestCheckpoint()).contains(first);
        assertThat(logKey.open(first.note())).isEqualTo(first.checkpoint());
        assertThat(Files.readAllLines(log())).hasSize(1);
    }

    @Test
    void checkpoint_signerRefusesOrLies_keepsNothing() throws Exception {
        append(3);
        SigningKey other = SigningKey.generate();
        assertThatThrownBy(() -> ledger.checkpoint(CheckpointSigner.of(other))).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> ledger.checkpoint((c, proofs) -> {
                    throw new IOException("vault is away");
                }))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("vault is away");
        assertThat(ledger.latestCheckpoint()).isEmpty();
        assertThat(log()).doesNotExist();
    }

    @Test
    void eraseOpening_logged_keepsTreeAndProofs() throws Exception {
        append(10);
        SignedCheckpoint before = ledger.checkpoint(signer);
        byte[] leaf = ledger.opening(4).orElseThrow().leafHash();
        try (Connection connection = transaction()) {
            assertThat(ledger.eraseOpening(connection, 4)).isTrue();
            connection.commit();
        }
        assertThat(ledger.opening(4)).isEmpty();
        assertThat(ledger.inclusionProof(4, 10).holds(leaf, before.checkpoint().rootHash()))
                .isTrue();
        ledger.reconcile();
    }

    @Test
    void proofs_beyondTheLog_areRefused() throws Exception {
        append(3);
        assertThatThrownBy(() -> ledger.inclusionProof(0, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.inclusionProof(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.consistencyProof(1, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Reconcile {
        @Test
        void reconcile_databaseRolledBack_isRefused() throws Exception {
            append(5);
            ledger.checkpoint(signer);
            DataSource backup = postgres.copyOf(database);
            append(2);
            ledger.checkpoint(signer);

            assertThatThrownBy(() -> on(backup).reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("holds 5 events")
                    .hasMessageContaining("size 7")
                    .hasMessageContaining("rolled back");
            ledger.reconcile();
        }

        @Test
        void reconcile_databaseForked_isRefused() throws Exception {
            append(5);
            DataSource other = postgres.copyOf(database);
            append(3);
            ledger.checkpoint(signer);
            append(on(other), other, 4);
            assertThatThrownBy(() -> on(other).reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("differ");
        }

        @Test
        void reconcile_leafOrNodeChanged_isRefused() throws Exception {
            append(6);
            ledger.checkpoint(signer);
            DataSource leaf = postgres.copyOf(database);
            DataSource node = postgres.copyOf(database);
            assertThatThrownBy(() -> LedgerDatabase.execute(leaf, "update ledger_leaf set leaf_hash = sha256('x')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
            LedgerDatabase.execute(
                    leaf,
                    "alter table ledger_leaf disable trigger all;"
                            + "update ledger_leaf set leaf_hash = sha256('x') where idx = 5");
            LedgerDatabase.execute(
                    node,
                    "alter table ledger_node disable trigger all;"
                            + "update ledger_node set hash = sha256('x') where level = 2");
            assertThatThrownBy(() -> on(leaf).reconcile()).isInstanceOf(LedgerRefusedException.class);
            assertThatThrownBy(() -> on(node).reconcile()).isInstanceOf(LedgerRefusedException.class);
        }

        @Test
        void reconcile_outsideFileCutOrGone_isRefused() throws Exception {
            append(5);
            ledger.checkpoint(signer);
            append(1);
            ledger.checkpoint(signer);
            List<String> lines = Files.readAllLines(log());
            Files.writeString(log(), lines.get(0) + "\n");
            assertThatThrownBy(() -> ledger.reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("size 6");
            Files.delete(log());
            assertThatThrownBy(() -> ledger.reconcile()).isInstanceOf(LedgerRefusedException.class);
        }

        @Test
        void reconcile_outsideLineOfAnotherKeyOrChanged_isRefused() throws Exception {
            append(5);
            ledger.checkpoint(signer);
            String line = Files.readString(log());
            Files.writeString(log(), line.replace("\\n5\\n", "\\n4\\n"));
            assertThatThrownBy(() -> ledger.reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("Line 1");
        }

        @Test
        void reconcile_crashBetweenFileAndDatabase_isRepaired() throws Exception {
            append(5);
            DataSource crashed = postgres.copyOf(database);
            SignedCheckpoint checkpoint = ledger.checkpoint(signer);
            Ledger restarted = on(crashed);
            restarted.reconcile();
            assertThat(restarted.latestCheckpoint().map(SignedCheckpoint::note)).contains(checkpoint.note());
        }

        @Test
        void reconcile_tornLastLine_isCutAndAppendsGoOn() throws Exception {
            append(5);
            ledger.checkpoint(signer);
            String whole = Files.readString(log());
            Files.writeString(log(), "{\"at\":\"2026", StandardOpenOption.APPEND);
            ledger.reconcile();
            assertThat(log()).hasContent(whole);
            append(1);
            ledger.checkpoint(signer);
            ledger.reconcile();
        }

        @Test
        void reconcile_nothingYet_passes() {
            ledger.reconcile();
            ledger.audit();
            ledger.reconcile();
        }

        /** The start trusts what an earlier one compared; the audit beside it does not. */
        @Test
        void audit_oldLeafChangedBehindTheMark_isFoundAndNothingIsSignedAfterwards() throws Exception {
            append(6);
            ledger.checkpoint(signer);
            ledger.reconcile();
            append(3);
            ledger.checkpoint(signer);
            Ledger honest = on(postgres.copyOf(database));
            honest.reconcile();
            honest.audit();
            LedgerDatabase.execute(
                    database,
                    "alter table ledger_leaf disable trigger all;"
                            + "update ledger_leaf set leaf_hash = sha256('x') where idx = 2");
            Ledger restarted = on(database);
            restarted.reconcile();
            restarted.checkpoint(signer);
            assertThatThrownBy(restarted::audit)
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("changed or forked");
            append(restarted, database, 1);
            assertThatThrownBy(() -> restarted.checkpoint(signer)).isInstanceOf(LedgerRefusedException.class);
        }

        @Test
        void reconcile_withAMark_stillFindsWhatIsNewOrRolledBack() throws Exception {
            append(5);
            ledger.checkpoint(signer);
            DataSource backup = postgres.copyOf(database);
            append(2);
            ledger.checkpoint(signer);
            ledger.reconcile();
            assertThat(directory.resolve("reconciled.json")).exists();
            assertThatThrownBy(() -> on(backup).reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("size 7");
            append(2);
            ledger.checkpoint(signer);
            DataSource changed = postgres.copyOf(database);
            LedgerDatabase.execute(
                    changed,
                    "alter table ledger_leaf disable trigger all;"
                            + "update ledger_leaf set leaf_hash = sha256('x') where idx = 7");
            assertThatThrownBy(() -> on(changed).reconcile()).isInstanceOf(LedgerRefusedException.class);
            Files.writeString(log(), "");
            assertThatThrownBy(() -> ledger.reconcile())
                    .isInstanceOf(LedgerRefusedException.class)
                    .hasMessageContaining("lacks or contradicts");
        }

        @Test
        void checkpoint_signerThatRemembers_getsAProofFromItsLastSize() throws Exception {
            append(5);
            SignedCheckpoint first = ledger.checkpoint(signer);
            append(4);
            SignedCheckpoint second = ledger.checkpoint((checkpoint, proofs) -> {
                assertThat(proofs.from(5).holds(first.checkpoint().rootHash(), checkpoint.rootHash()))
                        .isTrue();
                return signer.sign(checkpoint, proofs);
            });
            assertThat(second.checkpoint().size()).isEqualTo(9);
        }
    }

    private Ledger on(DataSource source) {
        return new PostgresLedger(source, logKey, log(), Clock.systemUTC());
    }

    private Path log() {
        return directory.resolve("checkpoints.log");
    }

    private void append(int count) throws SQLException {
        append(ledger, database, count);
    }

    private static void append(Ledger ledger, DataSource database, int count) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                ledger.append(connection, event(i));
            }
            connection.commit();
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static AuditEvent event(int number) {
        return new AuditEvent(
                "JOB_STEP", List.of("job-" + number), "li", "dev", Instant.EPOCH.plusSeconds(number), Map.of());
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(h -> HexFormat.of().formatHex(h)).toList();
    }
}

package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.StatedPrivacy;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.store.KeyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault's count of the deltas at which group keys of few units may show. */
@SuppressWarnings("NullAway.Init")
class QueryDeltaTest {
    /** Half of the stated delta of 5 * 10^-9. */
    private static final long ALL = 2500;

    private static final long QUERY = 1000;
    private static final long RHO = 1000;
    private static final int CONNECTIONS = 8;

    @TempDir
    Path directory;

    private final Party provider = Party.named("health");
    private final Party developer = Party.named("dev");
    private final Agreement stated = agreement("agr-stated", stated());
    private RunningVault vault;

    @BeforeEach
    void start() throws IOException {
        vault = provider.vaultOfVisits(directory);
    }

    @AfterEach
    void stop() throws IOException {
        vault.close();
    }

    @Test
    void queryNoise_selectionsBeyondTheStatedDelta_areRefused_publicKeysAreNot() throws IOException {
        String key = key(stated, "q1", QUERY);
        key(stated, "q2", QUERY);
        for (int i = 0; i < 5; i++) {
            assertThat(key(stated, "q1", QUERY)).as("paid for").isEqualTo(key);
        }
        JsonObject refused = ask(stated, "q3", QUERY);
        assertThat(refused.string("refused")).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(refused.string("detail"))
                .contains("counted 2000 pico-delta", "'agr-stated'", "allows 2500", "costs 1000", "public keys");
        key(stated, "q4", ALL - 2 * QUERY);
        assertThat(ask(stated, "q5", 1).string("refused")).isEqualTo("BUDGET_EXHAUSTED");
        key(stated, "q6", 0);
        assertThat(key(stated, "q1", QUERY)).isEqualTo(key);
    }

    @Test
    void queryNoise_otherAgreementOrRestart_opensNoNewAccount() throws IOException {
        key(agreement("agr-rho", rhoOnly()), "q1", QUERY);
        vault.restart();
        key(stated, "q2", QUERY);
        vault.restart();
        assertThat(ask(agreement("agr-again", stated()), "q3", QUERY).string("refused"))
                .isEqualTo("BUDGET_EXHAUSTED");
        key(agreement("agr-rho", rhoOnly()), "q4", QUERY);
        assertThat(ask(stated, "q5", 1).string("detail")).contains("counted 3000 pico-delta");
        Party other = Party.named("other");
        Agreement theirs = provider.agreement(other, "agr-other", Party.FROM, Party.UNTIL, stated());
        assertThat(vault.question(provider.queryNoise(theirs, other, "q5", RHO, QUERY))
                        .has("ok"))
                .as("an account of its own")
                .isTrue();
    }

    /** Nobody honest asks for one query at two costs; who does pays for both. */
    @Test
    void queryNoise_paidForAtALowerCost_isNotFreeAtAHigherOne() throws IOException {
        assertThat(vault.question(provider.queryNoise(stated, developer, "q1", 1, 0))
                        .has("ok"))
                .isTrue();
        key(stated, "q1", QUERY);
        key(stated, "q2", QUERY);
        assertThat(ask(stated, "q3", 501).string("detail")).contains("counted 2000 pico-delta");
    }

    @Test
    void queryNoise_deltaThatTheClauseDoesNotAllow_isRefusedAndCostsNothing() throws IOException {
        for (long bad : new long[] {-1, QUERY + 1, Long.MAX_VALUE}) {
            JsonObject refused = ask(stated, "q1", bad);
            assertThat(refused.string("refused")).as("delta " + bad).isEqualTo("KEY_REFUSED");
            assertThat(refused.string("detail")).contains("0 to 1000 pico-delta");
        }
        Map<String, Object> silent = new LinkedHashMap<>(provider.queryNoise(stated, developer, "q1", RHO, 0));
        silent.remove("deltaPicos");
        assertThat(vault.question(silent).string("refused")).isEqualTo("BAD_REQUEST");
        key(stated, "q1", QUERY);
        key(stated, "q2", QUERY);
        key(stated, "q3", ALL - 2 * QUERY);
    }

    /** Neither of the two is charged when the other one is refused. */
    @Test
    void queryNoise_refusedForRhoOrDelta_costsNeither() throws IOException {
        Agreement tight = agreement("agr-tight", clause(2 * RHO, RHO, Optional.of(privacy())));
        key(tight, "q1", QUERY);
        assertThat(ask(tight, "q2", QUERY).has("ok")).isTrue();
        assertThat(ask(tight, "q3", ALL - 2 * QUERY).string("detail")).contains("micro-rho");
        key(stated, "q4", ALL - 2 * QUERY);
        assertThat(ask(stated, "q5", QUERY).string("detail")).contains("pico-delta");
        assertThat(ask(tight, "q6", 0).string("detail")).contains("counted 3000 micro-rho");
    }

    /** An account as a vault left it that counted no delta. */
    @Test
    void queryNoise_accountOfAnOlderVault_selectsNoKeysUnderAStatedDelta() throws IOException {
        String old = key(agreement("agr-rho", rhoOnly()), "q0", QUERY);
        vault.stop();
        String account = "persons/dev";
        KeyStore store = KeyStore.open(vault.home);
        store.removeAll("privacy-");
        store.put("privacy-spent/" + account, Json.bytes(Json.object("rhoMicros", RHO)));
        store.put("privacy-paid/" + account + "/" + ContentDigest.of("q0"), new byte[] {1});
        vault = new RunningVault(directory);
        assertThat(key(agreement("agr-rho", rhoOnly()), "q0", QUERY)).isEqualTo(old);
        for (int i = 0; i < 2; i++) {
            JsonObject refused = ask(stated, "q1", 1);
            assertThat(refused.string("refused")).isEqualTo("BUDGET_EXHAUSTED");
            assertThat(refused.string("detail")).contains("before it counted delta", "'agr-stated'", "public");
            key(stated, "public keys " + i, 0);
            key(agreement("agr-rho", rhoOnly()), "no stated delta " + i, QUERY);
            vault.restart();
        }
        Agreement tight = agreement("agr-tight", clause(5 * RHO, RHO, Optional.empty()));
        assertThat(ask(tight, "q2", 0).string("detail")).contains("counted 5000 micro-rho");
    }

    /** As a kill between the two writes leaves it: charged, and not yet on record as paid for. */
    @Test
    void queryNoise_endedBetweenItsWrites_wasCharged() throws IOException {
        Path unwritable = paidEntry("q1", RHO, QUERY);
        Files.createDirectories(unwritable.resolve("in the way"));
        assertThat(ask(stated, "q1", QUERY).string("refused")).isEqualTo("INTERNAL");
        Files.delete(unwritable.resolve("in the way"));
        Files.delete(unwritable);
        vault.restart();
        key(stated, "q1", QUERY);
        assertThat(ask(stated, "q2", QUERY).string("detail")).contains("counted 2000 pico-delta");
    }

    @Test
    void queryNoise_manyAtOnce_neverOverspend() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        atOnce((client, connection) -> {
            for (int i = 0; i < 6; i++) {
                String query = "q" + connection + "-" + i;
                JsonObject answer = ask(client, stated, query, 100);
                if (answer.has("ok")) {
                    answered.add(query);
                } else {
                    assertThat(answer.string("refused")).isEqualTo("BUDGET_EXHAUSTED");
                    refused.incrementAndGet();
                }
            }
        });
        assertThat(answered).hasSize((int) (ALL / 100));
        assertThat(refused).hasValue(CONNECTIONS * 6 - answered.size());
    }

    @Test
    void queryNoise_sameQueryManyTimesAtOnce_isPaidOnce() throws Exception {
        atOnce((client, connection) -> {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(client, stated, "q1", QUERY).has("ok")).isTrue();
            }
        });
        key(stated, "q2", QUERY);
        assertThat(ask(stated, "q3", 501).string("detail")).contains("counted 2000 pico-delta");
    }

    /** A process of its own, killed in the middle of it: what was answered is paid for, and all together stay within. */
    @Test
    void queryNoise_vaultKilledWhileItCounts_forgetsNoAnswer() throws Exception {
        vault.stop();
        Instant now = Instant.now();
        Agreement agreement = provider.agreement(
                developer, "agr-now", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), stated());
        Set<String> answered = ConcurrentHashMap.newKeySet();
        Process first = main();
        atOnce((client, connection) -> {
            try {
                for (int i = 0; i < ALL; i++) {
                    if (!ask(client, agreement, "q" + connection + "-" + i, 10).has("ok")) {
                        return;
                    }
                    answered.add("q" + connection + "-" + i);
                    if (answered.size() >= 40) {
                        first.destroyForcibly();
                    }
                }
            } catch (IOException killed) {
                // As it should be.
            }
        });
        // If none was killed because too few were answered, this test must not wait for it for ever.
        assertThat(first.destroyForcibly().waitFor()).as("SIGKILL").isEqualTo(137);
        assertThat(answered).hasSizeGreaterThanOrEqualTo(40);

        Process second = main();
        try (SocketClient client = new SocketClient(vault.socket)) {
            int more = 0;
            while (more < ALL && ask(client, agreement, "r" + more, 10).has("ok")) {
                answered.add("r" + more++);
            }
            assertThat(ask(client, agreement, "more", 10).string("detail")).contains("counted " + ALL + " pico-delta");
            // Charged and not told of: at most what was asked when it was killed.
            assertThat(answered.size()).isBetween((int) (ALL / 10) - CONNECTIONS, (int) (ALL / 10));
            for (String query : answered) {
                assertThat(ask(client, agreement, query, 10).has("ok"))
                        .as(query)
                        .isTrue();
            }
        } finally {
            second.destroy();
            second.waitFor();
            vault = new RunningVault(directory);
        }
    }

    private interface Asking {
        void with(SocketClient client, int connection) throws IOException;
    }

    private void atOnce(Asking asking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(new SocketClient(vault.socket));
        }
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                all.add(threads.submit(() -> {
                    asking.with(clients.get(connection), connection);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
            for (SocketClient client : clients) {
                client.close();
            }
        }
    }

    private JsonObject ask(SocketClient client, Agreement agreement, String query, long delta) throws IOException {
        Map<String, Object> question = new LinkedHashMap<>(provider.queryNoise(agreement, developer, query, 1, delta));
        question.put("id", 1L);
        question.put("jobId", RunningVault.JOB);
        return client.ask("op", "engineQuestion", "sealTo", vault.sealTo(), "question", question);
    }

    private JsonObject ask(Agreement agreement, String query, long delta) throws IOException {
        return vault.question(provider.queryNoise(agreement, developer, query, RHO, delta));
    }

    private String key(Agreement agreement, String query, long delta) throws IOException {
        return ask(agreement, query, delta).object("ok").string("key");
    }

    private Path paidEntry(String query, long rho, long delta) {
        String name = "privacy-paid/persons/dev/" + ContentDigest.of(query) + "/" + rho + "/" + delta;
        byte[] digest = ContentDigest.sha256(name.getBytes(StandardCharsets.UTF_8));
        return vault.home.resolve("keys/" + HexFormat.of().formatHex(digest) + ".key.tmp");
    }

    private Process main() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultMain.class.getName(),
                        "--home",
                        vault.home.toString(),
                        "--socket",
                        vault.socket.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Objects.requireNonNull(lines.readLine(), "the vault ended without a line");
        return process;
    }

    private Agreement agreement(String uid, PrivacyClause clause) {
        return provider.agreement(developer, uid, Party.FROM, Party.UNTIL, clause);
    }

    private static PrivacyClause stated() {
        return clause(100_000, RHO, Optional.of(privacy()));
    }

    private static PrivacyClause rhoOnly() {
        return clause(100_000, RHO, Optional.empty());
    }

    private static StatedPrivacy privacy() {
        return new StatedPrivacy(new BigDecimal("5"), new BigDecimal("0.5"), new BigDecimal("0.000000005"));
    }

    private static PrivacyClause clause(long recipientRho, long queryRho, Optional<StatedPrivacy> stated) {
        return new PrivacyClause(recipientRho, queryRho, QUERY, 1, 1, Map.of(), Map.of(), stated);
    }
}

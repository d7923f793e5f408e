package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.SealingContext;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.crypto.Hpke;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vault on a real socket, one connection to it, and an engine's key pair. */
final class RunningVault implements AutoCloseable {
    static final String JOB = "job-1";

    final Path home;
    final Path socket;
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    final TestClock clock = new TestClock();
    private final byte[] engineKey = Hpke.generate();
    private VaultProcess process;
    private SocketClient client;
    private long lastId;

    RunningVault(Path directory) throws IOException {
        this.home = directory.resolve("vault");
        this.socket = directory.resolve("vault.sock");
        this.process = start(Optional.of("yunyu.example/log"));
        this.client = new SocketClient(socket);
    }

    VaultProcess start(Optional<String> origin) throws IOException {
        PrintStream lines = new PrintStream(log, true, StandardCharsets.UTF_8);
        return VaultProcess.start(home, socket, origin, clock, new VaultLog(lines, clock));
    }

    void stop() throws IOException {
        client.close();
        process.close();
    }

    void restart() throws IOException {
        stop();
        process = start(Optional.empty());
        client = new SocketClient(socket);
    }

    JsonObject ask(Object... members) throws IOException {
        return client.ask(members);
    }

    JsonObject ok(Object... members) throws IOException {
        JsonObject answer = ask(members);
        if (!answer.has("ok")) {
            throw new AssertionError("refused: " + answer.asMap());
        }
        return answer.object("ok");
    }

    String sealTo() {
        return Hpke.publicKey(engineKey);
    }

    /** An engine's question; gives the whole answer, opened under {@code ok} if it was not refused. */
    JsonObject question(Map<String, Object> members) throws IOException {
        long id = ++lastId;
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("id", id);
        question.put("jobId", JOB);
        JsonObject answer = ask("op", "engineQuestion", "sealTo", sealTo(), "question", question);
        if (!answer.has("ok")) {
            return answer;
        }
        try {
            byte[] sealed = StrictBase64.decode(answer.object("ok").string("sealed"), "sealed");
            byte[] plain = Hpke.open(engineKey, sealed, SealingContext.answer(JOB, id));
            return JsonObject.of(Map.of("ok", Json.parseObject(plain).asMap()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    JsonObject newTableKeys(IngestOrder order, Signature signature, String dataset, String... columns)
            throws IOException {
        return question(Json.object(
                "op", "newTableKeys",
                "order", order.toText(),
                "signature", signature.toJson(),
                "dataset", dataset,
                "columns", List.of(columns)));
    }

    JsonObject unwrapKeys(
            Agreement agreement, List<Signature> signatures, String dataset, Map<String, String> wrappedByColumn)
            throws IOException {
        return unwrapKeys(agreement.toText(), signatures, dataset, wrappedByColumn);
    }

    JsonObject unwrapKeys(
            String agreement, List<Signature> signatures, String dataset, Map<String, String> wrappedByColumn)
            throws IOException {
        return question(Json.object(
                "op",
                "unwrapKeys",
                "agreement",
                agreement,
                "signatures",
                signatures.stream().map(Signature::toJson).toList(),
                "dataset",
                dataset,
                "columns",
                columns(wrappedByColumn)));
    }

    static List<Map<String, Object>> columns(Map<String, String> wrappedByColumn) {
        return wrappedByColumn.entrySet().stream()
                .map(e -> Json.object("name", e.getKey(), "wrapped", e.getValue()))
                .toList();
    }

    String logText() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    /** A clock that stands where a test puts it. */
    static final class TestClock extends Clock {
        Instant now = Instant.parse("2026-06-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}

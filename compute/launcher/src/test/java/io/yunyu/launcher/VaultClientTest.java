package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks the form, and one that does not. */
@NullUnmarked
class VaultClientTest {
    @TempDir
    Path home;

    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(home.resolve("vault.sock")));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private VaultClient serving(Function<JsonObject, byte[]> answer) {
        Thread thread = new Thread(() -> serve(answer));
        thread.setDaemon(true);
        thread.start();
        return new VaultClient(home.resolve("vault.sock"), Duration.ofSeconds(2));
    }

    private void serve(Function<JsonObject, byte[]> answer) {
        try (SocketChannel channel = server.accept()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            JsonObject request = Json.parseObject(in.readNBytes(in.readInt()));
            ByteBuffer bytes = ByteBuffer.wrap(answer.apply(request));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static byte[] framed(Map<String, Object> answer) {
        byte[] json = Json.bytes(answer);
        return ByteBuffer.allocate(4 + json.length)
                .putInt(json.length)
                .put(json)
                .array();
    }

    private static void refusesWith(ProblemCode code, VaultClient client) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.call(Map.of("op", "ping", "secret", "PLANTED")))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e).hasMessageNotContaining("PLANTED");
                });
    }

    @Test
    void call_acceptedRequest_returnsWhatTheVaultSaid() {
        String large = "x".repeat(3_000_000);
        VaultClient client = serving(request -> framed(Map.of("ok", Map.of("op", request.string("op"), "length", (long)
                request.string("v").length()))));
        JsonObject ok = client.call(Map.of("op", "seal", "v", large));
        assertThat(ok.string("op")).isEqualTo("seal");
        assertThat(ok.longValue("length")).isEqualTo(3_000_000);
    }

    @Test
    void call_refusal_carriesCodeAndWords() {
        refusesWith(
                ProblemCode.AGREEMENT_NOT_IN_FORCE,
                serving(request -> framed(Map.of("refused", "AGREEMENT_NOT_IN_FORCE", "detail", "It has expired."))));
    }

    @Test
    void call_unknownRefusal_isStillARefusal() {
        refusesWith(
                ProblemCode.KEY_REFUSED, serving(request -> framed(Map.of("refused", "NEW_WORD", "detail", "No."))));
    }

    @Test
    void call_brokenAnswers_becomeOneClearError() {
        refusesWith(ProblemCode.CAPACITY, serving(request -> new byte[0]));
    }

    @Test
    void call_answerOutOfBounds_isNotRead() {
        refusesWith(ProblemCode.CAPACITY, serving(request -> new byte[] {127, 0, 0, 0, 1}));
    }

    @Test
    void call_answerWithoutForm_isRefused() {
        refusesWith(ProblemCode.CAPACITY, serving(request -> framed(Map.of("other", "x"))));
    }

    @Test
    void call_silentVault_timesOut() {
        // Nobody accepts: the connection waits in the listener's queue.
        refusesWith(ProblemCode.CAPACITY, new VaultClient(home.resolve("vault.sock"), Duration.ofMillis(300)));
    }

    @Test
    void call_noVault_saysSo() {
        refusesWith(ProblemCode.CAPACITY, new VaultClient(home.resolve("absent.sock")));
    }

    @Test
    void call_requestOverTheBound_isNotSent() {
        VaultClient client = new VaultClient(home.resolve("absent.sock"));
        String large = "x".repeat(VaultClient.MAX_MESSAGE_BYTES);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.call(Map.of("op", large)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.TOO_LARGE));
    }

    @Test
    void answer_question_isForwardedWhole() {
        VaultClient client = serving(request -> framed(Map.of(
                "ok",
                Map.of(
                        "sealed",
                        request.string("op")
                                + request.string("sealTo")
                                + request.object("question").longValue("id")))));
        Map<String, Object> answer = client.answer("hpke:k", JsonObject.of(Json.object("id", 5L, "op", "unwrapKeys")));
        assertThat(answer).isEqualTo(Map.of("sealed", "engineQuestionhpke:k5"));
    }
}

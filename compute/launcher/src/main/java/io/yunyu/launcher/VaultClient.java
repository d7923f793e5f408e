package io.yunyu.launcher;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Speaks to the vault over its Unix socket: four bytes length (big-endian), then one JSON object, each way. A call has a
 * connection of its own, so that a slow one holds up no other. Safe for several threads.
 *
 * <p>Nothing of a request or an answer appears in an error: both may hold keys.
 */
public final class VaultClient implements VaultPort {
    /** Upper bound of one message, inclusive. */
    public static final int MAX_MESSAGE_BYTES = 32 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private final Path socket;
    private final Duration timeout;

    public VaultClient(Path socket) {
        this(socket, TIMEOUT);
    }

    VaultClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "vault-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /**
     * Asks the vault.
     *
     * @param request with {@code op}
     * @return the answer's {@code ok} member
     * @throws ProblemException with the vault's code and words if it refuses (KEY_REFUSED for a code unknown here);
     *     TOO_LARGE for a request over the bound; CAPACITY if it cannot be reached or does not answer in time
     */
    public JsonObject call(Map<String, Object> request) {
        byte[] message = Json.bytes(request);
        if (message.length > MAX_MESSAGE_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "A request of " + message.length + " bytes to the vault exceeds the bound of " + MAX_MESSAGE_BYTES
                            + ". Send less at once.");
        }
        return accepted(exchange(message));
    }

    private JsonObject exchange(byte[] message) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            ScheduledFuture<?> deadline =
                    DEADLINES.schedule(() -> close(channel), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                write(channel, message);
                return Json.parseObject(read(channel));
            } finally {
                deadline.cancel(false);
            }
        } catch (JsonException e) {
            throw unreachable("its answer could not be understood");
        } catch (IOException e) {
            throw unreachable("its socket does not answer");
        }
    }

    private static void write(SocketChannel channel, byte[] message) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + message.length);
        frame.putInt(message.length).put(message).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        int length = in.readInt();
        if (length < 0 || length > MAX_MESSAGE_BYTES) {
            throw new IOException("the vault announces a length out of bounds");
        }
        byte[] answer = in.readNBytes(length);
        if (answer.length < length) {
            throw new EOFException();
        }
        return answer;
    }

    private static JsonObject accepted(JsonObject answer) {
        try {
            if (!answer.has("refused")) {
                return answer.object("ok");
            }
            throw new ProblemException(code(answer.string("refused")), answer.string("detail"));
        } catch (JsonException e) {
            throw unreachable("its answer does not have the agreed form");
        }
    }

    private static ProblemCode code(String name) {
        for (ProblemCode code : ProblemCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ProblemCode.KEY_REFUSED;
    }

    private static ProblemException unreachable(String why) {
        return new ProblemException(
                ProblemCode.CAPACITY,
                "The vault could not be asked: " + why + ". See that the vault process runs, then try again.");
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forwards an engine's question as {@code engineQuestion}. */
    @Override
    public Map<String, Object> answer(String sealTo, JsonObject question) {
        JsonObject answer = call(Json.object("op", "engineQuestion", "sealTo", sealTo, "question", question.asMap()));
        return Map.of("sealed", answer.string("sealed"));
    }
}

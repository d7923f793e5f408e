package io.yunyu.launcher;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Plain Java in the place of an engine: keeps to the channel, or breaks it in the way its argument names. */
public final class FakeEngine {
    private static final FrameReader IN = new FrameReader(System.in);
    private static final DataOutputStream RAW = new DataOutputStream(System.out);
    private static final FrameWriter OUT = new FrameWriter(System.out);

    private FakeEngine() {}

    public static void main(String[] arguments) throws IOException {
        String behaviour = arguments[0];
        switch (behaviour) {
            case "no-hello" -> await();
            case "exit-at-once" -> System.exit(7);
            case "end-first" -> OUT.write(Frame.json(Frame.END, done().toJson()));
            case "refuses-to-start" ->
                OUT.write(Frame.json(
                        Frame.END,
                        EngineResult.failed(new Problem(ProblemCode.CAPACITY, "The master is not there."))
                                .toJson()));
            case "noise" -> RAW.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            case "never-rehearsed" -> hello();
            case "end-before-job" -> together(greeting(), new Frame(Frame.OUTPUT, new byte[1]), end());
            case "hello-when-told" -> {
                awaitFile("/data/table/go");
                hello();
            }
            default -> {
                hello();
                System.err.println("{\"event\":\"REHEARSED\"}");
            }
        }
        Optional<Frame> job = IN.next();
        if (job.isEmpty()) {
            return;
        }
        run(behaviour, job.get().json());
    }

    private static void hello() throws IOException {
        OUT.write(greeting());
    }

    private static Frame greeting() {
        return Frame.json(Frame.HELLO, Json.object("protocol", 1L, "engine", "fake-1", "sealTo", "hpke:fake"));
    }

    private static Frame end() {
        return Frame.json(Frame.END, done().toJson());
    }

    /** In one write: whoever has read the first finds the others there already. */
    private static void together(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(bytes);
        for (Frame frame : frames) {
            writer.write(frame);
        }
        RAW.write(bytes.toByteArray());
        RAW.flush();
    }

    private static void awaitFile(String file) {
        while (!Files.exists(Path.of(file))) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void run(String behaviour, JsonObject job) throws IOException {
        switch (behaviour) {
            case "polite" -> polite(job);
            case "huge-frame" -> {
                RAW.writeByte('O');
                RAW.writeInt(Integer.MAX_VALUE);
                RAW.flush();
                await();
            }
            case "unknown-type" -> {
                RAW.writeByte('Z');
                RAW.writeInt(0);
                RAW.flush();
                await();
            }
            case "endless-output" -> {
                while (true) {
                    OUT.write(new Frame(Frame.OUTPUT, new byte[1 << 16]));
                }
            }
            case "endless-empty-output" -> {
                while (true) {
                    OUT.write(new Frame(Frame.OUTPUT, new byte[0]));
                }
            }
            case "endless-questions" -> {
                for (long id = 0; ; id++) {
                    ask(job, id);
                }
            }
            case "unread-answers" -> {
                for (long id = 0; ; id++) {
                    OUT.write(Frame.json(Frame.QUESTION, question(job.string("jobId"), id)));
                }
            }
            case "never-ends" -> await();
            case "asks-for-a-plan" -> {
                OUT.write(Frame.json(
                        Frame.QUESTION,
                        Json.object(
                                "id", 1L, "op", "nextPlan", "jobId", job.string("jobId"), "verdict", Json.object())));
                System.err.println("{\"event\":\"JOB_RECEIVED\"}");
                await();
            }
            case "two-ends" -> {
                together(new Frame(Frame.OUTPUT, new byte[1]), end(), end());
                await();
            }
            case "end-before-job" -> await();
            case "second-hello" -> {
                hello();
                await();
            }
            case "malformed-end" -> {
                OUT.write(new Frame(Frame.END, "{\"status\":\"DONE\",\"PLANTED\":1}".getBytes("UTF-8")));
                await();
            }
            case "half-frame" -> {
                RAW.writeByte('E');
                RAW.writeInt(100);
                RAW.write(new byte[10]);
                RAW.flush();
            }
            case "spin" -> {
                long turns = 0;
                while (turns >= 0) {
                    turns = turns + 1 & Long.MAX_VALUE;
                }
            }
            case "exit-42" -> System.exit(42);
            case "out-of-memory" -> {
                List<byte[]> all = new ArrayList<>();
                while (true) {
                    all.add(new byte[1 << 20]);
                }
            }
            case "touch-native-memory" -> {
                touchNativeMemory();
                OUT.write(new Frame(Frame.OUTPUT, new byte[1]));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
            case "foreign-job" -> {
                OUT.write(Frame.json(Frame.QUESTION, question("another", 1)));
                OUT.write(new Frame(Frame.OUTPUT, IN.next().orElseThrow().payload()));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
            case "stderr-flood" -> {
                for (int i = 0; i < 5000; i++) {
                    System.err.println("PLANTED " + "x".repeat(2000));
                }
                System.err.println("{\"event\":\"JOB_RECEIVED\",\"n\":\"PLANTED\"}");
                System.err.println("{\"event\":\"PLANTED\",\"n\":5}");
                System.err.println("{\"event\":\"SOURCE_DIGESTED\",\"n\":6,\"PLANTED\":1}");
                System.err.println("{\"event\":\"ROWS_READ\",\"n\":7}");
                OUT.write(new Frame(Frame.OUTPUT, new byte[1]));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
            case "fill-scratch" -> {
                Path file = Path.of(System.getProperty("yunyu.scratch"), "spill");
                Files.write(file, new byte[100_000]);
                OUT.write(new Frame(Frame.OUTPUT, file.toString().getBytes("UTF-8")));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
            case "read-table", "never-rehearsed" -> {
                OUT.write(new Frame(Frame.OUTPUT, Files.readAllBytes(Path.of("/data/table/file"))));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
            case "relay" -> OUT.write(new Frame(Frame.OUTPUT, throughRelay()));
            default -> {
                OUT.write(new Frame(Frame.OUTPUT, AttackProgram.attempt(behaviour, job)));
                OUT.write(Frame.json(Frame.END, done().toJson()));
            }
        }
        if (behaviour.equals("relay")) {
            OUT.write(Frame.json(Frame.END, done().toJson()));
        }
    }

    /** 1.2 GiB of memory outside the heap, every page of it. */
    private static void touchNativeMemory() throws IOException {
        try {
            java.lang.reflect.Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
            for (int piece = 0; piece < 77; piece++) {
                unsafe.setMemory(unsafe.allocateMemory(16 << 20), 16 << 20, (byte) 1);
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    /** Two questions, output in two pieces, and an event. */
    private static void polite(JsonObject job) throws IOException {
        System.err.println("{\"event\":\"JOB_RECEIVED\"}");
        System.err.println("{\"event\":\"ROWS_READ\",\"n\":12}");
        String first = ask(job, 1).string("sealed");
        JsonObject second = ask(job, 2);
        OUT.write(new Frame(Frame.OUTPUT, Base64.getDecoder().decode(first)));
        OUT.write(new Frame(Frame.OUTPUT, ("|" + second.string("refused")).getBytes("UTF-8")));
        OUT.write(Frame.json(Frame.END, done().toJson()));
    }

    private static JsonObject ask(JsonObject job, long id) throws IOException {
        OUT.write(Frame.json(Frame.QUESTION, question(job.string("jobId"), id)));
        JsonObject answer = IN.next().orElseThrow().json();
        if (answer.longValue("id") != id) {
            throw new IllegalStateException("answer to another question");
        }
        return answer;
    }

    private static java.util.Map<String, Object> question(String jobId, long id) {
        return Json.object("id", id, "op", "unwrapKeys", "jobId", jobId);
    }

    private static byte[] throughRelay() throws IOException {
        try (java.nio.channels.SocketChannel channel =
                java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of("/source/source.sock"))) {
            channel.write(java.nio.ByteBuffer.wrap("ping".getBytes("UTF-8")));
            java.nio.ByteBuffer answer = java.nio.ByteBuffer.allocate(100);
            while (channel.read(answer) >= 0 && answer.position() < 4) {
                // until four bytes are there or the other side has closed
            }
            return java.util.Arrays.copyOf(answer.array(), answer.position());
        }
    }

    static EngineResult done() {
        return new EngineResult(
                EngineResult.Status.DONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("sha256:0"));
    }

    private static void await() {
        while (true) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A program that goes past the service beside it and speaks on the process's own streams. Arguments: the namespaces of the
 * host, the attempt, what the attempt needs. It does nothing unless every namespace is its own and it is not root. What it
 * finds out it tells by the name of a table.
 */
public class Hostile {
    private static final OutputStream RAW = new FileOutputStream(FileDescriptor.out);
    private static final FrameWriter OUT = new FrameWriter(RAW);
    private static final FrameReader IN = new FrameReader(new FileInputStream(FileDescriptor.in));
    private static final String GOOD = "SELECT COUNT(*) AS n FROM census";
    private static final Map<String, Object> DONE = Json.object("status", "DONE");

    public static void main(String[] arguments) throws Exception {
        for (String namespace : arguments[0].split(",")) {
            String name = namespace.substring(0, namespace.indexOf(':'));
            if (Files.readSymbolicLink(Path.of("/proc/self/ns/" + name)).toString().equals(namespace)) {
                return;
            }
        }
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            return;
        }
        List<String> more = Arrays.asList(arguments).subList(2, arguments.length);
        switch (arguments[1]) {
            case "texts" -> {
                for (int i = 0; i < more.size(); i++) {
                    keep("t" + i, more.get(i));
                }
            }
            case "many-tables" -> {
                for (int i = 0; i < 12; i++) {
                    keep("t" + i, GOOD);
                }
            }
            case "many-plans" -> {
                keep("before", GOOD);
                for (int i = 0; i < 10_000; i++) {
                    ask("check", Json.object("sql", GOOD));
                }
            }
            case "look" -> {
                keep("keys_" + keys(), GOOD);
                keep("other_job_" + otherJob(), GOOD);
                keep("files_" + files(more.get(0)), GOOD);
                keep("host_" + listener(more.get(1)), GOOD);
                keep("process_" + process(), GOOD);
            }
            case "output" -> {
                keep("before", GOOD);
                OUT.write(new Frame(Frame.OUTPUT, new byte[100]));
            }
            case "words" -> end(Json.object(
                    "status", "FAILED", "problem", Json.object("code", "QUERY_REFUSED", "detail", more.get(0))));
            case "report" -> end(Json.object(
                    "status", "DONE", "candidateDigest", more.get(0), "report",
                    Json.object("cells", 0, "suppressedCells", 0, "protection", Json.object("note", more.get(0)),
                            "findings", List.of())));
            case "throw" -> {
                keep("before", GOOD);
                throw new IllegalStateException(more.get(0));
            }
            case "exit" -> {
                keep("before", GOOD);
                System.exit(42);
            }
            case "after-end" -> {
                keep("before", GOOD);
                // In one write: between two, it may be dead already.
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                FrameWriter twice = new FrameWriter(both);
                twice.write(Frame.json(Frame.END, DONE));
                twice.write(Frame.json(Frame.END, DONE));
                RAW.write(both.toByteArray());
                Runtime.getRuntime().halt(0);
            }
            case "length" -> {
                keep("before", GOOD);
                DataOutputStream header = new DataOutputStream(RAW);
                header.writeByte('Q');
                header.writeInt(Integer.MAX_VALUE);
                header.flush();
            }
            case "print" -> {
                keep("before", GOOD);
                RAW.write(more.get(0).getBytes());
            }
            case "files" -> keep("files_" + files(more.get(0)), GOOD);
            case "service" -> {
                garbage();
                save("after_garbage");
                try {
                    bigData().write().saveAsTable("got_data");
                } catch (Exception e) {
                    save("no_data");
                }
                SparkSession.builder().create().sql(GOOD).write().saveAsTable("second_session");
            }
            case "slow-plans" -> {
                keep("before", GOOD);
                for (int i = 0; i < 400; i++) {
                    ask("check", Json.object("sql", GOOD));
                    Thread.sleep(200);
                }
            }
            case "hang" -> {
                keep("before", GOOD);
                Thread.sleep(3_600_000);
            }
            case "memory" -> {
                keep("before", GOOD);
                List<byte[]> all = new ArrayList<>();
                while (true) {
                    all.add(new byte[1 << 20]);
                }
            }
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    private static String keys() throws IOException {
        boolean got = false;
        for (String op : List.of("unwrapKeys", "newTableKeys", "noiseSecret", "guardKey", "guardEntries", "nextPlan")) {
            JsonObject answer = ask(op, Json.object("sql", GOOD, "family", "census", "dataset", "census"));
            got |= answer.has("sealed") || answer.has("guard") || answer.has("plan");
        }
        return found(got);
    }

    private static String otherJob() throws IOException {
        OUT.write(Frame.json(Frame.QUESTION,
                Json.object("id", 1, "op", "keep", "jobId", "job-of-another", "name", "got", "sql", GOOD)));
        return found(IN.next().orElseThrow().json().has("plan"));
    }

    private static String files(String planted) {
        boolean seen = false;
        for (String path : List.of(planted, "/scratch", "/source", "/root", "/home", "/work")) {
            seen |= Files.exists(Path.of(path));
        }
        return found(seen);
    }

    private static String listener(String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), 3000);
            return found(true);
        } catch (IOException e) {
            return found(false);
        }
    }

    private static String process() {
        try {
            new ProcessBuilder("/bin/sh", "-c", "true").start();
            return found(true);
        } catch (IOException e) {
            return found(false);
        }
    }

    private static void garbage() {
        byte[] garbage = new byte[1 << 16];
        Arrays.fill(garbage, (byte) 0xff);
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("127.0.0.1", 15002)) {
                socket.getOutputStream().write(garbage);
            } catch (IOException e) {
                // The service hangs up; that is what it is for.
                continue;
            }
        }
    }

    private static org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> bigData() {
        return SparkSession.builder().getOrCreate()
                .createDataFrame(new ArrayList<>(Collections.nCopies(50_000, RowFactory.create("x".repeat(60)))),
                        new StructType().add("a", "string"));
    }

    private static String found(boolean got) {
        return got ? "got" : "nothing";
    }

    private static void save(String name) {
        SparkSession.builder().getOrCreate().sql(GOOD).write().saveAsTable(name);
    }

    private static void end(Map<String, Object> result) throws IOException {
        keep("before", GOOD);
        OUT.write(Frame.json(Frame.END, result));
        Runtime.getRuntime().halt(0);
    }

    private static JsonObject keep(String name, String sql) throws IOException {
        return ask("keep", Json.object("name", name, "sql", sql));
    }

    private static JsonObject ask(String op, Map<String, Object> members) throws IOException {
        members.put("id", 1);
        members.put("op", op);
        members.put("jobId", "program-1");
        OUT.write(Frame.json(Frame.QUESTION, members));
        return IN.next().orElseThrow().json();
    }
}

package io.yunyu.engine.attack;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.session.EngineSession;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * In the place of an engine, inside the sandbox: runs the statements of {@link SqlAttack} without the plan policy, over
 * made-up rows, and says of each whether it worked, if not whether it would with Spark's settings in place of the engine's,
 * and whether the sealed session refused it too. Ends without having run anything if it is not in a network namespace of its
 * own.
 */
public final class SqlAttackMain {
    private SqlAttackMain() {}

    public static void main(String[] arguments) throws IOException {
        FrameReader in = new FrameReader(System.in);
        FrameWriter out = new FrameWriter(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        out.write(Frame.json(Frame.HELLO, Json.object("protocol", 1L, "engine", "attack-1", "sealTo", "hpke:none")));
        String hostNetwork = in.next().orElseThrow().json().string("sql");
        if (Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString().equals(hostNetwork)) {
            System.exit(1);
        }
        SparkSession spark = EngineSession.start(2, Path.of("/tmp"), PlanBarrier::install);
        tables(spark);
        StringBuilder outcomes = new StringBuilder();
        for (SqlAttack attack : tried(arguments)) {
            String raw = run(spark.newSession(), attack);
            outcomes.append(raw).append(' ');
            outcomes.append(raw.equals("worked") ? "-" : run(likeSparks(spark.newSession()), attack));
            outcomes.append(' ');
            SparkSession sealed = spark.newSession();
            PlanBarrier.seal(sealed);
            outcomes.append(run(sealed, attack)).append('\n');
        }
        out.write(new Frame(Frame.OUTPUT, outcomes.toString().getBytes(StandardCharsets.US_ASCII)));
        out.write(Frame.json(
                Frame.END,
                new EngineResult(
                                EngineResult.Status.DONE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("sha256:0"))
                        .toJson()));
        Runtime.getRuntime().halt(0);
    }

    /** All, or those of one number. */
    private static List<SqlAttack> tried(String... arguments) {
        return arguments.length == 0
                ? SqlAttack.all()
                : SqlAttack.all().stream()
                        .filter(attack -> attack.number() == Integer.parseInt(arguments[0]))
                        .toList();
    }

    /** The first lies in a file, as an original table does; the last in Delta, without rows. */
    private static void tables(SparkSession spark) throws IOException {
        Files.writeString(
                Files.createDirectory(Path.of("/tmp/visits")).resolve("rows.csv"),
                "p7,n7,c1,30,12.5,0\np8,n8,c2,40,1.5,0\n");
        spark.sql("CREATE TABLE visits (person_id STRING, name STRING, county STRING, age LONG, amount DOUBLE, x INT)"
                + " USING csv LOCATION '/tmp/visits'");
        Files.writeString(Files.createDirectory(Path.of("/tmp/persons")).resolve("rows.csv"), "p7,x\n");
        spark.sql("CREATE TABLE persons (person_id STRING, education STRING) USING csv LOCATION '/tmp/persons'");
        spark.sql("CREATE TABLE ledger (x INT) USING delta LOCATION '/tmp/ledger'");
    }

    /** Without the engine's own choice of settings, which is a layer too. */
    private static SparkSession likeSparks(SparkSession session) {
        session.conf().set("spark.sql.ansi.enabled", true);
        session.conf().set("spark.sql.runSQLOnFiles", true);
        session.conf().set("spark.sql.scripting.enabled", true);
        return session;
    }

    private static String run(SparkSession session, SqlAttack attack) {
        try {
            session.sql(attack.sql()).collectAsList();
            return attack.carries() ? "stopped" : "worked";
        } catch (PlanBarrier.BarrierException e) {
            return "barrier";
        } catch (Exception | Error e) {
            // An error that the statement itself asked for has carried its value out.
            boolean carried = String.valueOf(e.getMessage()).matches("(?s).*\\b([nc][1278]|[34]0)\\b.*");
            return carried ? "worked" : "stopped";
        }
    }
}

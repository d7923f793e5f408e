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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * In the place of an engine, inside the sandbox: runs the statements of {@link SqlAttack} without the plan policy, over
 * made-up rows, and says of each whether it worked, then whether the sealed session refused it too. Ends without having
 * run anything if it is not in a network namespace of its own.
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
        StringBuilder outcomes = new StringBuilder();
        for (SqlAttack attack : SqlAttack.all()) {
            outcomes.append(run(tables(spark), attack.sql())).append(' ');
            SparkSession sealed = tables(spark);
            PlanBarrier.seal(sealed);
            outcomes.append(run(sealed, attack.sql())).append('\n');
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

    private static SparkSession tables(SparkSession spark) {
        SparkSession session = spark.newSession();
        session.createDataFrame(
                        List.of(
                                RowFactory.create("p7", "n7", "c1", 30L, 12.5, 0),
                                RowFactory.create("p8", "n8", "c2", 40L, 1.5, 0)),
                        StructType.fromDDL(
                                "person_id STRING, name STRING, county STRING, age LONG, amount DOUBLE, x INT"))
                .createOrReplaceTempView("visits");
        session.createDataFrame(
                        List.of(RowFactory.create("p7", "x")), StructType.fromDDL("person_id STRING, education STRING"))
                .createOrReplaceTempView("persons");
        return session;
    }

    private static String run(SparkSession session, String sql) {
        try {
            session.sql(sql).collectAsList();
            return "worked";
        } catch (PlanBarrier.BarrierException e) {
            return "barrier";
        } catch (Exception | Error e) {
            // An error that the statement itself asked for has carried its value out.
            boolean carried = String.valueOf(e.getMessage()).matches("(?s).*\\bn[78]\\b.*");
            return carried ? "worked" : "stopped";
        }
    }
}

package io.yunyu.engine;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.dryrun.DryRun;
import io.yunyu.engine.dryrun.DryRunJob;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.session.EngineSession;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A developer's dry run as a process of its own, started by the command line on the developer's machine: one job on
 * stdin as JSON, {@code {"what":"run"|"hints", …}}, one answer on stdout. Not an engine of the platform: it speaks no
 * channel and can ask no vault, so that it could not open an original record if it were given one.
 */
public final class DryRunMain {
    private DryRunMain() {}

    public static void main(String[] args) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        byte[] job = System.in.readAllBytes();
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        out.write(Json.bytes(answer(Json.parseObject(job))));
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, Object> answer(JsonObject job) {
        try {
            DryRunJob parsed = DryRunJob.parse(job);
            Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
            SparkSession spark =
                    EngineSession.start(Runtime.getRuntime().availableProcessors(), scratch, PlanBarrier::install);
            return job.string("what").equals("hints")
                    ? DryRun.hints(spark, parsed)
                    : DryRun.run(spark, parsed).toJson();
        } catch (Throwable thrown) {
            // The outermost door, as in an engine.
            return Json.object("result", Failures.resultOf(thrown).toJson());
        }
    }
}

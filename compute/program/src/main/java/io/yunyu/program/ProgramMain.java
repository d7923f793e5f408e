package io.yunyu.program;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Runs one developer's program: says hello, takes the job, offers Spark Connect on loopback, calls the program's
 * {@code main}, ends. What the program prints goes nowhere.
 */
public final class ProgramMain {
    private ProgramMain() {}

    public static void main(String[] args) throws IOException {
        FrameReader in = new FrameReader(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        FrameWriter out = new FrameWriter(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        out.write(Frame.json(Frame.HELLO, Json.object("protocol", 1, "engine", "program", "sealTo", "none")));
        Optional<Frame> frame = in.next();
        if (frame.isPresent() && EngineJob.parse(frame.get().json()) instanceof ProgramJob job) {
            out.write(Frame.json(Frame.END, run(job, in, out).toJson()));
        }
        // Not exit(): a thread or hook of the program's could keep the process alive.
        Runtime.getRuntime().halt(0);
    }

    private static EngineResult run(ProgramJob job, FrameReader in, FrameWriter out) {
        KeptTables tables = new KeptTables(new PlanChannel(job.jobId(), in, out), job.tables());
        try (ConnectEndpoint endpoint = ConnectEndpoint.open(tables, ConnectEndpoint.PORT)) {
            System.setProperty("spark.remote", "sc://127.0.0.1:" + endpoint.port());
            Method main = Class.forName(job.mainClass()).getMethod("main", String[].class);
            main.invoke(null, (Object) job.arguments().toArray(new String[0]));
            return EngineResult.done();
        } catch (ReflectiveOperationException e) {
            return failed(
                    e instanceof InvocationTargetException
                            ? "The program ended with an exception. Run it against dummy data to see which."
                            : "The program has no public class of this name with a public static main(String[]).");
        } catch (IOException e) {
            return failed("The program's Spark Connect service could not be opened.");
        }
    }

    private static EngineResult failed(String detail) {
        return EngineResult.failed(new Problem(ProblemCode.PROGRAM_FAILED, detail));
    }
}

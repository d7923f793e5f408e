package io.yunyu.engine.session;

import io.yunyu.engine.policy.PlanBarrier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one engine session of a test run: starting Spark per class would take longer than the tests. */
public final class SharedSession {
    private static final Path SCRATCH = scratch();
    private static final SparkSession SPARK = EngineSession.start(2, SCRATCH, PlanBarrier::install);

    private SharedSession() {}

    public static SparkSession spark() {
        return SPARK;
    }

    /** Where its spill goes. */
    public static Path scratchDirectory() {
        return SCRATCH;
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("engine-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.yunyu.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which engine to start, what it sees and what it may use. Holds nothing of a job: an engine is started first and given
 * its job later, but what it sees is fixed when it starts.
 *
 * @param classPath jar files, directories of jars (sorted by name) or directories of classes; read-only at {@code /app}
 * @param mainClass with {@code public static void main}
 * @param arguments of the main class; visible on the host's process list, so no secret
 * @param jvmFlags besides those of the launcher; {@link EngineSpec#sparkFlags()} for Spark
 * @param binds what the engine sees of the host, besides its own classes and the Java runtime
 * @param classArchive an AppCDS archive made by {@link EngineLauncher#writeClassArchive}; left unused by Java if it
 *     does not fit
 * @param scratchParent where a directory for spill is made and bound at {@code /scratch}, deleted when the engine is
 *     dead; otherwise spill goes to {@code /tmp}, which is memory. Its disk use is not capped as a whole, only per file
 * @param operatorLog a file in the domain that takes what the engine says on stderr besides events, up to 1 MiB; it may
 *     hold original values, so it must lie where the tables lie, and is best left out
 * @param network a network namespace that this engine alone of its host is in, made by whoever runs a cluster, such as
 *     {@code /run/netns/driver}; otherwise it has no network. Only root can put a process into one
 * @param shortJob favour a fast start over peak speed
 * @param helloTimeout how long the engine may take to say hello
 */
public record EngineSpec(
        List<Path> classPath,
        String mainClass,
        List<String> arguments,
        List<String> jvmFlags,
        EngineLimits limits,
        List<Bind> binds,
        Optional<Path> classArchive,
        Optional<Path> scratchParent,
        Optional<Path> operatorLog,
        Optional<Path> network,
        boolean shortJob,
        Duration helloTimeout) {
    public EngineSpec {
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        jvmFlags = List.copyOf(jvmFlags);
        binds = List.copyOf(binds);
        if (classPath.isEmpty()) {
            throw new IllegalArgumentException("An engine needs a class path.");
        }
    }

    /** A plain Java engine: no binds, no flags, 512 MiB of heap, short job, one minute to say hello. */
    public static EngineSpec of(List<Path> classPath, String mainClass) {
        return new EngineSpec(
                classPath,
                mainClass,
                List.of(),
                List.of(),
                EngineLimits.forHeap(512),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Duration.ofMinutes(1));
    }

    /** The JVM flags Spark needs, as the build's property {@code spark.jvm.flags} has them. */
    public static List<String> sparkFlags() {
        return SparkFlags.read();
    }

    public EngineSpec withArguments(List<String> values) {
        return new EngineSpec(
                classPath,
                mainClass,
                values,
                jvmFlags,
                limits,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withJvmFlags(List<String> values) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                values,
                limits,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withLimits(EngineLimits value) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                value,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withBinds(List<Bind> values) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                values,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withClassArchive(Path file) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                Optional.of(file),
                scratchParent,
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withScratchParent(Path directory) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                classArchive,
                Optional.of(directory),
                operatorLog,
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withOperatorLog(Path file) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                classArchive,
                scratchParent,
                Optional.of(file),
                network,
                shortJob,
                helloTimeout);
    }

    public EngineSpec withNetwork(Path namespace) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                Optional.of(namespace),
                shortJob,
                helloTimeout);
    }

    public EngineSpec withShortJob(boolean value) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                value,
                helloTimeout);
    }

    public EngineSpec withHelloTimeout(Duration value) {
        return new EngineSpec(
                classPath,
                mainClass,
                arguments,
                jvmFlags,
                limits,
                binds,
                classArchive,
                scratchParent,
                operatorLog,
                network,
                shortJob,
                value);
    }
}

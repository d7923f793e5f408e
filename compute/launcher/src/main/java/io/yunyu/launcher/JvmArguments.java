package io.yunyu.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command of the engine's virtual machine, as it is inside the sandbox. */
final class JvmArguments {
    /** What the engine's class archive is for, if there is one. */
    enum Archive {
        USE,
        WRITE
    }

    static final String ARCHIVE_USED = "/cds/engine.jsa";
    static final String ARCHIVE_WRITTEN = "/cds-out/engine.jsa";

    private JvmArguments() {}

    static List<String> of(
            String program, EngineSpec spec, String classPath, Optional<Archive> archive, String scratch) {
        List<String> all = new ArrayList<>(List.of(program));
        sizes(spec.limits(), all);
        all.addAll(List.of(
                // The exit code tells the launcher; a dump would tell whoever reads the host's disk.
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                // Standard output is the channel: the virtual machine's own words must not get into it.
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        if (spec.shortJob()) {
            // Loops are compiled after so many rounds, not 60,000: a rehearsal's few records then compile them.
            all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:Tier3BackEdgeThreshold=2000", "-XX:+UseSerialGC"));
            all.add("-Dyunyu.engine.small=true");
        } else {
            all.add("-XX:+UseParallelGC");
        }
        all.add("-Xshare:auto");
        archive.ifPresent(use -> all.add(
                use == Archive.USE
                        ? "-XX:SharedArchiveFile=" + ARCHIVE_USED
                        : "-XX:ArchiveClassesAtExit=" + ARCHIVE_WRITTEN));
        all.addAll(List.of(
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + scratch,
                "-Dyunyu.scratch=" + scratch,
                "-Duser.home=/tmp",
                "-Duser.name=engine"));
        all.addAll(spec.jvmFlags());
        all.addAll(List.of("-cp", classPath, spec.mainClass()));
        all.addAll(spec.arguments());
        return all;
    }

    private static void sizes(EngineLimits limits, List<String> all) {
        all.add("-Xmx" + limits.heapMiB() + "m");
        all.add("-XX:ActiveProcessorCount=" + limits.processors());
        all.add("-Xss" + EngineLimits.STACK_KIB + "k");
        all.add("-XX:CompressedClassSpaceSize=" + EngineLimits.CLASS_SPACE_MIB + "m");
        all.add("-XX:ReservedCodeCacheSize=" + EngineLimits.CODE_CACHE_MIB + "m");
        all.add("-XX:MaxMetaspaceSize=" + EngineLimits.METASPACE_MIB + "m");
        all.add("-XX:MaxDirectMemorySize=" + limits.nativeMiB() + "m");
    }
}

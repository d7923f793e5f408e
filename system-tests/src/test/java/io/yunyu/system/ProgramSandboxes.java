package io.yunyu.system;

import io.yunyu.cli.command.EngineFiles;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs {@code Hostile} and a guard of its plans, each in a real sandbox. */
final class ProgramSandboxes implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> NAMESPACES = List.of("user", "pid", "net", "mnt", "ipc", "uts");

    private final EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
    private final Path jar;

    ProgramSandboxes(Path directory) throws Exception {
        jar = ProgramJar.of("Hostile", directory);
    }

    /** @param meanwhile told the two processes before the program starts, guard first */
    ProgramRun.Outcome run(
            EngineSpec guardSpec,
            List<Bind> binds,
            Duration timeout,
            Consumer<List<EngineProcess>> meanwhile,
            String... arguments)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(hostNamespaces()));
        all.addAll(List.of(arguments));
        try (EngineProcess guard = launcher.start(guardSpec);
                EngineProcess program = launcher.start(program(binds))) {
            meanwhile.accept(List.of(guard, program));
            return ProgramRun.run(
                    program,
                    guard,
                    new ProgramJob("program-1", "Hostile", all, List.of()),
                    new PlansJob("program-1", grant().toText()),
                    timeout);
        }
    }

    static EngineSpec laxGuard() throws Exception {
        return EngineSpec.of(List.of(origin(LaxGuard.class), origin(Json.class)), LaxGuard.class.getName())
                .withLimits(EngineLimits.forHeap(64));
    }

    /** The engine as an installation starts it to check queries. */
    static EngineSpec realGuard() throws Exception {
        Path target = EngineFiles.directory(Command.root());
        EngineSpec spec = EngineSpec.of(
                        List.of(target.resolve("classes"), target.resolve("lib")), "io.yunyu.engine.EngineMain")
                .withJvmFlags(EngineSpec.sparkFlags())
                .withLimits(EngineLimits.forHeap(1024))
                .withHelloTimeout(PATIENCE);
        return spec;
    }

    private EngineSpec program(List<Bind> binds) {
        Path target = Command.root().resolve("compute/program/target");
        return EngineSpec.of(
                        List.of(target.resolve("classes"), target.resolve("lib"), jar), "io.yunyu.program.ProgramMain")
                .withJvmFlags(EngineSpec.sparkFlags())
                .withLimits(EngineLimits.forHeap(128).withTmpfsMiB(16))
                .withBinds(binds);
    }

    private static String hostNamespaces() throws Exception {
        List<String> all = new ArrayList<>();
        for (String name : NAMESPACES) {
            all.add(Files.readSymbolicLink(Path.of("/proc/self/ns/" + name)).toString());
        }
        return String.join(",", all);
    }

    static AccessGrant grant() {
        GrantedTable census = new GrantedTable(
                "census",
                "census",
                0,
                "persons",
                "id",
                List.of(
                        new GrantedColumn("id", "STRING", Set.of()),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("town", "STRING", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(ColumnUse.MEASURE, ColumnUse.FILTER))));
        return new AccessGrant(
                "grant-1",
                "agreement-1",
                "sha256:0",
                "developer",
                "test",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1"),
                List.of(census));
    }

    static Path origin(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    static List<String> names(ProgramRun.Outcome outcome) {
        return Stream.of(outcome.tables())
                .flatMap(List::stream)
                .map(ProgramRun.Table::name)
                .toList();
    }

    @Override
    public void close() {
        launcher.close();
    }
}

package io.yunyu.launcher;

import io.yunyu.contract.cluster.ClusterRole;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns specs into running sandboxes and knows which of them live. */
final class SandboxFactory {
    /** Starts one sandbox; called on the launcher's one starting thread. */
    interface Launch {
        SandboxProcess start() throws IOException;
    }

    private final RuntimeFiles files;
    private final Optional<SandboxUser> user;
    private final Optional<ControlGroups> groups;
    private final JavaRuntime java = JavaRuntime.current();
    private final Set<SandboxProcess> living = ConcurrentHashMap.newKeySet();

    SandboxFactory(RuntimeFiles files, Optional<SandboxUser> user, Optional<ControlGroups> groups) {
        this.files = files;
        this.user = user;
        this.groups = groups;
    }

    /** @param archiveDirectory where the engine writes a class archive when it ends, instead of using one */
    SandboxProcess engine(EngineSpec spec, Optional<Path> archiveDirectory) throws IOException {
        SandboxCommand command =
                new SandboxCommand(files, user, java).limits(spec.limits()).network(spec.network());
        ClassPathBinds app = ClassPathBinds.of(spec.classPath());
        app.binds().forEach(command::bind);
        spec.binds().forEach(command::bind);
        Optional<JvmArguments.Archive> archive = archive(spec, archiveDirectory, command);
        Optional<Path> scratch = scratch(spec);
        scratch.ifPresent(directory -> command.bind(Bind.writable(directory, "/scratch")));
        String spill = scratch.isPresent() ? "/scratch" : "/tmp";
        List<String> program = JvmArguments.of(java.program(), spec, app.classPath(), archive, spill);
        Optional<Path> group = groups.isPresent() ? Optional.of(groups.get().create(spec.limits())) : Optional.empty();
        return start(command.controlGroup(group).running(program), Redirect.PIPE, group, () -> {
            scratch.ifPresent(RuntimeFiles::deleteTree);
            group.ifPresent(ControlGroups::remove);
        });
    }

    /** A node is started as an engine is; a worker may start executors, which stay in its sandbox. */
    SandboxProcess node(ClusterNode node) throws IOException {
        SandboxCommand command =
                new SandboxCommand(files, user, java).limits(node.limits()).network(Optional.of(node.network()));
        if (node.role() == ClusterRole.WORKER) {
            command.mayStartProcesses();
        }
        ClassPathBinds app = ClassPathBinds.of(node.classPath());
        app.binds().forEach(command::bind);
        node.binds().forEach(command::bind);
        Optional<Path> scratch = node.scratchParent().isPresent()
                ? Optional.of(ScratchDirectories.create(node.scratchParent().get()))
                : Optional.empty();
        scratch.ifPresent(directory -> command.bind(Bind.writable(directory, ClusterNode.SCRATCH)));
        Optional<Path> group = groups.isPresent() ? Optional.of(groups.get().create(node.limits())) : Optional.empty();
        command.environment(node.environment(app.classPath())).controlGroup(group);
        return start(command.running(node.program(java.program(), app.classPath())), Redirect.INHERIT, group, () -> {
            scratch.ifPresent(RuntimeFiles::deleteTree);
            group.ifPresent(ControlGroups::remove);
        });
    }

    private static Optional<JvmArguments.Archive> archive(
            EngineSpec spec, Optional<Path> archiveDirectory, SandboxCommand command) {
        if (archiveDirectory.isPresent()) {
            command.bind(Bind.writable(archiveDirectory.get(), "/cds-out"));
            return Optional.of(JvmArguments.Archive.WRITE);
        }
        if (spec.classArchive().filter(Files::isRegularFile).isPresent()) {
            command.bind(Bind.readOnly(spec.classArchive().get(), JvmArguments.ARCHIVE_USED));
            return Optional.of(JvmArguments.Archive.USE);
        }
        return Optional.empty();
    }

    private static Optional<Path> scratch(EngineSpec spec) throws IOException {
        return spec.scratchParent().isPresent()
                ? Optional.of(ScratchDirectories.create(spec.scratchParent().get()))
                : Optional.empty();
    }

    SandboxProcess start(List<String> command, Runnable afterDeath) throws IOException {
        return start(command, Redirect.PIPE, Optional.empty(), afterDeath);
    }

    private SandboxProcess start(List<String> command, Redirect words, Optional<Path> group, Runnable afterDeath)
            throws IOException {
        prepareStage(user);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(words);
        if (words == Redirect.INHERIT) {
            builder.redirectOutput(words);
        }
        builder.environment().clear();
        try {
            SandboxProcess[] started = new SandboxProcess[1];
            started[0] = new SandboxProcess(builder.start(), group, () -> {
                living.remove(started[0]);
                afterDeath.run();
            });
            living.add(started[0]);
            return started[0];
        } catch (IOException e) {
            afterDeath.run();
            throw e;
        }
    }

    static void prepareStage(Optional<SandboxUser> user) throws IOException {
        if (user.isPresent()) {
            Files.createDirectories(SandboxCommand.STAGE);
        }
    }

    void killAll() {
        List.copyOf(living).forEach(SandboxProcess::kill);
    }
}

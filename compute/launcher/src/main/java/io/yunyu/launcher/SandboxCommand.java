package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the command that starts one sandbox:
 * {@code env -i [nsenter] [unshare] sh [setpriv] prlimit bwrap prlimit PROGRAM}.
 *
 * <p>As root, a private mount namespace comes first, in which the bind sources are mounted below a directory that the
 * slot uid can pass: bubblewrap resolves its sources as that uid, and the project or its home may lie below a directory
 * of mode 0700. The limit on threads is set inside, where the kernel counts the sandbox's own threads only and not
 * whatever else the caller's uid runs.
 */
final class SandboxCommand {
    /** Mount point inside a private mount namespace; on the host it stays an empty directory. */
    static final Path STAGE = Path.of("/run/yunyu-stage");

    /** Arguments: stage or empty, control group or empty, filter, bind sources, {@code --}, command. */
    private static final String SCRIPT =
            """
            set -eu
            stage=$1; group=$2; filter=$3; shift 3
            [ -z "$group" ] || echo $$ > "$group/cgroup.procs"
            [ -z "$stage" ] || mount -t tmpfs -o mode=0711,size=1m,nosuid,nodev stage "$stage"
            n=0
            while [ "$1" != -- ]; do
              if [ -d "$1" ]; then mkdir "$stage/$n"; else : > "$stage/$n"; fi
              mount --rbind "$1" "$stage/$n"
              n=$((n+1)); shift
            done
            shift
            exec 9< "$filter"
            # Slots share a group that no account has; an ordinary user's group may have others in it.
            if [ -n "$stage" ]; then umask 0007; else umask 0077; fi
            exec "$@"
            """;

    private static final List<String> SYSTEM_LIBRARIES = List.of("/lib", "/lib32", "/lib64", "/libx32");
    private static final String PRLIMIT = "/usr/bin/prlimit";
    private static final String INSIDE_ID = "10001";

    private final RuntimeFiles files;
    private final Optional<SandboxUser> user;
    private final JavaRuntime java;
    private final List<Bind> binds = new ArrayList<>();
    private EngineLimits limits = EngineLimits.forHeap(64);
    private Optional<Path> controlGroup = Optional.empty();
    private Optional<Path> network = Optional.empty();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path filter;

    SandboxCommand(RuntimeFiles files, Optional<SandboxUser> user, JavaRuntime java) {
        this.files = files;
        this.user = user;
        this.java = java;
        this.filter = files.filter();
        if (!java.isBelowSystemLibraries()) {
            binds.add(Bind.readOnly(java.home(), java.homeInside()));
        }
        for (String name : RuntimeFiles.etcNames()) {
            binds.add(Bind.readOnly(files.etc().resolve(name), "/etc/" + name));
        }
        binds.add(Bind.readOnly(Path.of(PRLIMIT), PRLIMIT));
    }

    SandboxCommand bind(Bind bind) {
        binds.add(bind);
        return this;
    }

    SandboxCommand limits(EngineLimits value) {
        limits = value;
        return this;
    }

    SandboxCommand controlGroup(Optional<Path> directory) {
        controlGroup = directory;
        return this;
    }

    /** @throws ProblemException if there is one that is not as {@link ClusterNetwork} has it */
    SandboxCommand network(Optional<Path> namespace) {
        namespace.ifPresent(ClusterNetwork::require);
        network = namespace;
        return this;
    }

    /** Variables that the program gets besides the sandbox's own. */
    SandboxCommand environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Lets the program start processes, all of them in this sandbox. For a worker of a cluster, which starts executors. */
    SandboxCommand mayStartProcesses() {
        filter = files.filterOfNodes();
        return this;
    }

    /** The whole command. As root this also opens the bind sources to the engines' group. */
    List<String> running(List<String> program) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        network.ifPresent(namespace -> command.addAll(List.of("nsenter", "--net=" + namespace, "--")));
        if (user.isPresent()) {
            command.addAll(List.of("unshare", "--mount", "--propagation", "private", "--"));
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "sandbox"));
        command.add(user.isPresent() ? STAGE.toString() : "");
        command.add(controlGroup.map(Path::toString).orElse(""));
        command.add(filter.toString());
        user.ifPresent(slots -> binds.forEach(bind -> command.add(bind.source().toString())));
        command.add("--");
        user.ifPresent(slots -> dropRoot(slots, command));
        processLimits(command);
        bubblewrap(command);
        command.addAll(List.of("--", PRLIMIT, "--nproc=" + limits.threads(), "--"));
        command.addAll(program);
        return command;
    }

    private void dropRoot(SandboxUser slots, List<String> command) {
        BindAccess access = new BindAccess(slots.groupId());
        binds.forEach(bind -> access.open(bind.source(), bind.writable()));
        String uid = Integer.toString(slots.nextUid());
        StringBuilder groups = new StringBuilder(Integer.toString(slots.groupId()));
        access.furtherGroups().forEach(group -> groups.append(',').append(group));
        command.addAll(List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + slots.groupId(),
                "--groups=" + groups,
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all"));
    }

    private void processLimits(List<String> command) {
        command.addAll(List.of(
                "prlimit",
                "--core=0",
                "--memlock=0",
                "--msgqueue=0",
                "--nofile=" + limits.openFiles(),
                "--fsize=" + ((long) limits.fileSizeMiB() << 20),
                "--as=" + limits.addressSpaceBytes(),
                "--cpu=" + limits.cpuSeconds() + ":" + (limits.cpuSeconds() + 5),
                "--"));
    }

    private void bubblewrap(List<String> command) {
        command.addAll(List.of("bwrap", "--unshare-user", "--unshare-ipc", "--unshare-pid"));
        if (network.isEmpty()) {
            command.add("--unshare-net");
        }
        command.addAll(List.of("--unshare-uts", "--unshare-cgroup", "--disable-userns", "--assert-userns-disabled"));
        command.addAll(List.of("--uid", INSIDE_ID, "--gid", INSIDE_ID, "--hostname", "sandbox"));
        command.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"));
        environment(command);
        systemLibraries(command);
        for (Path settings : java.settings()) {
            command.addAll(List.of("--ro-bind-try", settings.toString(), settings.toString()));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--size", Long.toString((long) limits.tmpfsMiB() << 20), "--tmpfs", "/tmp"));
        for (int i = 0; i < binds.size(); i++) {
            Bind bind = binds.get(i);
            Path source = user.isPresent() ? STAGE.resolve(Integer.toString(i)) : bind.source();
            command.addAll(List.of(bind.writable() ? "--bind" : "--ro-bind", source.toString(), bind.target()));
        }
        command.addAll(List.of("--remount-ro", "/", "--remount-ro", "/dev", "--chdir", "/tmp", "--seccomp", "9"));
    }

    private void environment(List<String> command) {
        command.addAll(List.of("--setenv", "HOME", "/tmp", "--setenv", "LC_ALL", "C.UTF-8"));
        // Spark must not look for a network; the C library must not reserve 64 MiB of addresses per thread.
        command.addAll(List.of("--setenv", "SPARK_LOCAL_HOSTNAME", "localhost", "--setenv", "SPARK_LOCAL_IP"));
        command.addAll(List.of("127.0.0.1", "--setenv", "MALLOC_ARENA_MAX", "2"));
        environment.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
    }

    private static void systemLibraries(List<String> command) {
        command.addAll(List.of("--ro-bind", "/usr/lib", "/usr/lib", "--ro-bind-try", "/usr/lib64", "/usr/lib64"));
        command.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
        for (String name : SYSTEM_LIBRARIES) {
            Path path = Path.of(name);
            if (Files.isSymbolicLink(path)) {
                command.addAll(List.of("--symlink", "usr" + name, name));
            } else if (Files.isDirectory(path)) {
                command.addAll(List.of("--ro-bind", name, name));
            }
        }
    }
}

package io.yunyu.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks what the host offers by starting harmless programs, in the end one in the very sandbox engines get. */
final class HostProbe {
    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final String CAT = "/usr/bin/cat";
    private static final List<String> SEARCHED = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private final List<MissingLayer> missing = new ArrayList<>();
    private Optional<String> bubblewrapVersion = Optional.empty();

    /** What a finished program left. */
    record Ended(int exitCode, String output) {}

    List<MissingLayer> missing() {
        return List.copyOf(missing);
    }

    Optional<String> bubblewrapVersion() {
        return bubblewrapVersion;
    }

    void isolation(Optional<SandboxUser> user) {
        Optional<CpuArchitecture> architecture =
                Files.isDirectory(Path.of("/proc/self")) ? CpuArchitecture.ofHost() : Optional.empty();
        if (architecture.isEmpty()) {
            String found = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            miss(MissingLayer.Layer.LINUX_ARCHITECTURE, "found " + found, "use Linux on x86_64 or aarch64");
        }
        tool("prlimit", MissingLayer.Layer.PROCESS_LIMITS, "util-linux");
        if (user.isPresent()) {
            tool("setpriv", MissingLayer.Layer.ROOT_DROP, "util-linux");
            tool("unshare", MissingLayer.Layer.PRIVATE_MOUNTS, "util-linux");
            tool("mount", MissingLayer.Layer.PRIVATE_MOUNTS, "mount");
        }
        if (tool("bwrap", MissingLayer.Layer.BUBBLEWRAP, "bubblewrap")) {
            version();
        }
        if (missing.isEmpty()) {
            wholeChain(architecture.orElseThrow(), user);
        }
    }

    private boolean tool(String name, MissingLayer.Layer layer, String debianPackage) {
        boolean present = SEARCHED.stream().anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
        if (!present) {
            miss(layer, "no program '" + name + "'", "install the Debian package " + debianPackage);
        }
        return present;
    }

    private void version() {
        String text = run(List.of("bwrap", "--version")).output().strip();
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            miss(MissingLayer.Layer.BUBBLEWRAP, "bwrap does not tell its version", "reinstall the package bubblewrap");
            return;
        }
        bubblewrapVersion = Optional.of(text);
        int major = Integer.parseInt(version.group(1));
        if (major == 0 && Integer.parseInt(version.group(2)) < 8) {
            miss(
                    MissingLayer.Layer.BUBBLEWRAP,
                    "found " + text + ", which cannot forbid nested namespaces",
                    "install bubblewrap 0.8.0 or later");
        }
    }

    private void wholeChain(CpuArchitecture architecture, Optional<SandboxUser> user) {
        try (RuntimeFiles files = RuntimeFiles.create(architecture)) {
            SandboxFactory.prepareStage(user);
            List<String> command = new SandboxCommand(files, user, JavaRuntime.current())
                    .bind(Bind.readOnly(Path.of(CAT), CAT))
                    .running(List.of(CAT, "/proc/self/status"));
            Ended ended = run(command);
            if (ended.exitCode() != 0) {
                diagnose(ended);
            } else {
                verify(ended.output());
            }
        } catch (IOException | RuntimeException e) {
            miss(
                    MissingLayer.Layer.WHOLE_CHAIN,
                    "a trial sandbox could not be prepared",
                    String.valueOf(e.getMessage()));
        }
    }

    private void verify(String status) {
        requireLine(status, "Seccomp:\t2", MissingLayer.Layer.SECCOMP, "the system-call filter is not in force");
        requireLine(status, "NoNewPrivs:\t1", MissingLayer.Layer.WHOLE_CHAIN, "privileges could be regained");
        requireLine(status, "CapEff:\t0000000000000000", MissingLayer.Layer.WHOLE_CHAIN, "capabilities remain");
        requireLine(status, "Uid:\t10001\t", MissingLayer.Layer.USER_NAMESPACES, "the uid inside is not the engine's");
    }

    private void requireLine(String status, String start, MissingLayer.Layer layer, String reason) {
        if (status.lines().noneMatch(line -> line.startsWith(start))) {
            miss(layer, reason, "use a kernel with CONFIG_SECCOMP_FILTER and CONFIG_USER_NS");
        }
    }

    private void diagnose(Ended ended) {
        if (!Files.exists(Path.of("/proc/sys/kernel/seccomp"))) {
            miss(MissingLayer.Layer.SECCOMP, "the kernel has no seccomp", "use a kernel with CONFIG_SECCOMP_FILTER");
        }
        Optional<String> setting = forbiddingSetting();
        if (setting.isPresent()) {
            miss(MissingLayer.Layer.USER_NAMESPACES, "the kernel forbids user namespaces", setting.get());
        } else if (run(List.of("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"))
                        .exitCode()
                != 0) {
            miss(
                    MissingLayer.Layer.USER_NAMESPACES,
                    "bubblewrap cannot make a user namespace",
                    "a container needs --security-opt seccomp=unconfined or --privileged");
        } else {
            String lastWord = ended.output().strip();
            miss(
                    MissingLayer.Layer.WHOLE_CHAIN,
                    "a trial sandbox ended with code " + ended.exitCode(),
                    "it said: " + lastWord.substring(Math.max(0, lastWord.length() - 300)));
        }
    }

    private static Optional<String> forbiddingSetting() {
        if ("0".equals(read("/proc/sys/user/max_user_namespaces"))) {
            return Optional.of("set sysctl user.max_user_namespaces above 0");
        }
        if ("0".equals(read("/proc/sys/kernel/unprivileged_userns_clone"))) {
            return Optional.of("set sysctl kernel.unprivileged_userns_clone=1");
        }
        if ("1".equals(read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"))) {
            return Optional.of("give bwrap an AppArmor profile with 'userns,', or set sysctl "
                    + "kernel.apparmor_restrict_unprivileged_userns=0");
        }
        return Optional.empty();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static Ended run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
            if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return new Ended(process.exitValue(), output);
            }
            process.destroyForcibly();
            return new Ended(-1, "no end within " + TIMEOUT_SECONDS + " s");
        } catch (IOException e) {
            return new Ended(-1, "cannot be started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(-1, "interrupted");
        }
    }

    void limits() {
        if (ControlGroups.find().isEmpty()) {
            miss(
                    MissingLayer.Layer.CGROUP_V2_LIMITS,
                    "no delegated cgroup v2 with the controllers memory and pids",
                    "start the service by systemd with Delegate=memory pids cpu, or accept mode embedded");
        }
    }

    private void miss(MissingLayer.Layer layer, String reason, String remedy) {
        missing.add(new MissingLayer(layer, reason, remedy));
    }
}

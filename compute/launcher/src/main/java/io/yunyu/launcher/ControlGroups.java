package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of the cgroup v2 tree that is delegated to this process, with a child group for every engine.
 *
 * <p>A group that has children with controllers may hold no process itself, so this process first moves into a child of
 * its own, {@code supervisor}, together with whatever else lives in its group.
 */
final class ControlGroups {
    private static final String SUPERVISOR = "supervisor";
    private static final List<String> NEEDED = List.of("memory", "pids");
    private static final String CPU = "cpu";
    private static final int CPU_PERIOD_MICROS = 100_000;
    private static final int REMOVE_ATTEMPTS = 100;
    private static final AtomicLong NEXT = new AtomicLong();

    private final Path base;

    private ControlGroups(Path base) {
        this.base = base;
    }

    /** Empty unless memory and pids are delegated here and the group may be written. Changes nothing. */
    static Optional<ControlGroups> find() {
        return find(Path.of("/proc/self/mountinfo"), Path.of("/proc/self/cgroup"));
    }

    static Optional<ControlGroups> find(Path mountInfo, Path ownGroup) {
        try {
            Optional<Path> mount = Files.readAllLines(mountInfo).stream()
                    .filter(line -> line.contains(" - cgroup2 "))
                    .map(line -> Path.of(line.split(" ")[4]))
                    .findFirst();
            Optional<String> own = Files.readAllLines(ownGroup).stream()
                    .filter(line -> line.startsWith("0::/"))
                    .map(line -> line.substring("0::/".length()))
                    .findFirst();
            if (mount.isEmpty() || own.isEmpty()) {
                return Optional.empty();
            }
            Path group = mount.get().resolve(own.get()).normalize();
            Path base = group.endsWith(SUPERVISOR) ? group.getParent() : group;
            return base != null && isDelegated(base) ? Optional.of(new ControlGroups(base)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the kernel killed a process of the group because it had used up the group's memory. */
    static boolean isOutOfMemory(Path group) {
        try {
            return Files.readAllLines(group.resolve("memory.events")).stream()
                    .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> controllers(Path base) throws IOException {
        return Arrays.asList(
                Files.readString(base.resolve("cgroup.controllers")).strip().split(" "));
    }

    private static boolean isDelegated(Path base) throws IOException {
        return Files.isRegularFile(base.resolve("cgroup.controllers"))
                && controllers(base).containsAll(NEEDED)
                && Files.isWritable(base)
                && Files.isWritable(base.resolve("cgroup.subtree_control"));
    }

    /** Makes room for engines' groups: moves the processes of this group aside and passes the controllers on. */
    ControlGroups prepare() {
        try {
            Path aside = base.resolve(SUPERVISOR);
            Files.createDirectories(aside);
            for (String process : Files.readAllLines(base.resolve("cgroup.procs"))) {
                move(process, aside);
            }
            boolean cpu = controllers(base).contains(CPU);
            Files.writeString(base.resolve("cgroup.subtree_control"), cpu ? "+memory +pids +cpu" : "+memory +pids");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The delegated control group cannot be divided", e);
        }
    }

    private static void move(String process, Path group) throws IOException {
        try {
            Files.writeString(group.resolve("cgroup.procs"), process);
        } catch (IOException e) {
            if (Files.exists(Path.of("/proc", process))) {
                throw e;
            }
            // It has ended meanwhile, which is as good.
        }
    }

    /** A new group with its limits set, for one engine. */
    Path create(EngineLimits limits) throws IOException {
        Path group = base.resolve("engine-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        Files.createDirectory(group);
        limit(group, limits);
        return group;
    }

    /** Writes the limits into a group's files; the kernel makes those that its controllers have. */
    static void limit(Path group, EngineLimits limits) throws IOException {
        Files.writeString(group.resolve("memory.max"), Long.toString(limits.residentBytes()));
        Files.writeString(group.resolve("pids.max"), Integer.toString(limits.threads() + 8));
        optional(group.resolve("cpu.max"), limits.processors() * CPU_PERIOD_MICROS + " " + CPU_PERIOD_MICROS);
        optional(group.resolve("memory.swap.max"), "0");
        optional(group.resolve("memory.oom.group"), "1");
    }

    private static void optional(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, value);
        }
    }

    /** Ends whatever may still be in a group and removes it. */
    static void remove(Path group) {
        try {
            optional(group.resolve("cgroup.kill"), "1");
            for (int attempt = 1; !group.toFile().delete() && attempt < REMOVE_ATTEMPTS; attempt++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An engine's control group cannot be removed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

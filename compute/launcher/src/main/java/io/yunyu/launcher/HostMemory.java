package io.yunyu.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory is left, as the kernel says: of the host, or of this process's control group if that has less. */
final class HostMemory {
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    private HostMemory() {}

    /** Bytes; without end where the kernel does not say. */
    static long availableBytes() {
        return Math.min(ofHost().orElse(Long.MAX_VALUE), ofGroup().orElse(Long.MAX_VALUE));
    }

    private static OptionalLong ofHost() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Version 2 as a container sees it; pages of files that can be dropped count as free. */
    private static OptionalLong ofGroup() {
        try {
            String most = Files.readString(GROUP.resolve("memory.max")).strip();
            long used = Long.parseLong(
                    Files.readString(GROUP.resolve("memory.current")).strip());
            long files = Files.readAllLines(GROUP.resolve("memory.stat")).stream()
                    .filter(line -> line.startsWith("inactive_file "))
                    .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length())))
                    .findFirst()
                    .orElse(0);
            return most.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(most) - used + files);
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}

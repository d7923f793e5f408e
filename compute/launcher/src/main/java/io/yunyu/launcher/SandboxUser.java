package io.yunyu.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Under which host identity engines run. Started as root, bubblewrap would keep host uid 0 inside, so root drops to a
 * slot uid first: each engine its own, all with one group, by which root's files are opened to engines and to nobody
 * else. Started as an ordinary user, engines run as that user.
 *
 * @param firstUid first slot uid; owned by no account
 * @param slots number of slot uids
 * @param groupId group of all engines; owned by no account
 */
public record SandboxUser(int firstUid, int slots, int groupId) {
    /** Above the ranges of accounts, containers and systemd-nspawn. */
    private static final SandboxUser WIDE = new SandboxUser(2_000_000_001, 4096, 2_000_000_000);
    /** For containers that map only 16 bits: Debian leaves 65000 to 65533 unused. */
    private static final SandboxUser NARROW = new SandboxUser(65_001, 500, 65_000);

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) ProcessHandle.current().pid() * 31);

    public SandboxUser {
        if (firstUid < 1 || groupId < 1 || slots < 1) {
            throw new IllegalArgumentException("Slot uids and the engines' group are never root's.");
        }
    }

    /** Empty unless this process runs as root. */
    static Optional<SandboxUser> ofThisProcess() {
        return isRoot() ? Optional.of(isMapped(WIDE.firstUid + WIDE.slots) ? WIDE : NARROW) : Optional.empty();
    }

    static boolean isRoot() {
        try {
            return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
        } catch (IOException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** The next slot in turn; two engines share one only when all are in use, and then share a thread limit. */
    int nextUid() {
        return firstUid + Math.floorMod(NEXT.getAndIncrement(), slots);
    }

    private static boolean isMapped(int uid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/uid_map"))) {
                String[] fields = line.strip().split("\\s+");
                long first = Long.parseLong(fields[0]);
                if (uid >= first && uid < first + Long.parseLong(fields[2])) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}

package io.yunyu.launcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/** How much one product was used lately. Times are of a monotonic clock, so that a jump of the host's clock means nothing. */
final class WarmDemand {
    static final Comparator<WarmDemand> MOST_RECENT_FIRST = (a, b) -> Long.signum(b.lastUsed - a.lastUsed);

    /** About what a refill takes: jobs that came within it would have found no second engine. */
    private static final long BURST_NANOS = Duration.ofSeconds(30).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST_REMEMBERED = 64;

    private final Deque<Long> taken = new ArrayDeque<>();
    private long lastUsed;
    private long failed;
    private boolean hasFailed;
    private boolean kept;

    WarmDemand(long now) {
        lastUsed = now;
    }

    void takenAt(long now) {
        lastUsed = now;
        taken.addLast(now);
        if (taken.size() > MOST_REMEMBERED) {
            taken.removeFirst();
        }
    }

    void expectedAt(long now) {
        lastUsed = now;
        hasFailed = false;
    }

    void failedAt(long now) {
        failed = now;
        hasFailed = true;
    }

    /** Whether it is never over, whoever uses it. */
    void keep(boolean value) {
        kept = value;
    }

    boolean isOver(long now, Duration idleAfter) {
        return !kept && now - lastUsed > idleAfter.toNanos();
    }

    /** Not again at once what has just failed. */
    boolean mayStart(long now) {
        return !hasFailed || now - failed > RETRY_NANOS;
    }

    /** Engines that recent use asks for. */
    int engines(long now) {
        while (!taken.isEmpty() && now - taken.getFirst() > BURST_NANOS) {
            taken.removeFirst();
        }
        return Math.max(1, taken.size());
    }
}

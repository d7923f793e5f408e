package io.yunyu.engine.suppression;

import java.time.Duration;

/** A moment after which no further improvement is sought. */
final class Deadline {
    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    long millisLeft() {
        return Math.max(0, (endNanos - System.nanoTime()) / 1_000_000);
    }

    boolean isOver() {
        return millisLeft() == 0;
    }
}

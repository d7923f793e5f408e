package io.yunyu.launcher;

import java.time.Duration;

/**
 * How far engines may be started ahead.
 *
 * @param engines idle engines at most, over all products; 0 switches the pool off
 * @param perProduct idle engines of one product at most
 * @param idleAfter a product that nobody used for so long is kept ready no more
 * @param processors beyond so many jobs at a time nothing is started ahead
 * @param settle time that a job has for itself before an engine is started beside it
 * @param reserveBytes memory of the host that must be available for another engine to be started; below half of it the idle
 *     ones are ended
 */
public record WarmLimits(
        int engines, int perProduct, Duration idleAfter, int processors, Duration settle, long reserveBytes) {
    public WarmLimits {
        if (engines < 0 || perProduct < 1 || processors < 1 || reserveBytes < 0) {
            throw new IllegalArgumentException("The limits of the engine pool must not be negative.");
        }
    }

    /** For engines of this size: ten minutes without use, and memory for a whole engine that works. */
    public static WarmLimits of(int engines, int perProduct, EngineLimits size) {
        return new WarmLimits(
                engines,
                perProduct,
                Duration.ofMinutes(10),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(15),
                size.residentBytes());
    }

    public WarmLimits withIdleAfter(Duration value) {
        return new WarmLimits(engines, perProduct, value, processors, settle, reserveBytes);
    }
}

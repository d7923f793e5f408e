package io.yunyu.api.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, which a test can make jump. */
public final class AdjustableClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    /** @param from the true time, from now on */
    public void jump(Duration from) {
        offset = from;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Nobody asks for the time of another zone.");
    }
}

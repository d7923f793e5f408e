package io.yunyu.launcher;

import io.yunyu.contract.channel.EngineEvent;
import java.util.OptionalLong;

/**
 * What is passed on of an engine's progress on records that are not the listener's own: each step once and none that comes
 * before the last, the tenths in their order, and no other number. So an engine that would say more can choose but which
 * steps it leaves out, and when it speaks.
 */
final class JobProgress implements EngineListener {
    private static final int TENTHS = 10;

    private final EngineListener listener;
    private int last = -1;
    private long tenths;

    JobProgress(EngineListener listener) {
        this.listener = listener;
    }

    @Override
    public void event(EngineEvent event, OptionalLong count) {
        if (event == EngineEvent.TENTH_READ) {
            if (tenths < TENTHS && count.equals(OptionalLong.of(tenths + 1))) {
                tenths++;
                listener.event(event, count);
            }
        } else if (event.ordinal() > last) {
            last = event.ordinal();
            listener.event(event, OptionalLong.empty());
        }
    }
}

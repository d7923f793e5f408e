package io.yunyu.api.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Tells waiting workers that there may be work. Only a hint: what is to be done lies in the database. */
@Component
public class Wake {
    private final Semaphore hints = new Semaphore(0);

    public void up() {
        hints.release();
    }

    /** Waits for a hint, or a while. */
    void await(long milliseconds) throws InterruptedException {
        if (hints.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
            hints.drainPermits();
        }
    }
}

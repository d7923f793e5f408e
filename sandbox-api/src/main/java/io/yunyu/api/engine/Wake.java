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

    /**
     * Waits for a hint, or a while. Each hint is for one worker, so that of two jobs at once two workers take one each.
     *
     * @return whether there was one
     */
    boolean await(long milliseconds) throws InterruptedException {
        return hints.tryAcquire(milliseconds, TimeUnit.MILLISECONDS);
    }
}

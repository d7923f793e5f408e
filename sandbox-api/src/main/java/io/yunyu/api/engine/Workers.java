package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The threads that take work from the database: some that run engines, one for what needs none. */
@Component
public class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final long PAUSE_MILLIS = 500;

    private final List<Work> works;
    private final int slots;
    private final List<Thread> threads = new ArrayList<>();
    private final Wake engineWake;
    private final Wake otherWake = new Wake();
    private volatile boolean closing;

    Workers(List<Work> works, Settings settings, Wake wake) {
        this.works = works;
        this.slots = settings.slots();
        this.engineWake = wake;
    }

    /** Recovers, then starts the threads. */
    public void start() {
        works.forEach(Work::recover);
        List<Work> withEngine = works.stream().filter(Work::needsEngine).toList();
        List<Work> without = works.stream().filter(work -> !work.needsEngine()).toList();
        for (int i = 0; i < slots; i++) {
            start("engine-worker-" + i, withEngine, engineWake);
        }
        start("outbox-worker", without, otherWake);
    }

    /** Hints that something is to be done that needs no engine. */
    public void wakeOutbox() {
        otherWake.up();
    }

    @Override
    public void close() {
        closing = true;
        threads.forEach(Thread::interrupt);
    }

    private void start(String name, List<Work> kinds, Wake wake) {
        Thread thread = new Thread(() -> loop(kinds, wake), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void loop(List<Work> kinds, Wake wake) {
        while (!closing) {
            boolean worked = false;
            for (Work work : kinds) {
                worked |= attempt(work);
            }
            try {
                if (!worked) {
                    wake.await(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean attempt(Work work) {
        try {
            return work.next();
        } catch (RuntimeException e) {
            if (!closing) {
                // The outermost door of a worker: the piece of work stays in the database and is tried again.
                LOG.error(
                        "A worker failed: {} in {}",
                        e.getClass().getName(),
                        work.getClass().getSimpleName());
                LOG.debug("", e);
            }
            return false;
        }
    }
}

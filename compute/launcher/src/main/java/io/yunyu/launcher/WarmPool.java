package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Engines started ahead of their job, one kind for each product: what an engine sees is fixed when it starts, so an idle
 * engine fits the jobs on exactly its tables and no other.
 *
 * <p>Guarantees: an engine serves one job and is then killed; an idle engine has been given no key and no job; it is handed
 * out only if it still stands on what a new one would stand on (the same table directories, jars and class archive, read
 * anew), and killed otherwise. There are never more idle engines than the limits say. No engine outlives this process.
 *
 * <p>Sized by demand: a product is kept ready while it was used or expected within {@code idleAfter}, by as many engines as
 * were taken within the last half minute, at least one. Refilling is done by one background thread, one engine at a time,
 * and yields to jobs. Does not promise that an engine is ready: then one is started for the job, as without a pool.
 */
public final class WarmPool implements AutoCloseable {
    private static final long TICK_MILLIS = 250;

    private final EngineLauncher launcher;
    private final WarmLimits limits;
    private final LongSupplier nanos;
    private final LongSupplier availableBytes;
    private final Map<EngineSpec, WarmDemand> products = new HashMap<>();
    private final List<WarmEngine> idle = new ArrayList<>();
    private final Thread tender = new Thread(this::tendForEver, "engine-pool");
    private int busy;
    private long lastTaken;
    private long warm;
    private long cold;
    private long discarded;
    private boolean closed;

    private WarmPool(EngineLauncher launcher, WarmLimits limits, LongSupplier nanos, LongSupplier availableBytes) {
        this.launcher = launcher;
        this.limits = limits;
        this.nanos = nanos;
        this.availableBytes = availableBytes;
        this.lastTaken = nanos.getAsLong();
    }

    /** A pool that fills itself in the background. The launcher stays the caller's to close, after the pool. */
    public static WarmPool open(EngineLauncher launcher, WarmLimits limits) {
        WarmPool pool = new WarmPool(launcher, limits, System::nanoTime, HostMemory::availableBytes);
        pool.tender.setDaemon(true);
        pool.tender.start();
        return pool;
    }

    /** A pool that does nothing by itself, for tests: they call {@link #tend}. */
    static WarmPool manual(
            EngineLauncher launcher, WarmLimits limits, LongSupplier nanos, LongSupplier availableBytes) {
        return new WarmPool(launcher, limits, nanos, availableBytes);
    }

    /**
     * An engine for one job on this product; close the lease when the job is over.
     *
     * @param spec what a new engine would be started with; without an operator's log
     * @throws ProblemException as {@link EngineLauncher#start}
     */
    public Lease take(EngineSpec spec) {
        long now = nanos.getAsLong();
        enter(now);
        yieldToJobs(now);
        try {
            noteTaken(spec, now);
            for (Optional<WarmEngine> found = claim(spec); found.isPresent(); found = claim(spec)) {
                Optional<EngineProcess> ready = found.get().awaitUsable(launcher);
                if (ready.isPresent()) {
                    count(true);
                    return new Lease(ready.get());
                }
                drop(found.get());
            }
            count(false);
            return new Lease(launcher.start(spec));
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    /** An engine that is started for its job, because nobody else will have the same one. */
    public Lease start(EngineSpec spec) {
        enter(nanos.getAsLong());
        yieldToJobs(nanos.getAsLong());
        try {
            return new Lease(launcher.start(spec));
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    /** Says that a job on this product may come soon: one engine is started, if there is room. */
    public synchronized void expect(EngineSpec spec) {
        demand(spec).expectedAt(nanos.getAsLong());
        notifyAll();
    }

    /**
     * Keeps one engine of each of these products ready from now on, whether or not it is used, as soon as what it binds
     * exists; and no longer those of an earlier call.
     */
    public synchronized void keep(Collection<EngineSpec> specs) {
        products.values().forEach(demand -> demand.keep(false));
        for (EngineSpec spec : specs) {
            demand(spec).keep(true);
        }
        notifyAll();
    }

    /** Counts since the start, and what there is now. */
    public synchronized WarmState state() {
        int rehearsed = (int) idle.stream().filter(WarmEngine::isRehearsed).count();
        return new WarmState(idle.size(), rehearsed, busy, warm, cold, discarded);
    }

    /** An engine in use. */
    public final class Lease implements AutoCloseable {
        private final EngineProcess engine;
        private boolean open = true;

        private Lease(EngineProcess engine) {
            this.engine = engine;
        }

        public EngineProcess engine() {
            return engine;
        }

        /** Kills the engine, whatever it did. */
        @Override
        public void close() {
            if (open) {
                open = false;
                try {
                    engine.close();
                } finally {
                    leave();
                }
            }
        }
    }

    private synchronized void enter(long now) {
        if (closed) {
            throw new ProblemException(ProblemCode.CAPACITY, "The server is stopping. Try again.");
        }
        busy++;
        lastTaken = now;
    }

    private synchronized void leave() {
        busy--;
        notifyAll();
    }

    private synchronized void count(boolean isWarm) {
        if (isWarm) {
            warm++;
        } else {
            cold++;
        }
    }

    private synchronized void noteTaken(EngineSpec spec, long now) {
        demand(spec).takenAt(now);
        notifyAll();
    }

    /** The best idle engine of the product: rehearsed before started before starting. */
    private synchronized Optional<WarmEngine> claim(EngineSpec spec) {
        Optional<WarmEngine> best =
                idle.stream().filter(engine -> engine.spec().equals(spec)).min(WarmEngine.BEST_FIRST);
        best.ifPresent(idle::remove);
        return best;
    }

    private WarmDemand demand(EngineSpec spec) {
        return products.computeIfAbsent(spec, s -> new WarmDemand(nanos.getAsLong()));
    }

    private void drop(WarmEngine engine) {
        synchronized (this) {
            idle.remove(engine);
            discarded++;
        }
        engine.kill();
    }

    /** One round: kills what is dead, stale or too much, and starts at most one engine. */
    void tend() {
        long now = nanos.getAsLong();
        List<WarmEngine> unfit = new ArrayList<>();
        Optional<WarmEngine> next;
        synchronized (this) {
            products.values().removeIf(demand -> demand.isOver(now, limits.idleAfter()));
            Map<EngineSpec, Integer> wanted = wanted(now);
            Map<EngineSpec, Integer> kept = new HashMap<>();
            for (WarmEngine engine : idle) {
                int before = kept.getOrDefault(engine.spec(), 0);
                if (before < wanted.getOrDefault(engine.spec(), 0) && !engine.isDead()) {
                    kept.put(engine.spec(), before + 1);
                } else {
                    unfit.add(engine);
                }
            }
            next = closed || !mayStart(now) ? Optional.empty() : missing(wanted, kept, now);
            next.ifPresent(idle::add);
        }
        unfit.forEach(this::drop);
        yieldToJobs(now);
        next.ifPresent(this::start);
    }

    private void start(WarmEngine engine) {
        if (!engine.start(launcher)) {
            synchronized (this) {
                idle.remove(engine);
                Optional.ofNullable(products.get(engine.spec()))
                        .ifPresent(demand -> demand.failedAt(nanos.getAsLong()));
            }
        }
    }

    /** How many engines each product may have: one each by recency first, then what demand asks for, within the limits. */
    private Map<EngineSpec, Integer> wanted(long now) {
        Map<EngineSpec, Integer> wanted = new HashMap<>();
        long free = closed || availableBytes.getAsLong() < limits.reserveBytes() / 2 ? 0 : limits.engines();
        List<Map.Entry<EngineSpec, WarmDemand>> byRecency = new ArrayList<>(products.entrySet());
        byRecency.sort(Map.Entry.comparingByValue(WarmDemand.MOST_RECENT_FIRST));
        for (int level = 1; level <= limits.perProduct() && free > 0; level++) {
            for (Map.Entry<EngineSpec, WarmDemand> product : byRecency) {
                if (free > 0 && product.getValue().engines(now) >= level) {
                    wanted.merge(product.getKey(), 1, Integer::sum);
                    free--;
                }
            }
        }
        return wanted;
    }

    private Optional<WarmEngine> missing(Map<EngineSpec, Integer> wanted, Map<EngineSpec, Integer> kept, long now) {
        return wanted.keySet().stream()
                .filter(spec -> kept.getOrDefault(spec, 0) < wanted.getOrDefault(spec, 0))
                .filter(spec ->
                        demand(spec).mayStart(now) && spec.binds().stream().allMatch(b -> Files.exists(b.source())))
                .min((a, b) -> WarmDemand.MOST_RECENT_FIRST.compare(demand(a), demand(b)))
                .map(spec -> new WarmEngine(spec, now));
    }

    /** Jobs come first: while one runs, only with a processor to spare, and not before it has had some time alone. */
    private boolean mayStart(long now) {
        if (idle.stream().anyMatch(engine -> engine.isPreparing(now))) {
            return false;
        }
        return isQuiet(now) && availableBytes.getAsLong() >= limits.reserveBytes();
    }

    private boolean isQuiet(long now) {
        return busy == 0
                || busy < limits.processors()
                        && now - lastTaken > limits.settle().toNanos();
    }

    /** What is getting ready stands still while jobs need the processors. */
    private void yieldToJobs(long now) {
        List<WarmEngine> all;
        boolean stop;
        synchronized (this) {
            all = List.copyOf(idle);
            stop = !isQuiet(now);
        }
        all.forEach(engine -> engine.halt(stop));
    }

    private void tendForEver() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    wait(TICK_MILLIS);
                }
                tend();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the idle engines. Leases stay their holders' to close. */
    @Override
    public void close() {
        List<WarmEngine> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(idle);
            idle.clear();
            notifyAll();
        }
        left.forEach(WarmEngine::kill);
    }
}

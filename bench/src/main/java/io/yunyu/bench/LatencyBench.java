package io.yunyu.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a developer waits for: from submitting a query to its candidate in review, through the whole platform, with an
 * engine started ahead and with one started for the job; beside it the same query, unprotected, in a Spark of its own that
 * is started for it. Then how long the pool takes to be ready again, and how many jobs go through in a minute.
 */
final class LatencyBench {
    private static final int PERSONS = 100_000;
    /** About 25,000 visits: what of the time does not come of the records. */
    private static final int FEW_PERSONS = 10_000;

    private static final int WARM_JOBS = 10;
    private static final int WARM_ENGINES = 1;
    private static final int BURST = 6;

    private LatencyBench() {}

    static void run(Path directory, int rounds, Report report) throws Exception {
        Path root =
                Path.of(System.getProperty("yunyu.root", ".")).toAbsolutePath().normalize();
        double[] cold;
        double[] spark = new double[rounds];
        double coldBurst;
        try (Site site = new Site(root, directory.resolve("cold"), PERSONS, List.of("--yunyu.warm.engines=0"))) {
            cold = times(rounds, site::job);
            for (int i = 0; i < rounds; i++) {
                spark[i] = SparkJob.run(site.source());
            }
            coldBurst = burst(site);
        }
        Warm warm = Warm.measure(root, directory.resolve("warm"), PERSONS);
        Warm few = Warm.measure(root, directory.resolve("few"), FEW_PERSONS);
        String what = visitsOf(PERSONS);
        String ahead = "job, engine started ahead: submit to review";
        String target = "p50 under 1 s, p95 under 2 s";
        report.times(ahead, what, warm.jobs(), target);
        report.times(ahead, visitsOf(FEW_PERSONS), few.jobs(), target);
        report.times("job, engine started for it: submit to review", what, cold, "");
        report.times("the same SQL, unprotected, Spark started for it, from CSV", what, spark, "");
        report.ratio(
                "engine started ahead / Spark started for the query",
                Rounds.median(warm.jobs()) / Rounds.median(spark));
        report.times("pool ready again after a job", "", Arrays.copyOfRange(warm.refills(), 1, WARM_JOBS), "");
        report.value("jobs per minute, " + BURST + " at once, one at a time, no pool", BURST * 60 / coldBurst);
        report.value(
                "jobs per minute, " + BURST + " at once, one at a time, pool of " + WARM_ENGINES,
                BURST * 60 / warm.burst());
    }

    private static String visitsOf(int persons) {
        return "outpatient visits of " + persons + " persons, 320 cells at most";
    }

    /**
     * A site with engines started ahead.
     *
     * @param refills seconds until the pool was ready, before each job
     * @param burst seconds that several jobs at once took
     */
    private record Warm(double[] jobs, double[] refills, double burst) {
        static Warm measure(Path root, Path directory, int persons) throws Exception {
            double[] jobs = new double[WARM_JOBS];
            double[] refills = new double[WARM_JOBS];
            try (Site site = new Site(root, directory, persons, List.of("--yunyu.warm.engines=" + WARM_ENGINES))) {
                for (int i = 0; i < WARM_JOBS; i++) {
                    refills[i] = site.awaitRehearsed(WARM_ENGINES);
                    jobs[i] = site.job();
                }
                long misses = site.engines().longValue("cold");
                if (misses > 0) {
                    throw new IllegalStateException(misses + " of the jobs found no engine ready.");
                }
                site.awaitRehearsed(WARM_ENGINES);
                return new Warm(jobs, refills, LatencyBench.burst(site));
            }
        }
    }

    private interface Timed {
        double seconds() throws Exception;
    }

    private static double[] times(int count, Timed timed) throws Exception {
        timed.seconds();
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = timed.seconds();
        }
        return times;
    }

    /** Seconds from submitting several jobs to the last one in review. */
    private static double burst(Site site) throws Exception {
        long begin = System.nanoTime();
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            jobs.add(site.submit());
        }
        for (String job : jobs) {
            site.awaitReview(job);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}

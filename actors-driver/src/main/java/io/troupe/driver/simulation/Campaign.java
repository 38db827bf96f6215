package io.troupe.driver.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Plays many runs of different seeds on several threads, up to the first violation.
public final class Campaign {
    private final SimulationSettings settings;
    private final AtomicLong next;
    private final long end;
    private final long[] reached = new long[RarePath.values().length];
    private final AtomicReference<SimulationViolation> violation = new AtomicReference<>();
    private long runs;
    private long succeeded;
    private long failed;
    private long steps;
    private double seconds;

    private Campaign(long seed, long count, SimulationSettings settings) {
        this.settings = settings;
        this.next = new AtomicLong(seed);
        this.end = seed + count;
    }

    /// Plays the runs.
    ///
    /// @param seed the first seed; the others follow
    /// @param count how many runs
    /// @param threads how many at a time
    public static Campaign play(long seed, long count, SimulationSettings settings, int threads)
            throws InterruptedException {
        Campaign campaign = new Campaign(seed, count, settings);
        long start = System.nanoTime();
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = Thread.ofPlatform().name("simulation-" + i).start(campaign::work);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        campaign.seconds = (System.nanoTime() - start) / 1e9;
        return campaign;
    }

    private void work() {
        long[] mine = new long[reached.length];
        long good = 0;
        long bad = 0;
        long played = 0;
        long count = 0;
        try {
            for (long seed = next.getAndIncrement();
                    seed < end && violation.get() == null;
                    seed = next.getAndIncrement()) {
                SimulationReport report = Simulation.run(seed, settings);
                count++;
                good += report.succeeded();
                bad += report.failed();
                played += report.steps();
                for (int i = 0; i < mine.length; i++) {
                    mine[i] += report.reached().get(i);
                }
            }
        } catch (SimulationViolation e) {
            violation.compareAndSet(null, e);
        }
        add(mine, count, good, bad, played);
    }

    private synchronized void add(long[] mine, long count, long good, long bad, long played) {
        for (int i = 0; i < mine.length; i++) {
            reached[i] += mine[i];
        }
        runs += count;
        succeeded += good;
        failed += bad;
        steps += played;
    }

    /// The first rule that was broken, or null.
    public SimulationViolation violation() {
        return violation.get();
    }

    /// Runs that were played to their end.
    public long runs() {
        return runs;
    }

    /// How often a path was taken.
    public long reached(RarePath path) {
        return reached[path.ordinal()];
    }

    /// One line about all runs.
    public String summary() {
        return "%d runs in %.1f s (%.0f a second): %d jobs succeeded, %d ended with a reason, %d steps"
                .formatted(runs, seconds, runs / seconds, succeeded, failed, steps);
    }
}

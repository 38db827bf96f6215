package io.troupe.console.model;

import java.util.ArrayList;
import java.util.List;

/// An executor, and what its tasks did.
public final class ExecutorModel {
    private static final int MOST_SAMPLES = 240;

    private final int index;
    private final String id;
    private final String host;
    private final int slots;
    private final long memory;
    private final String python;
    private final long joined;
    private final long[] sums = new long[TaskMetric.values().length];
    private final List<Sample> samples = new ArrayList<>();
    private long sampleMillis = 500;
    private long lost;
    private String reason = "";
    private int succeeded;
    private int failed;
    private int running;
    private long workerStarts;

    /// Memory of an executor's process at one time, in bytes.
    ///
    /// @param time milliseconds since the epoch
    /// @param heap used of the Java heap
    /// @param direct of the JVM's direct buffers
    /// @param store blocks in memory
    /// @param disk blocks on disk
    /// @param python resident memory of its Python workers
    public record Sample(long time, long heap, long direct, long store, long disk, long python) {}

    ExecutorModel(int index, LoggedEvent event) {
        this.index = index;
        this.id = event.text("executor");
        this.host = event.text("host");
        this.slots = (int) event.number("slots");
        this.memory = event.number("memory");
        this.python = event.text("python");
        this.joined = event.time();
    }

    void add(long[] values, boolean good) {
        if (good) {
            succeeded++;
        } else {
            failed++;
        }
        TaskMetric.sum(sums, values);
    }

    void started(long workers) {
        workerStarts += workers;
    }

    /// Keeps a sample, fewer of them the longer the application runs.
    void sample(Sample sample) {
        if (!samples.isEmpty() && sample.time() - samples.getLast().time() < sampleMillis) {
            samples.set(samples.size() - 1, largest(samples.getLast(), sample));
            return;
        }
        samples.add(sample);
        if (samples.size() > MOST_SAMPLES) {
            List<Sample> kept = new ArrayList<>();
            for (int i = 0; i + 1 < samples.size(); i += 2) {
                kept.add(largest(samples.get(i), samples.get(i + 1)));
            }
            samples.clear();
            samples.addAll(kept);
            sampleMillis *= 2;
        }
    }

    private static Sample largest(Sample a, Sample b) {
        return new Sample(
                a.time(),
                Math.max(a.heap(), b.heap()),
                Math.max(a.direct(), b.direct()),
                Math.max(a.store(), b.store()),
                Math.max(a.disk(), b.disk()),
                Math.max(a.python(), b.python()));
    }

    void running(int count) {
        running = count;
    }

    void lose(long time, String why) {
        lost = time;
        reason = why;
        running = 0;
    }

    /// Its place in the application's list.
    public int index() {
        return index;
    }

    public String id() {
        return id;
    }

    public String host() {
        return host;
    }

    public int slots() {
        return slots;
    }

    /// Bytes that its tasks and blocks may take.
    public long memory() {
        return memory;
    }

    /// Version of its Python, or empty.
    public String python() {
        return python;
    }

    /// Milliseconds since the epoch.
    public long joined() {
        return joined;
    }

    /// Milliseconds since the epoch, or 0 while it is there.
    public long lost() {
        return lost;
    }

    public boolean isActive() {
        return lost == 0;
    }

    /// Why it was lost, or empty.
    public String reason() {
        return reason;
    }

    public int succeeded() {
        return succeeded;
    }

    public int failed() {
        return failed;
    }

    public int running() {
        return running;
    }

    /// Python workers that were started.
    public long workerStarts() {
        return workerStarts;
    }

    /// Sum over its ended attempts; the largest value of peaks.
    public long sum(TaskMetric metric) {
        return sums[metric.ordinal()];
    }

    /// Its memory over time.
    public List<Sample> samples() {
        return samples;
    }
}

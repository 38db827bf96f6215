package io.troupe.console.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What the tasks' Python functions printed: the latest of it.
public final class PrintedLines {
    private static final int MOST_TASKS = 1000;
    private static final long MOST_CHARACTERS = 4L << 20;

    private final Deque<Printed> latest = new ArrayDeque<>();
    private long characters;
    private long forgotten;

    /// What one task attempt printed.
    ///
    /// @param time when it ended, in milliseconds since the epoch
    /// @param job the job that it ran for
    /// @param stage its stage attempt
    /// @param partition its number in the stage
    /// @param tried its number among the attempts of the partition, from 0
    /// @param executor where it ran
    /// @param failed whether it failed
    /// @param text the lines
    public record Printed(
            long time,
            long job,
            StageModel stage,
            int partition,
            int tried,
            String executor,
            boolean failed,
            String text) {}

    void add(Printed printed) {
        latest.addLast(printed);
        characters += printed.text().length();
        while (latest.size() > MOST_TASKS || characters > MOST_CHARACTERS && latest.size() > 1) {
            characters -= latest.removeFirst().text().length();
            forgotten++;
        }
    }

    /// The latest first.
    public List<Printed> latest() {
        return List.copyOf(latest.reversed());
    }

    /// Tasks whose lines are known no more.
    public long forgotten() {
        return forgotten;
    }
}

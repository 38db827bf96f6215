package io.troupe.columnar.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// What Python workers tell of a task beside its rows: what its functions printed, and where a
/// sampler found them. Bounded, so that it can travel with the task's figures. Thread-safe: lines
/// come from the thread that reads a worker's stderr.
public final class WorkerNotes {
    /// Characters of printed lines that are kept: of the last ones.
    static final int MOST_PRINTED = 16 << 10;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, Long> stacks = new HashMap<>();
    private int characters;
    private long forgotten;

    /// A function of the task printed a line.
    public synchronized void print(String line) {
        lines.addLast(line);
        characters += line.length() + 1;
        while (characters > MOST_PRINTED && lines.size() > 1) {
            characters -= lines.removeFirst().length() + 1;
            forgotten++;
        }
    }

    /// A sampler found the functions at this place for so long.
    ///
    /// @param stack names of frames from the outermost, divided by `;`
    public synchronized void sampled(String stack, long nanos) {
        stacks.merge(stack, nanos, Long::sum);
    }

    /// The last lines that were printed, after the count of those before them; empty if there were
    /// none.
    public synchronized String printed() {
        String kept = String.join("\n", lines);
        return forgotten == 0 ? kept : "(" + forgotten + " lines before these)\n" + kept;
    }

    /// Nanoseconds by stack.
    public synchronized Map<String, Long> stacks() {
        return Map.copyOf(stacks);
    }
}

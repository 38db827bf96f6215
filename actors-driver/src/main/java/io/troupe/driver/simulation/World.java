package io.troupe.driver.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Virtual time, chance and what is to happen when. One thread.
final class World {
    final long seed;
    final SimulationSettings settings;
    final SplittableRandom random;
    private final long[] reached = new long[RarePath.values().length];

    /// A heap of events by time, those of the same time in the order of their making: the key is
    /// time × 2³² + number.
    private long[] keys = new long[256];

    private Runnable[] actions = new Runnable[256];
    private int size;
    private int number;
    private long now;
    private long steps;
    private long trace;
    private StringBuilder story;

    World(long seed, SimulationSettings settings) {
        this.seed = seed;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    /// A hash over all steps so far: equal runs have equal ones.
    long trace() {
        return trace;
    }

    boolean healed() {
        return now >= settings.faultMillis();
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /// A number from 0 to below the bound, which is at least 1.
    int below(int bound) {
        return random.nextInt(bound);
    }

    void reached(RarePath path) {
        reached[path.ordinal()]++;
        trace = trace * 31 + path.ordinal();
    }

    long[] reached() {
        return reached.clone();
    }

    /// Writes down what happens from now on.
    void tellStory() {
        story = new StringBuilder();
    }

    /// Adds a line to the story, if there is one.
    void note(Supplier<String> what) {
        if (story != null) {
            story.append("%8d ms  ".formatted(now)).append(what.get()).append('\n');
        }
    }

    String story() {
        return story == null ? "" : story.toString();
    }

    /// Lets something happen later.
    void after(long millis, Runnable action) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        long key = now + millis << 32 | number++ & 0xFFFF_FFFFL;
        int at = size++;
        while (at > 0 && keys[at - 1 >> 1] > key) {
            keys[at] = keys[at - 1 >> 1];
            actions[at] = actions[at - 1 >> 1];
            at = at - 1 >> 1;
        }
        keys[at] = key;
        actions[at] = action;
    }

    /// Plays the next event; false if there is none.
    boolean step() {
        if (size == 0) {
            return false;
        }
        long key = keys[0];
        Runnable action = actions[0];
        removeFirst();
        now = key >>> 32;
        steps++;
        trace = trace * 31 + key;
        action.run();
        return true;
    }

    private void removeFirst() {
        long key = keys[--size];
        Runnable action = actions[size];
        actions[size] = null;
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[at] = keys[child];
            actions[at] = actions[child];
            at = child;
        }
        if (size > 0) {
            keys[at] = key;
            actions[at] = action;
        }
    }

    SimulationViolation violation(String what) {
        return new SimulationViolation(seed, now, what, story());
    }
}

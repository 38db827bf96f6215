package io.troupe.driver.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Virtual time, chance and the network of a run.
final class World {
    private record Event(long time, long number, String what, Runnable action) {}

    final long seed;
    final SimulationSettings settings;
    final SplittableRandom random;
    final SortedMap<String, Integer> paths = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private long now;
    private long steps;
    private long trace;

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

    long trace() {
        return trace;
    }

    boolean healed() {
        return now >= settings.faultMillis();
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    void reached(String path) {
        paths.merge(path, 1, Integer::sum);
    }

    void after(long millis, String what, Runnable action) {
        events.add(new Event(now + millis, steps + events.size(), what, action));
    }

    /// Sends a message: late, out of order, and while faults last perhaps twice or never.
    void send(String what, Runnable delivery) {
        if (!healed() && chance(settings.loss())) {
            reached("message lost");
            return;
        }
        after(delay(), what, delivery);
        if (!healed() && chance(settings.duplication())) {
            reached("message duplicated");
            after(delay(), what, delivery);
        }
    }

    private long delay() {
        return chance(0.02) && !healed() ? random.nextLong(2_000) : random.nextLong(1, 20);
    }

    /// Plays the next event; false if there is none.
    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.time();
        steps++;
        trace = trace * 31 + event.what().hashCode() + event.time();
        event.action().run();
        return true;
    }

    SimulationViolation violation(String what) {
        return new SimulationViolation(seed, now, what);
    }
}

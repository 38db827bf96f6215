package io.troupe.driver.simulation;

import java.util.HashMap;
import java.util.Map;

/// Carries messages between places; 0 is the driver, nodes are numbered from 1. Messages come late,
/// out of order, and while faults last perhaps twice or never.
final class Network {
    static final int DRIVER = 0;

    private final World world;

    /// One-way cuts by sender × 2²⁰ + receiver, with the time when they end.
    private final Map<Integer, Long> cuts = new HashMap<>();

    Network(World world) {
        this.world = world;
    }

    void cut(int from, int to, long millis) {
        cuts.merge(from << 20 | to, world.now() + millis, Math::max);
    }

    /// Whether a message sent now would arrive.
    boolean carries(int from, int to) {
        if (cuts.isEmpty() || from == to) {
            return true;
        }
        Long until = cuts.get(from << 20 | to);
        return until == null || world.now() >= until;
    }

    /// When a message sent by one would arrive at the other again.
    long cutUntil(int from, int to) {
        return cuts.getOrDefault(from << 20 | to, 0L);
    }

    void send(int from, int to, Runnable delivery) {
        if (!carries(from, to)) {
            world.reached(RarePath.MESSAGE_CUT_OFF);
            return;
        }
        if (world.healed()) {
            world.after(1 + world.below(5), delivery);
            return;
        }
        SimulationSettings.Messages messages = world.settings.messages();
        if (world.chance(messages.loss())) {
            world.reached(RarePath.MESSAGE_LOST);
            return;
        }
        world.after(delay(messages), delivery);
        if (world.chance(messages.duplication())) {
            world.reached(RarePath.MESSAGE_DUPLICATED);
            world.after(delay(messages), delivery);
        }
    }

    private long delay(SimulationSettings.Messages messages) {
        if (world.chance(messages.late())) {
            world.reached(RarePath.MESSAGE_LATE);
            return world.below(2_000);
        }
        return 1 + world.below(10);
    }
}

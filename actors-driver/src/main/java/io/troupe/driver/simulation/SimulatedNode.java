package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ApplicationId;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.driver.node.HostDecisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A machine with a node on it: what the node's process loses with its end, it loses. The cluster's
/// failure detector is played here too: it takes a node for dead that cannot be heard for a while.
final class SimulatedNode {
    private static final ApplicationId APPLICATION = new ApplicationId("simulated");
    private static final long DETECTION_MILLIS = 3_000;

    final int place;
    final String address;
    private final World world;
    private final SimulatedDriver driver;
    private final Map<ExecutorId, SimulatedExecutor> hosted = new HashMap<>();
    private HostDecisions host;
    private int incarnation;
    private boolean alive;
    private boolean member;
    private boolean leaving;
    private long pausedUntil;

    SimulatedNode(World world, SimulatedDriver driver, int place) {
        this.world = world;
        this.driver = driver;
        this.place = place;
        this.address = "node" + place + ":1";
        start();
    }

    private void start() {
        incarnation++;
        alive = true;
        leaving = false;
        pausedUntil = 0;
        host = new HostDecisions(address, "i" + incarnation, world.settings.slots(), "");
        if (incarnation > 1) {
            world.reached(RarePath.NODE_REJOINED_AT_ITS_ADDRESS);
        }
        world.note(() -> address + " starts, for the " + incarnation + ". time");
        if (!member) {
            int mine = incarnation;
            world.after(100 + world.below(400), () -> join(mine));
        }
    }

    private void join(int which) {
        if (alive && which == incarnation && !member) {
            member = true;
            driver.nodeUp(this);
        }
    }

    /// The cluster no longer counts on the process that had this address.
    private void remove(int which) {
        if (member && which == incarnation) {
            member = false;
            driver.nodeGone(this);
        }
    }

    boolean isAlive() {
        return alive;
    }

    boolean isMember() {
        return member;
    }

    boolean isPaused() {
        return world.now() < pausedUntil;
    }

    long pausedFor() {
        return Math.max(0, pausedUntil - world.now());
    }

    List<SimulatedExecutor> executors() {
        return new ArrayList<>(hosted.values());
    }

    /// The process ends; it comes back after a while.
    void kill(String why) {
        if (!alive) {
            return;
        }
        world.note(() -> address + " ends: " + why);
        alive = false;
        hosted.values().forEach(SimulatedExecutor::endUnseen);
        hosted.clear();
        int dead = incarnation;
        long back = 200 + world.below(3_000);
        world.after(Math.min(back, world.below((int) DETECTION_MILLIS)), () -> remove(dead));
        world.after(back, this::start);
    }

    /// Stands still; for long enough, and it is taken for dead, which it learns when it wakes.
    void pause(long millis) {
        world.note(() -> address + " stands still for " + millis + " ms");
        pausedUntil = Math.max(pausedUntil, world.now() + millis);
        loseSight(millis, "it stood still");
    }

    /// Cannot be heard, or hear, for a while.
    void cut(boolean toDriver, long millis) {
        world.note(() -> address + " is cut off " + (toDriver ? "to" : "from") + " the driver");
        driver.network()
                .cut(toDriver ? place : Network.DRIVER, toDriver ? Network.DRIVER : place, millis);
        loseSight(millis, "it was cut off");
    }

    private void loseSight(long millis, String why) {
        if (millis < DETECTION_MILLIS) {
            return;
        }
        world.reached(RarePath.TAKEN_FOR_DEAD);
        int dead = incarnation;
        world.after(DETECTION_MILLIS, () -> remove(dead));
        world.after(
                millis + world.below(1_000),
                () -> {
                    if (dead == incarnation) {
                        kill(why);
                    }
                });
    }

    /// Is told to stop: its executors hand over what they hold.
    void leave() {
        if (!alive || leaving) {
            return;
        }
        world.note(() -> address + " is told to stop");
        leaving = true;
        host.leave();
        hosted.values().forEach(SimulatedExecutor::leave);
        int which = incarnation;
        world.after(12_000, () -> endLeaving(which));
        endIfEmpty();
    }

    private void endLeaving(int which) {
        if (leaving && alive && which == incarnation) {
            kill("its time to leave is over");
        }
    }

    private void endIfEmpty() {
        if (leaving && hosted.isEmpty() && alive) {
            world.reached(RarePath.NODE_LEFT_IN_ORDER);
            int gone = incarnation;
            remove(gone);
            kill("it has left");
        }
    }

    /// The driver asks for an executor.
    void ask() {
        if (!alive) {
            return;
        }
        if (isPaused()) {
            world.after(pausedFor(), this::ask);
            return;
        }
        switch (host.ask(APPLICATION, "", Integer.MAX_VALUE)) {
            case HostDecisions.Answer.Known a -> grant(a.id());
            case HostDecisions.Answer.Refuse a -> world.note(() -> address + " refuses");
            case HostDecisions.Answer.Start a -> {
                SimulatedExecutor executor =
                        new SimulatedExecutor(world, driver, this, a.id(), a.slots());
                hosted.put(a.id(), executor);
                driver.known(executor);
                grant(a.id());
            }
        }
    }

    private void grant(ExecutorId id) {
        driver.network().send(place, Network.DRIVER, () -> driver.granted(address, id));
    }

    /// The driver orders the end of an executor.
    void stop(ExecutorId id) {
        ExecutorId found = alive ? host.toStop(APPLICATION, id) : null;
        if (found != null && hosted.containsKey(found)) {
            hosted.get(found).end();
            ended(found);
        }
    }

    /// An executor has ended.
    void ended(ExecutorId id) {
        hosted.remove(id);
        host.ended(id);
        endIfEmpty();
    }

    int freeSlots() {
        return host.freeSlots();
    }
}

package io.troupe.driver.node;

import io.troupe.cluster.protocol.ApplicationId;
import io.troupe.cluster.protocol.ExecutorId;
import java.util.HashMap;
import java.util.Map;

/// Decides which applications a node gives an executor, and how many slots: facts in, answers out.
/// One thread.
public final class HostDecisions {
    private final String address;
    private final String incarnation;
    private final int cores;
    private final String python;
    private final Map<ApplicationId, Hosted> hosted = new HashMap<>();
    private long started;
    private boolean leaving;

    private record Hosted(ExecutorId id, int slots) {}

    /// What a node answers to an application that asks for an executor.
    public sealed interface Answer {
        /// There is one already.
        record Known(ExecutorId id) implements Answer {}

        /// One is to be started.
        record Start(ExecutorId id, int slots) implements Answer {}

        /// None is given.
        record Refuse(String reason, boolean permanent) implements Answer {}
    }

    /// A node that hosts nothing yet.
    ///
    /// @param address the node's address, `host:port`
    /// @param incarnation tells this process from others that had or will have the same address
    /// @param cores task slots that it offers
    /// @param python version of its Python ("3.12"); empty if it has none
    public HostDecisions(String address, String incarnation, int cores, String python) {
        this.address = address;
        this.incarnation = incarnation;
        this.cores = cores;
        this.python = python;
    }

    /// An application asks. What is to be started counts as hosted until [#ended].
    public Answer ask(ApplicationId application, String wantedPython, int maxSlots) {
        Hosted known = hosted.get(application);
        if (known != null) {
            return new Answer.Known(known.id());
        }
        if (!wantedPython.isEmpty() && !python.isEmpty() && !wantedPython.equals(python)) {
            String reason =
                    "node "
                            + address
                            + " has Python "
                            + python
                            + ", the application runs Python "
                            + wantedPython
                            + ": install the same minor version, or point the node to it";
            return new Answer.Refuse(reason, true);
        }
        if (leaving) {
            return new Answer.Refuse("node " + address + " is about to stop", false);
        }
        if (freeSlots() == 0) {
            String reason =
                    "node "
                            + address
                            + " has no free slots: its "
                            + cores
                            + " are used by "
                            + hosted.size()
                            + " other applications";
            return new Answer.Refuse(reason, false);
        }
        int slots = Math.min(freeSlots(), maxSlots);
        ExecutorId id = new ExecutorId(address + "/" + incarnation + "." + ++started);
        hosted.put(application, new Hosted(id, slots));
        return new Answer.Start(id, slots);
    }

    /// The executor that an order to stop means, or null if there is none.
    ///
    /// @param executor null for whichever the application has
    public ExecutorId toStop(ApplicationId application, ExecutorId executor) {
        Hosted known = hosted.get(application);
        return known == null || (executor != null && !executor.equals(known.id()))
                ? null
                : known.id();
    }

    /// An executor ended, or could not be started.
    public void ended(ExecutorId executor) {
        hosted.values().removeIf(known -> known.id().equals(executor));
    }

    /// The node is about to stop: it gives no more executors.
    public void leave() {
        leaving = true;
    }

    /// Slots that no application has.
    public int freeSlots() {
        return cores - hosted.values().stream().mapToInt(Hosted::slots).sum();
    }
}

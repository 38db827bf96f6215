package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides which nodes are asked for an executor: facts in, actions out. Every node that is up is
/// asked until an executor of its own serves, and again when that one was given up. One thread.
///
/// A node may still have an executor that the driver gave up, because the order to end it was lost
/// or has not arrived: such a grant is worth nothing, and the node is told to end that executor. A
/// grant is no service either: an executor may end before it announces itself, and only its node
/// knows.
public final class RecruitDecisions {
    private static final int GIVEN_UP_REMEMBERED = 10_000;

    /// The executor that each node granted; null before its first.
    private final SortedMap<String, ExecutorId> granted = new TreeMap<>();

    private final Map<ExecutorId, String> nodeOf = new HashMap<>();
    private final Set<ExecutorId> serving = new HashSet<>();

    /// Executors given up of late, oldest first.
    private final SequencedSet<ExecutorId> givenUp = new LinkedHashSet<>();

    /// A node is a member.
    public List<RecruitAction> nodeUp(String node) {
        granted.putIfAbsent(node, null);
        return isServed(node) ? List.of() : List.of(new RecruitAction.Ask(node));
    }

    /// A node is no longer a member.
    public List<RecruitAction> nodeGone(String node) {
        ExecutorId executor = granted.get(node);
        if (executor != null) {
            executorLost(executor);
        }
        granted.remove(node);
        return executor == null
                ? List.of()
                : List.of(new RecruitAction.Gone(executor, "its node left the cluster"));
    }

    /// A node has an executor for this application.
    public List<RecruitAction> granted(String node, ExecutorId executor) {
        if (!granted.containsKey(node)) {
            return List.of();
        }
        if (givenUp.contains(executor)) {
            return List.of(new RecruitAction.Dismiss(node, executor, "the driver gave it up"));
        }
        ExecutorId before = granted.get(node);
        if (executor.equals(before)) {
            return List.of();
        }
        if (before != null) {
            executorLost(before);
        }
        granted.put(node, executor);
        nodeOf.put(executor, node);
        return before == null
                ? List.of()
                : List.of(new RecruitAction.Gone(before, "its node has another executor now"));
    }

    /// An executor offers its slots.
    public void executorJoined(ExecutorId executor) {
        serving.add(executor);
    }

    /// An executor was given up, for whatever reason.
    public void executorLost(ExecutorId executor) {
        serving.remove(executor);
        String node = nodeOf.remove(executor);
        if (node != null) {
            granted.put(node, null);
        }
        givenUp.add(executor);
        if (givenUp.size() > GIVEN_UP_REMEMBERED) {
            givenUp.removeFirst();
        }
    }

    /// Time passed.
    public List<RecruitAction> tick() {
        List<RecruitAction> actions = new ArrayList<>();
        for (String node : granted.keySet()) {
            if (!isServed(node)) {
                actions.add(new RecruitAction.Ask(node));
            }
        }
        return actions;
    }

    private boolean isServed(String node) {
        ExecutorId executor = granted.get(node);
        return executor != null && serving.contains(executor);
    }

    /// The nodes that are up.
    public List<String> nodes() {
        return List.copyOf(granted.keySet());
    }
}

package io.troupe.driver;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.console.metrics.MetricText;
import io.troupe.console.metrics.Metrics;
import io.troupe.driver.node.NodeProcess;
import io.troupe.executor.task.Held;
import java.util.List;
import java.util.function.Supplier;

/// What a node tells of itself and of its cluster.
///
/// @param slots that it offers
/// @param memory bytes that its executors may use
/// @param held what its executors hold
/// @param node the member that it is now; gives null before it is one
record NodeMetrics(int slots, long memory, Supplier<NodeProcess> node, Supplier<Held> held)
        implements Metrics.Source {
    @Override
    public void write(MetricText text) {
        NodeProcess member = node.get();
        List<ClusterMember> seen = member == null ? List.of() : member.members();
        text.gauge("troupe_node_slots", "Task slots that the node offers.", slots)
                .gauge("troupe_node_memory_bytes", "Memory that its executors may use.", memory)
                .gauge("troupe_node_up", "1 while it is a member of its cluster.", isUp() ? 1 : 0)
                .gauge("troupe_members", "Members of the cluster that it sees.", seen.size())
                .gauge(
                        "troupe_members_unreachable",
                        "Members that it cannot reach.",
                        seen.stream().filter(other -> !other.reachable()).count());
        HeldMetrics.write(text, held.get());
    }

    /// Whether it can work.
    boolean isUp() {
        NodeProcess member = node.get();
        return member != null && member.isUp();
    }
}

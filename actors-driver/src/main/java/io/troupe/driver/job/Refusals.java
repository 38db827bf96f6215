package io.troupe.driver.job;

import io.troupe.cluster.protocol.NodeReply;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Why nodes gave no executor; for the message to a user who waits for one. Written by the
/// recruiter, read by any thread.
final class Refusals {
    private final Map<String, NodeReply.Refused> byNode = new ConcurrentSkipListMap<>();

    void note(NodeReply.Refused refused) {
        byNode.put(refused.node(), refused);
    }

    void forget(String node) {
        byNode.remove(node);
    }

    /// Whether a node refused for good.
    boolean anyPermanent() {
        return byNode.values().stream().anyMatch(NodeReply.Refused::permanent);
    }

    /// One line per node that refused.
    String text() {
        StringBuilder text = new StringBuilder();
        byNode.values().forEach(refused -> text.append("\n  ").append(refused.reason()));
        return text.toString();
    }
}

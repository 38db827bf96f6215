package io.troupe.console.page;

import io.troupe.console.model.Stacks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Samples of the user's functions as a tree for drawing: `[name, nanos, [callee, …]]`, wider
/// callees first, without those that would be too narrow to see.
final class FlameGraph {
    private static final double NARROWEST = 0.003;

    private FlameGraph() {}

    static List<Object> of(Stacks stacks) {
        return node("all", stacks.root(), (long) (stacks.root().nanos() * NARROWEST));
    }

    private static List<Object> node(String name, Stacks.Frame frame, long least) {
        List<Object> callees = new ArrayList<>();
        frame.callees().entrySet().stream()
                .filter(callee -> callee.getValue().nanos() > least)
                .sorted(
                        Comparator.comparingLong((Map.Entry<String, Stacks.Frame> callee) ->
                                -callee.getValue().nanos()))
                .forEach(callee -> callees.add(node(callee.getKey(), callee.getValue(), least)));
        return List.of(name, frame.nanos(), callees);
    }
}

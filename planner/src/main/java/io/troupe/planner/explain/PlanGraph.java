package io.troupe.planner.explain;

import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The operators of a query as a list, each with where its measurements are found: the stage that
/// runs it and its number there (pre-order of the stage's plan, from 0, as tasks count them).
///
/// @param nodes in pre-order of the query's plan, from 1 on in the text forms; then those of common
///   tables that several places read
public record PlanGraph(List<Node> nodes) {
    public PlanGraph {
        nodes = List.copyOf(nodes);
    }

    /// An operator.
    ///
    /// @param id its place in the list
    /// @param parent the id of the operator that reads it, or -1
    /// @param name the operator's name, the first word of its line
    /// @param text its line in `explain`
    /// @param stage the stage that runs it; for an exchange the one that reads it
    /// @param operator its number in that stage's plan
    /// @param exchange for an exchange, and for what reads one again, the stage that writes it;
    ///   otherwise -1
    /// @param line the line of the user's script that it comes from, or null
    public record Node(
            int id,
            int parent,
            String name,
            String text,
            int stage,
            int operator,
            int exchange,
            String line) {}

    /// @param resultStage the number of the stage that gives the result
    /// @param lineOf the line of the user's script of an operator, or null
    public static PlanGraph of(
            PhysicalQuery query, int resultStage, Function<PhysicalPlan, String> lineOf) {
        Builder builder = new Builder(lineOf);
        builder.add(query.root(), -1, new Numbers(resultStage), null);
        for (PhysicalPlan.Exchange shared : query.shared()) {
            builder.add(shared.child(), -1, new Numbers(shared.exchange()), null);
        }
        return new PlanGraph(builder.nodes);
    }

    /// The plan's text with something behind each operator's line.
    public String text(PhysicalQuery query, Function<Node, String> note) {
        Map<Integer, String> notes =
                nodes.stream().collect(Collectors.toMap(node -> node.id() + 1, note, (a, b) -> a));
        return PlanText.physical(query.root(), notes);
    }

    /// Counts the operators of one stage.
    private static final class Numbers {
        private final int stage;
        private int next;

        Numbers(int stage) {
            this.stage = stage;
        }
    }

    private static final class Builder {
        private final Function<PhysicalPlan, String> lineOf;
        private final List<Node> nodes = new ArrayList<>();

        Builder(Function<PhysicalPlan, String> lineOf) {
            this.lineOf = lineOf;
        }

        void add(PhysicalPlan plan, int parent, Numbers numbers, String lineAbove) {
            int id = nodes.size();
            String own = lineOf.apply(plan);
            String line = own == null ? lineAbove : own;
            String text = PlanText.line(plan);
            nodes.add(
                    new Node(
                            id,
                            parent,
                            text.split("[ (]", 2)[0],
                            text,
                            numbers.stage,
                            numbers.next++,
                            exchange(plan),
                            line));
            if (plan instanceof PhysicalPlan.Exchange exchange) {
                add(exchange.child(), id, new Numbers(exchange.exchange()), line);
                if (exchange.bounds() != null) {
                    add(exchange.bounds(), id, new Numbers(-1), line);
                }
                return;
            }
            for (PhysicalPlan child : plan.children()) {
                add(child, id, numbers, line);
            }
        }

        private static int exchange(PhysicalPlan plan) {
            return switch (plan) {
                case PhysicalPlan.Exchange exchange -> exchange.exchange();
                case PhysicalPlan.ExchangeRead read -> read.exchange();
                default -> -1;
            };
        }
    }
}

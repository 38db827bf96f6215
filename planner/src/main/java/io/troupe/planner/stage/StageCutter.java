package io.troupe.planner.stage;

import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlans;
import io.troupe.planner.physical.PhysicalQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cuts a physical plan at its exchanges: what is below one becomes a stage, and an
/// [PhysicalPlan.ExchangeRead] takes its place above.
public final class StageCutter {
    private final Map<Integer, Stage> stages = new LinkedHashMap<>();
    private int nextLeaf;
    private int nextStage;

    private final Set<Integer> singleLeaves;

    private StageCutter(Set<Integer> singleLeaves) {
        this.singleLeaves = singleLeaves;
    }

    public static StageGraph cut(PhysicalQuery query) {
        StageCutter cutter = new StageCutter(query.singleLeaves());
        cutter.number(query.root());
        query.shared().forEach(cutter::number);
        query.shared().forEach(cutter::cutExchange);
        PhysicalPlan result = cutter.replace(query.root());
        cutter.add(cutter.nextStage, result, null);
        return new StageGraph(new ArrayList<>(cutter.stages.values()));
    }

    private void number(PhysicalPlan root) {
        PhysicalPlans.forEach(
                root,
                node -> {
                    if (node instanceof PhysicalPlan.Leaf leaf) {
                        nextLeaf = Math.max(nextLeaf, leaf.leaf() + 1);
                    } else if (node instanceof PhysicalPlan.Exchange exchange) {
                        nextStage = Math.max(nextStage, exchange.exchange() + 1);
                    }
                });
    }

    private PhysicalPlan replace(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.Exchange exchange) {
            cutExchange(exchange);
            return new PhysicalPlan.ExchangeRead(
                    nextLeaf++, exchange.exchange(), exchange.output(), exchange.reading());
        }
        return PhysicalPlans.mapChildren(plan, this::replace);
    }

    private void cutExchange(PhysicalPlan.Exchange exchange) {
        if (!stages.containsKey(exchange.exchange())) {
            PhysicalPlan child = replace(exchange.child());
            if (exchange.bounds() != null) {
                cutExchange(exchange.bounds());
            }
            add(exchange.exchange(), child, exchange.partitioning());
        }
    }

    private void add(int id, PhysicalPlan plan, Partitioning output) {
        Set<Integer> inputs = new LinkedHashSet<>();
        PhysicalPlans.forEach(
                plan,
                node -> {
                    if (node instanceof PhysicalPlan.ExchangeRead read) {
                        inputs.add(read.exchange());
                    }
                });
        if (output instanceof Partitioning.Range range) {
            inputs.add(range.bounds());
        }
        stages.put(id, new Stage(id, plan, List.copyOf(inputs), output, singleLeaves));
    }
}

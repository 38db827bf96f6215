package io.troupe.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Walks over physical plans.
public final class PhysicalPlans {
    private PhysicalPlans() {}

    public static PhysicalPlan mapChildren(PhysicalPlan plan, UnaryOperator<PhysicalPlan> rule) {
        List<PhysicalPlan> children = plan.children();
        if (children.isEmpty()) {
            return plan;
        }
        List<PhysicalPlan> renewed = new ArrayList<>(children.size());
        boolean changed = false;
        for (PhysicalPlan child : children) {
            PhysicalPlan mapped = rule.apply(child);
            changed |= mapped != child;
            renewed.add(mapped);
        }
        return changed ? withChildren(plan, renewed) : plan;
    }

    public static void forEach(PhysicalPlan plan, Consumer<PhysicalPlan> visitor) {
        visitor.accept(plan);
        plan.children().forEach(child -> forEach(child, visitor));
    }

    @SuppressWarnings("checkstyle:MethodLength")
    public static PhysicalPlan withChildren(PhysicalPlan plan, List<PhysicalPlan> c) {
        return switch (plan) {
            case PhysicalPlan.Leaf leaf -> leaf;
            case PhysicalPlan.Project p -> new PhysicalPlan.Project(c.getFirst(), p.columns());
            case PhysicalPlan.Filter p -> new PhysicalPlan.Filter(c.getFirst(), p.condition());
            case PhysicalPlan.HashAggregate p ->
                    new PhysicalPlan.HashAggregate(
                            c.getFirst(), p.groupings(), p.aggregates(), p.mode());
            case PhysicalPlan.Sort p -> new PhysicalPlan.Sort(c.getFirst(), p.orders());
            case PhysicalPlan.TopN p ->
                    new PhysicalPlan.TopN(c.getFirst(), p.orders(), p.count(), p.offset());
            case PhysicalPlan.Limit p ->
                    new PhysicalPlan.Limit(c.getFirst(), p.count(), p.offset());
            case PhysicalPlan.Tail p -> new PhysicalPlan.Tail(c.getFirst(), p.count());
            case PhysicalPlan.HashJoin p ->
                    new PhysicalPlan.HashJoin(
                            c.get(0),
                            c.get(1),
                            p.kind(),
                            p.leftKeys(),
                            p.rightKeys(),
                            p.residual(),
                            p.build(),
                            p.broadcastBuild(),
                            p.exists(),
                            p.runtimeFilters(),
                            p.output());
            case PhysicalPlan.NestedLoopJoin p ->
                    new PhysicalPlan.NestedLoopJoin(
                            c.get(0),
                            c.get(1),
                            p.kind(),
                            p.condition(),
                            p.build(),
                            p.exists(),
                            p.output());
            case PhysicalPlan.Union p -> new PhysicalPlan.Union(c, p.output());
            case PhysicalPlan.Window p ->
                    new PhysicalPlan.Window(
                            c.getFirst(), p.partitionBy(), p.orderBy(), p.columns());
            case PhysicalPlan.GroupTop p ->
                    new PhysicalPlan.GroupTop(
                            c.getFirst(), p.partitionBy(), p.orderBy(), p.rank(), p.count());
            case PhysicalPlan.Expand p ->
                    new PhysicalPlan.Expand(c.getFirst(), p.projections(), p.output());
            case PhysicalPlan.Generate p ->
                    new PhysicalPlan.Generate(
                            c.getFirst(), p.generator(), p.outer(), p.kept(), p.generated());
            case PhysicalPlan.Sample p ->
                    new PhysicalPlan.Sample(
                            c.getFirst(), p.lower(), p.upper(), p.replacement(), p.seed());
            case PhysicalPlan.PythonEvaluate p ->
                    new PhysicalPlan.PythonEvaluate(c.getFirst(), p.calls());
            case PhysicalPlan.PythonMap p ->
                    new PhysicalPlan.PythonMap(c.getFirst(), p.function(), p.output());
            case PhysicalPlan.PythonGroupMap p ->
                    new PhysicalPlan.PythonGroupMap(
                            c.getFirst(), p.grouping(), p.arguments(), p.function(), p.output());
            case PhysicalPlan.PythonCogroupMap p ->
                    new PhysicalPlan.PythonCogroupMap(
                            c.get(0), c.get(1), p.groups(), p.function(), p.output());
            case PhysicalPlan.PythonAggregate p ->
                    new PhysicalPlan.PythonAggregate(c.getFirst(), p.groupings(), p.aggregates());
            case PhysicalPlan.PythonWindow p ->
                    new PhysicalPlan.PythonWindow(c.getFirst(), p.partitionBy(), p.calls());
            case PhysicalPlan.CollectMetrics p ->
                    new PhysicalPlan.CollectMetrics(
                            c.getFirst(), p.name(), p.aggregates(), p.metrics());
            case PhysicalPlan.Exchange p ->
                    new PhysicalPlan.Exchange(
                            c.getFirst(),
                            p.exchange(),
                            p.partitioning(),
                            p.reading(),
                            p.bounds() == null ? null : (PhysicalPlan.Exchange) c.get(1));
            case PhysicalPlan.WriteFiles p ->
                    new PhysicalPlan.WriteFiles(c.getFirst(), p.spec(), p.output());
        };
    }
}

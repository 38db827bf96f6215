package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.CachedData;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Drops columns that nobody reads, down to the scans; projections are put where a column ends its
/// use (above joins and filters).
///
/// ```
/// Aggregation(by a, sum(b)) over Scan(a, b, c, d)  →  Aggregation over Scan(a, b)
/// ```
public final class PruneColumns implements Rule {
    /// Tables whose uses keep all columns: the rounds of a recursion.
    private final Set<Long> whole;

    public PruneColumns() {
        this(Set.of());
    }

    private PruneColumns(Set<Long> whole) {
        this.whole = whole;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        Set<Long> whole = new HashSet<>();
        Plans.forEach(
                plan,
                node -> {
                    if (node instanceof RecursiveTable table) {
                        whole.add(table.id());
                    }
                });
        LogicalPlan pruned =
                new PruneColumns(whole).prune(plan, new LinkedHashSet<>(plan.output()));
        return exactly(pruned, plan.output());
    }

    /// The plan with exactly these columns in this order.
    static LogicalPlan exactly(LogicalPlan plan, List<Attribute> output) {
        return plan.output().equals(output)
                ? plan
                : new Project(plan, output.stream().map(Named::of).toList());
    }

    /// A plan whose output has at least the needed columns, and few others.
    private LogicalPlan prune(LogicalPlan plan, Set<Attribute> needed) {
        return switch (plan) {
            case Scan scan -> scan(scan, needed);
            case CachedData cached -> {
                List<Attribute> output = cached.output().stream().filter(needed::contains).toList();
                yield new CachedData(cached.cacheId(), cached.plan(), output);
            }
            case Project project -> {
                List<Named> kept =
                        project.columns().stream()
                                .filter(column -> needed.contains(column.output()))
                                .toList();
                Set<Attribute> below =
                        Expressions.references(kept.stream().map(Named::expression).toList());
                yield new Project(narrow(project.child(), below), kept);
            }
            case Filter filter -> {
                Set<Attribute> below = new LinkedHashSet<>(needed);
                below.addAll(Expressions.references(filter.condition()));
                yield new Filter(prune(filter.child(), below), filter.condition());
            }
            case Sort sort -> {
                Set<Attribute> below = new LinkedHashSet<>(needed);
                sort.orders()
                        .forEach(order -> below.addAll(Expressions.references(order.expression())));
                yield new Sort(narrow(sort.child(), below), sort.orders(), sort.global());
            }
            case Aggregation aggregation -> aggregation(aggregation, needed);
            case Join join -> join(join, needed);
            case Window window -> window(window, needed);
            case Union union -> union(union, needed);
            case Expand expand -> expand(expand, needed);
            case Generate generate -> {
                Set<Attribute> below = new LinkedHashSet<>(needed);
                below.addAll(Expressions.references(generate.generator().arguments()));
                generate.generated().forEach(below::remove);
                yield generate.withChildren(List.of(narrow(generate.child(), below)));
            }
            case WithCommonTable with -> commonTable(with, needed);
            case CommonTableScan scan -> use(scan, needed);
            case Limit limit -> limit.withChildren(List.of(narrow(limit.child(), needed)));
            case Hinted hinted -> hinted.withChildren(List.of(prune(hinted.child(), needed)));
            default ->
                    Plans.mapChildren(
                            plan,
                            child ->
                                    exactly(
                                            prune(child, new LinkedHashSet<>(child.output())),
                                            child.output()));
        };
    }

    /// The uses first: what they read is what the definition must give.
    private LogicalPlan commonTable(WithCommonTable with, Set<Attribute> needed) {
        LogicalPlan child = prune(with.child(), needed);
        Set<Attribute> used = new LinkedHashSet<>();
        Plans.forEach(
                child,
                node -> {
                    if (node instanceof CommonTableScan scan && scan.id() == with.id()) {
                        used.addAll(scan.source());
                    }
                });
        return new WithCommonTable(with.id(), with.name(), narrow(with.definition(), used), child);
    }

    private LogicalPlan use(CommonTableScan scan, Set<Attribute> needed) {
        if (whole.contains(scan.id())) {
            return scan;
        }
        List<Attribute> source = new ArrayList<>();
        List<Attribute> output = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            if (needed.contains(scan.output().get(i))) {
                source.add(scan.source().get(i));
                output.add(scan.output().get(i));
            }
        }
        return new CommonTableScan(scan.id(), source, output);
    }

    /// Prunes and drops what is left over: for operators that copy their input's columns around.
    private LogicalPlan narrow(LogicalPlan child, Set<Attribute> needed) {
        LogicalPlan pruned = prune(child, needed);
        List<Attribute> kept = pruned.output().stream().filter(needed::contains).toList();
        return kept.size() == pruned.output().size()
                ? pruned
                : new Project(pruned, kept.stream().map(Named::of).toList());
    }

    private static LogicalPlan scan(Scan scan, Set<Attribute> needed) {
        Set<Attribute> read = new HashSet<>(needed);
        read.addAll(Expressions.references(scan.filters()));
        List<Attribute> output = scan.output().stream().filter(read::contains).toList();
        return new Scan(scan.relation(), output, scan.filters());
    }

    private LogicalPlan aggregation(Aggregation aggregation, Set<Attribute> needed) {
        List<Aggregate> kept =
                aggregation.aggregates().stream()
                        .filter(aggregate -> needed.contains(aggregate.output()))
                        .toList();
        Set<Attribute> below = new LinkedHashSet<>();
        aggregation
                .groupings()
                .forEach(grouping -> below.addAll(Expressions.references(grouping.expression())));
        Aggregation own = new Aggregation(aggregation.child(), List.of(), kept);
        below.addAll(Expressions.references(Plans.expressions(own)));
        return new Aggregation(narrow(aggregation.child(), below), aggregation.groupings(), kept);
    }

    private LogicalPlan join(Join join, Set<Attribute> needed) {
        Set<Attribute> read = new LinkedHashSet<>(needed);
        if (join.condition() != null) {
            read.addAll(Expressions.references(join.condition()));
        }
        Set<Attribute> left = restrict(read, join.left());
        Set<Attribute> right = restrict(read, join.right());
        return join.withChildren(List.of(narrow(join.left(), left), narrow(join.right(), right)));
    }

    private static Set<Attribute> restrict(Set<Attribute> needed, LogicalPlan plan) {
        Set<Attribute> own = new LinkedHashSet<>(plan.output());
        own.retainAll(needed);
        return own;
    }

    private LogicalPlan window(Window window, Set<Attribute> needed) {
        List<WindowColumn> kept =
                window.columns().stream()
                        .filter(column -> needed.contains(column.output()))
                        .toList();
        Window own = new Window(window.child(), window.partitionBy(), window.orderBy(), kept);
        Set<Attribute> below = new LinkedHashSet<>(needed);
        window.columns().forEach(column -> below.remove(column.output()));
        if (kept.isEmpty()) {
            return prune(window.child(), below);
        }
        below.addAll(Expressions.references(Plans.expressions(own)));
        return own.withChildren(List.of(narrow(window.child(), below)));
    }

    private LogicalPlan union(Union union, Set<Attribute> needed) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < union.output().size(); i++) {
            if (needed.contains(union.output().get(i))) {
                kept.add(i);
            }
        }
        List<LogicalPlan> children = new ArrayList<>();
        for (LogicalPlan child : union.children()) {
            List<Attribute> columns = kept.stream().map(child.output()::get).toList();
            LogicalPlan pruned = prune(child, new LinkedHashSet<>(columns));
            children.add(exactly(pruned, columns));
        }
        return new Union(children, kept.stream().map(union.output()::get).toList());
    }

    private LogicalPlan expand(Expand expand, Set<Attribute> needed) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < expand.output().size(); i++) {
            if (needed.contains(expand.output().get(i))) {
                kept.add(i);
            }
        }
        List<List<Expression>> projections = new ArrayList<>();
        Set<Attribute> below = new LinkedHashSet<>();
        for (List<Expression> projection : expand.projections()) {
            List<Expression> narrowed = kept.stream().map(projection::get).toList();
            below.addAll(Expressions.references(narrowed));
            projections.add(narrowed);
        }
        return new Expand(
                narrow(expand.child(), below),
                projections,
                kept.stream().map(expand.output()::get).toList());
    }
}

package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimate;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.WithCommonTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/// Drops rows of a join's costly input that the other input's keys cannot meet, before they are
/// aggregated, sorted for windows, or put into a hash table.
///
/// ```
/// S join Aggregation(by k, T) on S.k = k
///   →  With(s = S, s join Aggregation(by k, T semi join s on T.k = s.k))
///
/// S anti join T on S.k = T.k and …
///   →  With(s = S, s anti join (T semi join s on T.k = s.k) on …)
/// ```
///
/// `S` may be a part of the input, down inner joins, that has about as few keys. Not where the join
/// keeps rows of the costly input without a match; not for an inner join with nothing costly below
/// it, as its runtime filter does the same for less.
public final class ReduceBySemiJoin implements Rule {
    /// An input of less than this share of what one task computes is cheap anyway.
    private static final double SMALL = 0.5;

    /// The reducing keys are to be fewer than this share of the input's.
    private static final double SELECTIVE = 0.4;

    /// How many times fewer the reducing rows must be than the reduced ones.
    private static final double LEVER = 3;

    /// A part of the reducing input stands for it when it has at most so many times its keys.
    private static final double LOOSE = 1.5;

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return new Pass(context, context.estimator()).visit(plan);
    }

    /// A plan and its columns that take part in the equalities.
    private record Keyed(LogicalPlan plan, List<Attribute> keys) {}

    private record Pass(RuleContext context, Estimator estimator) {
        LogicalPlan visit(LogicalPlan plan) {
            if (plan instanceof WithCommonTable) {
                estimator.estimate(plan);
            }
            LogicalPlan reduced =
                    plan instanceof Join join && !join.lateral() ? reduce(join) : plan;
            if (reduced != plan && reduced instanceof WithCommonTable with) {
                return new WithCommonTable(
                        with.id(),
                        with.name(),
                        visit(with.definition()),
                        Plans.mapChildren(with.child(), this::visit));
            }
            return Plans.mapChildren(reduced, this::visit);
        }

        private LogicalPlan reduce(Join join) {
            LogicalPlan reduced =
                    switch (join.kind()) {
                        case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, EXISTENCE -> reduce(join, true);
                        case RIGHT, FULL, NULL_AWARE_ANTI -> join;
                    };
            boolean other = join.kind() == JoinKind.INNER || join.kind() == JoinKind.RIGHT;
            return reduced == join && other ? reduce(join, false) : reduced;
        }

        private LogicalPlan reduce(Join join, boolean leftReduces) {
            LogicalPlan reducing = leftReduces ? join.left() : join.right();
            LogicalPlan costly = leftReduces ? join.right() : join.left();
            List<Attribute> from = new ArrayList<>();
            List<Attribute> to = new ArrayList<>();
            equalColumns(join.condition(), reducing, costly, from, to);
            boolean built = join.kind() != JoinKind.INNER && join.kind() != JoinKind.RIGHT;
            Keyed place = from.isEmpty() ? null : place(costly, to, built);
            if (place == null) {
                return join;
            }
            Keyed whole = new Keyed(reducing, from);
            Keyed source = source(whole, keys(whole));
            if (!pays(source, place)) {
                return join;
            }
            return source.plan() instanceof CommonTableScan scan
                    ? joined(join, leftReduces, reducing, insert(costly, to, scan, source.keys()))
                    : shared(join, leftReduces, source, to);
        }

        /// Both uses read the common table; the first keeps the columns' identities, so that what
        /// stands above finds them.
        private LogicalPlan shared(
                Join join, boolean leftReduces, Keyed source, List<Attribute> to) {
            LogicalPlan reducing = leftReduces ? join.left() : join.right();
            LogicalPlan costly = leftReduces ? join.right() : join.left();
            FreshCopy definition = FreshCopy.of(source.plan(), context.ids());
            List<Attribute> output = source.plan().output();
            long id = context.ids().next();
            CommonTableScan use =
                    new CommonTableScan(
                            id, output.stream().map(definition::renamed).toList(), output);
            LogicalPlan renewed =
                    joined(
                            join,
                            leftReduces,
                            replaced(reducing, source.plan(), use),
                            insert(costly, to, use, source.keys()));
            LogicalPlan bound =
                    new WithCommonTable(id, "reducing rows", definition.plan(), renewed);
            estimator.estimate(bound);
            return bound;
        }

        /// The one place in the costly input, null when the reduction would save nothing there.
        private Keyed place(LogicalPlan costly, List<Attribute> to, boolean built) {
            List<Keyed> places = new ArrayList<>();
            ReductionPlace.walk(
                    costly,
                    to,
                    (plan, keys, belowCostly) -> {
                        if (built || belowCostly) {
                            places.add(new Keyed(plan, List.copyOf(keys.values())));
                        }
                        return plan;
                    });
            return places.stream().max((a, b) -> Double.compare(rows(a), rows(b))).orElse(null);
        }

        private LogicalPlan insert(
                LogicalPlan costly,
                List<Attribute> to,
                CommonTableScan scan,
                List<Attribute> reducing) {
            return ReductionPlace.walk(
                    costly, to, (plan, keys, _) -> semiJoin(plan, keys, scan, reducing));
        }

        private LogicalPlan semiJoin(
                LogicalPlan plan,
                SortedMap<Integer, Attribute> keys,
                CommonTableScan scan,
                List<Attribute> reducing) {
            List<Attribute> source = new ArrayList<>();
            List<Attribute> output = new ArrayList<>();
            List<Expression> conditions = new ArrayList<>();
            keys.forEach((position, key) -> {
                Attribute column = reducing.get(position);
                Attribute copy = context.ids().copy(column);
                source.add(scan.source().get(scan.output().indexOf(column)));
                output.add(copy);
                conditions.add(Expressions.booleanCall("=", key, copy));
            });
            return new Join(
                    plan,
                    new CommonTableScan(scan.id(), source, output),
                    JoinKind.LEFT_SEMI,
                    Expressions.conjunction(conditions));
        }

        private boolean pays(Keyed source, Keyed place) {
            return rows(place) >= SMALL * context.singleTaskRows()
                    && rows(source) * LEVER <= rows(place)
                    && keys(source) <= SELECTIVE * keys(place);
        }

        private double rows(Keyed keyed) {
            return estimator.estimate(keyed.plan()).rows();
        }

        /// How many different keys there are.
        private double keys(Keyed keyed) {
            Estimate estimate = estimator.estimate(keyed.plan());
            double keys = 1;
            for (Attribute key : keyed.keys()) {
                keys *= estimate.distinct(key);
            }
            return Math.min(keys, estimate.rows());
        }

        /// The smallest part of the reducing input that still has few keys.
        private Keyed source(Keyed keyed, double keys) {
            Keyed part =
                    switch (keyed.plan()) {
                        case Join join when !join.lateral() -> side(join, keyed.keys());
                        case Project project -> below(project, keyed.keys());
                        case Filter filter -> new Keyed(filter.child(), keyed.keys());
                        default -> null;
                    };
            boolean fits =
                    part != null && keys(part) <= LOOSE * keys && rows(part) <= LOOSE * rows(keyed);
            return fits ? source(part, keys) : keyed;
        }

        private static Keyed side(Join join, List<Attribute> keys) {
            boolean left = join.kind() != JoinKind.RIGHT && join.kind() != JoinKind.FULL;
            boolean right = join.kind() == JoinKind.INNER || join.kind() == JoinKind.RIGHT;
            if (left && join.left().output().containsAll(keys)) {
                return new Keyed(join.left(), keys);
            }
            return right && join.right().output().containsAll(keys)
                    ? new Keyed(join.right(), keys)
                    : null;
        }

        private static Keyed below(Project project, List<Attribute> keys) {
            List<Attribute> sources = new ArrayList<>();
            for (Attribute key : keys) {
                for (Named column : project.columns()) {
                    if (column.output().equals(key)
                            && column.expression() instanceof Attribute source) {
                        sources.add(source);
                    }
                }
            }
            return sources.size() == keys.size() ? new Keyed(project.child(), sources) : null;
        }
    }

    private static Join joined(
            Join join, boolean leftReduces, LogicalPlan reducing, LogicalPlan costly) {
        return (Join)
                join.withChildren(
                        leftReduces ? List.of(reducing, costly) : List.of(costly, reducing));
    }

    private static LogicalPlan replaced(LogicalPlan plan, LogicalPlan part, LogicalPlan by) {
        return plan == part ? by : Plans.mapChildren(plan, child -> replaced(child, part, by));
    }

    /// Columns of both sides that the condition makes equal.
    private static void equalColumns(
            Expression condition,
            LogicalPlan reducing,
            LogicalPlan reduced,
            List<Attribute> from,
            List<Attribute> to) {
        Collection<Attribute> left = reducing.output();
        Collection<Attribute> right = reduced.output();
        for (Expression part : Expressions.conjuncts(condition)) {
            if (part instanceof Call call
                    && call.is("=")
                    && call.argument(0) instanceof Attribute first
                    && call.argument(1) instanceof Attribute second
                    && first.type().equals(second.type())) {
                if (left.contains(first) && right.contains(second)) {
                    from.add(first);
                    to.add(second);
                } else if (left.contains(second) && right.contains(first)) {
                    from.add(second);
                    to.add(first);
                }
            }
        }
    }
}

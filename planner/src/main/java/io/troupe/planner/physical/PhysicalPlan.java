package io.troupe.planner.physical;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LocalTable;
import java.util.ArrayList;
import java.util.List;

/// A physical operator. `output` of each gives its columns in the order of the batch's vectors;
/// expressions refer to the children's columns by attribute id. Leaves carry a number unique within
/// the query, by which a task gets its share of the input.
public sealed interface PhysicalPlan {
    List<Attribute> output();

    default List<PhysicalPlan> children() {
        return List.of();
    }

    /// A source of rows within a stage.
    sealed interface Leaf extends PhysicalPlan {
        int leaf();
    }

    /// Operators with one input.
    sealed interface Unary extends PhysicalPlan {
        PhysicalPlan child();

        @Override
        default List<PhysicalPlan> children() {
            return List.of(child());
        }
    }

    /// `filters` are conjuncts over the output, applied fully by the scan. `runtimeFilters` name
    /// filters that joins of the same query make while it runs; a scan that finds one present may
    /// use it, and must not wait for it.
    record FileScan(
            int leaf,
            FileRelation relation,
            List<Attribute> output,
            List<Expression> filters,
            List<RuntimeFilterUse> runtimeFilters)
            implements Leaf {}

    record LocalScan(int leaf, LocalTable table, List<Attribute> output) implements Leaf {}

    /// `partitions`: how many tasks read it, 0 when that is left to the layout.
    record RangeScan(
            int leaf, long start, long end, long step, List<Attribute> output, int partitions)
            implements Leaf {
        public RangeScan(int leaf, long start, long end, long step, List<Attribute> output) {
            this(leaf, start, end, step, output, 0);
        }
    }

    /// `columns` are positions in the cached batches.
    record CacheScan(int leaf, long cacheId, List<Integer> columns, List<Attribute> output)
            implements Leaf {}

    /// Reads what another stage's [Exchange] wrote.
    record ExchangeRead(int leaf, int exchange, List<Attribute> output, ExchangeReading reading)
            implements Leaf {
        /// Whether every task reads all of it.
        public boolean broadcast() {
            return reading == ExchangeReading.ALL;
        }
    }

    record Project(PhysicalPlan child, List<Named> columns) implements Unary {
        @Override
        public List<Attribute> output() {
            return columns.stream().map(Named::output).toList();
        }
    }

    record Filter(PhysicalPlan child, Expression condition) implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// PARTIAL: rows → groupings + state columns. MERGE: states → states. FINAL: states → groupings
    /// + results. COMPLETE: rows → groupings + results. In MERGE and FINAL, the child's output is
    ///   groupings then states, by position.
    enum AggregateMode {
        PARTIAL,
        MERGE,
        FINAL,
        COMPLETE
    }

    /// An aggregate with the columns of its intermediate state (types by
    /// [io.troupe.planner.function.AggregateState]).
    record AggregateStep(Aggregate aggregate, List<Attribute> state) {}

    record HashAggregate(
            PhysicalPlan child,
            List<Named> groupings,
            List<AggregateStep> aggregates,
            AggregateMode mode)
            implements Unary {
        @Override
        public List<Attribute> output() {
            List<Attribute> output = new ArrayList<>();
            groupings.forEach(grouping -> output.add(grouping.output()));
            boolean states = mode == AggregateMode.PARTIAL || mode == AggregateMode.MERGE;
            for (AggregateStep step : aggregates) {
                if (states) {
                    output.addAll(step.state());
                } else {
                    output.add(step.aggregate().output());
                }
            }
            return output;
        }
    }

    /// Sorts the rows of a task.
    record Sort(PhysicalPlan child, List<SortOrder> orders) implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// The first `offset + count` rows of the task in order, less the first `offset`.
    record TopN(PhysicalPlan child, List<SortOrder> orders, long count, long offset)
            implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// Per task; a global limit runs in a stage of one task.
    record Limit(PhysicalPlan child, long count, long offset) implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// The last rows of the task.
    record Tail(PhysicalPlan child, long count) implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    enum BuildSide {
        LEFT,
        RIGHT
    }

    /// Equi-join on `leftKeys[i] = rightKeys[i]` (nulls never match) and `residual` (null for none;
    /// over both sides' columns). The build side is read first and wholly. With `broadcastBuild`
    /// the build child is a broadcast [ExchangeRead] (perhaps under projections) that all tasks of
    /// an executor share. `exists` is the extra column of EXISTENCE, else null. `runtimeFilters`
    /// lists the numbers of the filters, one per key or -1, that the build side makes for scans of
    /// the probe side.
    record HashJoin(
            PhysicalPlan left,
            PhysicalPlan right,
            JoinKind kind,
            List<Expression> leftKeys,
            List<Expression> rightKeys,
            Expression residual,
            BuildSide build,
            boolean broadcastBuild,
            Attribute exists,
            List<Integer> runtimeFilters,
            List<Attribute> output)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> children() {
            return List.of(left, right);
        }
    }

    /// Any condition (null: always true), with one side broadcast or both in one task.
    record NestedLoopJoin(
            PhysicalPlan left,
            PhysicalPlan right,
            JoinKind kind,
            Expression condition,
            BuildSide build,
            Attribute exists,
            List<Attribute> output)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> children() {
            return List.of(left, right);
        }
    }

    /// Concatenates its children by position. A child none of whose leaves has input in a task is
    /// not run there.
    record Union(List<PhysicalPlan> children, List<Attribute> output) implements PhysicalPlan {}

    /// The child is clustered by `partitionBy` across tasks (not sorted within: the operator
    /// sorts).
    record Window(
            PhysicalPlan child,
            List<Expression> partitionBy,
            List<SortOrder> orderBy,
            List<WindowColumn> columns)
            implements Unary {
        @Override
        public List<Attribute> output() {
            List<Attribute> output = new ArrayList<>(child.output());
            columns.forEach(column -> output.add(column.output()));
            return output;
        }
    }

    /// Functions that number the rows of a partition in order.
    enum Rank {
        ROW_NUMBER,
        RANK,
        DENSE_RANK
    }

    /// At least those rows of the task whose `rank` among the rows with the same `partitionBy` is
    /// at most `count`; which others are left is not said.
    record GroupTop(
            PhysicalPlan child,
            List<Expression> partitionBy,
            List<SortOrder> orderBy,
            Rank rank,
            int count)
            implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    record Expand(PhysicalPlan child, List<List<Expression>> projections, List<Attribute> output)
            implements Unary {}

    /// Output: `kept` columns of the child, then `generated`.
    record Generate(
            PhysicalPlan child,
            GeneratorCall generator,
            boolean outer,
            List<Attribute> kept,
            List<Attribute> generated)
            implements Unary {
        @Override
        public List<Attribute> output() {
            List<Attribute> output = new ArrayList<>(kept);
            output.addAll(generated);
            return output;
        }
    }

    record Sample(PhysicalPlan child, double lower, double upper, boolean replacement, long seed)
            implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// Runs Python over one child.
    sealed interface PythonNode extends PhysicalPlan {
        PhysicalPlan child();

        @Override
        default List<PhysicalPlan> children() {
            return List.of(child());
        }
    }

    /// Adds columns that Python computes. Output: the child's, then the calls'.
    sealed interface PythonColumns extends PythonNode {
        List<PythonColumn> calls();

        @Override
        default List<Attribute> output() {
            List<Attribute> output = new ArrayList<>(child().output());
            calls().forEach(call -> output.add(call.output()));
            return output;
        }
    }

    /// Python UDFs of each row, all in one visit to the worker.
    record PythonEvaluate(PhysicalPlan child, List<PythonColumn> calls) implements PythonColumns {}

    /// Python aggregates over windows; the child is sorted by `partitionBy` and the numbers of the
    /// rows within it. The first two arguments of each call are the first and the last row of a
    /// row's frame, numbered from 1 within the partition, null for an empty frame.
    record PythonWindow(PhysicalPlan child, List<Attribute> partitionBy, List<PythonColumn> calls)
            implements PythonColumns {}

    record PythonMap(PhysicalPlan child, PythonFunction function, List<Attribute> output)
            implements PythonNode {}

    /// The child is sorted by `grouping` within the task and clustered across tasks.
    record PythonGroupMap(
            PhysicalPlan child,
            List<Attribute> grouping,
            List<Attribute> arguments,
            PythonFunction function,
            List<Attribute> output)
            implements PythonNode {}

    /// Both children are sorted by their grouping within the task and clustered alike across tasks.
    record PythonCogroupMap(
            PhysicalPlan left,
            PhysicalPlan right,
            PythonCogroup groups,
            PythonFunction function,
            List<Attribute> output)
            implements PhysicalPlan {
        @Override
        public List<PhysicalPlan> children() {
            return List.of(left, right);
        }
    }

    /// Grouped-aggregate Python UDFs; the child is sorted by `groupings` within the task and
    /// clustered across tasks.
    record PythonAggregate(PhysicalPlan child, List<Named> groupings, List<Aggregate> aggregates)
            implements PythonNode {
        @Override
        public List<Attribute> output() {
            List<Attribute> output = new ArrayList<>();
            groupings.forEach(grouping -> output.add(grouping.output()));
            aggregates.forEach(aggregate -> output.add(aggregate.output()));
            return output;
        }
    }

    /// Passes rows through; each task keeps the state of the aggregates over its rows, which the
    /// driver merges into the metrics when the query ends.
    record CollectMetrics(
            PhysicalPlan child, String name, List<AggregateStep> aggregates, List<Named> metrics)
            implements Unary {
        @Override
        public List<Attribute> output() {
            return child.output();
        }
    }

    /// Redistributes rows between stages: stage cutting puts the child into a stage of its own and
    /// an [ExchangeRead] here. `bounds`, for range partitioning, broadcasts a sample of the sort
    /// keys, in order; else it is null.
    record Exchange(
            PhysicalPlan child,
            int exchange,
            Partitioning partitioning,
            ExchangeReading reading,
            Exchange bounds)
            implements PhysicalPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<PhysicalPlan> children() {
            return bounds == null ? List.of(child) : List.of(child, bounds);
        }
    }

    /// Writes the rows of each task into files of its own under the job's staging folder; gives one
    /// row per file written.
    record WriteFiles(PhysicalPlan child, WriteSpec spec, List<Attribute> output)
            implements Unary {}
}

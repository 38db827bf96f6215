package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.row.EmptyOperator;
import io.troupe.columnar.operator.row.ExpandOperator;
import io.troupe.columnar.operator.row.FilterOperator;
import io.troupe.columnar.operator.row.LimitOperator;
import io.troupe.columnar.operator.row.MeasuredOperator;
import io.troupe.columnar.operator.row.ProjectOperator;
import io.troupe.columnar.operator.row.SampleOperator;
import io.troupe.columnar.operator.row.TailOperator;
import io.troupe.columnar.operator.row.UnionOperator;
import io.troupe.columnar.sink.FileSinks;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Builds the running operators of a task from its stage's plan. Operators are numbered in
/// pre-order of the plan, from 0; each counts `op.<number>.rows`, `.batches`, `.nanos` (children
/// included) and, where it spills, `.spill.bytes`.
public final class OperatorBuilder {
    private final TaskContext context;
    private final ExpressionPort expressions;
    private int nextNumber;

    private OperatorBuilder(TaskContext context, ExpressionPort expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /// The operators of a stage plan in a task. The caller closes the root.
    public static Operator build(PhysicalPlan stagePlan, TaskContext context) {
        return build(stagePlan, context, new CompiledExpressions(context));
    }

    /// As above, with another compiler.
    public static Operator build(
            PhysicalPlan stagePlan, TaskContext context, ExpressionPort expressions) {
        return new OperatorBuilder(context, expressions).open(stagePlan);
    }

    TaskContext context() {
        return context;
    }

    Operator open(PhysicalPlan plan) {
        int number = nextNumber++;
        return new MeasuredOperator(make(plan, number), context.metrics(), number);
    }

    private Operator make(PhysicalPlan plan, int number) {
        return switch (plan) {
            case PhysicalPlan.Leaf leaf -> new Leaves(this).open(leaf);
            case PhysicalPlan.Project project ->
                    new ProjectOperator(
                            open(project.child()), named(project.columns(), project.child()));
            case PhysicalPlan.Filter filter ->
                    new FilterOperator(
                            open(filter.child()),
                            expressions.predicate(filter.condition(), filter.child().output()),
                            types(filter.output()),
                            context);
            case PhysicalPlan.Limit limit ->
                    new LimitOperator(open(limit.child()), limit.count(), limit.offset());
            case PhysicalPlan.Tail tail ->
                    new TailOperator(open(tail.child()), tail.count(), context);
            case PhysicalPlan.Union union -> union(union);
            case PhysicalPlan.Expand expand -> expand(expand);
            case PhysicalPlan.Sample sample ->
                    new SampleOperator(
                            open(sample.child()),
                            sample.lower(),
                            sample.upper(),
                            sample.replacement(),
                            sample.seed() + context.partition());
            case PhysicalPlan.HashAggregate aggregate -> Aggregations.open(this, aggregate, number);
            case PhysicalPlan.Sort sort -> Orderings.sort(this, sort, number);
            case PhysicalPlan.TopN top -> Orderings.topN(this, top, number);
            case PhysicalPlan.HashJoin join -> Joins.hash(this, join, number);
            case PhysicalPlan.NestedLoopJoin join -> Joins.nestedLoop(this, join, number);
            case PhysicalPlan.PythonEvaluate python -> PythonNodes.open(this, python);
            case PhysicalPlan.PythonMap python -> PythonNodes.open(this, python);
            case PhysicalPlan.PythonGroupMap python -> PythonNodes.open(this, python);
            case PhysicalPlan.PythonCogroupMap python -> PythonNodes.open(this, python);
            case PhysicalPlan.PythonAggregate python -> PythonNodes.open(this, python);
            case PhysicalPlan.PythonWindow python -> PythonNodes.open(this, python);
            case PhysicalPlan.GroupTop top -> Orderings.groupTop(this, top);
            case PhysicalPlan.Window window -> Windows.open(this, window, number);
            case PhysicalPlan.Generate generate -> Generators.open(this, generate);
            case PhysicalPlan.CollectMetrics observe -> Aggregations.observe(this, observe);
            case PhysicalPlan.WriteFiles write ->
                    FileSinks.open(
                            write.spec(), open(write.child()), write.child().output(), context);
            case PhysicalPlan.Exchange exchange ->
                    throw new IllegalStateException(
                            "exchange " + exchange.exchange() + " inside a stage");
        };
    }

    private Operator union(PhysicalPlan.Union union) {
        List<Operator> children = new ArrayList<>();
        for (PhysicalPlan child : union.children()) {
            if (hasInput(child)) {
                children.add(open(child));
            } else {
                nextNumber += size(child);
            }
        }
        return children.isEmpty() ? new EmptyOperator() : new UnionOperator(children);
    }

    private boolean hasInput(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.Leaf leaf) {
            return context.input(leaf.leaf()) != null;
        }
        return plan.children().stream().anyMatch(this::hasInput);
    }

    private static int size(PhysicalPlan plan) {
        return 1 + plan.children().stream().mapToInt(OperatorBuilder::size).sum();
    }

    private Operator expand(PhysicalPlan.Expand expand) {
        List<Attribute> input = expand.child().output();
        List<VectorFunction[]> projections = new ArrayList<>();
        for (List<Expression> projection : expand.projections()) {
            projections.add(functions(projection, input));
        }
        return new ExpandOperator(open(expand.child()), projections);
    }

    private VectorFunction[] named(List<Named> columns, PhysicalPlan child) {
        return functions(columns.stream().map(Named::expression).toList(), child.output());
    }

    VectorFunction[] functions(List<? extends Expression> list, List<Attribute> input) {
        return list.stream()
                .map(expression -> function(expression, input))
                .toArray(VectorFunction[]::new);
    }

    VectorFunction function(Expression expression, List<Attribute> input) {
        int column = expression instanceof Attribute attribute ? input.indexOf(attribute) : -1;
        return column >= 0
                ? (batch, selection, count) -> batch.column(column)
                : expressions.function(expression, input);
    }

    ExpressionPort expressions() {
        return expressions;
    }

    static List<DataType> types(List<? extends Expression> list) {
        return list.stream().map(Expression::type).toList();
    }
}

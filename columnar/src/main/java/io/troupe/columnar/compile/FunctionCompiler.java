package io.troupe.columnar.compile;

import io.troupe.columnar.cast.Casts;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.function.FunctionTable;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compiles expressions over columns known by id. Parts without columns are computed once, here; a
/// part whose computation fails is left for run time, as it may be in a branch that is never taken.
final class FunctionCompiler {
    private final Map<Long, Integer> ordinals;
    private final EvaluationSettings settings;

    FunctionCompiler(Map<Long, Integer> ordinals, EvaluationSettings settings) {
        this.ordinals = ordinals;
        this.settings = settings;
    }

    EvaluationSettings settings() {
        return settings;
    }

    Map<Long, Integer> ordinals() {
        return ordinals;
    }

    VectorFunction compile(Expression expression) {
        return switch (fold(expression)) {
            case Literal literal -> constant(literal);
            case Attribute attribute -> column(attribute.id(), attribute.name());
            case LambdaVariable variable -> column(variable.id(), variable.name());
            case Cast cast -> cast(cast);
            case CaseWhen cases -> cases(cases);
            case Call call -> call(call);
            case Lambda _ -> throw misplaced("a lambda outside of a higher-order function");
            case OuterReference outer ->
                    throw misplaced("the outer column " + outer.attribute().name());
            case PythonCall python ->
                    throw misplaced("the Python function " + python.function().name());
            case Subquery _ -> throw misplaced("a subquery");
        };
    }

    private static IllegalStateException misplaced(String what) {
        return new IllegalStateException(
                what + " reached the expression compiler; planning removes these");
    }

    /// A literal for an expression without columns, else the expression.
    Expression fold(Expression expression) {
        if (expression instanceof Literal || !foldable(expression)) {
            return expression;
        }
        try {
            VectorFunction function =
                    new FunctionCompiler(Map.of(), settings).compileParts(expression);
            Vector result = function.evaluate(new Batch(new Vector[0], 1), null, 1);
            Object value = io.troupe.columnar.column.Values.get(result, 0, expression.type());
            return new Literal(value, expression.type());
        } catch (TroupeException failsAtRunTime) {
            return expression;
        }
    }

    private VectorFunction compileParts(Expression expression) {
        return switch (expression) {
            case Cast cast -> cast(cast);
            case CaseWhen cases -> cases(cases);
            case Call call -> call(call);
            default -> throw new IllegalArgumentException(expression.toString());
        };
    }

    private static boolean foldable(Expression expression) {
        boolean open =
                Expressions.exists(
                        expression,
                        part ->
                                !(part instanceof Literal
                                        || part instanceof Cast
                                        || part instanceof CaseWhen
                                        || part instanceof Call call && !call.is("assert_true")));
        return !open && Expressions.isDeterministic(expression);
    }

    private static VectorFunction constant(Literal literal) {
        if (literal.value() == null || literal.type() == AtomicType.VOID) {
            return (batch, selection, count) -> new NullVector(batch.rowCount());
        }
        Vector single = Gather.flat(Columns.single(literal.value(), literal.type()));
        return (batch, selection, count) -> Columns.repeat(single, batch.rowCount());
    }

    private VectorFunction column(long id, String name) {
        Integer ordinal = ordinals.get(id);
        if (ordinal == null) {
            throw new IllegalStateException(
                    "column " + name + "#" + id + " is not in the input " + ordinals);
        }
        int index = ordinal;
        return (batch, selection, count) -> batch.column(index);
    }

    private VectorFunction cast(Cast cast) {
        Overflow mode =
                switch (cast.mode()) {
                    case ANSI -> Overflow.FAIL;
                    case LEGACY -> Overflow.WRAP;
                    case TRY -> Overflow.NULL;
                };
        DataType from = cast.child().type();
        VectorKernel kernel =
                cast.type() == AtomicType.VARIANT && from != AtomicType.VOID
                        ? FunctionTable.find("to_variant_object")
                                .kernel(signature("cast", List.of(cast.child()), cast.type()))
                        : Casts.kernel(from, cast.type(), mode, settings);
        return new KernelFunction(kernel, true, true, new VectorFunction[] {compile(cast.child())});
    }

    private VectorFunction cases(CaseWhen cases) {
        PredicateBuilder predicates = new PredicateBuilder(this);
        List<VectorPredicate> conditions = new ArrayList<>();
        List<VectorFunction> values = new ArrayList<>();
        for (CaseWhen.Branch branch : cases.branches()) {
            conditions.add(predicates.compile(branch.condition()));
            values.add(compile(branch.value()));
        }
        values.add(compile(cases.otherwise()));
        return new CaseFunction(conditions, values, cases.type());
    }

    private VectorFunction call(Call call) {
        List<Expression> arguments = call.arguments();
        switch (call.function()) {
            case "and", "or" -> {
                return junction(call);
            }
            case "if" -> {
                CaseWhen.Branch branch = new CaseWhen.Branch(call.argument(0), call.argument(1));
                return cases(new CaseWhen(List.of(branch), call.argument(2), call.type()));
            }
            case "in" -> {
                return isLazy(call) ? junction(equalities(call)) : kernelCall(call);
            }
            case "nvl2" -> {
                Expression test = Expressions.isNotNull(call.argument(0));
                CaseWhen.Branch branch = new CaseWhen.Branch(test, call.argument(1));
                return cases(new CaseWhen(List.of(branch), call.argument(2), call.type()));
            }
            case "coalesce", "nvl", "ifnull" -> {
                return new CoalesceFunction(
                        arguments.stream().map(this::compile).toList(), call.type());
            }
            default -> {
                return HigherOrderCompiler.handles(call)
                        ? new HigherOrderCompiler(this).compile(call)
                        : kernelCall(call);
            }
        }
    }

    /// Whether items behind the first are computed: they may fail, and are not looked at for rows
    /// that an earlier item equals.
    private static boolean isLazy(Call in) {
        return in.arguments().size() > 2
                && Expressions.isDeterministic(in.argument(0))
                && in.arguments().stream()
                        .skip(2)
                        .anyMatch(
                                item -> !(item instanceof Literal) && !(item instanceof Attribute));
    }

    private static Call equalities(Call in) {
        Expression any =
                Expressions.disjunction(
                        in.arguments().stream()
                                .skip(1)
                                .<Expression>map(
                                        item -> Expressions.booleanCall("=", in.argument(0), item))
                                .toList());
        return (Call) any;
    }

    private VectorFunction junction(Call call) {
        VectorFunction combined = compile(call.argument(0));
        for (int i = 1; i < call.arguments().size(); i++) {
            combined = new JunctionFunction(call.is("and"), combined, compile(call.argument(i)));
        }
        return combined;
    }

    private VectorFunction kernelCall(Call call) {
        FunctionTable.Entry entry = FunctionTable.find(call.function());
        if (entry == null) {
            throw new TroupeException(
                    TroupeException.Kind.UnsupportedOperationException,
                    "UNSUPPORTED_FEATURE.FUNCTION",
                    "0A000",
                    "The function `" + call.function() + "` has no implementation in this engine.",
                    Map.of("function", call.function()));
        }
        VectorKernel kernel =
                entry.kernel(signature(call.function(), call.arguments(), call.type()));
        VectorFunction[] arguments =
                call.arguments().stream().map(this::compile).toArray(VectorFunction[]::new);
        boolean pure =
                Expressions.isDeterministic(
                        new Call(call.function(), List.of(), call.type(), true));
        return new KernelFunction(kernel, entry.strict(), pure, arguments);
    }

    Signature signature(String name, List<Expression> arguments, DataType type) {
        Object[] constants = new Object[arguments.size()];
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < constants.length; i++) {
            Expression folded = fold(arguments.get(i));
            constants[i] = folded instanceof Literal literal ? literal.value() : Signature.VARIES;
            types.add(Columns.plain(folded.type()));
        }
        return new Signature(name, types, constants, Columns.plain(type), settings);
    }
}

package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.BooleanSelection;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Comparison;
import io.troupe.columnar.kernel.PairSelection;
import io.troupe.columnar.kernel.RangeSelection;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import java.util.ArrayList;
import java.util.List;

/// Compiles conditions into predicates. NOT is pushed to the leaves (a condition that is null is
/// not selected on either side), the comparisons of one expression with constants are joined into
/// ranges, and the parts of a conjunction see ever fewer rows.
final class PredicateBuilder {
    private final FunctionCompiler functions;

    PredicateBuilder(FunctionCompiler functions) {
        this.functions = functions;
    }

    VectorPredicate compile(Expression condition) {
        Expression folded = functions.fold(condition);
        if (folded instanceof Literal literal) {
            return Boolean.TRUE.equals(literal.value())
                    ? PredicateBuilder::all
                    : (batch, selection, count, result) -> 0;
        }
        if (folded instanceof Call call) {
            switch (call.function()) {
                case "and" -> {
                    return conjunction(call);
                }
                case "or" -> {
                    return call.arguments().stream()
                            .map(this::compile)
                            .reduce(PredicateBuilder::either)
                            .orElseThrow();
                }
                case "not", "!" -> {
                    return negation(call.argument(0));
                }
                case "isnotnull", "isnull" -> {
                    return nullTest(functions.compile(call.argument(0)), call.is("isnull"));
                }
                case "between" -> {
                    Call from = Expressions.booleanCall(">=", call.argument(0), call.argument(1));
                    return conjunction(
                            Expressions.booleanCall(
                                    "and",
                                    from,
                                    Expressions.booleanCall(
                                            "<=", call.argument(0), call.argument(2))));
                }
                default -> {
                    RangeCondition range = RangeCondition.of(call, functions);
                    if (range != null) {
                        return range.predicate(functions);
                    }
                    if (comparesColumns(call)) {
                        return pair(call);
                    }
                }
            }
        }
        return flags(functions.compile(folded));
    }

    private static VectorPredicate flags(VectorFunction function) {
        return (batch, selection, count, result) ->
                count == 0
                        ? 0
                        : BooleanSelection.select(
                                function.evaluate(batch, selection, count),
                                selection,
                                count,
                                result);
    }

    private static boolean comparesColumns(Call call) {
        return Comparison.of(call.function()) != null
                && call.argument(0).type().equals(call.argument(1).type())
                && switch (call.argument(0).type().storage()) {
                    case INT, LONG -> true;
                    default -> false;
                };
    }

    /// Two values of whole numbers compared: no flags are made, and only rows that earlier
    /// conditions have left are read.
    private VectorPredicate pair(Call call) {
        VectorFunction left = functions.compile(call.argument(0));
        VectorFunction right = functions.compile(call.argument(1));
        PairSelection pair = new PairSelection(Comparison.of(call.function()));
        return (batch, selection, count, result) -> {
            if (count == 0) {
                return 0;
            }
            Vector a = left.evaluate(batch, selection, count);
            Vector b = right.evaluate(batch, selection, count);
            return PairSelection.reads(a) && PairSelection.reads(b)
                    ? pair.select(a, b, selection, count, result)
                    : 0;
        };
    }

    private static int all(Batch batch, int[] selection, int count, int[] result) {
        System.arraycopy(
                selection == null ? Gather.identity(count) : selection, 0, result, 0, count);
        return count;
    }

    /// The parts in their order, except that ranges over one expression meet at the place of the
    /// first.
    private VectorPredicate conjunction(Call call) {
        List<Object> parts = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(call)) {
            RangeCondition range = RangeCondition.of(part, functions);
            if (range == null) {
                parts.add(part);
            } else if (!merged(parts, range)) {
                parts.add(range);
            }
        }
        VectorPredicate[] steps =
                parts.stream()
                        .map(part ->
                                part instanceof RangeCondition range
                                        ? range.predicate(functions)
                                        : compile((Expression) part))
                        .toArray(VectorPredicate[]::new);
        return (batch, selection, count, result) -> {
            int found = steps[0].select(batch, selection, count, result);
            for (int i = 1; i < steps.length && found > 0; i++) {
                found = steps[i].select(batch, result, found, result);
            }
            return found;
        };
    }

    private static boolean merged(List<Object> parts, RangeCondition range) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof RangeCondition other && other.joins(range)) {
                parts.set(i, other.and(range));
                return true;
            }
        }
        return false;
    }

    private static VectorPredicate either(VectorPredicate left, VectorPredicate right) {
        return (batch, selection, count, result) -> {
            int[] rows = selection == null ? Gather.identity(count) : selection;
            int[] first = new int[count];
            int found = left.select(batch, rows, count, first);
            if (found == count) {
                System.arraycopy(first, 0, result, 0, count);
                return count;
            }
            int[] rest = Selections.without(rows, count, first, found);
            int[] second = new int[rest.length];
            int more = right.select(batch, rest, rest.length, second);
            return Selections.merge(first, found, second, more, result);
        };
    }

    private VectorPredicate negation(Expression condition) {
        if (condition instanceof Call call) {
            Comparison comparison = Comparison.of(call.function());
            if (comparison != null) {
                return compile(
                        Expressions.booleanCall(
                                name(comparison.negated()), call.argument(0), call.argument(1)));
            }
            switch (call.function()) {
                case "not", "!" -> {
                    return compile(call.argument(0));
                }
                case "and", "or" -> {
                    return compile(
                            call.arguments().stream()
                                    .map(part -> (Expression) Expressions.booleanCall("not", part))
                                    .reduce((a, b) ->
                                            Expressions.booleanCall(
                                                    call.is("and") ? "or" : "and", a, b))
                                    .orElseThrow());
                }
                case "isnull", "isnotnull" -> {
                    return nullTest(functions.compile(call.argument(0)), call.is("isnotnull"));
                }
                default -> {}
            }
        }
        VectorFunction function = functions.compile(condition);
        return (batch, selection, count, result) -> {
            if (count == 0) {
                return 0;
            }
            Vector value = Columns.flat(function.evaluate(batch, selection, count));
            return value instanceof BooleanVector flags
                    ? falseRows(flags, selection, count, result)
                    : 0;
        };
    }

    private static int falseRows(BooleanVector flags, int[] selection, int count, int[] result) {
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += Columns.present(flags.validity(), row) ? 1 ^ flags.values()[row] : 0;
        }
        return k;
    }

    private static String name(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    private static VectorPredicate nullTest(VectorFunction function, boolean wanted) {
        return (batch, selection, count, result) -> {
            Vector value = function.evaluate(batch, selection, count);
            if (value instanceof NullVector) {
                return wanted ? all(batch, selection, count, result) : 0;
            }
            long[] validity = value.validity();
            if (!wanted) {
                return RangeSelection.present(validity, selection, count, result);
            }
            int k = 0;
            for (int i = 0; i < count; i++) {
                int row = selection == null ? i : selection[i];
                result[k] = row;
                k += validity == null ? 0 : (int) (1 ^ validity[row >> 6] >>> row & 1L);
            }
            return k;
        };
    }
}

package io.troupe.planner.expression;

import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Walks over expression trees.
public final class Expressions {
    /// Functions whose value differs between evaluations over equal arguments.
    private static final Set<String> NONDETERMINISTIC =
            Set.of(
                    "rand",
                    "random",
                    "randn",
                    "uuid",
                    "shuffle",
                    "randstr",
                    "uniform",
                    "monotonically_increasing_id",
                    "spark_partition_id",
                    "input_file_name",
                    "input_file_block_start",
                    "input_file_block_length",
                    "raise_error",
                    "assert_true");

    private Expressions() {}

    /// Rewrites children first, then the node itself. Plans inside subqueries are left alone.
    public static Expression transformUp(Expression expression, UnaryOperator<Expression> rule) {
        return rule.apply(mapChildren(expression, child -> transformUp(child, rule)));
    }

    /// Rewrites the node first, then the children of what came out.
    public static Expression transformDown(Expression expression, UnaryOperator<Expression> rule) {
        return mapChildren(rule.apply(expression), child -> transformDown(child, rule));
    }

    private static Expression mapChildren(Expression expression, UnaryOperator<Expression> rule) {
        List<Expression> children = expression.children();
        if (children.isEmpty()) {
            return expression;
        }
        List<Expression> renewed = new ArrayList<>(children.size());
        boolean changed = false;
        for (Expression child : children) {
            Expression mapped = rule.apply(child);
            changed |= mapped != child;
            renewed.add(mapped);
        }
        return changed ? expression.withChildren(renewed) : expression;
    }

    public static boolean exists(Expression expression, Predicate<Expression> test) {
        if (test.test(expression)) {
            return true;
        }
        for (Expression child : expression.children()) {
            if (exists(child, test)) {
                return true;
            }
        }
        return false;
    }

    /// The columns read, in order of first use; outer references and plans inside subqueries do not
    /// count.
    public static Set<Attribute> references(Expression expression) {
        Set<Attribute> references = new LinkedHashSet<>();
        collect(expression, references);
        return references;
    }

    public static Set<Attribute> references(Iterable<? extends Expression> expressions) {
        Set<Attribute> references = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(expression, references));
        return references;
    }

    private static void collect(Expression expression, Set<Attribute> references) {
        if (expression instanceof Attribute attribute) {
            references.add(attribute);
        }
        expression.children().forEach(child -> collect(child, references));
    }

    /// Replaces columns by what the map gives for them.
    public static Expression substitute(
            Expression expression, Map<Attribute, ? extends Expression> replacements) {
        if (replacements.isEmpty()) {
            return expression;
        }
        return transformUp(
                expression,
                node -> {
                    if (node instanceof Attribute attribute) {
                        Expression replacement = replacements.get(attribute);
                        return replacement == null ? node : replacement;
                    }
                    return node;
                });
    }

    /// The parts of a conjunction; none for null.
    public static List<Expression> conjuncts(Expression condition) {
        List<Expression> parts = new ArrayList<>();
        split(condition, "and", parts);
        return parts;
    }

    public static List<Expression> disjuncts(Expression condition) {
        List<Expression> parts = new ArrayList<>();
        split(condition, "or", parts);
        return parts;
    }

    private static void split(Expression condition, String operator, List<Expression> parts) {
        if (condition instanceof Call call && call.is(operator)) {
            call.arguments().forEach(argument -> split(argument, operator, parts));
        } else if (condition != null) {
            parts.add(condition);
        }
    }

    /// The conjunction of the parts, null for none.
    public static Expression conjunction(List<Expression> parts) {
        return combine(parts, "and");
    }

    public static Expression disjunction(List<Expression> parts) {
        return combine(parts, "or");
    }

    private static Expression combine(List<Expression> parts, String operator) {
        Expression combined = null;
        for (Expression part : parts) {
            combined = combined == null ? part : booleanCall(operator, combined, part);
        }
        return combined;
    }

    /// A boolean function whose result is null only when an argument may be.
    public static Call booleanCall(String function, Expression... arguments) {
        boolean nullable = false;
        for (Expression argument : arguments) {
            nullable |= argument.nullable();
        }
        return new Call(function, List.of(arguments), AtomicType.BOOLEAN, nullable);
    }

    public static Call isNotNull(Expression child) {
        return new Call("isnotnull", List.of(child), AtomicType.BOOLEAN, false);
    }

    public static boolean isDeterministic(Expression expression) {
        return !exists(
                expression,
                node ->
                        node instanceof Call call && NONDETERMINISTIC.contains(call.function())
                                || node instanceof PythonCall python
                                        && !python.function().deterministic());
    }

    public static boolean hasPython(Expression expression) {
        return exists(expression, PythonCall.class::isInstance);
    }

    public static boolean hasSubquery(Expression expression) {
        return exists(expression, Subquery.class::isInstance);
    }

    public static boolean hasOuterReference(Expression expression) {
        return exists(expression, OuterReference.class::isInstance);
    }
}

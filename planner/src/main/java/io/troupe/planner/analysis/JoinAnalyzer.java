package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Joins of all kinds and condition forms.
final class JoinAnalyzer {
    private final QueryAnalyzer query;

    JoinAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.JoinOf join) {
        LogicalPlan left = query.analyze(join.left());
        QueryAnalyzer rightSide =
                join.lateral() ? query.nested(Scope.of(left, query.outer())) : query;
        LogicalPlan right = rightSide.analyze(join.right());
        LogicalPlan renewed = FreshIds.avoiding(right, taken(left), query.ids());
        if (join.natural()) {
            return using(left, renewed, join.kind(), commonNames(left, renewed), join.lateral());
        }
        if (!join.using().isEmpty()) {
            return using(left, renewed, join.kind(), join.using(), join.lateral());
        }
        Expression condition =
                join.condition() == null ? null : condition(join, left, right, renewed);
        return build(left, renewed, join.kind(), condition, join.lateral());
    }

    /// Visible and hidden columns of the left side: none of their ids may appear on the right.
    private static List<Attribute> taken(LogicalPlan left) {
        List<Attribute> all = new ArrayList<>(left.output());
        all.addAll(HiddenColumns.of(List.of(left)));
        return all;
    }

    private LogicalPlan build(
            LogicalPlan left,
            LogicalPlan right,
            JoinKind kind,
            Expression condition,
            boolean lateral) {
        List<Attribute> read =
                condition == null ? List.of() : new ArrayList<>(Expressions.references(condition));
        List<Attribute> leftHidden = HiddenColumns.of(List.of(left));
        List<Attribute> rightHidden = HiddenColumns.of(List.of(right));
        LogicalPlan wideLeft =
                MissingColumns.expose(
                        left, read.stream().filter(leftHidden::contains).toList(), List.of());
        LogicalPlan wideRight =
                MissingColumns.expose(
                        right, read.stream().filter(rightHidden::contains).toList(), List.of());
        Join join = new Join(wideLeft, wideRight, kind, condition, null, lateral);
        if (wideLeft == left && wideRight == right) {
            return join;
        }
        List<Attribute> visible = new Join(left, right, kind, null, null, lateral).output();
        return new Project(join, visible.stream().map(Named::of).toList());
    }

    private Expression condition(
            ParsedPlan.JoinOf join, LogicalPlan left, LogicalPlan right, LogicalPlan renewed) {
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.of(left, renewed, query.outer()), extraction);
        Typed condition = analyzer.resolve(join.condition());
        if (!extraction.isEmpty()) {
            throw Conditions.analysis(
                    "UNSUPPORTED_EXPR_FOR_OPERATOR",
                    "invalidExprSqls",
                    extraction.texts().stream()
                            .map(Conditions::quoted)
                            .collect(Collectors.joining(", ")));
        }
        DataType type = condition.type();
        if (type != AtomicType.BOOLEAN
                && type != AtomicType.VOID
                && !(type instanceof StringType)) {
            throw Conditions.analysis(
                    "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
                    "joinCondition",
                    quoted(condition.text()),
                    "conditionType",
                    quoted(type.sql()));
        }
        checkSubqueries(condition, left, renewed);
        Expression expression =
                Coercion.cast(condition.expression(), AtomicType.BOOLEAN, query.dialect());
        return renewed == right ? expression : selfJoin(expression, left, renewed);
    }

    /// A subquery of the condition may read columns of one side only.
    private static void checkSubqueries(Typed condition, LogicalPlan left, LogicalPlan right) {
        Expressions.exists(
                condition.expression(),
                node -> {
                    if (node instanceof io.troupe.planner.expression.Subquery subquery) {
                        List<Attribute> outer = new ArrayList<>();
                        PlanWalks.expressions(
                                (LogicalPlan) subquery.plan(),
                                inner -> {
                                    if (inner
                                            instanceof
                                            io.troupe.planner.expression.OuterReference reference) {
                                        outer.add(reference.attribute());
                                    }
                                });
                        if (outer.stream().anyMatch(left.output()::contains)
                                && outer.stream().anyMatch(right.output()::contains)) {
                            throw AnalysisErrors.unsupportedSubquery(
                                    "UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION",
                                    "subqueryExpression",
                                    condition.text());
                        }
                    }
                    return false;
                });
    }

    /// `df.a = df.a` in a join of a DataFrame with itself compares the two sides.
    private static Expression selfJoin(Expression condition, LogicalPlan left, LogicalPlan right) {
        return Expressions.transformUp(
                condition,
                node -> {
                    if (node instanceof Call call
                            && (call.is("=") || call.is("<=>"))
                            && call.argument(0) instanceof Attribute attribute
                            && call.argument(0).equals(call.argument(1))
                            && right instanceof Project project) {
                        for (Named column : project.columns()) {
                            if (attribute.equals(column.expression()) && !column.isPassThrough()) {
                                return new Call(
                                        call.function(),
                                        List.of(attribute, column.output()),
                                        call.type(),
                                        call.nullable());
                            }
                        }
                    }
                    return node;
                });
    }

    private static List<String> commonNames(LogicalPlan left, LogicalPlan right) {
        return left.output().stream()
                .map(Attribute::name)
                .filter(name ->
                        right.output().stream()
                                .anyMatch(column -> column.name().equalsIgnoreCase(name)))
                .toList();
    }

    private Attribute key(String name, LogicalPlan plan, String side) {
        ColumnNames.Match match = ColumnNames.single(List.of(name), plan.output());
        if (match == null) {
            throw Conditions.analysis(
                    "UNRESOLVED_USING_COLUMN_FOR_JOIN",
                    "colName",
                    id(name),
                    "side",
                    side,
                    "suggestion",
                    plan.output().stream()
                            .map(Attribute::name)
                            .sorted()
                            .map(Conditions::id)
                            .collect(Collectors.joining(", ")));
        }
        return match.attribute();
    }

    /// Keys first, once; then the other columns of both sides. The columns of the keys that are not
    /// shown stay reachable.
    private LogicalPlan using(
            LogicalPlan left,
            LogicalPlan right,
            JoinKind kind,
            List<String> names,
            boolean lateral) {
        List<Attribute> leftKeys = new ArrayList<>();
        List<Attribute> rightKeys = new ArrayList<>();
        Expression condition = null;
        for (String name : names) {
            Attribute l = key(name, left, "left");
            Attribute r = key(name, right, "right");
            leftKeys.add(l);
            rightKeys.add(r);
            Expression equal = equal(l, r);
            condition =
                    condition == null ? equal : Expressions.booleanCall("and", condition, equal);
        }
        Join join = new Join(left, right, kind, condition, null, lateral);
        if (kind == JoinKind.LEFT_SEMI || kind == JoinKind.LEFT_ANTI) {
            List<Named> columns = new ArrayList<>();
            leftKeys.forEach(key -> columns.add(Named.of(key)));
            left.output().stream()
                    .filter(column -> !leftKeys.contains(column))
                    .forEach(column -> columns.add(Named.of(column)));
            return new Project(join, columns);
        }
        List<Attribute> output = join.output();
        List<Named> visible = new ArrayList<>();
        List<Named> hidden = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            Attribute l = output.get(output.indexOf(leftKeys.get(i)));
            Attribute r = output.get(output.indexOf(rightKeys.get(i)));
            switch (kind) {
                case RIGHT -> {
                    visible.add(Named.of(r));
                    hidden.add(Named.of(l));
                }
                case FULL -> {
                    visible.add(coalesced(l, r));
                    hidden.add(Named.of(l));
                    hidden.add(Named.of(r));
                }
                default -> {
                    visible.add(Named.of(l));
                    hidden.add(Named.of(r));
                }
            }
        }
        for (Attribute column : output) {
            if (!leftKeys.contains(column) && !rightKeys.contains(column)) {
                visible.add(Named.of(column));
            }
        }
        List<Named> all = new ArrayList<>(visible);
        all.addAll(hidden);
        return new Project(
                new Project(join, all),
                visible.stream().map(column -> Named.of(column.output())).toList());
    }

    private Expression equal(Attribute left, Attribute right) {
        List<Typed> both = List.of(new Typed(left, left.name()), new Typed(right, right.name()));
        return Functions.scalar("=").bind(both, query.dialect()).expression();
    }

    private Named coalesced(Attribute left, Attribute right) {
        DataType type = Coercion.wider(left.type(), right.type(), query.dialect().ansi());
        Expression value =
                new Call(
                        "coalesce",
                        List.of(
                                Coercion.cast(left, type, query.dialect()),
                                Coercion.cast(right, type, query.dialect())),
                        type,
                        left.nullable() && right.nullable());
        return new Named(query.ids().attribute(left.name(), type, value.nullable()), value);
    }
}

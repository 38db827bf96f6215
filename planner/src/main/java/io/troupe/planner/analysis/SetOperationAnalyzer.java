package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.Union;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// UNION, INTERSECT, EXCEPT: columns by position (or by name), converted to common types.
final class SetOperationAnalyzer {
    private final QueryAnalyzer query;

    SetOperationAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan union(ParsedPlan.UnionOf union) {
        LogicalPlan left = query.analyze(union.left());
        LogicalPlan right = query.analyze(union.right());
        if (union.byName()) {
            List<LogicalPlan> aligned = aligned(left, right, union.allowMissing());
            left = aligned.get(0);
            right = aligned.get(1);
        }
        Both both = converted(left, right, "UNION");
        List<LogicalPlan> children = new ArrayList<>();
        if (both.left() instanceof Union inner && inner.output().equals(left.output())) {
            children.addAll(inner.children());
        } else {
            children.add(both.left());
        }
        children.add(both.right());
        List<Attribute> output = output(both, true);
        LogicalPlan all = new Union(children, output);
        if (union.all()) {
            return all;
        }
        checkComparable(output);
        return new Distinct(all);
    }

    LogicalPlan analyze(ParsedPlan.SetOperationOf operation) {
        LogicalPlan left = query.analyze(operation.left());
        LogicalPlan right = query.analyze(operation.right());
        String name = operation.kind() + (operation.all() ? " ALL" : "");
        Both both = converted(left, right, name);
        boolean intersect = operation.kind() == SetOperation.Kind.INTERSECT;
        List<Attribute> output = new ArrayList<>();
        for (int i = 0; i < both.left().output().size(); i++) {
            Attribute l = both.left().output().get(i);
            Attribute r = both.right().output().get(i);
            boolean nullable = intersect ? l.nullable() && r.nullable() : l.nullable();
            output.add(
                    new Attribute(
                            query.ids().next(),
                            l.name(),
                            l.type(),
                            nullable,
                            l.qualifier(),
                            l.metadata()));
        }
        checkComparable(output);
        return new SetOperation(
                both.left(), both.right(), operation.kind(), operation.all(), output);
    }

    private record Both(LogicalPlan left, LogicalPlan right) {}

    private List<Attribute> output(Both both, boolean eitherNullable) {
        List<Attribute> output = new ArrayList<>();
        for (int i = 0; i < both.left().output().size(); i++) {
            Attribute l = both.left().output().get(i);
            Attribute r = both.right().output().get(i);
            DataType type = Coercion.wider(l.type(), r.type(), query.dialect().ansi());
            boolean nullable = eitherNullable && (l.nullable() || r.nullable());
            output.add(
                    new Attribute(
                            query.ids().next(),
                            l.name(),
                            type == null ? l.type() : type,
                            nullable,
                            l.qualifier(),
                            l.metadata()));
        }
        return output;
    }

    private Both converted(LogicalPlan left, LogicalPlan right, String operator) {
        List<Attribute> l = left.output();
        List<Attribute> r = right.output();
        if (l.size() != r.size()) {
            throw AnalysisErrors.columnCounts(operator, l.size(), r.size(), 1);
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < l.size(); i++) {
            DataType type =
                    Coercion.wider(l.get(i).type(), r.get(i).type(), query.dialect().ansi());
            if (type == null) {
                throw Conditions.analysis(
                        "INCOMPATIBLE_COLUMN_TYPE",
                        "operator",
                        operator,
                        "columnOrdinalNumber",
                        FunctionErrors.ordinal(i),
                        "tableOrdinalNumber",
                        FunctionErrors.ordinal(1),
                        "dataType1",
                        quoted(r.get(i).type().sql()),
                        "dataType2",
                        quoted(l.get(i).type().sql()),
                        "hint",
                        "");
            }
            types.add(type);
        }
        return new Both(convert(left, types), convert(right, types));
    }

    private LogicalPlan convert(LogicalPlan plan, List<DataType> types) {
        List<Named> columns = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < types.size(); i++) {
            Attribute column = plan.output().get(i);
            Expression value = Coercion.cast(column, types.get(i), query.dialect());
            changed |= value != column;
            columns.add(
                    value == column
                            ? Named.of(column)
                            : new Named(
                                    new Attribute(
                                            query.ids().next(),
                                            column.name(),
                                            types.get(i),
                                            value.nullable(),
                                            column.qualifier(),
                                            column.metadata()),
                                    value));
        }
        return changed ? new Project(plan, columns) : plan;
    }

    private List<LogicalPlan> aligned(LogicalPlan left, LogicalPlan right, boolean allowMissing) {
        checkUnique(left.output());
        checkUnique(right.output());
        List<Named> leftColumns = new ArrayList<>();
        List<Named> rightColumns = new ArrayList<>();
        for (Attribute column : left.output()) {
            leftColumns.add(Named.of(column));
            Attribute match = byName(column.name(), right.output());
            if (match == null && !allowMissing) {
                throw Conditions.analysis(
                        "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
                        "colName",
                        quoted(column.name()),
                        "fieldNames",
                        right.output().stream()
                                .map(Attribute::name)
                                .collect(java.util.stream.Collectors.joining(", ")));
            }
            rightColumns.add(match == null ? missing(column) : Named.of(match));
        }
        for (Attribute column : right.output()) {
            if (byName(column.name(), left.output()) == null) {
                if (!allowMissing) {
                    throw AnalysisErrors.columnCounts(
                            "UNION", left.output().size(), right.output().size(), 1);
                }
                leftColumns.add(missing(column));
                rightColumns.add(Named.of(column));
            }
        }
        return List.of(new Project(left, leftColumns), new Project(right, rightColumns));
    }

    private Named missing(Attribute like) {
        return new Named(
                query.ids().attribute(like.name(), like.type(), true), Literal.ofNull(like.type()));
    }

    private static Attribute byName(String name, List<Attribute> columns) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private static void checkUnique(List<Attribute> columns) {
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (Attribute column : columns) {
            if (!seen.add(column.name().toLowerCase(java.util.Locale.ROOT))) {
                throw Conditions.analysis(
                        "COLUMN_ALREADY_EXISTS",
                        "columnName",
                        id(column.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
    }

    /// Maps and variants cannot be compared, so they cannot be made distinct.
    static void checkComparable(List<Attribute> columns) {
        for (Attribute column : columns) {
            String kind = incomparable(column.type());
            if (kind != null) {
                throw Conditions.analysis(
                        "UNSUPPORTED_FEATURE.SET_OPERATION_ON_" + kind + "_TYPE",
                        "colName",
                        id(column.name()),
                        "dataType",
                        quoted(column.type().sql()));
            }
        }
    }

    private static String incomparable(DataType type) {
        return switch (type) {
            case MapType _ -> "MAP";
            case ArrayType array -> incomparable(array.element());
            case StructType struct ->
                    struct.fields().stream()
                            .map(field -> incomparable(field.type()))
                            .filter(java.util.Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            default -> type == AtomicType.VARIANT ? "VARIANT" : null;
        };
    }
}

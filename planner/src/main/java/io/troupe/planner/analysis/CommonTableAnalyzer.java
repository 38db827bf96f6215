package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.WithCommonTable;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;

/// WITH: a common table used once is put in its place, one used several times is bound around the
/// query; recursive ones run in rounds.
final class CommonTableAnalyzer {
    private static final int DEFAULT_ROUNDS = 100;

    private final QueryAnalyzer query;

    CommonTableAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.With with) {
        CommonTables tables = query.tables().nested();
        List<CommonTables.Definition> definitions = new ArrayList<>();
        for (ParsedPlan.CommonTable table : with.tables()) {
            definitions.add(define(table, with.recursive(), tables));
        }
        LogicalPlan plan = query.with(tables).analyze(with.child());
        for (CommonTables.Definition definition : definitions.reversed()) {
            plan = bind(definition, plan);
        }
        return plan;
    }

    private CommonTables.Definition define(
            ParsedPlan.CommonTable table, boolean recursive, CommonTables tables) {
        LogicalPlan plan =
                recursive && refersTo(table.plan(), table.name())
                        ? recursive(table, tables)
                        : query.with(tables).analyze(table.plan());
        if (!table.columns().isEmpty()) {
            checkNames(table, plan.output());
            plan = ColumnEdits.qualified(plan, List.of(), table.columns(), query);
        }
        return tables.define(query.ids().next(), table.name(), plan.output(), plan);
    }

    private static void checkNames(ParsedPlan.CommonTable table, List<Attribute> output) {
        if (table.columns().size() != output.size()) {
            throw Conditions.analysis(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "numTarget",
                    Integer.toString(table.columns().size()),
                    "numExpr",
                    Integer.toString(output.size()));
        }
    }

    /// Whether the text of the plan names the table: records print their parts.
    private static boolean refersTo(ParsedPlan plan, String name) {
        return plan.toString()
                .toLowerCase(java.util.Locale.ROOT)
                .contains("table[name=[" + name.toLowerCase(java.util.Locale.ROOT) + "]");
    }

    private LogicalPlan recursive(ParsedPlan.CommonTable table, CommonTables tables) {
        ParsedPlan body = table.plan();
        while (body instanceof ParsedPlan.LocatedPlan located) {
            body = located.child();
        }
        List<ParsedPlan.CommonTable> inner = List.of();
        boolean nested = body instanceof ParsedPlan.With around && around.recursive();
        if (body instanceof ParsedPlan.With with) {
            inner = with.tables();
            body = with.child();
        }
        if (!(body instanceof ParsedPlan.UnionOf union)) {
            throw Conditions.analysis("INVALID_RECURSIVE_CTE");
        }
        if (!union.all()) {
            throw Conditions.analysis("UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE");
        }
        if (refersTo(union.left(), table.name())) {
            throw Conditions.analysis("INVALID_RECURSIVE_CTE");
        }
        checkPlaces(union.right(), table.name());
        for (ParsedPlan.CommonTable each : inner) {
            define(each, nested, tables);
        }
        LogicalPlan anchor = query.with(tables).analyze(union.left());
        if (!table.columns().isEmpty()) {
            checkNames(table, anchor.output());
            anchor = ColumnEdits.qualified(anchor, List.of(), table.columns(), query);
        }
        List<Attribute> output =
                anchor.output().stream()
                        .map(column -> query.ids().copy(column).withNullable(true))
                        .toList();
        long id = query.ids().next();
        CommonTables level = tables.nested();
        level.define(id, table.name(), output, null);
        LogicalPlan step = converted(query.with(level).analyze(union.right()), output);
        int rounds = table.maximumRounds() == null ? DEFAULT_ROUNDS : table.maximumRounds();
        return new RecursiveTable(id, anchor, step, !union.all(), rounds, output);
    }

    /// A recursive reference may not be on the side of an outer join that is filled with nulls, nor
    /// in a nested query.
    private static void checkPlaces(ParsedPlan plan, String name) {
        ParsedPlan node = plan;
        while (node instanceof ParsedPlan.LocatedPlan located) {
            node = located.child();
        }
        switch (node) {
            case ParsedPlan.JoinOf join -> {
                boolean left = refersTo(join.left(), name);
                boolean right = refersTo(join.right(), name);
                boolean bad =
                        switch (join.kind()) {
                            case LEFT, LEFT_SEMI, LEFT_ANTI -> right;
                            case RIGHT -> left;
                            case FULL -> left || right;
                            default -> false;
                        };
                if (bad) {
                    throw Conditions.analysis("INVALID_RECURSIVE_REFERENCE.PLACE");
                }
                checkPlaces(join.left(), name);
                checkPlaces(join.right(), name);
            }
            case ParsedPlan.Select select -> checkPlaces(select.child(), name);
            case ParsedPlan.Where where -> {
                if (where.condition()
                        .toString()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("table[name=[" + name.toLowerCase(java.util.Locale.ROOT) + "]")) {
                    throw Conditions.analysis("INVALID_RECURSIVE_REFERENCE.PLACE");
                }
                checkPlaces(where.child(), name);
            }
            case ParsedPlan.Aliased aliased -> checkPlaces(aliased.child(), name);
            case ParsedPlan.GroupBy groupBy -> {
                if (refersTo(groupBy.child(), name)) {
                    throw Conditions.analysis("INVALID_RECURSIVE_REFERENCE.PLACE");
                }
            }
            default -> {}
        }
    }

    private LogicalPlan converted(LogicalPlan step, List<Attribute> like) {
        List<Attribute> columns = step.output();
        if (columns.size() != like.size()) {
            throw AnalysisErrors.columnCounts("UNION", like.size(), columns.size(), 1);
        }
        List<Named> converted = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < like.size(); i++) {
            Attribute column = columns.get(i);
            Expression value = Coercion.cast(column, like.get(i).type(), query.dialect());
            changed |= value != column;
            converted.add(
                    value == column
                            ? Named.of(column)
                            : new Named(
                                    query.ids()
                                            .attribute(
                                                    column.name(), value.type(), value.nullable()),
                                    value));
        }
        return changed ? new Project(step, converted) : step;
    }

    private LogicalPlan bind(CommonTables.Definition definition, LogicalPlan plan) {
        return switch (definition.uses) {
            case 0 -> plan;
            case 1 ->
                    PlanWalks.transform(
                            plan,
                            node ->
                                    node instanceof CommonTableScan scan
                                                    && scan.id() == definition.id
                                            ? inlined(scan, definition)
                                            : node);
            default -> new WithCommonTable(definition.id, definition.name, definition.plan, plan);
        };
    }

    private static LogicalPlan inlined(CommonTableScan scan, CommonTables.Definition definition) {
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            columns.add(new Named(scan.output().get(i), definition.plan.output().get(i)));
        }
        return new Project(definition.plan, columns);
    }
}

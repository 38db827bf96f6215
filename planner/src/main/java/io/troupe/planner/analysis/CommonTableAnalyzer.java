package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
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
        ParsedPlan body = unlocated(table.plan());
        List<ParsedPlan.CommonTable> inner = List.of();
        boolean nested = body instanceof ParsedPlan.With around && around.recursive();
        if (body instanceof ParsedPlan.With with) {
            inner = with.tables();
            body = unlocated(with.child());
        }
        if (inner.stream().anyMatch(each -> refersTo(each.plan(), table.name()))) {
            throw Conditions.analysis("INVALID_RECURSIVE_CTE");
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
        CommonTables within = inner.isEmpty() ? tables : tables.nested();
        List<CommonTables.Definition> definitions = new ArrayList<>();
        for (ParsedPlan.CommonTable each : inner) {
            definitions.add(define(each, nested, within));
        }
        LogicalPlan anchor = query.with(within).analyze(union.left());
        if (!table.columns().isEmpty()) {
            checkNames(table, anchor.output());
            anchor = ColumnEdits.qualified(anchor, List.of(), table.columns(), query);
        }
        List<Attribute> output =
                anchor.output().stream()
                        .map(column -> query.ids().copy(column).withNullable(true))
                        .toList();
        long id = query.ids().next();
        CommonTables level = within.nested();
        level.define(id, table.name(), output, null);
        LogicalPlan step = converted(query.with(level).analyze(union.right()), output);
        checkPlaces(step, id);
        LogicalPlan plan =
                new RecursiveTable(id, anchor, step, !union.all(), rounds(table), output);
        for (CommonTables.Definition definition : definitions.reversed()) {
            plan = bind(definition, plan);
        }
        return plan;
    }

    private static ParsedPlan unlocated(ParsedPlan plan) {
        ParsedPlan node = plan;
        while (node instanceof ParsedPlan.LocatedPlan located) {
            node = located.child();
        }
        return node;
    }

    private int rounds(ParsedPlan.CommonTable table) {
        if (table.maximumRounds() != null) {
            return table.maximumRounds();
        }
        String set = query.context().conf().get("spark.sql.cteRecursionLevelLimit");
        return set == null ? DEFAULT_ROUNDS : Integer.parseInt(set.strip());
    }

    /// A recursive reference may not be where a round needs all rows of the table: on the side of
    /// an outer join that is filled with nulls, below an aggregation, a window or a sort.
    private static void checkPlaces(LogicalPlan plan, long id) {
        boolean bad =
                switch (plan) {
                    case Join join ->
                            switch (join.kind()) {
                                case LEFT, LEFT_SEMI, LEFT_ANTI -> reads(join.right(), id);
                                case RIGHT -> reads(join.left(), id);
                                case FULL -> reads(join, id);
                                default -> false;
                            };
                    case Aggregation _, Window _, Sort _ -> reads(plan, id);
                    default -> false;
                };
        if (bad) {
            throw Conditions.analysis("INVALID_RECURSIVE_REFERENCE.PLACE");
        }
        plan.children().forEach(child -> checkPlaces(child, id));
    }

    private static boolean reads(LogicalPlan plan, long id) {
        return Plans.exists(plan, node -> node instanceof CommonTableScan scan && scan.id() == id);
    }

    /// The step under the anchor's types: a round may not widen what is there already.
    private LogicalPlan converted(LogicalPlan step, List<Attribute> like) {
        List<Attribute> columns = step.output();
        if (columns.size() != like.size()) {
            throw AnalysisErrors.columnCounts("UNION", like.size(), columns.size(), 1);
        }
        List<Named> converted = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < like.size(); i++) {
            Attribute column = columns.get(i);
            DataType type = like.get(i).type();
            DataType common = Coercion.wider(type, column.type(), query.dialect().ansi());
            if (common == null || !Coercion.sameIgnoringNullability(common, type)) {
                throw Conditions.analysis(
                        "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
                        "left",
                        quoted(type.sql()),
                        "right",
                        quoted((common == null ? column.type() : common).sql()));
            }
            Expression value = Coercion.cast(column, type, query.dialect());
            changed |= value != column;
            converted.add(
                    value == column
                            ? Named.of(column)
                            : new Named(
                                    query.ids().attribute(column.name(), type, value.nullable()),
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

package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.ParsedPlan.GroupKind;
import java.util.ArrayList;
import java.util.List;

/// GROUP BY in all its forms, with HAVING.
final class GroupingAnalyzer {
    private final QueryAnalyzer query;
    private final List<TimeWindow> timeWindows = new ArrayList<>();

    GroupingAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.GroupBy groupBy) {
        LogicalPlan input = query.analyze(groupBy.child());
        boolean dataFrame = groupBy.kind().name().startsWith("DATAFRAME");
        List<ParsedExpression> parsed =
                groupBy.kind() == GroupKind.ALL
                        ? inferred(groupBy, input)
                        : named(groupBy.groupings(), groupBy, input, dataFrame);
        List<SelectItem> groupings = groupings(parsed, input);
        LogicalPlan child = withTimeWindows(input, groupings);
        if (!dataFrame) {
            groupings =
                    groupings.stream()
                            .filter(item ->
                                    !(item.value().expression()
                                            instanceof io.troupe.planner.expression.Literal))
                            .toList();
            if (groupings.isEmpty() && !parsed.isEmpty() && groupBy.kind() == GroupKind.GROUP_BY) {
                groupings = groupings(parsed, input);
            }
        }
        AggregateScope scope = scope(groupBy, groupings, child, dataFrame);
        Extraction extraction = extraction();
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.of(child, query.outer()), extraction)
                        .grouping(scope.bits())
                        .hoisting();
        if (!dataFrame) {
            analyzer.allowLateralAliases();
        }
        List<SelectItem> items = new ArrayList<>();
        if (dataFrame) {
            items.addAll(groupings);
        }
        items.addAll(SelectAnalyzer.items(groupBy.columns(), analyzer));
        Expression having =
                groupBy.having() == null
                        ? null
                        : having(groupBy.having(), items, child, extraction, scope);
        if (having != null && parsed.isEmpty() && !extraction.hasAggregates()) {
            io.troupe.planner.expression.Expressions.references(having).stream()
                    .findFirst()
                    .ifPresent(column -> {
                        throw AnalysisErrors.unresolvedColumn(
                                List.of(column.name()),
                                SelectAnalyzer.columns(items, query.ids()).stream()
                                        .map(Named::output)
                                        .toList());
                    });
        }
        return scope.project(
                dataFrame ? unaliased(items, groupings.size()) : items, extraction, having);
    }

    private Extraction extraction() {
        return query.extraction().sharing(timeWindows);
    }

    private LogicalPlan withTimeWindows(LogicalPlan input, List<SelectItem> groupings) {
        LogicalPlan plan = input;
        for (TimeWindow window : timeWindows) {
            List<Expression> others =
                    groupings.stream()
                            .map(item -> item.value().expression())
                            .filter(grouping ->
                                    !io.troupe.planner.expression.Expressions.references(grouping)
                                            .contains(window.column()))
                            .toList();
            plan = window.over(plan, others, query.ids(), query.dialect());
        }
        return plan;
    }

    /// Grouping columns of a DataFrame already carry their names.
    private static List<SelectItem> unaliased(List<SelectItem> items, int groupings) {
        List<SelectItem> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SelectItem item = items.get(i);
            all.add(
                    i < groupings
                            ? new SelectItem(
                                    item.name(), item.value(), item.metadata(), false, true)
                            : item);
        }
        return all;
    }

    private Expression having(
            ParsedExpression parsed,
            List<SelectItem> items,
            LogicalPlan child,
            Extraction extraction,
            AggregateScope scope) {
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.of(child, query.outer()), extraction)
                        .grouping(scope.bits())
                        .hoisting()
                        .preferring(items);
        return analyzer.condition(parsed);
    }

    private AggregateScope scope(
            ParsedPlan.GroupBy groupBy,
            List<SelectItem> groupings,
            LogicalPlan child,
            boolean dataFrame) {
        GroupingSets sets = new GroupingSets(query);
        return switch (groupBy.kind()) {
            case DATAFRAME, GROUP_BY, ALL -> plain(groupings, child);
            case ROLLUP, DATAFRAME_ROLLUP ->
                    sets.scope(child, groupings, GroupingSets.rollup(groupings.size()));
            case CUBE, DATAFRAME_CUBE ->
                    sets.scope(child, groupings, GroupingSets.cube(groupings.size()));
            case GROUPING_SETS, DATAFRAME_GROUPING_SETS ->
                    explicit(groupBy, groupings, child, sets, dataFrame);
        };
    }

    private AggregateScope explicit(
            ParsedPlan.GroupBy groupBy,
            List<SelectItem> groupings,
            LogicalPlan child,
            GroupingSets sets,
            boolean dataFrame) {
        List<SelectItem> all = new ArrayList<>(groupings);
        List<List<Integer>> indexes = new ArrayList<>();
        for (List<ParsedExpression> set : groupBy.sets()) {
            List<Integer> members = new ArrayList<>();
            for (SelectItem item : groupings(named(set, groupBy, child, dataFrame), child)) {
                int index = indexOf(all, item);
                if (index < 0) {
                    index = all.size();
                    all.add(item);
                }
                members.add(index);
            }
            indexes.add(members);
        }
        return sets.scope(child, all, indexes);
    }

    private static int indexOf(List<SelectItem> items, SelectItem wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).value().expression().equals(wanted.value().expression())) {
                return i;
            }
        }
        return -1;
    }

    private AggregateScope plain(List<SelectItem> groupings, LogicalPlan child) {
        List<Named> columns = new ArrayList<>();
        for (SelectItem item : groupings) {
            boolean known =
                    columns.stream()
                            .anyMatch(column ->
                                    column.expression().equals(item.value().expression()));
            if (!known) {
                columns.add(SelectAnalyzer.column(item, item.value().expression(), query.ids()));
            }
        }
        LogicalPlan exposed = MissingColumns.exposeHidden(child, groupings, extraction());
        return AggregateScope.grouped(exposed, columns, query);
    }

    private List<SelectItem> groupings(List<ParsedExpression> parsed, LogicalPlan child) {
        Extraction extraction = extraction();
        ExpressionAnalyzer analyzer = query.expressions(child, extraction);
        List<SelectItem> items = Stars.expand(parsed, analyzer);
        if (!extraction.isEmpty()) {
            if (extraction.hasAggregates()) {
                throw Conditions.analysis(
                        "GROUP_BY_AGGREGATE", "sqlExpr", extraction.texts().getFirst());
            }
            if (extraction.hasWindows()) {
                throw Conditions.analysis(
                        "UNSUPPORTED_EXPR_FOR_OPERATOR",
                        "invalidExprSqls",
                        quoted(extraction.texts().getFirst()));
            }
            throw Conditions.analysis(
                    "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
                    "plan",
                    "Aggregate " + extraction.texts());
        }
        for (SelectItem item : items) {
            if (!io.troupe.planner.function.Operators.orderable(item.value().type())
                    && !(item.value().type() instanceof io.troupe.planner.type.MapType)) {
                throw Conditions.analysis(
                        "GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE",
                        "sqlExpr",
                        quoted(item.value().text()),
                        "dataType",
                        quoted(item.value().type().sql()));
            }
        }
        return items;
    }

    /// Ordinals and aliases of the select list replaced by what they stand for.
    private List<ParsedExpression> named(
            List<ParsedExpression> groupings,
            ParsedPlan.GroupBy groupBy,
            LogicalPlan child,
            boolean dataFrame) {
        if (dataFrame) {
            return groupings;
        }
        List<ParsedExpression> replaced = new ArrayList<>();
        for (ParsedExpression grouping : groupings) {
            replaced.add(replaced(grouping, groupBy, child));
        }
        return replaced;
    }

    private ParsedExpression replaced(
            ParsedExpression grouping, ParsedPlan.GroupBy groupBy, LogicalPlan child) {
        Integer ordinal = Stars.ordinal(grouping);
        if (ordinal != null && query.context().flag("spark.sql.groupByOrdinal", true)) {
            List<ParsedExpression> columns = expanded(groupBy.columns(), child);
            if (ordinal < 1 || ordinal > columns.size()) {
                throw Conditions.analysis(
                        "GROUP_BY_POS_OUT_OF_RANGE",
                        "index",
                        ordinal.toString(),
                        "size",
                        Integer.toString(columns.size()));
            }
            ParsedExpression column = withoutAlias(columns.get(ordinal - 1));
            Extraction extraction = extraction();
            Typed value = query.expressions(child, extraction).resolve(column);
            if (extraction.hasAggregates()) {
                throw Conditions.analysis(
                        "GROUP_BY_POS_AGGREGATE",
                        "index",
                        ordinal.toString(),
                        "aggExpr",
                        value.text());
            }
            return column;
        }
        if (Stars.unlocated(grouping) instanceof ParsedExpression.Name name
                && name.parts().size() == 1
                && ColumnNames.find(name.parts(), child.output()).isEmpty()) {
            for (ParsedExpression column : groupBy.columns()) {
                if (Stars.unlocated(column) instanceof ParsedExpression.Alias alias
                        && alias.names().size() == 1
                        && alias.names().getFirst().equalsIgnoreCase(name.parts().getFirst())) {
                    return alias.child();
                }
            }
        }
        return grouping;
    }

    private List<ParsedExpression> expanded(List<ParsedExpression> columns, LogicalPlan child) {
        return Stars.expandArguments(columns, query.expressions(child, extraction()));
    }

    static ParsedExpression withoutAlias(ParsedExpression column) {
        return Stars.unlocated(column) instanceof ParsedExpression.Alias alias
                ? alias.child()
                : column;
    }

    /// GROUP BY ALL: the select list's items without aggregate functions; of the others, the
    /// columns outside of the functions.
    private List<ParsedExpression> inferred(ParsedPlan.GroupBy groupBy, LogicalPlan child) {
        List<ParsedExpression> groupings = new ArrayList<>();
        for (ParsedExpression column : expanded(groupBy.columns(), child)) {
            ParsedExpression plain = withoutAlias(column);
            Extraction extraction = extraction();
            Typed value = query.expressions(child, extraction).resolve(plain);
            if (!extraction.hasAggregates()) {
                groupings.add(plain);
                continue;
            }
            for (Attribute read :
                    io.troupe.planner.expression.Expressions.references(value.expression())) {
                boolean aggregate =
                        extraction.aggregates().stream()
                                .anyMatch(known -> known.output().equals(read));
                if (!aggregate) {
                    throw Conditions.analysis("UNRESOLVED_ALL_IN_GROUP_BY");
                }
            }
        }
        return groupings;
    }
}

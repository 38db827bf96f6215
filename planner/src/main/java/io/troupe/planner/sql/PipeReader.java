package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;

/// The steps of `FROM t |> WHERE … |> SELECT …`.
final class PipeReader {
    private final Readers readers;
    private final QueryReader queries;

    PipeReader(Readers readers, QueryReader queries) {
        this.readers = readers;
        this.queries = queries;
    }

    ParsedPlan step(TroupeSql.PipeStepContext tree, ParsedPlan plan) {
        return switch (tree) {
            case TroupeSql.PipeSelectContext select ->
                    queries.blocks().piped(select.selectClause(), select.windowClause(), plan);
            case TroupeSql.PipeExtendContext extend -> {
                List<ParsedExpression> columns = new ArrayList<>();
                columns.add(BlockReader.ALL_COLUMNS);
                columns.addAll(readers.expressions().items(extend.selectItem()));
                yield new ParsedPlan.Select(plan, List.copyOf(columns));
            }
            case TroupeSql.PipeSetContext set -> assigned(set, plan);
            case TroupeSql.PipeDropContext drop -> {
                List<List<String>> except = Names.all(drop.word()).stream().map(List::of).toList();
                yield new ParsedPlan.Select(
                        plan, List.of(new ParsedExpression.Star(List.of(), except)));
            }
            case TroupeSql.PipeAsContext as ->
                    new ParsedPlan.Aliased(plan, Names.of(as.word()), List.of());
            case TroupeSql.PipeWhereContext where -> where(where, plan);
            case TroupeSql.PipePivotContext pivot ->
                    readers.relations().pivots().pivot(pivot.pivotClause(), plan);
            case TroupeSql.PipeUnpivotContext unpivot ->
                    readers.relations().pivots().unpivot(unpivot.unpivotClause(), plan);
            case TroupeSql.PipeSampleContext sample ->
                    readers.relations().sampled(sample.sample(), plan);
            case TroupeSql.PipeJoinContext join -> readers.relations().join(join.joinStep(), plan);
            case TroupeSql.PipeSetOperationContext set ->
                    QueryReader.combined(
                            set.operator.getType(),
                            set.quantifier(),
                            plan,
                            queries.block(set.right, List.of()));
            case TroupeSql.PipeAggregateContext aggregate -> aggregated(aggregate, plan);
            case TroupeSql.PipeTailContext tail -> queries.tail(tail.queryTail(), plan, List.of());
            default -> throw Readers.unknown(tree);
        };
    }

    /// Each assignment sees the columns that the ones before it changed.
    private ParsedPlan assigned(TroupeSql.PipeSetContext tree, ParsedPlan plan) {
        ParsedPlan result = plan;
        for (TroupeSql.PipeAssignmentContext assignment : tree.pipeAssignment()) {
            List<String> name = Names.parts(assignment.qualifiedName());
            if (name.size() > 1) {
                throw readers.fail(
                        assignment,
                        "_LEGACY_ERROR_TEMP_0035",
                        null,
                        "Operation not allowed: SQL pipe syntax |> SET operator with multi-part assignment key (only single-part keys are allowed).");
            }
            ParsedExpression value = readers.expressions().expression(assignment.expression());
            result = new ParsedPlan.AddColumns(result, name, List.of(value), List.of());
        }
        return result;
    }

    private ParsedPlan where(TroupeSql.PipeWhereContext tree, ParsedPlan plan) {
        if (tree.windowClause() != null) {
            throw readers.fail(
                    tree.windowClause(),
                    "NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE.WINDOW_CLAUSE",
                    "42601",
                    "Not allowed in the pipe WHERE clause: WINDOW clause.");
        }
        return new ParsedPlan.Where(
                plan, readers.expressions().expression(tree.whereClause().expression()));
    }

    private ParsedPlan aggregated(TroupeSql.PipeAggregateContext tree, ParsedPlan plan) {
        return new ParsedPlan.GroupBy(
                plan,
                ParsedPlan.GroupKind.DATAFRAME,
                readers.expressions().items(tree.groupings),
                List.of(),
                readers.expressions().items(tree.aggregates),
                null);
    }
}

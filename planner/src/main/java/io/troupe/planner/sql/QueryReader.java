package io.troupe.planner.sql;

import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.parsed.ParsedExpression.SortItem;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Queries: common tables, set operations, ordering and limits around query blocks.
final class QueryReader {
    private final Readers readers;
    private final BlockReader blocks;
    private final PipeReader pipes;

    QueryReader(Readers readers) {
        this.readers = readers;
        this.blocks = new BlockReader(readers);
        this.pipes = new PipeReader(readers, this);
    }

    BlockReader blocks() {
        return blocks;
    }

    ParsedPlan query(TroupeSql.QueryContext tree) {
        TroupeSql.QueryTailContext tail = tree.queryTail();
        List<TroupeSql.WindowClauseContext> windows =
                tail.windowClause() == null ? List.of() : List.of(tail.windowClause());
        ParsedPlan plan =
                tail(
                        tail,
                        term(tree.queryTerm(), windows),
                        blockWindows(tree.queryTerm(), windows));
        return tree.withClause() == null ? plan : with(tree.withClause(), plan);
    }

    /// ORDER BY may use the windows of the only block below it.
    private static List<TroupeSql.WindowClauseContext> blockWindows(
            TroupeSql.QueryTermContext term, List<TroupeSql.WindowClauseContext> windows) {
        if (term instanceof TroupeSql.BlockTermContext block
                && block.queryBlock() instanceof TroupeSql.SelectBlockContext select) {
            List<TroupeSql.WindowClauseContext> all = new ArrayList<>(windows);
            all.addAll(select.blockClauses().windowClause());
            return all;
        }
        return windows;
    }

    ParsedPlan with(TroupeSql.WithClauseContext tree, ParsedPlan plan) {
        List<ParsedPlan.CommonTable> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (TroupeSql.CommonTableContext table : tree.commonTable()) {
            String name = Names.of(table.name);
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                twice.add("`" + name + "`");
            }
            Integer rounds = table.rounds == null ? null : Integer.valueOf(table.rounds.getText());
            tables.add(
                    new ParsedPlan.CommonTable(
                            name, Names.all(table.columnNames()), query(table.query()), rounds));
        }
        if (!twice.isEmpty()) {
            String shown = String.join(", ", twice);
            throw readers.fail(
                    (org.antlr.v4.runtime.ParserRuleContext) tree.getParent(),
                    "DUPLICATED_CTE_NAMES",
                    "42602",
                    "CTE definition can't have duplicate names: " + shown + ".",
                    "duplicateNames",
                    shown);
        }
        return new ParsedPlan.With(plan, List.copyOf(tables), tree.RECURSIVE() != null);
    }

    /// Goes down the left spine of set operations and pipes in a loop.
    ParsedPlan term(TroupeSql.QueryTermContext tree, List<TroupeSql.WindowClauseContext> windows) {
        Deque<TroupeSql.QueryTermContext> spine = new ArrayDeque<>();
        TroupeSql.QueryTermContext at = tree;
        while (!(at instanceof TroupeSql.BlockTermContext)) {
            spine.push(at);
            at =
                    at instanceof TroupeSql.SetTermContext set
                            ? set.left
                            : ((TroupeSql.PipeTermContext) at).queryTerm();
        }
        ParsedPlan plan = block(((TroupeSql.BlockTermContext) at).queryBlock(), windows);
        while (!spine.isEmpty()) {
            plan =
                    switch (spine.pop()) {
                        case TroupeSql.SetTermContext set ->
                                readers.origin()
                                        .at(
                                                set,
                                                combined(
                                                        set.operator.getType(),
                                                        set.quantifier(),
                                                        plan,
                                                        term(set.right, windows)));
                        case TroupeSql.PipeTermContext pipe -> pipes.step(pipe.pipeStep(), plan);
                        default -> throw Readers.unknown(tree);
                    };
        }
        return plan;
    }

    static ParsedPlan combined(
            int operator,
            TroupeSql.QuantifierContext quantifier,
            ParsedPlan left,
            ParsedPlan right) {
        boolean all = quantifier != null && quantifier.ALL() != null;
        return switch (operator) {
            case TroupeSql.UNION -> new ParsedPlan.UnionOf(left, right, all, false, false);
            case TroupeSql.INTERSECT ->
                    new ParsedPlan.SetOperationOf(left, right, SetOperation.Kind.INTERSECT, all);
            default -> new ParsedPlan.SetOperationOf(left, right, SetOperation.Kind.EXCEPT, all);
        };
    }

    ParsedPlan block(
            TroupeSql.QueryBlockContext tree, List<TroupeSql.WindowClauseContext> windows) {
        return switch (tree) {
            case TroupeSql.SelectBlockContext select -> {
                ParsedPlan from =
                        select.fromClause() == null
                                ? new ParsedPlan.NoTable()
                                : readers.relations().from(select.fromClause());
                yield blocks.block(select.selectClause(), select.blockClauses(), from, windows);
            }
            case TroupeSql.FromBlockContext from -> {
                ParsedPlan relation = readers.relations().from(from.fromClause());
                yield from.selectClause() == null
                        ? new ParsedPlan.Select(relation, List.of(BlockReader.ALL_COLUMNS))
                        : blocks.block(from.selectClause(), from.blockClauses(), relation, windows);
            }
            case TroupeSql.TableBlockContext table -> readers.relations().table(table.name);
            case TroupeSql.ValuesBlockContext values ->
                    readers.relations().values(values.inlineValues());
            case TroupeSql.NestedBlockContext nested -> query(nested.query());
            default -> throw Readers.unknown(tree);
        };
    }

    ParsedPlan tail(
            TroupeSql.QueryTailContext tree,
            ParsedPlan plan,
            List<TroupeSql.WindowClauseContext> windows) {
        return readers.windows().within(windows, () -> limited(tree, ordered(tree, plan)));
    }

    private ParsedPlan ordered(TroupeSql.QueryTailContext tree, ParsedPlan plan) {
        ExpressionReader expressions = readers.expressions();
        int clauses = 0;
        ParsedPlan result = plan;
        if (!tree.orders.isEmpty()) {
            clauses++;
            result = orderBy(result, expressions.sortItems(tree.orders), true);
        }
        if (!tree.clusters.isEmpty()) {
            clauses++;
            List<ParsedExpression> by = expressions.expressions(tree.clusters);
            List<SortItem> items =
                    by.stream().map(value -> new SortItem(value, true, null)).toList();
            result =
                    orderBy(
                            new ParsedPlan.RepartitionBy(result, Repartition.Kind.HASH, by, 0),
                            items,
                            false);
        }
        if (!tree.spread.isEmpty() || !tree.sorts.isEmpty()) {
            clauses++;
            if (!tree.spread.isEmpty()) {
                result =
                        new ParsedPlan.RepartitionBy(
                                result,
                                Repartition.Kind.HASH,
                                expressions.expressions(tree.spread),
                                0);
            }
            if (!tree.sorts.isEmpty()) {
                result = orderBy(result, expressions.sortItems(tree.sorts), false);
            }
        }
        if (clauses > 1) {
            throw readers.fail(
                    tree,
                    "UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES",
                    "0A000",
                    "The feature is not supported: Combination of ORDER BY/SORT BY/DISTRIBUTE BY/CLUSTER BY.");
        }
        return result;
    }

    private static ParsedPlan orderBy(ParsedPlan plan, List<SortItem> items, boolean global) {
        if (items.size() == 1
                && ExpressionReader.bare(items.getFirst().child()) instanceof Name name
                && name.parts().size() == 1
                && name.parts().getFirst().equalsIgnoreCase("all")) {
            return new ParsedPlan.OrderByAll(
                    plan, items.getFirst().ascending(), items.getFirst().nullsFirst());
        }
        return new ParsedPlan.OrderBy(plan, items, global);
    }

    private ParsedPlan limited(TroupeSql.QueryTailContext tree, ParsedPlan plan) {
        if (tree.limit == null && tree.offset == null) {
            return plan;
        }
        return new ParsedPlan.LimitOffset(
                plan,
                tree.limit == null ? null : readers.expressions().expression(tree.limit),
                tree.offset == null ? null : readers.expressions().expression(tree.offset));
    }
}

package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One SELECT with its clauses.
final class BlockReader {
    static final ParsedExpression.Star ALL_COLUMNS =
            new ParsedExpression.Star(List.of(), List.of());

    /// Hints on how to join act on the tables below the select list; the others on its result.
    private static final Set<String> JOIN_HINTS =
            Set.of(
                    "BROADCAST",
                    "BROADCASTJOIN",
                    "MAPJOIN",
                    "MERGE",
                    "SHUFFLE_MERGE",
                    "MERGEJOIN",
                    "SHUFFLE_HASH",
                    "SHUFFLE_REPLICATE_NL");

    private final Readers readers;
    private final GroupReader groups;

    BlockReader(Readers readers) {
        this.readers = readers;
        this.groups = new GroupReader(readers);
    }

    ParsedPlan block(
            TroupeSql.SelectClauseContext select,
            TroupeSql.BlockClausesContext clauses,
            ParsedPlan from,
            List<TroupeSql.WindowClauseContext> outerWindows) {
        List<TroupeSql.WindowClauseContext> windows = new ArrayList<>(outerWindows);
        windows.addAll(clauses.windowClause());
        return readers.windows().within(windows, () -> read(select, clauses, from));
    }

    private ParsedPlan read(
            TroupeSql.SelectClauseContext select,
            TroupeSql.BlockClausesContext clauses,
            ParsedPlan from) {
        ParsedPlan plan = from;
        for (TroupeSql.LateralViewContext view : clauses.lateralView()) {
            plan = readers.relations().lateralView(view, plan);
        }
        if (clauses.whereClause() != null) {
            plan =
                    new ParsedPlan.Where(
                            plan,
                            readers.expressions().expression(clauses.whereClause().expression()));
        }
        List<ParsedPlan.Hint> hints = hints(select);
        plan = hinted(plan, hints, true);
        List<ParsedExpression> columns = readers.expressions().items(select.selectItem());
        plan = selected(plan, clauses, columns);
        if (clauses.qualify != null) {
            plan = new ParsedPlan.Qualify(plan, readers.expressions().expression(clauses.qualify));
        }
        if (select.quantifier() != null && select.quantifier().DISTINCT() != null) {
            plan = new ParsedPlan.SelectDistinct(plan);
        }
        return hinted(plan, hints, false);
    }

    private ParsedPlan selected(
            ParsedPlan plan,
            TroupeSql.BlockClausesContext clauses,
            List<ParsedExpression> columns) {
        ParsedExpression having =
                clauses.having == null ? null : readers.expressions().expression(clauses.having);
        if (clauses.groupClause() != null) {
            return groups.grouped(clauses.groupClause(), plan, columns, having);
        }
        return having == null
                ? new ParsedPlan.Select(plan, columns)
                : new ParsedPlan.GroupBy(
                        plan, ParsedPlan.GroupKind.GROUP_BY, List.of(), List.of(), columns, having);
    }

    /// A select list in a pipe.
    ParsedPlan piped(
            TroupeSql.SelectClauseContext select,
            TroupeSql.WindowClauseContext window,
            ParsedPlan from) {
        return readers.windows()
                .within(
                        window == null ? List.of() : List.of(window),
                        () -> {
                            List<ParsedPlan.Hint> hints = hints(select);
                            ParsedPlan plan =
                                    new ParsedPlan.Select(
                                            hinted(from, hints, true),
                                            readers.expressions().items(select.selectItem()));
                            boolean distinct =
                                    select.quantifier() != null
                                            && select.quantifier().DISTINCT() != null;
                            return hinted(
                                    distinct ? new ParsedPlan.SelectDistinct(plan) : plan,
                                    hints,
                                    false);
                        });
    }

    private static ParsedPlan hinted(
            ParsedPlan plan, List<ParsedPlan.Hint> hints, boolean onJoins) {
        ParsedPlan result = plan;
        for (ParsedPlan.Hint hint : hints.reversed()) {
            if (JOIN_HINTS.contains(hint.name().toUpperCase(Locale.ROOT)) == onJoins) {
                result = new ParsedPlan.Hint(result, hint.name(), hint.parameters());
            }
        }
        return result;
    }

    private List<ParsedPlan.Hint> hints(TroupeSql.SelectClauseContext select) {
        return select.hints.stream()
                .flatMap(hint -> hint.hintCall().stream())
                .map(call ->
                        new ParsedPlan.Hint(
                                new ParsedPlan.NoTable(),
                                Names.of(call.name),
                                readers.expressions().expressions(call.expression())))
                .toList();
    }
}

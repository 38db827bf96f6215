package io.troupe.planner.sql;

import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.BoundKind;
import io.troupe.planner.parsed.ParsedExpression.Frame;
import io.troupe.planner.parsed.ParsedExpression.FrameBound;
import io.troupe.planner.parsed.ParsedExpression.WindowDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// Windows. A name of the WINDOW clause is replaced by its definition while its query block is
/// read.
final class WindowReader {
    private final Readers readers;
    private final Deque<Map<String, TroupeSql.WindowSpecContext>> scopes = new ArrayDeque<>();

    WindowReader(Readers readers) {
        this.readers = readers;
    }

    /// Reads with the names of a WINDOW clause known; inner queries see none of them.
    <T> T within(List<TroupeSql.WindowClauseContext> clauses, Supplier<T> read) {
        Map<String, TroupeSql.WindowSpecContext> scope = new HashMap<>();
        for (TroupeSql.WindowClauseContext clause : clauses) {
            for (TroupeSql.NamedWindowContext window : clause.namedWindow()) {
                String name = Names.of(window.name);
                if (scope.put(name.toLowerCase(Locale.ROOT), window.windowSpec()) != null) {
                    throw readers.fail(
                            window,
                            "INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION",
                            "42000",
                            "Invalid SQL syntax: The definition of window `"
                                    + name
                                    + "` is repetitive.",
                            "windowName",
                            "`" + name + "`");
                }
            }
        }
        scopes.push(scope);
        try {
            return read.get();
        } finally {
            scopes.pop();
        }
    }

    WindowDefinition definition(TroupeSql.WindowSpecContext tree) {
        return switch (tree) {
            case TroupeSql.WindowByNameContext named -> named(named, Names.of(named.name));
            case TroupeSql.WindowInlineContext inline -> inline(inline);
            default -> throw Readers.unknown(tree);
        };
    }

    private WindowDefinition named(TroupeSql.WindowSpecContext tree, String name) {
        Map<String, TroupeSql.WindowSpecContext> scope =
                scopes.isEmpty() ? Map.of() : scopes.peek();
        TroupeSql.WindowSpecContext meant = scope.get(name.toLowerCase(Locale.ROOT));
        if (meant == null) {
            throw readers.fail(
                    tree,
                    "MISSING_WINDOW_SPECIFICATION",
                    "42P20",
                    "Window specification is not defined in the WINDOW clause for `"
                            + name
                            + "`. For more information about WINDOW clauses, please"
                            + " refer to 'https://spark.apache.org/docs/latest/sql-ref-syntax-qry-select-window.html'.",
                    "windowName",
                    name);
        }
        scopes.push(without(scope, name));
        try {
            return definition(meant);
        } finally {
            scopes.pop();
        }
    }

    /// A window must not refer to itself.
    private static Map<String, TroupeSql.WindowSpecContext> without(
            Map<String, TroupeSql.WindowSpecContext> scope, String name) {
        Map<String, TroupeSql.WindowSpecContext> rest = new HashMap<>(scope);
        rest.remove(name.toLowerCase(Locale.ROOT));
        return rest;
    }

    private WindowDefinition inline(TroupeSql.WindowInlineContext tree) {
        List<ParsedExpression> partitions = readers.expressions().expressions(tree.partitions);
        List<ParsedExpression.SortItem> orders = readers.expressions().sortItems(tree.orders);
        Frame frame = tree.windowFrame() == null ? null : frame(tree.windowFrame());
        if (tree.base == null) {
            return new WindowDefinition(null, partitions, orders, frame);
        }
        WindowDefinition base = named(tree, Names.of(tree.base));
        return new WindowDefinition(
                null,
                partitions.isEmpty() ? base.partitionBy() : partitions,
                orders.isEmpty() ? base.orderBy() : orders,
                frame == null ? base.frame() : frame);
    }

    private Frame frame(TroupeSql.WindowFrameContext tree) {
        WindowFrame.Unit unit =
                switch (tree.unit.getType()) {
                    case TroupeSql.ROWS -> WindowFrame.Unit.ROWS;
                    case TroupeSql.RANGE -> WindowFrame.Unit.RANGE;
                    default -> WindowFrame.Unit.GROUPS;
                };
        FrameBound upper =
                tree.upper == null
                        ? new FrameBound(BoundKind.CURRENT_ROW, null)
                        : bound(tree.upper);
        return new Frame(unit, bound(tree.lower), upper, exclusion(tree.frameExclusion()));
    }

    private FrameBound bound(TroupeSql.FrameBoundContext tree) {
        if (tree.CURRENT() != null) {
            return new FrameBound(BoundKind.CURRENT_ROW, null);
        }
        boolean preceding = tree.direction.getType() == TroupeSql.PRECEDING;
        if (tree.UNBOUNDED() != null) {
            return new FrameBound(
                    preceding ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING,
                    null);
        }
        return new FrameBound(
                preceding ? BoundKind.PRECEDING : BoundKind.FOLLOWING,
                readers.expressions().expression(tree.expression()));
    }

    private static WindowFrame.Exclusion exclusion(TroupeSql.FrameExclusionContext tree) {
        if (tree == null || tree.NO() != null) {
            return WindowFrame.Exclusion.NO_OTHERS;
        }
        if (tree.TIES() != null) {
            return WindowFrame.Exclusion.TIES;
        }
        return tree.GROUP() != null
                ? WindowFrame.Exclusion.GROUP
                : WindowFrame.Exclusion.CURRENT_ROW;
    }
}

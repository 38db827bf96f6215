package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// PIVOT and UNPIVOT.
final class PivotReader {
    private final Readers readers;

    PivotReader(Readers readers) {
        this.readers = readers;
    }

    ParsedPlan pivot(TroupeSql.PivotClauseContext tree, ParsedPlan plan) {
        ParsedPlan pivot =
                new ParsedPlan.Pivot(
                        plan,
                        List.of(),
                        true,
                        readers.expressions().columns(tree.columns),
                        readers.expressions().items(tree.values),
                        readers.expressions().items(tree.aggregates));
        return readers.relations().aliased(tree.tableAlias(), readers.origin().at(tree, pivot));
    }

    ParsedPlan unpivot(TroupeSql.UnpivotClauseContext tree, ParsedPlan plan) {
        List<ParsedPlan.UnpivotValue> values =
                tree.unpivotColumn().stream().map(this::value).toList();
        boolean includeNulls =
                tree.nullRule != null && tree.nullRule.getType() == TroupeSql.INCLUDE;
        ParsedPlan unpivot =
                new ParsedPlan.Unpivot(
                        plan,
                        null,
                        values,
                        Names.of(tree.variable),
                        Names.all(tree.valueNames),
                        includeNulls);
        return readers.relations().aliased(tree.tableAlias(), readers.origin().at(tree, unpivot));
    }

    private ParsedPlan.UnpivotValue value(TroupeSql.UnpivotColumnContext tree) {
        List<ParsedExpression> columns = readers.expressions().columns(tree.columns);
        return new ParsedPlan.UnpivotValue(
                columns, tree.alias == null ? null : Names.of(tree.alias));
    }
}

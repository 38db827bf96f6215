package io.troupe.planner.parsed;

import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.parsed.ParsedExpression.SortItem;
import io.troupe.planner.parsed.ParsedExpression.WindowDefinition;
import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;

/// An unresolved query. DataFrame calls refer to their already analysed input by [Analysed].
public sealed interface ParsedPlan {
    /// A plan of this session analysed before, by its id.
    record Analysed(long plan) implements ParsedPlan {}

    /// Files, by `spark.read` or SQL's parquet.`path`. `schema` is null for inference.
    record Read(String format, List<String> paths, Map<String, String> options, StructType schema)
            implements ParsedPlan {}

    /// A table, view or common table by name; `options` of `WITH (…)`, usually empty.
    record Table(List<String> name, Map<String, String> options) implements ParsedPlan {}

    /// A table-valued function in FROM: `range(10)`, `explode(…)`, a Python table function.
    /// Arguments may be table arguments.
    record TableFunction(
            List<String> name, List<ParsedExpression> arguments, List<TableArgument> tables)
            implements ParsedPlan {}

    /// A Python table function of the DataFrame API.
    record PythonTableFunction(
            PythonFunction function, List<ParsedExpression> arguments, List<TableArgument> tables)
            implements ParsedPlan {}

    /// `TABLE(plan) [PARTITION BY …| WITH SINGLE PARTITION] [ORDER BY …]` at argument position
    /// `position`, for parameter `name` (null when positional).
    record TableArgument(
            int position,
            String name,
            ParsedPlan plan,
            List<ParsedExpression> partitionBy,
            boolean singlePartition,
            List<SortItem> orderBy) {}

    record Numbers(long start, long end, long step, int partitions) implements ParsedPlan {}

    /// Uploaded Arrow data with its schema.
    record Uploaded(byte[] arrow, StructType schema, long rows) implements ParsedPlan {}

    record Values(List<List<ParsedExpression>> rows) implements ParsedPlan {}

    record NoTable() implements ParsedPlan {}

    record Select(ParsedPlan child, List<ParsedExpression> columns) implements ParsedPlan {}

    record Where(ParsedPlan child, ParsedExpression condition) implements ParsedPlan {}

    /// GROUP BY with its select list: `groupings` empty and kind ALL for GROUP BY ALL. `sets` only
    /// for GROUPING_SETS (may mix expressions).
    record GroupBy(
            ParsedPlan child,
            GroupKind kind,
            List<ParsedExpression> groupings,
            List<List<ParsedExpression>> sets,
            List<ParsedExpression> columns,
            ParsedExpression having)
            implements ParsedPlan {}

    /// DATAFRAME: groupBy().agg(): output is the groupings followed by the columns. The others:
    /// output is the columns.
    enum GroupKind {
        DATAFRAME,
        DATAFRAME_ROLLUP,
        DATAFRAME_CUBE,
        DATAFRAME_GROUPING_SETS,
        GROUP_BY,
        ROLLUP,
        CUBE,
        GROUPING_SETS,
        ALL
    }

    /// `HAVING` without GROUP BY is a GroupBy over no groupings. QUALIFY filters by window
    /// functions after the select list.
    record Qualify(ParsedPlan child, ParsedExpression condition) implements ParsedPlan {}

    /// Names windows for the select list below it.
    record NamedWindows(ParsedPlan child, Map<String, WindowDefinition> windows)
            implements ParsedPlan {}

    record SelectDistinct(ParsedPlan child) implements ParsedPlan {}

    /// `columns` null: all.
    record DropDuplicates(ParsedPlan child, List<String> columns) implements ParsedPlan {}

    /// At most one of condition, using (empty when unused) and natural. `kind` INNER without a
    /// condition is a cross join.
    record JoinOf(
            ParsedPlan left,
            ParsedPlan right,
            JoinKind kind,
            ParsedExpression condition,
            List<String> using,
            boolean natural,
            boolean lateral)
            implements ParsedPlan {}

    /// LATERAL VIEW [OUTER] generator(…) table AS columns (names may be empty).
    record LateralView(
            ParsedPlan child,
            ParsedExpression.Function generator,
            boolean outer,
            String table,
            List<String> columns)
            implements ParsedPlan {}

    record OrderBy(ParsedPlan child, List<SortItem> items, boolean global) implements ParsedPlan {}

    /// ORDER BY ALL, SORT BY ALL.
    record OrderByAll(ParsedPlan child, boolean ascending, Boolean nullsFirst)
            implements ParsedPlan {}

    /// Either may be null. Constant expressions only.
    record LimitOffset(ParsedPlan child, ParsedExpression limit, ParsedExpression offset)
            implements ParsedPlan {}

    record LastRows(ParsedPlan child, long count) implements ParsedPlan {}

    record UnionOf(
            ParsedPlan left, ParsedPlan right, boolean all, boolean byName, boolean allowMissing)
            implements ParsedPlan {}

    record SetOperationOf(ParsedPlan left, ParsedPlan right, SetOperation.Kind kind, boolean all)
            implements ParsedPlan {}

    /// `(query) AS name (columns)`; columns empty when not renamed.
    record Aliased(ParsedPlan child, String name, List<String> columns) implements ParsedPlan {}

    record With(ParsedPlan child, List<CommonTable> tables, boolean recursive)
            implements ParsedPlan {}

    /// `maximumRounds` null for the default.
    record CommonTable(String name, List<String> columns, ParsedPlan plan, Integer maximumRounds) {}

    record AddColumns(
            ParsedPlan child,
            List<String> names,
            List<ParsedExpression> values,
            List<String> metadata)
            implements ParsedPlan {}

    record RenameColumns(ParsedPlan child, Map<String, String> names) implements ParsedPlan {}

    record RenameAll(ParsedPlan child, List<String> names) implements ParsedPlan {}

    record DropColumns(ParsedPlan child, List<ParsedExpression> columns) implements ParsedPlan {}

    /// `values` null: found by a query first (DataFrame). Each value may have an alias.
    record Pivot(
            ParsedPlan child,
            List<ParsedExpression> groupings,
            boolean implicitGroupings,
            List<ParsedExpression> columns,
            List<ParsedExpression> values,
            List<ParsedExpression> aggregates)
            implements ParsedPlan {}

    /// `ids` null: all columns that are not values (SQL). Each element of `values` is one row of
    /// the result: the columns it takes.
    record Unpivot(
            ParsedPlan child,
            List<ParsedExpression> ids,
            List<UnpivotValue> values,
            String variableName,
            List<String> valueNames,
            boolean includeNulls)
            implements ParsedPlan {}

    record UnpivotValue(List<ParsedExpression> columns, String alias) {}

    /// TABLESAMPLE and sample(); `seed` null for a random one.
    record SampleOf(ParsedPlan child, double lower, double upper, boolean replacement, Long seed)
            implements ParsedPlan {}

    /// `partitions` 0: decided by the planner.
    record RepartitionBy(
            ParsedPlan child, Repartition.Kind kind, List<ParsedExpression> by, int partitions)
            implements ParsedPlan {}

    record Hint(ParsedPlan child, String name, List<ParsedExpression> parameters)
            implements ParsedPlan {}

    record ObserveMetrics(ParsedPlan child, String name, List<ParsedExpression> metrics)
            implements ParsedPlan {}

    record MapPython(ParsedPlan child, PythonFunction function) implements ParsedPlan {}

    record GroupMapPython(
            ParsedPlan child, List<ParsedExpression> groupings, PythonFunction function)
            implements ParsedPlan {}

    record CogroupMapPython(
            ParsedPlan left,
            ParsedPlan right,
            List<ParsedExpression> leftGroupings,
            List<ParsedExpression> rightGroupings,
            PythonFunction function)
            implements ParsedPlan {}

    /// Where in the script or SQL text a plan came from.
    record LocatedPlan(ParsedPlan child, String site, int start, int stop) implements ParsedPlan {}
}

"""GroupedData: rows in groups, waiting for their aggregates."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from troupe.errors import AnalysisException, PySparkTypeError
from troupe.errors.exceptions.captured import failure
from troupe.sql import _expr
from troupe.sql._expr import Expr
from troupe.sql._types.atomic import NumericType
from troupe.sql._types.nested import StructType
from troupe.sql.column import Column, operand, to_expr
from troupe.util import PythonEvalType as Kind

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

__all__ = ["GroupedData"]

_SHOWN_KINDS = {"groupby": "GroupBy", "rollup": "Rollup", "cube": "Cube", "grouping_sets": "GroupingSets"}
_AGGREGATES = {"average": "avg", "mean": "avg", "std": "stddev", "size": "count"}


class GroupedData:
    """What `DataFrame.groupBy` gives."""

    def __init__(
        self,
        df: DataFrame,
        kind: str,
        grouping: list[Expr],
        sets: list[list[Expr]] | None = None,
        pivoted: dict[str, Any] | None = None,
    ) -> None:
        self._df = df
        self._kind = kind
        self._grouping = grouping
        self._sets = sets
        self._pivoted = pivoted
        self.session: SparkSession = df.sparkSession

    def __repr__(self) -> str:
        from troupe.sql._render import render

        keys = ", ".join(map(render, self._grouping))
        value = ", ".join(f"{name}: {kind}" for name, kind in self._df.dtypes)
        shown = "Pivot" if self._pivoted else _SHOWN_KINDS[self._kind]
        return f"GroupedData[grouping expressions: [{keys}], value: [{value}], type: {shown}]"

    def agg(self, *exprs: Any) -> DataFrame:
        """Aggregates as columns, or as a dictionary of column to function."""
        assert exprs, "exprs should not be empty"
        if len(exprs) == 1 and isinstance(exprs[0], dict):
            return self._aggregate([_named_aggregate(exprs[0][name], name) for name in _java_order(exprs[0])])
        assert all(isinstance(c, Column) for c in exprs), "all exprs should be Column"
        return self._aggregate([c._expr for c in exprs])

    def _aggregate(self, aggs: list[Expr]) -> DataFrame:
        keys: dict[str, Any] = {"kind": self._kind, "grouping": self._grouping, "aggs": aggs}
        if self._sets is not None:
            keys["sets"] = self._sets
        if self._pivoted is not None:
            keys["kind"], keys["pivot"] = "pivot", self._pivoted
        return self._df._child("aggregate", **keys)

    def count(self) -> DataFrame:
        """The number of rows of each group, as column `count`."""
        count = _expr.call("count", [_expr.literal(1)])
        return self._aggregate([{"e": "alias", "child": count, "names": ["count"]}])

    def mean(self, *cols: str) -> DataFrame:
        return self._of_numbers("avg", cols)

    def avg(self, *cols: str) -> DataFrame:
        return self._of_numbers("avg", cols)

    def max(self, *cols: str) -> DataFrame:
        return self._of_numbers("max", cols)

    def min(self, *cols: str) -> DataFrame:
        return self._of_numbers("min", cols)

    def sum(self, *cols: str) -> DataFrame:
        return self._of_numbers("sum", cols)

    def _of_numbers(self, fn: str, cols: tuple[Any, ...]) -> DataFrame:
        if len(cols) == 1 and isinstance(cols[0], (list, tuple)):
            cols = tuple(cols[0])
        kinds = {f.name: f.dataType for f in self._df.schema.fields}
        for name in cols:
            if name in kinds and not isinstance(kinds[name], NumericType):
                raise AnalysisException(
                    message=f'"{name}" is not a numeric column. Aggregation function can only be applied on a '
                    "numeric column."
                )
        names = cols or [_quoted(n) for n, kind in kinds.items() if isinstance(kind, NumericType)]
        return self._aggregate([_expr.call(fn, [_expr.name(n)]) for n in names])

    def pivot(self, pivot_col: str | Column, values: list[Any] | None = None) -> GroupedData:
        """One column of aggregates per value of a column; without values, those that occur, in order."""
        shown = [operand(v) for v in (self._pivot_values(pivot_col) if values is None else values)]
        pivoted = {"column": to_expr(pivot_col), "values": shown}
        return GroupedData(self._df, self._kind, self._grouping, self._sets, pivoted)

    def _pivot_values(self, pivot_col: str | Column) -> list[Any]:
        """The values that occur, in order; as Spark, a query of its own, and not more than a setting allows."""
        most = int(self.session.conf._known("spark.sql.pivotMaxValues", "10000"))
        found = self._df.select(pivot_col).distinct()
        found = found.orderBy(_quoted(found.columns[0])).limit(most + 1).collect()
        if len(found) > most:
            raise failure(
                "AnalysisException",
                "_LEGACY_ERROR_TEMP_1324",
                "42000",
                f"The pivot column has more than {most} distinct values, this could indicate an error. If this was "
                f"intended, set spark.sql.pivotMaxValues to at least the number of distinct values of the pivot column.",
            )
        return [row[0] for row in found]

    def apply(self, udf: Any) -> DataFrame:
        if isinstance(udf, Column) or not hasattr(udf, "func") or udf.evalType != Kind.SQL_GROUPED_MAP_PANDAS_UDF:
            raise PySparkTypeError(
                errorClass="INVALID_UDF_EVAL_TYPE", messageParameters={"eval_type": "SQL_GROUPED_MAP_PANDAS_UDF"}
            )
        warnings.warn(
            "It is preferred to use 'applyInPandas' over this API. This API will be deprecated in the future "
            "releases. See SPARK-28264 for more details.",
            UserWarning,
        )
        return self.applyInPandas(udf.func, schema=udf.returnType)

    def applyInPandas(self, func: Callable[..., Any], schema: StructType | str) -> DataFrame:
        """A function of a pandas DataFrame per group, or of the group's key and the DataFrame."""
        return self._group_map(func, schema, "DataFrame", Kind.SQL_GROUPED_MAP_PANDAS_UDF)

    def applyInArrow(self, func: Callable[..., Any], schema: StructType | str) -> DataFrame:
        """A function of an Arrow table per group, or of the group's key and the table."""
        return self._group_map(func, schema, "RecordBatch", Kind.SQL_GROUPED_MAP_ARROW_UDF)

    def _group_map(self, func: Callable[..., Any], schema: StructType | str, batch: str, kind: int) -> DataFrame:
        from troupe.sql._frame_shapes import python_function
        from troupe.sql.functions.type_hints import group_map_takes_batches

        if group_map_takes_batches(func, batch):
            in_pandas = kind == Kind.SQL_GROUPED_MAP_PANDAS_UDF
            kind = Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF if in_pandas else Kind.SQL_GROUPED_MAP_ARROW_ITER_UDF
        return self._df._child("groupMap", grouping=self._grouping, fn=python_function(func, schema, kind))

    def cogroup(self, other: GroupedData) -> PandasCogroupedOps:
        """The groups of two DataFrames with equal keys, side by side."""
        return PandasCogroupedOps(self, other)


class PandasCogroupedOps:
    """What `GroupedData.cogroup` gives."""

    def __init__(self, gd1: GroupedData, gd2: GroupedData) -> None:
        self._gd1 = gd1
        self._gd2 = gd2

    def applyInPandas(self, func: Callable[..., Any], schema: StructType | str) -> DataFrame:
        return self._apply(func, schema, Kind.SQL_COGROUPED_MAP_PANDAS_UDF)

    def applyInArrow(self, func: Callable[..., Any], schema: StructType | str) -> DataFrame:
        return self._apply(func, schema, Kind.SQL_COGROUPED_MAP_ARROW_UDF)

    def _apply(self, func: Callable[..., Any], schema: StructType | str, kind: int) -> DataFrame:
        from troupe.sql._frame_shapes import python_function

        left, right = self._gd1._df, self._gd2._df
        return left._made(
            {
                "n": "cogroupMap",
                "left": left._plan_id,
                "right": left._same_session(right),
                "leftGrouping": self._gd1._grouping,
                "rightGrouping": self._gd2._grouping,
                "fn": python_function(func, schema, kind),
            }
        )


def _java_hash(text: str) -> int:
    """`String.hashCode` of the UTF-16 text."""
    units = text.encode("utf-16-le")
    code = 0
    for i in range(0, len(units), 2):
        code = (31 * code + units[i] + 256 * units[i + 1]) & 0xFFFFFFFF
    return code


def _java_order(names: Iterable[str]) -> list[str]:
    """The columns of `agg({...})` in the order that PySpark gives them: that of the maps of Java and Scala they pass through."""
    given = list(names)
    size = 16
    while len(given) > size * 3 // 4:
        size *= 2
    codes = {name: _java_hash(name) for name in given}
    ordered = sorted(given, key=lambda n: (codes[n] ^ codes[n] >> 16) & (size - 1))
    return ordered if len(ordered) <= 4 else _scala_order(ordered, codes)


def _scala_order(names: list[str], codes: dict[str, int], shift: int = 0) -> list[str]:
    """The order of Scala's immutable hash map: at each level of five bits, single entries first, then the subtrees."""
    buckets: dict[int, list[str]] = {}
    for name in names:
        buckets.setdefault(_improved(codes[name]) >> shift & 31, []).append(name)
    if len(buckets) == 1 and shift >= 30:
        return names
    single = [found[0] for _, found in sorted(buckets.items()) if len(found) == 1]
    for _, found in sorted(buckets.items()):
        if len(found) > 1:
            single += _scala_order(found, codes, shift + 5)
    return single


def _improved(code: int) -> int:
    code = (code + ~(code << 9)) & 0xFFFFFFFF
    code ^= code >> 14
    code = (code + (code << 4)) & 0xFFFFFFFF
    return code ^ code >> 10


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _named_aggregate(fn: str, column: str) -> Expr:
    fn = _AGGREGATES.get(fn.lower(), fn)
    if fn.lower() == "count" and column == "*":
        return _expr.call("count", [_expr.literal(1)])
    return _expr.call(fn, [_expr.name(column)])

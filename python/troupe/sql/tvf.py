"""`spark.tvf`: functions that give tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe.sql._expr import Expr, literal
from troupe.sql.column import Column, to_expr

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

__all__ = ["TableValuedFunction"]


class TableValuedFunction:
    """Each method calls the table function of its name."""

    def __init__(self, sparkSession: SparkSession) -> None:
        self._session = sparkSession

    def _table(self, name: str, args: list[Expr]) -> DataFrame:
        return self._session._plan({"n": "tableFunction", "name": name, "args": args})

    def range(self, start: int, end: int | None = None, step: int = 1, numPartitions: int | None = None) -> DataFrame:
        return self._session.range(start, end, step, numPartitions)

    def explode(self, collection: Column) -> DataFrame:
        return self._table("explode", [to_expr(collection)])

    def explode_outer(self, collection: Column) -> DataFrame:
        return self._table("explode_outer", [to_expr(collection)])

    def inline(self, input: Column) -> DataFrame:
        return self._table("inline", [to_expr(input)])

    def inline_outer(self, input: Column) -> DataFrame:
        return self._table("inline_outer", [to_expr(input)])

    def json_tuple(self, input: Column, *fields: Any) -> DataFrame:
        trees = [f._expr if isinstance(f, Column) else literal(f) for f in fields]
        return self._table("json_tuple", [to_expr(input), *trees])

    def posexplode(self, collection: Column) -> DataFrame:
        return self._table("posexplode", [to_expr(collection)])

    def posexplode_outer(self, collection: Column) -> DataFrame:
        return self._table("posexplode_outer", [to_expr(collection)])

    def stack(self, n: Column, *fields: Column) -> DataFrame:
        return self._table("stack", [to_expr(n), *map(to_expr, fields)])

    def collations(self) -> DataFrame:
        return self._table("collations", [])

    def sql_keywords(self) -> DataFrame:
        return self._table("sql_keywords", [])

    def variant_explode(self, input: Column) -> DataFrame:
        return self._table("variant_explode", [to_expr(input)])

    def variant_explode_outer(self, input: Column) -> DataFrame:
        return self._table("variant_explode_outer", [to_expr(input)])

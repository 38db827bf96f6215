"""DataFrame methods that bring two DataFrames together."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from troupe.errors.exceptions.captured import failure
from troupe.sql._expr import Expr
from troupe.sql.column import Column

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.table_arg import TableArg

_Base: Any = object

_JOINS = {
    "inner": "inner",
    "cross": "cross",
    "outer": "full",
    "full": "full",
    "fullouter": "full",
    "left": "left",
    "leftouter": "left",
    "right": "right",
    "rightouter": "right",
    "semi": "left_semi",
    "leftsemi": "left_semi",
    "anti": "left_anti",
    "leftanti": "left_anti",
}


_JOIN_NAMES = [
    "inner",
    "outer",
    "full",
    "fullouter",
    "full_outer",
    "leftouter",
    "left",
    "left_outer",
    "rightouter",
    "right",
    "right_outer",
    "leftsemi",
    "left_semi",
    "semi",
    "leftanti",
    "left_anti",
    "anti",
    "cross",
]


class FrameJoins(_Base):
    """Part of DataFrame."""

    def join(self, other: DataFrame, on: Any = None, how: str | None = None) -> DataFrame:
        using: list[str] | None = None
        condition: Expr | None = None
        if on is not None and not isinstance(on, list):
            on = [on]
        if on:
            if isinstance(on[0], str):
                using = list(on)
            else:
                assert isinstance(on[0], Column), "on should be Column or list of Column"
                condition = functools.reduce(Column.__and__, on)._expr
        assert how is None or isinstance(how, str), "how should be a string"
        return self._join(other, condition, using, "inner" if how is None else how)

    def _join(
        self, other: DataFrame, on: Expr | None, using: list[str] | None, how: str, lateral: bool = False
    ) -> DataFrame:
        kind = _JOINS.get(how.lower().replace("_", ""))
        if kind is None:
            shown = ", ".join(f"'{k}'" for k in _JOIN_NAMES)
            raise failure(
                "AnalysisException",
                "UNSUPPORTED_JOIN_TYPE",
                "0A000",
                f"Unsupported join type '{how}'. Supported join types include: {shown}.",
                typ=how,
                supported=shown,
            )
        node = {
            "n": "join",
            "left": self._plan_id,
            "right": self._same_session(other),
            "how": kind,
            "on": on,
            "using": using,
        }
        return self._made({**node, "lateral": True} if lateral else node)

    def crossJoin(self, other: DataFrame) -> DataFrame:
        return self._join(other, None, None, "cross")

    def asTable(self) -> TableArg:
        """The rows as an argument of a table function."""
        from troupe.sql.table_arg import TableArg

        return TableArg(self)  # type: ignore[arg-type]

    def lateralJoin(self, other: DataFrame, on: Column | None = None, how: str | None = None) -> DataFrame:
        return self._join(other, None if on is None else on._expr, None, how or "inner", lateral=True)

    def _set_operation(self, kind: str, other: DataFrame, all: bool, **keys: Any) -> DataFrame:
        node = {"n": "setop", "kind": kind, "all": all, "left": self._plan_id, "right": self._same_session(other)}
        return self._made({**node, "byName": False, "allowMissing": False, **keys})

    def union(self, other: DataFrame) -> DataFrame:
        return self._set_operation("union", other, True)

    def unionAll(self, other: DataFrame) -> DataFrame:
        return self.union(other)

    def unionByName(self, other: DataFrame, allowMissingColumns: bool = False) -> DataFrame:
        return self._set_operation("union", other, True, byName=True, allowMissing=bool(allowMissingColumns))

    def intersect(self, other: DataFrame) -> DataFrame:
        return self._set_operation("intersect", other, False)

    def intersectAll(self, other: DataFrame) -> DataFrame:
        return self._set_operation("intersect", other, True)

    def subtract(self, other: DataFrame) -> DataFrame:
        return self._set_operation("except", other, False)

    def exceptAll(self, other: DataFrame) -> DataFrame:
        return self._set_operation("except", other, True)

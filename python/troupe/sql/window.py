"""Windows: partition, order and frame of a window function."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from troupe.sql._expr import Expr
from troupe.sql.column import Column, to_expr

__all__ = ["Window", "WindowSpec"]

_JAVA_MIN_LONG = -(1 << 63)
_JAVA_MAX_LONG = (1 << 63) - 1


def _trees(cols: Sequence[Any]) -> list[Expr]:
    if len(cols) == 1 and isinstance(cols[0], list):
        cols = cols[0]
    return [to_expr(c) for c in cols]


def _as_order(expr: Expr) -> Expr:
    return expr if expr["e"] == "sort" else {"e": "sort", "child": expr, "asc": True, "nullsFirst": True}


def _bound(value: int) -> Any:
    if value == 0:
        return "current"
    return "unbounded" if value in (_JAVA_MIN_LONG, _JAVA_MAX_LONG) else value


class WindowSpec:
    """A window definition; each method gives a new one."""

    __slots__ = ("_definition",)

    def __init__(self, definition: dict[str, Any]) -> None:
        self._definition = definition

    def partitionBy(self, *cols: str | Column | Sequence[str | Column]) -> WindowSpec:
        return WindowSpec({**self._definition, "partitionBy": _trees(cols)})

    def orderBy(self, *cols: str | Column | Sequence[str | Column]) -> WindowSpec:
        return WindowSpec({**self._definition, "orderBy": [_as_order(e) for e in _trees(cols)]})

    def rowsBetween(self, start: int, end: int) -> WindowSpec:
        return self._between("rows", start, end)

    def rangeBetween(self, start: int, end: int) -> WindowSpec:
        return self._between("range", start, end)

    def _between(self, unit: str, start: int, end: int) -> WindowSpec:
        if start <= Window._PRECEDING_THRESHOLD:
            start = Window.unboundedPreceding
        if end >= Window._FOLLOWING_THRESHOLD:
            end = Window.unboundedFollowing
        frame = {"unit": unit, "lower": _bound(start), "upper": _bound(end)}
        return WindowSpec({**self._definition, "frame": frame})


_EMPTY = WindowSpec({"partitionBy": [], "orderBy": [], "frame": None})


class Window:
    """Starts of window definitions."""

    _PRECEDING_THRESHOLD = max(-sys.maxsize, _JAVA_MIN_LONG)
    _FOLLOWING_THRESHOLD = min(sys.maxsize, _JAVA_MAX_LONG)

    unboundedPreceding: int = _JAVA_MIN_LONG
    unboundedFollowing: int = _JAVA_MAX_LONG
    currentRow: int = 0

    @staticmethod
    def partitionBy(*cols: str | Column | Sequence[str | Column]) -> WindowSpec:
        return _EMPTY.partitionBy(*cols)

    @staticmethod
    def orderBy(*cols: str | Column | Sequence[str | Column]) -> WindowSpec:
        return _EMPTY.orderBy(*cols)

    @staticmethod
    def rowsBetween(start: int, end: int) -> WindowSpec:
        return _EMPTY.rowsBetween(start, end)

    @staticmethod
    def rangeBetween(start: int, end: int) -> WindowSpec:
        return _EMPTY.rangeBetween(start, end)

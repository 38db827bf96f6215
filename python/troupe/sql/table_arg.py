"""A DataFrame as argument of a table function: `df.asTable()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe.errors.exceptions.captured import failure
from troupe.sql import _expr
from troupe.sql.column import to_expr

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

__all__ = ["TableArg"]


class TableArg:
    """The rows of a DataFrame, partitioned and ordered."""

    def __init__(
        self,
        frame: DataFrame,
        partition_by: list[_expr.Expr] | None = None,
        order_by: list[_expr.Expr] | None = None,
        single: bool = False,
    ) -> None:
        self._frame = frame
        self._partition_by = partition_by or []
        self._order_by = order_by or []
        self._single = single

    def _tree(self) -> _expr.Expr:
        return {
            "plan": self._frame._plan_id,
            "partitionBy": self._partition_by,
            "orderBy": self._order_by,
            "single": self._single,
        }

    @property
    def _is_partitioned(self) -> bool:
        return self._single or bool(self._partition_by)

    def partitionBy(self, *cols: Any) -> TableArg:
        """Rows of equal values go to one instance of the function."""
        if self._is_partitioned:
            raise _refused("Cannot call partitionBy() after partitionBy() or withSinglePartition() has been called.")
        return TableArg(self._frame, [to_expr(c) for c in _flat(cols)], self._order_by)

    def orderBy(self, *cols: Any) -> TableArg:
        """The order within each partition."""
        if not self._is_partitioned:
            raise _refused("Please call partitionBy() or withSinglePartition() before orderBy().")
        trees = self._order_by + [to_expr(c) for c in _flat(cols)]
        return TableArg(self._frame, self._partition_by, trees, self._single)

    def withSinglePartition(self) -> TableArg:
        """All rows go to one instance of the function."""
        if self._is_partitioned:
            raise _refused(
                "Cannot call withSinglePartition() after partitionBy() or withSinglePartition() has been called."
            )
        return TableArg(self._frame, order_by=self._order_by, single=True)


def _flat(cols: tuple[Any, ...]) -> Any:
    return cols[0] if len(cols) == 1 and isinstance(cols[0], list) else cols


def _refused(text: str) -> Exception:
    return failure("IllegalArgumentException", "INVALID_TABLE_ARGUMENT", "22023", text)

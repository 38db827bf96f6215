"""Partition transforms for `DataFrameWriterV2.partitionedBy`."""

from __future__ import annotations

from troupe.errors import PySparkTypeError
from troupe.sql import _expr
from troupe.sql.column import Column, to_expr

ColumnOrName = Column | str


def years(col: ColumnOrName) -> Column:
    """Partitions by year."""
    return Column(_expr.call("years", [to_expr(col)]))


def months(col: ColumnOrName) -> Column:
    """Partitions by month."""
    return Column(_expr.call("months", [to_expr(col)]))


def days(col: ColumnOrName) -> Column:
    """Partitions by day."""
    return Column(_expr.call("days", [to_expr(col)]))


def hours(col: ColumnOrName) -> Column:
    """Partitions by hour."""
    return Column(_expr.call("hours", [to_expr(col)]))


def bucket(numBuckets: Column | int, col: ColumnOrName) -> Column:
    """Partitions by a hash."""
    if not isinstance(numBuckets, (int, Column)):
        raise PySparkTypeError(
            errorClass="NOT_EXPECTED_TYPE",
            messageParameters={
                "expected_type": "Column or int",
                "arg_name": "numBuckets",
                "arg_type": type(numBuckets).__name__,
            },
        )
    number = numBuckets._expr if isinstance(numBuckets, Column) else _expr.literal(numBuckets)
    return Column(_expr.call("bucket", [number, to_expr(col)]))

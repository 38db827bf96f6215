"""The rows that a table function gives: their shape is checked and they become Arrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkRuntimeError
from troupe.sql import types as T

Check = Callable[[Any], None]


class RowChecks:
    """Checks rows against the promised columns."""

    def __init__(self, returns: Any, zone: str, arrow: bool) -> None:
        self._returns = returns
        self._zone = zone
        self._arrow = arrow
        self._width = len(returns.fields)
        self._names = returns.names
        self.nothing = (None,) * self._width
        self._nulls = [_null_check(field.dataType, i) for i, field in enumerate(returns.fields)]
        self._required = [i for i, field in enumerate(returns.fields) if not field.nullable]
        self._checks_nulls = bool(self._required) or any(self._nulls)

    def checked(self, row: Any, method: str) -> tuple[Any, ...]:
        """The row as a tuple of as many values as there are columns."""
        if row is None:
            return self.nothing
        if self._arrow:
            if not isinstance(row, tuple) and self._width == 1 and not isinstance(row, (list, dict)):
                row = (row,)
        elif not (isinstance(row, (list, dict, tuple)) or hasattr(row, "__UDT__")):
            raise PySparkRuntimeError(
                errorClass="UDTF_INVALID_OUTPUT_ROW_TYPE",
                messageParameters={"type": type(row).__name__, "func": method},
            )
        if not isinstance(row, (tuple, list, dict)):
            raise self._conversion(row)
        if len(row) != self._width:
            raise PySparkRuntimeError(
                errorClass="UDTF_RETURN_SCHEMA_MISMATCH",
                messageParameters={"expected": str(self._width), "actual": str(len(row)), "func": method},
            )
        values = tuple(row.get(name) for name in self._names) if isinstance(row, dict) else tuple(row)
        if self._checks_nulls:
            for place in self._required:
                if values[place] is None:
                    _refuse_null(place)
            for value, check in zip(values, self._nulls, strict=True):
                if check is not None and value is not None:
                    check(value)
        return values

    def _conversion(self, data: Any) -> PySparkRuntimeError:
        return PySparkRuntimeError(
            errorClass="UDTF_ARROW_DATA_CONVERSION_ERROR",
            messageParameters={
                "data": str(data)[:1000],
                "schema": self._returns.simpleString(),
                "arrow_schema": str(self._returns.simpleString()),
            },
        )

    def batch(self, origins: list[int], rows: list[tuple[Any, ...]]) -> Any:
        """A record batch: where each row came from, then its columns."""
        import pyarrow as pa

        from troupe.worker.legacy import legacy_array
        from troupe.worker.values import to_array

        arrays = [pa.array(origins, type=pa.int32())]
        for position, field in enumerate(self._returns.fields):
            values = [row[position] for row in rows]
            if not self._arrow:
                arrays.append(legacy_array(values, field.dataType, self._zone))
                continue
            try:
                arrays.append(to_array(values, field.dataType, self._zone))
            except Exception as error:
                raise self._conversion(values) from error
        return pa.RecordBatch.from_arrays(arrays, names=[str(i) for i in range(len(arrays))])


def _refuse_null(column: int) -> None:
    raise PySparkRuntimeError(
        errorClass="UDTF_EXEC_ERROR",
        messageParameters={
            "method_name": "eval' or 'terminate",
            "error": f"Column {column} within a returned row had a value of None, either directly or within "
            "array/struct/map subfields, but the corresponding column type was declared as non-nullable; please "
            "update the UDTF to return a non-None value at this location or otherwise declare the column type as nullable.",
        },
    )


def _null_check(dt: Any, column: int) -> Check | None:
    """What looks for None where a nested type allows none; None when it allows it everywhere."""
    if isinstance(dt, T.ArrayType):
        return _elements(_null_check(dt.elementType, column), dt.containsNull, column)
    if isinstance(dt, T.MapType):
        keys = _elements(_null_check(dt.keyType, column), False, column)
        items = _elements(_null_check(dt.valueType, column), dt.valueContainsNull, column)

        def check_map(value: Any) -> None:
            if isinstance(value, dict):
                for check, members in ((keys, value.keys()), (items, value.values())):
                    if check is not None:
                        check(list(members))

        return check_map
    if isinstance(dt, T.StructType):
        checks = [_null_check(f.dataType, column) for f in dt.fields]
        nullable = [f.nullable for f in dt.fields]
        if all(nullable) and not any(checks):
            return None

        def check_struct(value: Any) -> None:
            members = [value.get(n) for n in dt.names] if isinstance(value, dict) else value
            if isinstance(members, (tuple, list)):
                for member, check, may_be_null in zip(members, checks, nullable, strict=False):
                    if member is None:
                        if not may_be_null:
                            _refuse_null(column)
                    elif check is not None:
                        check(member)

        return check_struct
    return None


def _elements(inner: Check | None, may_be_null: bool, column: int) -> Check | None:
    if inner is None and may_be_null:
        return None

    def check(value: Any) -> None:
        if isinstance(value, (list, tuple)):
            for element in value:
                if element is None:
                    if not may_be_null:
                        _refuse_null(column)
                elif inner is not None:
                    inner(element)

    return check

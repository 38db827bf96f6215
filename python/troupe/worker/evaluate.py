"""Columns from columns: scalar functions of every kind, and grouped aggregates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from troupe.errors import PySparkRuntimeError
from troupe.sql._rows import values
from troupe.util import PythonEvalType as Kind
from troupe.worker.functions import Functions
from troupe.worker.legacy import legacy_array
from troupe.worker.rowerror import RowError, shown
from troupe.worker.values import arrow_type, from_series, to_array, to_series

_PANDAS = {
    Kind.SQL_SCALAR_PANDAS_UDF,
    Kind.SQL_SCALAR_PANDAS_ITER_UDF,
    Kind.SQL_GROUPED_AGG_PANDAS_UDF,
    Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF,
}
_ITERATORS = {Kind.SQL_SCALAR_PANDAS_ITER_UDF, Kind.SQL_SCALAR_ARROW_ITER_UDF}
_ROWS = {Kind.SQL_BATCHED_UDF, Kind.SQL_ARROW_BATCHED_UDF}


class Columns:
    """The columns of a batch in the forms that functions ask for, each made once."""

    def __init__(self, batch: Any, types: list[Any], zone: str) -> None:
        self.batch = batch
        self._types = types
        self._zone = zone
        self._values: dict[int, list[Any]] = {}
        self._series: dict[int, Any] = {}

    def type(self, position: int) -> Any:
        return self._types[position]

    def values(self, position: int) -> list[Any]:
        if position not in self._values:
            self._values[position] = values(self.batch.column(position), self._types[position])
        return self._values[position]

    def series(self, position: int) -> Any:
        if position not in self._series:
            self._series[position] = to_series(self.batch.column(position), self._types[position], self._zone)
        return self._series[position]


def parsed_types(work: dict[str, Any]) -> list[Any]:
    """The Spark types of the input's columns."""
    from troupe.sql.types import StructType

    return [field.dataType for field in StructType.fromJson(work["columns"]).fields]


def evaluate(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """Each call of the work gives one column of the result, row for row."""
    if any(call["kind"] in _ITERATORS for call in work["calls"]):
        _evaluate_iterators(work, functions, source, sink)
        return
    types = parsed_types(work)
    while (item := source.next()) is not None:
        columns = Columns(item[0], types, functions.zone)
        sink.write(_result([_column(call, columns, functions) for call in work["calls"]]))


def _result(columns: list[Any]) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays(columns, names=[str(i) for i in range(len(columns))])


def _column(call: dict[str, Any], columns: Columns, functions: Functions) -> Any:
    function = functions.get(call["fn"])
    rows = columns.batch.num_rows
    if call["kind"] in _ROWS:
        convert = legacy_array if call["kind"] == Kind.SQL_BATCHED_UDF else to_array
        return convert(_rows(call, columns, functions), function.returns, functions.zone)
    if call["kind"] in _PANDAS:
        return from_series(_pandas(call, columns, functions), function.returns, functions.zone, rows)
    arguments = [_arrow_argument(a, columns, functions) for a in call["args"]]
    with functions.measured(call["fn"]):
        result = _invoke(function.call, call, arguments)
    return _checked_arrow(result, function.returns, functions.zone, rows)


def _checked_arrow(result: Any, returns: Any, zone: str, rows: int) -> Any:
    import pyarrow as pa

    if isinstance(result, pa.ChunkedArray):
        result = result.combine_chunks()
    if not isinstance(result, pa.Array):
        raise TypeError(
            f"Return type of the user-defined function should be pyarrow.Array, but is {type(result).__name__}."
        )
    if len(result) != rows:
        raise ValueError(f"The length of the returned array is {len(result)}, but the input has {rows} rows.")
    wanted = arrow_type(returns, zone)
    return result if result.type == wanted else result.cast(wanted)


def _split(call: dict[str, Any], arguments: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    positional = [a for a, name in zip(arguments, call["names"], strict=True) if name is None]
    named = {name: a for a, name in zip(arguments, call["names"], strict=True) if name is not None}
    return positional, named


def _invoke(function: Callable[..., Any], call: dict[str, Any], arguments: list[Any]) -> Any:
    positional, named = _split(call, arguments)
    return function(*positional, **named)


def _rows(call: dict[str, Any], columns: Columns, functions: Functions) -> list[Any]:
    function = functions.get(call["fn"])
    arguments = [
        _rows(a["call"], columns, functions) if "call" in a else columns.values(a["column"]) for a in call["args"]
    ]
    positional, named = _split(call, arguments)
    apply = function.call
    if named:
        names = list(named)
        inner, count = apply, len(positional)

        def apply(*row: Any) -> Any:
            return inner(*row[:count], **dict(zip(names, row[count:], strict=True)))

    every = positional + list(named.values())
    with functions.measured(call["fn"]):
        return _applied(apply, function, every, columns.batch.num_rows)


def _applied(apply: Callable[..., Any], function: Any, every: list[list[Any]], rows: int) -> list[Any]:
    if not every:
        return [apply() for _ in range(rows)]
    iterators = [iter(argument) for argument in every]
    try:
        found = list(map(apply, *iterators))
        if len(found) < rows:  # `map` takes a function's StopIteration for its own end
            raise PySparkRuntimeError(
                errorClass="STOP_ITERATION_OCCURRED", messageParameters={"exc": f"in {function.call!r}"}
            )
        return found
    except Exception as error:
        # The first iterator has passed the failing row: what it has left tells which one that was.
        at = rows - iterators[0].__length_hint__() - 1
        raise RowError(error, shown(tuple(argument[at] for argument in every))) from error


def _pandas(call: dict[str, Any], columns: Columns, functions: Functions) -> Any:
    arguments = [
        _pandas(a["call"], columns, functions) if "call" in a else columns.series(a["column"]) for a in call["args"]
    ]
    function = functions.get(call["fn"]).call
    with functions.measured(call["fn"]):
        return _invoke(function, call, arguments)


def _arrow_argument(argument: dict[str, Any], columns: Columns, functions: Functions) -> Any:
    return (
        _column(argument["call"], columns, functions)
        if "call" in argument
        else columns.batch.column(argument["column"])
    )


def _evaluate_iterators(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """Functions from an iterator of batches to an iterator of results: called once, one result per batch."""
    types = parsed_types(work)
    [call] = work["calls"]
    function = functions.get(call["fn"])
    pandas = call["kind"] in _PANDAS
    sizes: list[int] = []

    def inputs() -> Iterator[Any]:
        while (item := source.next()) is not None:
            columns = Columns(item[0], types, functions.zone)
            sizes.append(item[0].num_rows)
            if pandas:
                arguments = [
                    _pandas(a["call"], columns, functions) if "call" in a else columns.series(a["column"])
                    for a in call["args"]
                ]
            else:
                arguments = [_arrow_argument(a, columns, functions) for a in call["args"]]
            yield arguments[0] if len(arguments) == 1 else tuple(arguments)

    for result in function.call(inputs()):
        if not sizes:
            raise ValueError("The user-defined function returned more batches than it was given.")
        rows = sizes.pop(0)
        column = (
            from_series(result, function.returns, functions.zone, rows)
            if pandas
            else _checked_arrow(result, function.returns, functions.zone, rows)
        )
        sink.write(_result([column]))
    source.drain()
    if sizes:
        raise ValueError("The user-defined function returned fewer batches than it was given.")


def aggregate(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """One row per group: each call sees the group's columns whole and returns one value."""
    types = parsed_types(work)
    while (item := source.next()) is not None:
        batch, offsets = item
        bounds = offsets or [0, batch.num_rows]
        results: list[list[Any]] = [[] for _ in work["calls"]]
        for start, end in zip(bounds, bounds[1:], strict=False):
            columns = Columns(batch.slice(start, end - start), types, functions.zone)
            for place, call in enumerate(work["calls"]):
                results[place].append(_aggregate(call, columns, functions))
        arrays = [
            to_array([_plain(v) for v in column], functions.get(call["fn"]).returns, functions.zone)
            for column, call in zip(results, work["calls"], strict=True)
        ]
        sink.write(_result(arrays))


def _aggregate(call: dict[str, Any], columns: Columns, functions: Functions) -> Any:
    kind = call["kind"]
    if kind in (Kind.SQL_GROUPED_AGG_PANDAS_UDF, Kind.SQL_WINDOW_AGG_PANDAS_UDF):
        return _pandas(call, columns, functions)
    pandas = kind == Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF
    arguments = [
        columns.series(a["column"]) if pandas else _arrow_argument(a, columns, functions) for a in call["args"]
    ]
    function = functions.get(call["fn"]).call
    with functions.measured(call["fn"]):
        if kind in (Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF, Kind.SQL_GROUPED_AGG_ARROW_ITER_UDF):
            return function(iter([arguments[0] if len(arguments) == 1 else tuple(arguments)]))
        return _invoke(function, call, arguments)


def _plain(value: Any) -> Any:
    """A scalar of numpy, pandas or Arrow as a Python value; pandas' missing values as None."""
    if hasattr(value, "as_py"):
        return value.as_py()
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        value = value.item()
    if isinstance(value, float) or value is None:
        return value
    import pandas as pd

    if value is pd.NaT or value is pd.NA:
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value

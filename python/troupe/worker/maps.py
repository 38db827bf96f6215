"""Functions over whole batches and groups: mapInPandas, mapInArrow, applyInPandas, applyInArrow and their cogrouped forms."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from troupe.util import PythonEvalType as Kind
from troupe.worker.evaluate import parsed_types
from troupe.worker.functions import Functions
from troupe.worker.values import GatheredFrames, arrow_type, copies_on_write, frame_to_batch, to_series


def _frame(batch: Any, names: list[str], types: list[Any], zone: str) -> Any:
    import pandas as pd

    series = [to_series(batch.column(i), dt, zone) for i, dt in enumerate(types)]
    if not series:
        return pd.DataFrame(index=range(batch.num_rows))
    frame = (
        pd.concat(series, axis=1, copy=False)
        if all(isinstance(s, pd.Series) for s in series)
        else pd.DataFrame(dict(enumerate(series)))
    )
    frame.columns = names
    return frame


def _names(work: dict[str, Any]) -> list[str]:
    return [field["name"] for field in work["columns"]["fields"]]


def _arrow_batches(result: Any, returns: Any, zone: str) -> Iterator[Any]:
    """What an Arrow function returned, with its columns in the promised order and types."""
    import pyarrow as pa

    batches = (
        [result]
        if isinstance(result, pa.RecordBatch)
        else result.to_batches()
        if isinstance(result, pa.Table)
        else None
    )
    if batches is None:
        raise TypeError(
            f"Return type of the user-defined function should be pyarrow.RecordBatch or pyarrow.Table, but is {type(result).__name__}."
        )
    names = [field.name for field in returns.fields]
    for batch in batches:
        missing = [name for name in names if name not in batch.schema.names]
        unexpected = [name for name in batch.schema.names if name not in names]
        if missing or unexpected:
            raise ValueError(
                "Column names of the returned pyarrow.Table or pyarrow.RecordBatch do not match specified schema."
                + (f" Missing: {', '.join(missing)}." if missing else "")
                + (f" Unexpected: {', '.join(unexpected)}." if unexpected else "")
            )
        columns = []
        for field in returns.fields:
            wanted = arrow_type(field.dataType, zone)
            column = batch.column(field.name)
            columns.append(column if column.type == wanted else column.cast(wanted))
        yield pa.RecordBatch.from_arrays(columns, names=names)


def map_batches(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """The function turns an iterator of batches into another, of any length."""
    function = functions.get(work["fn"])
    types, names, zone = parsed_types(work), _names(work), functions.zone
    pandas = work["kind"] == Kind.SQL_MAP_PANDAS_ITER_UDF

    def inputs() -> Iterator[Any]:
        while (item := source.next()) is not None:
            yield _frame(item[0], names, types, zone) if pandas else item[0].rename_columns(names)

    results = function.call(inputs())
    if not hasattr(results, "__iter__"):
        shape = "pandas.DataFrame" if pandas else "pyarrow.RecordBatch"
        raise TypeError(
            f"Return type of the user-defined function should be iterator of {shape}, but is {type(results).__name__}."
        )
    for result in results:
        if pandas:
            sink.write(frame_to_batch(result, function.returns, zone))
        else:
            for batch in _arrow_batches(result, function.returns, zone):
                sink.write(batch)


def _rows(frame: Any, start: int, end: int) -> Any:
    """Some rows as a DataFrame of their own, numbered from 0."""
    import pandas as pd

    rows = frame.iloc[start:end]
    if not copies_on_write():
        return rows.reset_index(drop=True)
    rows.index = pd.RangeIndex(end - start)
    return rows


def _arity(function: Any) -> int:
    """How many positional parameters a function has."""
    return sum(
        1
        for p in inspect.signature(function).parameters.values()
        if p.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    )


def _key(batch: Any, positions: list[int], types: list[Any], pandas: bool, zone: str) -> tuple[Any, ...]:
    """The key as users see it: Arrow scalars, or what pandas has in a Series of them."""
    first = batch.slice(0, 1)
    if not pandas:
        return tuple(first.column(p)[0] for p in positions)
    return tuple(to_series(first.column(p), types[p], zone).iloc[0] for p in positions)


def map_groups(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """The function turns each group into any number of rows."""
    import pyarrow as pa

    function = functions.get(work["fn"])
    types, names, zone = parsed_types(work), _names(work), functions.zone
    keys, arguments = work["keys"], work["arguments"]
    argument_names = [names[p] for p in arguments]
    argument_types = [types[p] for p in arguments]
    pandas = work["kind"] in (Kind.SQL_GROUPED_MAP_PANDAS_UDF, Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF)
    iterates = work["kind"] in (Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF, Kind.SQL_GROUPED_MAP_ARROW_ITER_UDF)
    with_key = _arity(function.call) == 2
    while (item := source.next()) is not None:
        batch, offsets = item
        selected = pa.RecordBatch.from_arrays([batch.column(p) for p in arguments], names=argument_names)
        whole = _frame(selected, argument_names, argument_types, zone) if pandas else None
        frames, tables = GatheredFrames(function.returns, zone), list[Any]()
        bounds = offsets or [0, batch.num_rows]
        for start, end in zip(bounds, bounds[1:], strict=False):
            if pandas:
                group = _rows(whole, start, end)
            else:
                group = (
                    selected.slice(start, end - start)
                    if iterates
                    else pa.Table.from_batches([selected.slice(start, end - start)])
                )
            given = iter([group]) if iterates else group
            key = _key(batch.slice(start, 1), keys, types, pandas, zone) if with_key else None
            result = function.call(key, given) if with_key else function.call(given)
            for part in result if iterates else [result]:
                if pandas:
                    frames.add(part)
                else:
                    tables.extend(_arrow_batches(part, function.returns, zone))
        _write_all(frames.batches() if pandas else tables, sink)


def _write_all(results: list[Any], sink: Any) -> None:
    """Many small batches as one."""
    import pyarrow as pa

    results = [result for result in results if result.num_rows]
    if results:
        for batch in pa.Table.from_batches(results).combine_chunks().to_batches():
            sink.write(batch)


def map_cogroups(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """The function turns two groups of the same key into any number of rows. Batches come in pairs: left, then right."""
    import pyarrow as pa

    function = functions.get(work["fn"])
    zone = functions.zone
    pandas = work["kind"] == Kind.SQL_COGROUPED_MAP_PANDAS_UDF
    with_key = _arity(function.call) == 3
    sides = [(side, parsed_types(side), _names(side)) for side in (work["left"], work["right"])]
    while (left := source.next()) is not None:
        right = source.next()
        groups, key = [], None
        for (side, types, names), item in zip(sides, (left, right), strict=True):
            batch = item[0]
            if key is None and batch.num_rows:
                key = _key(batch, side["keys"], types, pandas, zone)
            arguments = side["arguments"]
            selected = pa.RecordBatch.from_arrays(
                [batch.column(p) for p in arguments], names=[names[p] for p in arguments]
            )
            if pandas:
                groups.append(_frame(selected, selected.schema.names, [types[p] for p in arguments], zone))
            else:
                groups.append(pa.Table.from_batches([selected]))
        result = function.call(key, *groups) if with_key else function.call(*groups)
        results = (
            [frame_to_batch(result, function.returns, zone)]
            if pandas
            else list(_arrow_batches(result, function.returns, zone))
        )
        _write_all(results, sink)

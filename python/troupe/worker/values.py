"""Between Python values, pandas and Arrow, by Spark's types."""

from __future__ import annotations

import datetime
import decimal
import functools
from collections.abc import Callable
from typing import Any

from troupe.sql import types as T
from troupe.sql._arrow_types import to_arrow_type

Converter = Callable[[Any], Any]

_TEXTS = {str, type(None)}
"""Types of values that need no conversion to text."""


def arrow_type(returns: Any, zone: str) -> Any:
    """The Arrow type in which values of a Spark type cross the pipe."""
    return to_arrow_type(returns)


def to_array(results: list[Any], returns: Any, zone: str) -> Any:
    """Python values as an Arrow array of the promised type."""
    import pyarrow as pa

    wanted = arrow_type(returns, zone)
    convert = _converter(returns)
    if convert is not None and not (isinstance(returns, T.StringType) and set(map(type, results)) <= _TEXTS):
        results = [None if value is None else convert(value) for value in results]
    try:
        return pa.array(results, type=wanted)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array(results).cast(wanted, safe=True)


def _converter(dt: Any) -> Converter | None:
    """How a Python value of a type is made ready for Arrow; None when nothing has to be done."""
    if isinstance(dt, T.UserDefinedType):
        inner = _converter(dt.sqlType())
        return (lambda value: inner(dt.serialize(value))) if inner else dt.serialize
    if isinstance(dt, T.StringType):
        return lambda value: value if isinstance(value, str) else _text(value)
    if isinstance(dt, T.BinaryType):
        return bytes
    if isinstance(dt, T.TimestampType):
        return lambda value: value.astimezone(datetime.UTC)
    if isinstance(dt, T.DecimalType):
        return lambda value: value if isinstance(value, decimal.Decimal) else _decimal(value)
    if isinstance(dt, T.ArrayType):
        element = _converter(dt.elementType)
        return list if element is None else (lambda value: [None if v is None else element(v) for v in value])
    if isinstance(dt, T.MapType):
        return _map_converter(dt)
    if isinstance(dt, T.StructType):
        return _struct_converter(dt)
    return None


def _text(value: Any) -> str:
    """Spark turns other values into text as the JVM writes them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _decimal(value: Any) -> decimal.Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        return decimal.Decimal(value)
    raise TypeError(f"a decimal.Decimal is needed, not {type(value).__name__} ({value!r})")


def _map_converter(dt: Any) -> Converter:
    key = _converter(dt.keyType) or (lambda k: k)
    value = _converter(dt.valueType) or (lambda v: v)
    return lambda entries: [(key(k), None if v is None else value(v)) for k, v in entries.items()]


def _struct_converter(dt: Any) -> Converter:
    names = dt.names
    converters = [_converter(field.dataType) for field in dt.fields]

    def ready(position: int, value: Any) -> Any:
        convert = converters[position]
        return value if value is None or convert is None else convert(value)

    def convert(value: Any) -> dict[str, Any]:
        if isinstance(value, tuple):
            if len(value) != len(names):
                raise ValueError(
                    f"a struct of {len(names)} fields is needed, the function returned {len(value)} values"
                )
            return {name: ready(i, value[i]) for i, name in enumerate(names)}
        given = value if isinstance(value, dict) else vars(value)
        return {name: ready(i, given.get(name)) for i, name in enumerate(names)}

    return convert


def to_series(column: Any, dt: Any, zone: str) -> Any:
    """An Arrow array as pandas shows it to users: a Series, or a DataFrame for a struct."""
    import pandas as pd

    if isinstance(dt, T.StructType):
        fields = column.flatten()
        return pd.DataFrame({f.name: to_series(fields[i], f.dataType, zone) for i, f in enumerate(dt.fields)})
    if isinstance(dt, T.TimestampType):
        series = column.to_pandas(timestamp_as_object=False)
        return series.dt.tz_convert(zone).dt.tz_localize(None) if getattr(series.dt, "tz", None) else series
    if isinstance(dt, (T.ArrayType, T.MapType)):
        from troupe.sql._rows import values

        return pd.Series(values(column, dt), dtype=object) if isinstance(dt, T.MapType) else column.to_pandas()
    return column.to_pandas(date_as_object=True)


def from_series(series: Any, returns: Any, zone: str, rows: int | None) -> Any:
    """What a pandas function returned as an Arrow array."""
    import pyarrow as pa

    array = _array_of(series, returns, zone, rows)
    # Text that pandas has concatenated lies in pieces.
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _array_of(series: Any, returns: Any, zone: str, rows: int | None) -> Any:
    import pandas as pd
    import pyarrow as pa

    if isinstance(returns, T.StructType):
        if not isinstance(series, pd.DataFrame):
            raise TypeError(
                f"Return type of the user-defined function should be pandas.DataFrame, but is {type(series).__name__}."
            )
        return frame_to_struct(series, returns, zone)
    if not hasattr(series, "__len__"):
        raise TypeError(
            f"Return type of the user-defined function should be pandas.Series, but is {type(series).__name__}."
        )
    if rows is not None and len(series) != rows:
        raise ValueError(f"The length of the returned Series is {len(series)}, but the input has {rows} rows.")
    if not isinstance(series, pd.Series):
        series = pd.Series(series)
    wanted = arrow_type(returns, zone)
    if isinstance(returns, T.TimestampType) and pd.api.types.is_datetime64_any_dtype(series.dtype):
        series = series.dt.tz_localize(zone) if series.dt.tz is None else series
        return pa.Array.from_pandas(series).cast(wanted, safe=False)
    if isinstance(returns, T.StringType) and series.dtype == object:
        try:
            return pa.Array.from_pandas(series, type=wanted)
        except (pa.ArrowTypeError, pa.ArrowInvalid):
            return pa.array([None if pd.isna(v) else _text(v) for v in series], type=wanted)
    if isinstance(returns, (T.ArrayType, T.MapType)):
        return to_array([None if v is None else v for v in series], returns, zone)
    try:
        return pa.Array.from_pandas(series, type=wanted)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.Array.from_pandas(series).cast(wanted, safe=True)


def frame_to_struct(frame: Any, returns: Any, zone: str) -> Any:
    """A DataFrame as a struct array of the promised fields, matched by name, or by position when its columns have no names."""
    import pyarrow as pa

    batch = frame_to_batch(frame, returns, zone)
    return pa.StructArray.from_arrays(batch.columns, fields=list(batch.schema))


def frame_to_batch(frame: Any, returns: Any, zone: str) -> Any:
    """A DataFrame as a record batch of the promised columns."""
    import pyarrow as pa

    columns = promised_columns(frame, returns)
    arrays = [
        from_series(columns[i], field.dataType, zone, None)
        if columns
        else pa.array([], arrow_type(field.dataType, zone))
        for i, field in enumerate(returns.fields)
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[field.name for field in returns.fields])


@functools.cache
def copies_on_write() -> bool:
    """Whether writing to a part of a DataFrame, or to what a part was taken from, leaves the other as it was (pandas 3)."""
    import pandas as pd

    return int(pd.__version__.partition(".")[0]) >= 3


def promised_columns(frame: Any, returns: Any) -> list[Any]:
    """The columns of a DataFrame in the order of the promised fields: matched by name, or by position when they have no names.

    A DataFrame without columns and rows stands for no rows of any columns: it has none.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise TypeError(
            f"Return type of the user-defined function should be pandas.DataFrame, but is {type(frame).__name__}."
        )
    labels = frame.columns.tolist()
    names = [field.name for field in returns.fields]
    if not labels and not len(frame):
        return []
    if labels and all(isinstance(label, str) for label in labels):
        if labels != names:
            _expect_names(labels, names)
        return [frame[name] for name in names]
    if len(labels) != len(names):
        raise ValueError(
            "Number of columns of the returned pandas.DataFrame doesn't match specified schema. "
            f"Expected: {len(names)} Actual: {len(labels)}"
        )
    return [frame.iloc[:, position] for position in range(len(names))]


def _expect_names(labels: list[str], names: list[str]) -> None:
    missing = [name for name in names if name not in labels]
    unexpected = [label for label in labels if label not in names]
    if missing or unexpected:
        raise ValueError(
            "Column names of the returned pandas.DataFrame do not match specified schema."
            + (f" Missing: {', '.join(missing)}." if missing else "")
            + (f" Unexpected: {', '.join(unexpected)}." if unexpected else "")
        )


class GatheredFrames:
    """The DataFrames that a function returned for many small groups, made Arrow together: converting costs per column, not per row."""

    def __init__(self, returns: Any, zone: str) -> None:
        self._returns = returns
        self._zone = zone
        self._dtypes: list[Any] = []
        self._parts: list[list[Any]] = []
        self._batches: list[Any] = []

    def add(self, frame: Any) -> None:
        """Takes the next DataFrame; raises when its columns are not the promised ones."""
        columns = promised_columns(frame, self._returns)
        if not len(frame):
            return
        # Parts of one type alone come together: pandas would widen others to a common one.
        dtypes = [column.dtype for column in columns] if all(column.ndim == 1 for column in columns) else None
        if dtypes is None or dtypes != self._dtypes:
            self._convert()
        if dtypes is None:
            self._batches.append(frame_to_batch(frame, self._returns, self._zone))
            return
        self._dtypes = dtypes
        self._parts.append(columns)
        if not copies_on_write():
            self._convert()

    def batches(self) -> list[Any]:
        """All that was taken, in order."""
        self._convert()
        return self._batches

    def _convert(self) -> None:
        import pyarrow as pa

        parts, self._parts = self._parts, []
        if parts:
            columns = [
                from_series(_together(column), field.dataType, self._zone, None)
                for column, field in zip(zip(*parts, strict=True), self._returns.fields, strict=True)
            ]
            names = [field.name for field in self._returns.fields]
            self._batches.append(pa.RecordBatch.from_arrays(columns, names=names))


def _together(parts: Any) -> Any:
    """Series of one type, one after the other."""
    import numpy as np
    import pandas as pd

    if isinstance(parts[0].dtype, np.dtype):
        return pd.Series(np.concatenate([part.to_numpy() for part in parts]))  # a tenth of what pandas takes
    return pd.concat(parts, ignore_index=True)

"""Arrow columns to Python values and rows, a column at a time, with as little Python code per value as can be."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import gc
import time
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

from troupe.sql._types import atomic
from troupe.sql._types.atomic import (
    CharType,
    DataType,
    DecimalType,
    IntegralType,
    StringType,
    TimeType,
    VarcharType,
)
from troupe.sql._types.intervals import CalendarIntervalType, DayTimeIntervalType, YearMonthIntervalType
from troupe.sql._types.nested import ArrayType, MapType, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType
from troupe.sql._types.row import Row, row_maker

Values = list[Any]

_WIDE_ENOUGH = decimal.Context(prec=40)  # for any 128 bits, so that moving the point never rounds


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Rows hold no cycles, but the collector walks them all again and again while they are made: it waits."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def rows(batch: Any, schema: StructType) -> list[Row]:
    """The rows of an Arrow record batch or table."""
    with _without_collections():
        return _rows(batch, schema)


def _rows(batch: Any, schema: StructType) -> list[Row]:
    make = row_maker(tuple(schema.names))
    if not schema.fields:
        return [make(()) for _ in range(batch.num_rows)]
    columns = [values(batch.column(i), f.dataType) for i, f in enumerate(schema.fields)]
    return list(map(make, zip(*columns, strict=True)))


def values(column: Any, dt: DataType) -> Values:
    """The Python values of an Arrow array, None for nulls."""
    if hasattr(column, "chunks"):
        chunks = column.chunks
        if len(chunks) != 1:
            return [v for chunk in chunks for v in values(chunk, dt)]
        column = chunks[0]
    if hasattr(column, "dictionary"):
        return _dictionary(column, dt)
    if column.null_count == len(column):
        return [None] * len(column)
    return _converter(dt)(column, dt)


def _dictionary(column: Any, dt: DataType) -> Values:
    known = values(column.dictionary, dt)
    indices = _raw(column.indices, column.indices.type.to_pandas_dtype()).tolist()
    if column.null_count:
        known.append(None)
        for i in _null_positions(column.indices):
            indices[i] = -1
    return list(map(known.__getitem__, indices))


def _raw(column: Any, dtype: Any) -> Any:
    """The buffer of a fixed-width array; what lies at nulls is undefined."""
    import numpy as np

    return np.frombuffer(column.buffers()[1], dtype=dtype, count=column.offset + len(column))[column.offset :]


def _bits(buffer: Any, offset: int, count: int) -> Any:
    import numpy as np

    return np.unpackbits(np.frombuffer(buffer, np.uint8), count=offset + count, bitorder="little")[offset:]


def _null_positions(column: Any) -> Values:
    import numpy as np

    validity = column.buffers()[0]
    return [] if validity is None else np.flatnonzero(_bits(validity, column.offset, len(column)) == 0).tolist()


def _patch(found: Values, column: Any) -> Values:
    if column.null_count:
        for i in _null_positions(column):
            found[i] = None
    return found


def _numbers(column: Any, dt: DataType) -> Values:
    return _patch(_raw(column, column.type.to_pandas_dtype()).tolist(), column)


def _booleans(column: Any, dt: DataType) -> Values:
    return _patch(_bits(column.buffers()[1], column.offset, len(column)).astype(bool).tolist(), column)


def _objects(column: Any, dt: DataType) -> Values:
    """Arrow's `to_numpy` would be no faster for texts, and loads pandas: the better part of a small script's time."""
    return column.to_pylist()


def _decimals(column: Any, dt: DataType) -> Values:
    if column.type.bit_width != 128:
        return column.to_pylist()
    words = _raw(column, "<i8,<i8")
    low, high = words["f0"], words["f1"]
    if (high == low >> 63).all():
        unscaled = low.tolist()
    else:
        unscaled = [(h << 64) | n for h, n in zip(high.tolist(), low.view("<u8").tolist(), strict=True)]
    exponent = repeat(-column.type.scale)
    return _patch(list(map(_WIDE_ENOUGH.scaleb, map(decimal.Decimal, unscaled), exponent)), column)


def _dates(column: Any, dt: DataType) -> Values:
    return _patch(_raw(column, "int32").astype("datetime64[D]").tolist(), column)


def _micros(column: Any) -> Any:
    unit, integers = column.type.unit, _raw(column, "int64")
    if unit == "us":
        return integers
    return integers * {"s": 1_000_000, "ms": 1000}[unit] if unit != "ns" else integers // 1000


def _wall_clock(column: Any, dt: DataType) -> Values:
    return _patch(_micros(column).astype("datetime64[us]").tolist(), column)


def _process_is_utc() -> bool:
    return time.timezone == 0 and not time.daylight


def _instants(column: Any, dt: DataType) -> Values:
    if _process_is_utc():
        return _wall_clock(column, dt)
    local = datetime.datetime.fromtimestamp
    micros = _patch(_micros(column).tolist(), column)
    return [None if m is None else local(m // 1_000_000).replace(microsecond=m % 1_000_000) for m in micros]


def _durations(column: Any, dt: DataType) -> Values:
    return _patch(_micros(column).astype("timedelta64[us]").tolist(), column)


def _times(column: Any, dt: DataType) -> Values:
    convert = TimeType().fromInternal
    scale = 1 if column.type.unit == "ns" else 1000
    return _patch([convert(n * scale) for n in _raw(column, "int64").tolist()], column)


def _offsets(column: Any) -> list[int]:
    return column.offsets.to_numpy(zero_copy_only=False).tolist()


def _arrays(column: Any, dt: DataType) -> Values:
    assert isinstance(dt, ArrayType)
    items = values(column.values, dt.elementType)
    ends = _offsets(column)
    return _patch([items[a:b] for a, b in zip(ends, ends[1:], strict=False)], column)


def _maps(column: Any, dt: DataType) -> Values:
    assert isinstance(dt, MapType)
    keys, items = values(column.keys, dt.keyType), values(column.items, dt.valueType)
    ends = _offsets(column)
    found: Values = [dict(zip(keys[a:b], items[a:b], strict=True)) for a, b in zip(ends, ends[1:], strict=False)]
    return _patch(found, column)


def _structs(column: Any, dt: DataType) -> Values:
    assert isinstance(dt, StructType)
    make = row_maker(tuple(dt.names))
    if not dt.fields:
        return _patch([make(()) for _ in range(len(column))], column)
    parts = [values(column.field(i), f.dataType) for i, f in enumerate(dt.fields)]
    return _patch(list(map(make, zip(*parts, strict=True))), column)


def _variants(column: Any, dt: DataType) -> Values:
    from troupe.sql._types.variant import VariantVal

    binary = atomic.BinaryType()
    pairs = zip(values(column.field(0), binary), values(column.field(1), binary), strict=True)
    return _patch([None if v is None else VariantVal(v, m) for v, m in pairs], column)


def _user_defined(column: Any, dt: DataType) -> Values:
    assert isinstance(dt, UserDefinedType)
    return [None if v is None else dt.deserialize(v) for v in values(column, dt.sqlType())]


def _refused(column: Any, dt: DataType) -> Values:
    return [dt.fromInternal(v) for v in column.to_pylist()]


_CONVERTERS: list[tuple[type[DataType] | tuple[type[DataType], ...], Callable[[Any, Any], Values]]] = [
    ((IntegralType, atomic.FloatType, atomic.DoubleType), _numbers),
    (atomic.BooleanType, _booleans),
    ((StringType, CharType, VarcharType, atomic.BinaryType), _objects),
    (DecimalType, _decimals),
    (atomic.DateType, _dates),
    (atomic.TimestampType, _instants),
    (atomic.TimestampNTZType, _wall_clock),
    (DayTimeIntervalType, _durations),
    (TimeType, _times),
    (ArrayType, _arrays),
    (MapType, _maps),
    (StructType, _structs),
    (VariantType, _variants),
    (UserDefinedType, _user_defined),
    ((YearMonthIntervalType, CalendarIntervalType), _refused),
]


def _converter(dt: DataType) -> Callable[[Any, Any], Values]:
    for kind, convert in _CONVERTERS:
        if isinstance(dt, kind):
            return convert
    return _objects


class FrameReader:
    """A file of the frames of a stream, for pyarrow; it holds one frame at a time."""

    closed = False

    def __init__(self, frames: Iterator[bytes]) -> None:
        self._frames = frames
        self._current = memoryview(b"")

    def read(self, count: int = -1) -> bytes:
        parts = []
        while count:
            if not self._current:
                frame = next(self._frames, None)
                if frame is None:
                    break
                self._current = memoryview(frame)
            part = self._current if count < 0 else self._current[:count]
            parts.append(part)
            self._current = self._current[len(part) :]
            count -= len(part) if count > 0 else 0
        return b"".join(parts)

    def close(self) -> None:
        self._frames.close()  # type: ignore[attr-defined]
        self.closed = True


def record_batches(frames: Iterator[bytes]) -> Iterator[Any]:
    """The record batches of an Arrow stream, as it arrives."""
    import pyarrow as pa

    source = FrameReader(frames)
    try:
        with pa.ipc.open_stream(pa.PythonFile(source, mode="r")) as reader:
            yield from reader
    finally:
        source.close()


def whole_table(frames: Iterator[bytes]) -> Any:
    """An Arrow stream as one table."""
    import pyarrow as pa

    with pa.ipc.open_stream(pa.py_buffer(b"".join(frames))) as reader:
        return reader.read_all()

"""`createDataFrame`: Python data to an Arrow stream and a schema."""

from __future__ import annotations

import base64
import decimal
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql._arrow_types import from_arrow_schema, to_arrow_schema, to_arrow_type
from troupe.sql._types import atomic
from troupe.sql._types.atomic import DataType, DecimalType, StringType
from troupe.sql._types.infer import InferenceRules, _has_nulltype, _infer_schema, _merge_type
from troupe.sql._types.nested import ArrayType, MapType, StructField, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType
from troupe.sql._types.variant import VariantVal
from troupe.sql._types.verify import _create_converter, _make_type_verifier
from troupe.sql.column import not_expected

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

INLINE_LIMIT = 48 * 1024  # bytes of Arrow that go with the request itself, as base64
_BATCH_ROWS = 65_536


def create(session: SparkSession, data: Any, schema: Any, samplingRatio: float | None, verify: bool) -> DataFrame:
    from troupe.sql.dataframe import DataFrame

    if isinstance(data, DataFrame):
        raise PySparkTypeError(
            errorClass="INVALID_TYPE", messageParameters={"arg_name": "data", "arg_type": "DataFrame"}
        )
    if isinstance(schema, str):
        schema = DataType.fromDDL(schema)
    elif isinstance(schema, (list, tuple)):
        schema = [x if isinstance(x, str) else str(x) for x in schema]
    if (rdd := sys.modules.get("troupe.rdd.rdd")) is not None and isinstance(data, rdd.RDD):
        from troupe.sql._rdd_frames import frame_of

        return frame_of(session, data, schema, samplingRatio, verify)
    kind = type(data).__module__.split(".")[0]
    if kind == "numpy" and hasattr(data, "ndim"):
        data = _from_numpy(data, schema)
        kind = "pyarrow"
    if kind == "pandas" and hasattr(data, "columns"):
        return _from_pandas(session, data, schema)
    if kind == "pyarrow" and hasattr(data, "column_names"):
        return _from_arrow(session, data, schema)
    table, struct = _from_rows(session, data, schema, verify)
    return _uploaded(session, table, struct)


def _uploaded(session: SparkSession, table: Any, schema: StructType) -> DataFrame:
    """Sends the data, small with the request, large through the data channel, and makes a plan of it."""
    node: dict[str, Any] = {"n": "local", "schema": schema.jsonValue(), "rows": table.num_rows}
    if table.nbytes <= INLINE_LIMIT:
        content = b"".join(_stream(table))
        if len(content) <= INLINE_LIMIT:
            return session._plan({**node, "arrow": base64.b64encode(content).decode("ascii")})
    return session._plan({**node, "upload": session._gateway.upload(_stream(table))})


def _stream(table: Any) -> Iterator[bytes]:
    """The Arrow IPC stream of a table, piece by piece."""
    import pyarrow as pa

    sink = _Pieces()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        yield from sink.take()
        for batch in table.to_batches(max_chunksize=_BATCH_ROWS):
            writer.write_batch(batch)
            yield from sink.take()
    yield from sink.take()


class _Pieces:
    """A file whose content is taken away as it is written."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, content: Any) -> int:
        self._pieces.append(bytes(content))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> list[bytes]:
        taken, self._pieces = self._pieces, []
        return [p for p in taken if p]


# rows


def _from_rows(session: SparkSession, data: Iterable[Any], schema: Any, verify: bool) -> tuple[Any, StructType]:
    rows = list(data)
    if isinstance(schema, StructType):
        if verify:
            check = _make_type_verifier(schema)
            for row in rows:
                check(row)
        struct = schema
    elif isinstance(schema, DataType):
        if verify:
            check = _make_type_verifier(schema, name="field value")
            for row in rows:
                check(row)
        rows = [(row,) for row in rows]
        struct = StructType([StructField("value", schema)])
    elif schema is None or isinstance(schema, list):
        struct = _inferred(session, rows, schema)
    else:
        raise not_expected("list, None or StructType", "schema", schema)
    if any(isinstance(row, VariantVal) for row in rows):
        raise PySparkValueError(message="Rows cannot be of type VariantVal")
    convert = _create_converter(struct)
    tuples = [convert(row) for row in rows]
    if isinstance(schema, list):
        struct = StructType(
            [
                StructField(n, f.dataType, f.nullable, f.metadata)
                for n, f in zip(_padded(schema, struct), struct, strict=True)
            ]
        )
    return _table(tuples, struct), struct


def _padded(names: list[str], struct: StructType) -> list[str]:
    return [*names[: len(struct)], *(f.name for f in struct.fields[len(names) :])]


def _inferred(session: SparkSession, rows: list[Any], names: list[str] | None) -> StructType:
    if not rows:
        raise PySparkValueError(errorClass="CANNOT_INFER_EMPTY_SCHEMA", messageParameters={})
    setting = session.conf._known
    rules = InferenceRules(
        dict_as_struct=setting("spark.sql.pyspark.inferNestedDictAsStruct.enabled", "false") == "true",
        array_from_first=setting("spark.sql.pyspark.legacy.inferArrayTypeFromFirstElement.enabled", "false") == "true",
        map_from_first=setting("spark.sql.pyspark.legacy.inferMapTypeFromFirstPair.enabled", "false") == "true",
        prefer_ntz=setting("spark.sql.timestampType", "TIMESTAMP_LTZ") == "TIMESTAMP_NTZ",
    )
    known = None if names is None else list(names)
    struct = reduce(_merge_type, (_infer_schema(row, known, rules) for row in rows))
    if _has_nulltype(struct):
        raise PySparkValueError(errorClass="CANNOT_DETERMINE_TYPE", messageParameters={})
    return struct


def _table(tuples: list[Any], schema: StructType) -> Any:
    import pyarrow as pa

    arrow_schema = to_arrow_schema(schema)
    width = len(schema.fields)
    for row in tuples:
        if row is not None and len(row) != width:
            raise PySparkValueError(
                errorClass="LENGTH_SHOULD_BE_THE_SAME",
                messageParameters={
                    "arg1": "schema",
                    "arg2": "row",
                    "arg1_length": str(width),
                    "arg2_length": str(len(row)),
                },
            )
    columns = list(zip(*tuples, strict=True)) if tuples else [()] * width
    if not width:
        return pa.table({"": pa.nulls(len(tuples))}).select([])
    arrays = [_column(list(values), f) for values, f in zip(columns, schema.fields, strict=True)]
    return pa.Table.from_arrays(arrays, schema=arrow_schema)


def _column(values: list[Any], field: StructField) -> Any:
    import pyarrow as pa

    convert = _to_arrow_value(field.dataType)
    if convert is not None:
        values = [None if v is None else convert(v) for v in values]
    try:
        return pa.array(values, to_arrow_type(field.dataType))
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, TypeError) as error:
        raise PySparkTypeError(
            message=f"The column {field.name!r} cannot be stored as {field.dataType.simpleString()}: {error}. "
            "Give values of that type, or a schema that fits them."
        ) from error


def _to_arrow_value(dt: DataType) -> Callable[[Any], Any] | None:
    """What turns a Python value into one that pyarrow takes; None when it is one already."""
    if isinstance(dt, atomic.TimestampType):
        return dt.toInternal
    if isinstance(dt, atomic.TimestampNTZType):
        return lambda v: v.replace(tzinfo=None)
    if isinstance(dt, DecimalType):
        return _rescale(dt)
    if isinstance(dt, (atomic.DoubleType, atomic.FloatType)):
        return lambda v: float(v) if isinstance(v, (int, decimal.Decimal)) and not isinstance(v, bool) else v
    if isinstance(dt, StringType):
        return lambda v: v if isinstance(v, str) else str(v)
    if isinstance(dt, atomic.BinaryType):
        return bytes
    if isinstance(dt, atomic.TimeType):
        return dt.toInternal
    if isinstance(dt, VariantType):
        return dt.toInternal
    if isinstance(dt, UserDefinedType):
        inner = _to_arrow_value(dt.sqlType())
        return dt.serialize if inner is None else lambda v: inner(dt.serialize(v))
    return _nested_value(dt)


def _nested_value(dt: DataType) -> Callable[[Any], Any] | None:
    if isinstance(dt, ArrayType):
        element = _or_null(_to_arrow_value(dt.elementType))
        return lambda v: [element(x) for x in v]
    if isinstance(dt, MapType):
        key, item = _or_null(_to_arrow_value(dt.keyType)), _or_null(_to_arrow_value(dt.valueType))
        return lambda v: [(key(k), item(x)) for k, x in v.items()]
    if isinstance(dt, StructType):
        names = dt.names
        parts = [_or_null(_to_arrow_value(f.dataType)) for f in dt.fields]
        shape = _create_converter(dt)
        return lambda v: {n: c(x) for n, c, x in zip(names, parts, shape(v), strict=True)}
    return None


def _or_null(convert: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    if convert is None:
        return lambda v: v
    return lambda v: None if v is None else convert(v)


def _rescale(dt: DecimalType) -> Callable[[Any], Any]:
    step = decimal.Decimal(1).scaleb(-dt.scale)
    context = decimal.Context(prec=76, rounding=decimal.ROUND_HALF_UP)

    def rescale(value: Any) -> Any:
        if isinstance(value, decimal.Decimal):
            return None if value.is_nan() else value.quantize(step, context=context)
        return decimal.Decimal(value).quantize(step, context=context)

    return rescale


# NumPy, pandas, Arrow


def _from_numpy(data: Any, schema: Any) -> Any:
    import pyarrow as pa

    if data.ndim not in (1, 2):
        raise PySparkValueError(errorClass="INVALID_NDARRAY_DIMENSION", messageParameters={"dimensions": "1 or 2"})
    columns = [data] if data.ndim == 1 else [data[:, i] for i in range(data.shape[1])]
    if isinstance(schema, StructType):
        names = schema.names
    elif isinstance(schema, list):
        names = schema
    else:
        names = ["value"] if len(columns) == 1 else [f"_{i + 1}" for i in range(len(columns))]
    return pa.Table.from_arrays([pa.array(c) for c in columns], names=names)


def _prefers_ntz(session: SparkSession) -> bool:
    return session.conf._known("spark.sql.timestampType", "TIMESTAMP_LTZ") == "TIMESTAMP_NTZ"


def _from_pandas(session: SparkSession, pdf: Any, schema: Any) -> DataFrame:
    from troupe.sql._pandas import from_pandas, session_zone

    struct = schema if isinstance(schema, StructType) else None
    if isinstance(schema, DataType) and struct is None:
        struct = StructType([StructField("value", schema)])
    times = any(getattr(t, "kind", "") == "M" for t in pdf.dtypes) or struct is not None
    zone = session_zone(session) if times else "UTC"
    table = from_pandas(pdf, struct, zone, _prefers_ntz(session))
    return _typed_table(session, table, struct if struct is not None else schema)


def _from_arrow(session: SparkSession, table: Any, schema: Any) -> DataFrame:
    import pyarrow as pa

    from troupe.sql._pandas import session_zone

    naive = [i for i, f in enumerate(table.schema) if pa.types.is_timestamp(f.type) and f.type.tz is None]
    wants_instants = isinstance(schema, StructType) and any(
        isinstance(schema.fields[i].dataType, atomic.TimestampType) for i in naive if i < len(schema.fields)
    )
    if naive and wants_instants:
        import pyarrow.compute as pc

        zone = session_zone(session)
        for i in naive:
            if isinstance(schema.fields[i].dataType, atomic.TimestampType):
                instants = pc.assume_timezone(table.column(i), zone, ambiguous="earliest")
                table = table.set_column(i, table.schema.field(i).name, instants)
    return _typed_table(session, table, schema)


def _typed_table(session: SparkSession, table: Any, schema: Any) -> DataFrame:
    """The table under a given schema, or under names, or with the schema that its Arrow types tell."""
    if isinstance(schema, StructType):
        if len(schema.fields) != table.num_columns:
            raise PySparkValueError(
                errorClass="LENGTH_SHOULD_BE_THE_SAME",
                messageParameters={
                    "arg1": "schema",
                    "arg2": "data",
                    "arg1_length": str(len(schema.fields)),
                    "arg2_length": str(table.num_columns),
                },
            )
        struct = schema
    else:
        struct = from_arrow_schema(table.schema)
        if isinstance(schema, list):
            names = _padded(schema, struct)
            struct = StructType([StructField(n, f.dataType, f.nullable) for n, f in zip(names, struct, strict=True)])
    wanted = to_arrow_schema(struct)
    return _uploaded(session, table.rename_columns(struct.names).cast(wanted), struct)

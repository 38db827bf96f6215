"""Arrow tables to pandas, and the session's time zone on both roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe.sql._types.atomic import DataType, TimestampType
from troupe.sql._types.infer import _has_type
from troupe.sql._types.nested import ArrayType, MapType, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession


def session_zone(session: SparkSession) -> str:
    return str(session.conf.get("spark.sql.session.timeZone"))


def as_declared(table: Any, df: DataFrame) -> Any:
    """The table with exactly the types of the DataFrame's schema (instants in UTC)."""
    from troupe.sql._arrow_types import to_arrow_schema

    wanted = to_arrow_schema(df.schema)
    return table if table.schema.equals(wanted) else table.cast(wanted)


def to_pandas(table: Any, df: DataFrame) -> Any:
    """A pandas DataFrame as PySpark makes it: dates as objects, instants as naive times of the session's zone."""
    import pandas as pd

    schema = df.schema
    zone = session_zone(df.sparkSession) if _has_type(schema, TimestampType) else "UTC"
    if not schema.fields:
        return pd.DataFrame(index=range(table.num_rows))
    columns = [_series(table.column(i), f.dataType, zone) for i, f in enumerate(schema.fields)]
    frame = pd.concat(columns, axis="columns")
    frame.columns = pd.Index(schema.names)
    return frame


_NEEDS_PYTHON = (UserDefinedType, VariantType)


def _series(column: Any, dt: DataType, zone: str) -> Any:
    import pandas as pd

    if _has_type(dt, _NEEDS_PYTHON):
        from troupe.sql._rows import values

        return pd.Series(values(column, dt), dtype="object")
    series = column.to_pandas(date_as_object=True, maps_as_pydicts="strict")
    if isinstance(dt, TimestampType):
        if getattr(series.dtype, "tz", None) is None:
            series = series.dt.tz_localize("UTC")
        return series.dt.tz_convert(zone).dt.tz_localize(None)
    if isinstance(dt, (ArrayType, MapType, StructType)) and _has_type(dt, TimestampType):
        return series.map(lambda v: _localised(v, dt, zone))
    return series


def _localised(value: Any, dt: DataType, zone: str) -> Any:
    """Instants inside nested values as naive timestamps of the zone."""
    import numpy as np
    import pandas as pd

    if value is None:
        return None
    if isinstance(dt, TimestampType):
        moment = pd.Timestamp(value)
        moment = moment if moment.tzinfo is not None else moment.tz_localize("UTC")
        return moment.tz_convert(zone).tz_localize(None)
    if isinstance(dt, ArrayType):
        items = [_localised(v, dt.elementType, zone) for v in value]
        out = np.empty(len(items), dtype=object)
        out[:] = items
        return out
    if isinstance(dt, MapType):
        return {_localised(k, dt.keyType, zone): _localised(v, dt.valueType, zone) for k, v in value.items()}
    if isinstance(dt, StructType):
        return {f.name: _localised(value[f.name], f.dataType, zone) for f in dt.fields}
    return value


def from_pandas(pdf: Any, schema: StructType | None, zone: str, prefer_ntz: bool) -> Any:
    """An Arrow table of a pandas DataFrame; missing values become nulls, naive times instants of the session's zone."""
    import pyarrow as pa

    from troupe.sql._arrow_types import to_arrow_type

    arrays, names = [], []
    for i, (label, series) in enumerate(pdf.items()):
        wanted = schema.fields[i].dataType if schema is not None and i < len(schema.fields) else None
        series = _as_instants(series, wanted, zone, prefer_ntz)
        if hasattr(series.dtype, "categories"):
            series = series.astype(series.dtype.categories.dtype)
        target = None if wanted is None else to_arrow_type(wanted)
        arrays.append(_array(series, target))
        names.append(str(label))
    return pa.Table.from_arrays(arrays, names=names)


def _as_instants(series: Any, wanted: DataType | None, zone: str, prefer_ntz: bool) -> Any:
    import pandas as pd

    is_instant = isinstance(wanted, TimestampType) or (wanted is None and not prefer_ntz)
    if series.dtype == "object" and isinstance(wanted, TimestampType):
        series = pd.to_datetime(series)
    if getattr(series.dtype, "kind", "") != "M" or not is_instant:
        return series
    if getattr(series.dtype, "tz", None) is None:
        series = series.dt.tz_localize(zone, ambiguous=False)
    return series.dt.tz_convert("UTC")


def _array(series: Any, target: Any) -> Any:
    import pyarrow as pa

    if target is None:
        made = pa.Array.from_pandas(series)
        return _in_microseconds(made)
    if pa.types.is_map(target) and series.map(lambda v: isinstance(v, dict)).any():
        series = series.map(lambda v: list(v.items()) if isinstance(v, dict) else v)
    try:
        made = pa.Array.from_pandas(series, type=target, safe=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        made = pa.Array.from_pandas(series).cast(target, safe=False)
    return made


def _in_microseconds(array: Any) -> Any:
    import pyarrow as pa

    kind = array.type
    if pa.types.is_timestamp(kind) and kind.unit != "us":
        return array.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    if pa.types.is_duration(kind) and kind.unit != "us":
        return array.cast(pa.duration("us"), safe=False)
    return array

"""How values come back from functions that PySpark runs without Arrow (`useArrow=False`): a value of another type is null."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkValueError
from troupe.sql import types as T

Convert = Callable[[Any], Any]

_BITS: dict[type[Any], int] = {T.ByteType: 8, T.ShortType: 16, T.IntegerType: 32, T.LongType: 64}


def legacy_array(results: list[Any], returns: Any, zone: str) -> Any:
    """Python values as an Arrow array of the promised type."""
    from troupe.worker.values import to_array

    convert = _legacy(returns)
    return to_array([None if value is None else convert(value) for value in results], returns, zone)


def _legacy(dt: Any) -> Convert:
    if type(dt) in _BITS:
        return _integer(_BITS[type(dt)])
    if isinstance(dt, T.BooleanType):
        return lambda value: value if isinstance(value, bool) else None
    if isinstance(dt, (T.FloatType, T.DoubleType)):
        return lambda value: value if isinstance(value, float) else None
    if isinstance(dt, T.DecimalType):
        return _decimal(dt)
    if isinstance(dt, T.StringType):
        return java_text
    if isinstance(dt, T.BinaryType):
        return _binary
    if isinstance(dt, (T.DateType, T.TimestampType, T.TimestampNTZType, T.DayTimeIntervalType)):
        return _temporal(dt)
    return _nested(dt)


def _integer(bits: int) -> Convert:
    """Java narrows integers by dropping bits; what needs more than 64 is no long."""
    half, whole = 1 << (bits - 1), 1 << bits

    def convert(value: Any) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int) or not -(1 << 63) <= value < 1 << 63:
            return None
        return (value + half) % whole - half

    return convert


def _decimal(dt: Any) -> Convert:
    context = decimal.Context(prec=76, rounding=decimal.ROUND_HALF_UP)
    step = decimal.Decimal(1).scaleb(-dt.scale)

    def convert(value: Any) -> Any:
        if not isinstance(value, decimal.Decimal) or not value.is_finite():
            return None
        scaled = value.quantize(step, context=context)
        return scaled if len(scaled.as_tuple().digits) <= dt.precision else None

    return convert


def java_text(value: Any) -> str:
    """A value as Java's `toString` writes it, for the kinds that Python functions return."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{java_text(k)}={java_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(java_text(v) for v in value) + "]"
    if value is None:
        return "null"
    return str(value)


def _binary(value: Any) -> bytes | None:
    if isinstance(value, str):
        return value.encode("utf-8")
    return bytes(value) if isinstance(value, (bytes, bytearray)) else None


def _temporal(dt: Any) -> Convert:
    """PySpark turns these into numbers in Python, where a value of another type fails."""

    def convert(value: Any) -> Any:
        dt.toInternal(value)
        return value

    return convert


def _nested(dt: Any) -> Convert:
    if isinstance(dt, T.ArrayType):
        element = _or_null(_legacy(dt.elementType))
        return lambda value: [element(v) for v in value] if isinstance(value, (list, tuple)) else None
    if isinstance(dt, T.MapType):
        key, item = _or_null(_legacy(dt.keyType)), _or_null(_legacy(dt.valueType))
        return lambda value: {key(k): item(v) for k, v in value.items()} if isinstance(value, dict) else None
    if isinstance(dt, T.StructType):
        return _struct(dt)
    return lambda value: value


def _or_null(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _struct(dt: Any) -> Convert:
    parts = [_or_null(_legacy(field.dataType)) for field in dt.fields]

    def convert(value: Any) -> Any:
        if isinstance(value, dict):
            value = tuple(value.get(name) for name in dt.names)
        elif hasattr(value, "__dict__") and not isinstance(value, tuple):
            value = tuple(vars(value).get(name) for name in dt.names)
        if not isinstance(value, (tuple, list)):
            raise PySparkValueError(errorClass="UNEXPECTED_TUPLE_WITH_STRUCT", messageParameters={"tuple": str(value)})
        if len(value) != len(parts):
            raise ValueError(
                f"Input row doesn't have expected number of values required by the schema. {len(parts)} fields are "
                f"required while {len(value)} values are provided."
            )
        return tuple(part(one) for part, one in zip(parts, value, strict=True))

    return convert

"""Expression trees as the gateway takes them: plain dictionaries, never changed after they are made.

A tree is built without asking the JVM; it travels with the DataFrame call that uses it. `docs` of the gateway name every form.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import enum
import math
from typing import Any

from troupe._site import call_site
from troupe.errors import PySparkTypeError
from troupe.sql._types.atomic import DataType, DateType, TimestampType, TimeType
from troupe.sql._types.intervals import DayTimeIntervalType

Expr = dict[str, Any]

_INT = range(-(1 << 31), 1 << 31)
_LONG = range(-(1 << 63), 1 << 63)


def enum_to_value(value: Any) -> Any:
    """The value of an enum's member; anything else as it is."""
    return value.value if isinstance(value, enum.Enum) else value


def call(fn: str, args: list[Expr], distinct: bool = False) -> Expr:
    """A function or operator by its SQL name, with the user's line."""
    expr: Expr = {"e": "call", "fn": fn, "args": args}
    if distinct:
        expr["distinct"] = True
    return located(expr)


def located(expr: Expr) -> Expr:
    """Adds the user's line to a tree that was just made."""
    site = call_site()
    if site is not None:
        expr["site"] = site
    return expr


def name(text: str, plan: int | None = None) -> Expr:
    """A column by name, or a star; with `plan`, the column of that very DataFrame."""
    expr: Expr
    if text == "*":
        expr = {"e": "star"}
    elif text.endswith(".*"):
        expr = {"e": "star", "target": text[:-2]}
    else:
        expr = {"e": "col", "name": text}
    if plan is not None:
        expr["plan"] = plan
    return located(expr)


def literal(value: Any, data_type: str | None = None) -> Expr:
    """A constant. The value must be one that PySpark's `lit` accepts, lists excepted."""
    value = enum_to_value(value)
    if data_type is not None:
        return {"e": "lit", "value": value, "type": data_type}
    kind = _LITERALS.get(type(value))
    if kind is None:
        kind = next((found for cls, found in _LITERALS.items() if isinstance(value, cls)), None)
        if kind is None:
            raise PySparkTypeError(errorClass="UNSUPPORTED_LITERAL", messageParameters={"literal": str(value)})
    shown, named = kind(value)
    return {"e": "lit", "value": shown, "type": named}


def _whole(value: int) -> tuple[Any, str]:
    if value in _INT:
        return int(value), "int"
    if value in _LONG:
        return int(value), "bigint"
    return str(int(value)), f"decimal({len(str(abs(value)))},0)"


def _floating(value: float) -> tuple[Any, str]:
    if math.isfinite(value):
        return float(value), "double"
    return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity"), "double"


def _decimal(value: decimal.Decimal) -> tuple[Any, str]:
    if not value.is_finite():
        raise PySparkTypeError(errorClass="UNSUPPORTED_LITERAL", messageParameters={"literal": str(value)})
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    scale = max(-exponent, 0)
    precision = max(len(digits) + max(exponent, 0), scale)
    return format(value, "f"), f"decimal({precision},{scale})"


_LITERALS: dict[type, Any] = {
    bool: lambda v: (v, "boolean"),
    int: _whole,
    float: _floating,
    str: lambda v: (str(v), "string"),
    type(None): lambda v: (None, "void"),
    decimal.Decimal: _decimal,
    datetime.datetime: lambda v: (TimestampType().toInternal(v), "timestamp"),
    datetime.date: lambda v: (DateType().toInternal(v), "date"),
    datetime.time: lambda v: (TimeType().toInternal(v), "time(6)"),
    datetime.timedelta: lambda v: (DayTimeIntervalType().toInternal(v), "interval day to second"),
    bytes: lambda v: (base64.b64encode(v).decode("ascii"), "binary"),
    bytearray: lambda v: (base64.b64encode(v).decode("ascii"), "binary"),
}


def type_text(data_type: DataType | str) -> str:
    """A data type as text that the SQL parser of the JVM reads."""
    if isinstance(data_type, str):
        return data_type
    from troupe.sql._types.parse import _type_sql

    return _type_sql(data_type)

"""Single values as they stand in JSON answers: the forms of literals."""

from __future__ import annotations

import base64
import decimal
from typing import Any

from troupe.sql._types.atomic import BinaryType, DataType, DecimalType, DoubleType, FloatType
from troupe.sql._types.nested import ArrayType, MapType, StructType
from troupe.sql._types.row import _create_row


def from_wire(value: Any, dt: DataType) -> Any:
    """The Python value of a literal: decimals come as text, dates as days, arrays and structs as lists."""
    if value is None:
        return None
    if isinstance(dt, DecimalType):
        return decimal.Decimal(value)
    if isinstance(dt, BinaryType):
        return base64.b64decode(value)
    if isinstance(dt, (DoubleType, FloatType)):
        return float(value)
    if isinstance(dt, ArrayType):
        return [from_wire(v, dt.elementType) for v in value]
    if isinstance(dt, MapType):
        return {from_wire(k, dt.keyType): from_wire(v, dt.valueType) for k, v in value}
    if isinstance(dt, StructType):
        return _create_row(dt.names, [from_wire(v, f.dataType) for v, f in zip(value, dt.fields, strict=True)])
    return dt.fromInternal(value)

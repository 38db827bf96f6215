"""Data types from Python values."""

from __future__ import annotations

import array
import ctypes
import datetime
import decimal
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from troupe.errors import PySparkTypeError
from troupe.sql._types.atomic import (
    AtomicType,
    BinaryType,
    BooleanType,
    ByteType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    NullType,
    ShortType,
    StringType,
    TimestampNTZType,
    TimestampType,
    TimeType,
)
from troupe.sql._types.intervals import DayTimeIntervalType
from troupe.sql._types.nested import ArrayType, MapType, StructField, StructType
from troupe.sql._types.opaque import VariantType
from troupe.sql._types.variant import VariantVal

_type_mappings: dict[type, type[DataType]] = {
    type(None): NullType,
    bool: BooleanType,
    int: LongType,
    float: DoubleType,
    str: StringType,
    bytearray: BinaryType,
    bytes: BinaryType,
    decimal.Decimal: DecimalType,
    datetime.date: DateType,
    datetime.datetime: TimestampType,
    datetime.time: TimeType,
    datetime.timedelta: DayTimeIntervalType,
}


def _whole_number_of(bits: int) -> type[DataType] | None:
    for width, cls in ((8, ByteType), (16, ShortType), (32, IntegerType), (64, LongType)):
        if bits <= width:
            return cls
    return None


_array_signed_int_typecode_ctype_mappings = {
    "b": ctypes.c_byte, "h": ctypes.c_short, "i": ctypes.c_int, "l": ctypes.c_long,
}  # fmt: skip
_array_unsigned_int_typecode_ctype_mappings = {
    "B": ctypes.c_ubyte, "H": ctypes.c_ushort, "I": ctypes.c_uint, "L": ctypes.c_ulong,
}  # fmt: skip


def _array_types() -> dict[str, type[DataType]]:
    """Columns have no unsigned numbers: those need the next wider type."""
    found: dict[str, type[DataType]] = {"f": FloatType, "d": DoubleType, "u": StringType}
    for sizes, sign_bit in (
        (_array_signed_int_typecode_ctype_mappings, 0),
        (_array_unsigned_int_typecode_ctype_mappings, 1),
    ):
        for code, number in sizes.items():
            cls = _whole_number_of(ctypes.sizeof(number) * 8 + sign_bit)
            if cls is not None:
                found[code] = cls
    return found


_array_type_mappings = _array_types()

_NUMPY_NAMES: dict[str, type[DataType]] = {
    "bool": BooleanType,
    "int8": ByteType,
    "int16": ShortType,
    "int32": IntegerType,
    "int64": LongType,
    "float32": FloatType,
    "float64": DoubleType,
}


def _from_numpy_type(nt: Any) -> DataType | None:
    """The type of a NumPy dtype; None when there is none."""
    if nt.kind == "U":
        return StringType()
    cls = _NUMPY_NAMES.get(nt.name)
    return None if cls is None else cls()


@dataclass(frozen=True)
class InferenceRules:
    """The session's settings for inference."""

    dict_as_struct: bool = False
    array_from_first: bool = False
    map_from_first: bool = False
    prefer_ntz: bool = False


_DEFAULT_RULES = InferenceRules()


def _infer_type(obj: Any, rules: InferenceRules = _DEFAULT_RULES) -> DataType:
    """The type of a value; raises PySparkTypeError for a value that no type holds."""
    if obj is None:
        return NullType()
    if hasattr(obj, "__UDT__"):
        return obj.__UDT__
    cls = _type_mappings.get(type(obj))
    if cls is DecimalType:
        return DecimalType(38, 18)
    if cls is TimestampType and rules.prefer_ntz and obj.tzinfo is None:
        return TimestampNTZType()
    if cls is not None:
        return cls()
    if isinstance(obj, dict):
        return _infer_dict(obj, rules)
    if isinstance(obj, list):
        return _infer_list(obj, rules)
    if isinstance(obj, array.array):
        element = _array_type_mappings.get(obj.typecode)
        if element is None:
            raise PySparkTypeError(
                errorClass="UNSUPPORTED_DATA_TYPE", messageParameters={"data_type": f"array({obj.typecode})"}
            )
        return ArrayType(element(), False)
    if isinstance(obj, VariantVal):
        return VariantType()
    return _infer_other(obj, rules)


def _infer_other(obj: Any, rules: InferenceRules) -> DataType:
    if hasattr(obj, "dtype") and hasattr(obj, "item") and not hasattr(obj, "__dict__"):
        import numpy as np

        found = _from_numpy_type(obj.dtype)
        if isinstance(obj, np.generic) and found is not None:
            return found
        if isinstance(obj, np.ndarray) and found is not None:
            return ArrayType(found)
    try:
        return _infer_schema(obj, rules=rules)
    except TypeError:
        raise PySparkTypeError(
            errorClass="UNSUPPORTED_DATA_TYPE", messageParameters={"data_type": type(obj).__name__}
        ) from None


def _infer_dict(obj: dict[Any, Any], rules: InferenceRules) -> DataType:
    pairs = [(k, v) for k, v in obj.items() if k is not None and v is not None]
    if rules.dict_as_struct:
        return StructType([StructField(k, _infer_type(v, rules), True) for k, v in pairs])
    if rules.map_from_first:
        if not pairs:
            return MapType(NullType(), NullType(), True)
        return MapType(_infer_type(pairs[0][0], rules), _infer_type(pairs[0][1], rules), True)
    keys = reduce(_merge_type, (_infer_type(k, rules) for k in obj if k is not None), NullType())
    values = reduce(_merge_type, (_infer_type(v, rules) for v in obj.values() if v is not None), NullType())
    return MapType(keys, values, True)


def _infer_list(obj: list[Any], rules: InferenceRules) -> DataType:
    if not obj:
        return ArrayType(NullType(), True)
    if rules.array_from_first:
        return ArrayType(_infer_type(obj[0], rules), True)
    return ArrayType(reduce(_merge_type, (_infer_type(v, rules) for v in obj)), True)


def _infer_schema(row: Any, names: list[str] | None = None, rules: InferenceRules = _DEFAULT_RULES) -> StructType:
    """The struct type of a row: a dict, a Row or named tuple, a plain sequence, or an object with attributes."""
    fields = []
    for name, value in _named_values(row, names):
        try:
            fields.append(StructField(name, _infer_type(value, rules), True))
        except TypeError:
            raise PySparkTypeError(
                errorClass="CANNOT_INFER_TYPE_FOR_FIELD", messageParameters={"field_name": str(name)}
            ) from None
    return StructType(fields)


def _named_values(row: Any, names: list[str] | None) -> Iterable[tuple[Any, Any]]:
    if isinstance(row, dict):
        return sorted(row.items())
    if isinstance(row, (tuple, list)):
        if hasattr(row, "__fields__"):
            return zip(row.__fields__, tuple(row), strict=False)
        if hasattr(row, "_fields"):
            return zip(row._fields, tuple(row), strict=False)
        if names is None:
            names = [f"_{i}" for i in range(1, len(row) + 1)]
        elif len(names) < len(row):
            names.extend(f"_{i}" for i in range(len(names) + 1, len(row) + 1))
        return zip(names, row, strict=False)
    if hasattr(row, "__dict__"):
        return sorted(row.__dict__.items())
    raise PySparkTypeError(
        errorClass="CANNOT_INFER_SCHEMA_FOR_TYPE", messageParameters={"data_type": type(row).__name__}
    )


def _parts(dt: DataType) -> Iterable[DataType]:
    if isinstance(dt, StructType):
        return [f.dataType for f in dt.fields]
    if isinstance(dt, ArrayType):
        return [dt.elementType]
    return [dt.keyType, dt.valueType] if isinstance(dt, MapType) else []


def first_of_type(dt: DataType, wanted: type | tuple[type, ...]) -> DataType | None:
    """The type itself, or the first of its parts, that is of one of these classes."""
    if isinstance(dt, wanted):
        return dt
    return next((found for part in _parts(dt) if (found := first_of_type(part, wanted)) is not None), None)


def _has_type(dt: DataType, wanted: type | tuple[type, ...]) -> bool:
    return first_of_type(dt, wanted) is not None


def _has_nulltype(dt: DataType) -> bool:
    return _has_type(dt, NullType)


def _merge_type(a: DataType, b: DataType, name: str | None = None) -> Any:
    """The type that holds the values of both."""
    if isinstance(a, NullType) or (isinstance(a, TimestampNTZType) and isinstance(b, TimestampType)):
        return b
    if isinstance(b, NullType) or (isinstance(a, TimestampType) and isinstance(b, TimestampNTZType)):
        return a
    if isinstance(a, AtomicType) and isinstance(b, StringType):
        return b
    if isinstance(a, StringType) and isinstance(b, AtomicType):
        return a
    if type(a) is not type(b):
        raise PySparkTypeError(
            errorClass="CANNOT_MERGE_TYPE",
            messageParameters={"data_type1": type(a).__name__, "data_type2": type(b).__name__},
        )
    if isinstance(a, StructType) and isinstance(b, StructType):
        theirs = {f.name: f.dataType for f in b.fields}
        fields = [StructField(f.name, _merge_type(f.dataType, theirs.get(f.name, NullType()))) for f in a.fields]
        known = {f.name for f in fields}
        fields.extend(StructField(n, dt) for n, dt in theirs.items() if n not in known)
        return StructType(fields)
    if isinstance(a, ArrayType) and isinstance(b, ArrayType):
        return ArrayType(_merge_type(a.elementType, b.elementType), True)
    if isinstance(a, MapType) and isinstance(b, MapType):
        return MapType(_merge_type(a.keyType, b.keyType), _merge_type(a.valueType, b.valueType), True)
    return a

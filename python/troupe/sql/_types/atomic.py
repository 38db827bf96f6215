"""Data types without parts: numbers, text, dates, intervals."""

from __future__ import annotations

import calendar
import datetime
import json
import time
from typing import Any, ClassVar

JVM_INT_MAX = (1 << 31) - 1


class DataType:
    """Base class of all data types."""

    def __repr__(self) -> str:
        return self.__class__.__name__ + "()"

    def __hash__(self) -> int:
        return hash(str(self))

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, self.__class__) and self.__dict__ == other.__dict__

    def __ne__(self, other: Any) -> bool:
        return not self.__eq__(other)

    @classmethod
    def typeName(cls) -> str:
        return cls.__name__[:-4].lower()

    def simpleString(self) -> str:
        return self.typeName()

    def jsonValue(self) -> str | dict[str, Any]:
        return self.typeName()

    def json(self) -> str:
        return json.dumps(self.jsonValue(), separators=(",", ":"), sort_keys=True)

    def needConversion(self) -> bool:
        """Whether a value has another form inside rows that travel (days for dates, microseconds for timestamps)."""
        return False

    def toInternal(self, obj: Any) -> Any:
        return obj

    def fromInternal(self, obj: Any) -> Any:
        return obj

    def _as_nullable(self) -> DataType:
        return self

    @classmethod
    def fromDDL(cls, ddl: str) -> DataType:
        from troupe.sql._types.parse import _parse_datatype_string

        return _parse_datatype_string(ddl)

    def _tree_name(self) -> str:
        """The name that `printSchema` shows."""
        return self.typeName()

    def _tree(self, prefix: str, depth: int, out: list[str]) -> None:
        """Appends the lines of the parts, for nested types."""


class DataTypeSingleton(type):
    """Types without parameters have one instance."""

    _instances: ClassVar[dict[type, Any]] = {}

    def __call__(cls) -> Any:
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__()
        return cls._instances[cls]


class _Parameterised:
    """Types whose name carries parameters: `decimal(10,2)`."""

    def jsonValue(self) -> str:
        return self.simpleString()  # type: ignore[attr-defined]

    def _tree_name(self) -> str:
        return self.simpleString()  # type: ignore[attr-defined]


class NullType(DataType, metaclass=DataTypeSingleton):
    """The type of None."""

    @classmethod
    def typeName(cls) -> str:
        return "void"


class AtomicType(DataType):
    """Types that are not null, array, map, struct or user defined."""


class NumericType(AtomicType):
    """Numbers."""


class IntegralType(NumericType, metaclass=DataTypeSingleton):
    """Whole numbers."""


class FractionalType(NumericType):
    """Numbers with a fraction."""


class StringType(AtomicType):
    """Text, with an optional collation."""

    providerSpark = "spark"
    providerICU = "icu"
    providers: ClassVar[list[str]] = [providerSpark, providerICU]

    def __init__(self, collation: str = "UTF8_BINARY") -> None:
        self.collation = collation

    @classmethod
    def collationProvider(cls, collationName: str) -> str:
        return cls.providerSpark if collationName.startswith("UTF8") else cls.providerICU

    def simpleString(self) -> str:
        return "string" if self.isUTF8BinaryCollation() else f"string collate {self.collation}"

    def jsonValue(self) -> str:
        return self.simpleString()

    def isUTF8BinaryCollation(self) -> bool:
        return self.collation == "UTF8_BINARY"

    def __repr__(self) -> str:
        return "StringType()" if self.isUTF8BinaryCollation() else f"StringType('{self.collation}')"


class CharType(_Parameterised, AtomicType):
    """Text of a fixed length."""

    def __init__(self, length: int) -> None:
        self.length = length

    def simpleString(self) -> str:
        return f"char({self.length})"

    def __repr__(self) -> str:
        return f"CharType({self.length})"


class VarcharType(_Parameterised, AtomicType):
    """Text up to a length."""

    def __init__(self, length: int) -> None:
        self.length = length

    def simpleString(self) -> str:
        return f"varchar({self.length})"

    def __repr__(self) -> str:
        return f"VarcharType({self.length})"


class BinaryType(AtomicType, metaclass=DataTypeSingleton):
    """Bytes."""


class BooleanType(AtomicType, metaclass=DataTypeSingleton):
    """True or False."""


class DatetimeType(AtomicType):
    """Dates, times, timestamps."""


class DateType(DatetimeType, metaclass=DataTypeSingleton):
    """datetime.date; inside, the day since 1970-01-01."""

    EPOCH_ORDINAL = datetime.datetime(1970, 1, 1).toordinal()

    def needConversion(self) -> bool:
        return True

    def toInternal(self, d: datetime.date | None) -> int | None:
        return None if d is None else d.toordinal() - self.EPOCH_ORDINAL

    def fromInternal(self, v: int | None) -> datetime.date | None:
        return None if v is None else datetime.date.fromordinal(v + self.EPOCH_ORDINAL)


class AnyTimeType(DatetimeType):
    """Times of day."""


class TimeType(_Parameterised, AnyTimeType):
    """datetime.time; inside, nanoseconds since midnight."""

    def __init__(self, precision: int = 6) -> None:
        self.precision = precision

    def needConversion(self) -> bool:
        return True

    def toInternal(self, t: datetime.time | None) -> int | None:
        if t is None:
            return None
        return ((t.hour * 60 + t.minute) * 60 + t.second) * 1_000_000_000 + t.microsecond * 1000

    def fromInternal(self, nano: int | None) -> datetime.time | None:
        if nano is None:
            return None
        seconds, rest = divmod(nano, 1_000_000_000)
        return datetime.time(seconds // 3600, seconds // 60 % 60, seconds % 60, rest // 1000)

    def simpleString(self) -> str:
        return f"time({self.precision})"

    def __repr__(self) -> str:
        return f"TimeType({self.precision})"


class TimestampType(DatetimeType, metaclass=DataTypeSingleton):
    """An instant; a naive datetime.datetime in the process's local time. Inside, microseconds since the epoch."""

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.datetime | None) -> int | None:
        if dt is None:
            return None
        seconds = calendar.timegm(dt.utctimetuple()) if dt.tzinfo else time.mktime(dt.timetuple())
        return int(seconds) * 1_000_000 + dt.microsecond

    def fromInternal(self, ts: int | None) -> datetime.datetime | None:
        if ts is None:
            return None
        return datetime.datetime.fromtimestamp(ts // 1_000_000).replace(microsecond=ts % 1_000_000)


class TimestampNTZType(DatetimeType, metaclass=DataTypeSingleton):
    """Date and time on a wall clock, without a zone."""

    @classmethod
    def typeName(cls) -> str:
        return "timestamp_ntz"

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.datetime | None) -> int | None:
        return None if dt is None else calendar.timegm(dt.timetuple()) * 1_000_000 + dt.microsecond

    def fromInternal(self, ts: int | None) -> datetime.datetime | None:
        if ts is None:
            return None
        whole = datetime.datetime.fromtimestamp(ts // 1_000_000, datetime.UTC)
        return whole.replace(microsecond=ts % 1_000_000, tzinfo=None)


class DecimalType(_Parameterised, FractionalType):
    """decimal.Decimal of up to 38 digits, `scale` of them after the point."""

    def __init__(self, precision: int = 10, scale: int = 0) -> None:
        self.precision = precision
        self.scale = scale
        self.hasPrecisionInfo = True

    def simpleString(self) -> str:
        return f"decimal({self.precision},{self.scale})"

    def __repr__(self) -> str:
        return f"DecimalType({self.precision},{self.scale})"


class DoubleType(FractionalType, metaclass=DataTypeSingleton):
    """64-bit floating point."""


class FloatType(FractionalType, metaclass=DataTypeSingleton):
    """32-bit floating point."""


class ByteType(IntegralType):
    """8-bit whole number."""

    def simpleString(self) -> str:
        return "tinyint"


class ShortType(IntegralType):
    """16-bit whole number."""

    def simpleString(self) -> str:
        return "smallint"


class IntegerType(IntegralType):
    """32-bit whole number."""

    def simpleString(self) -> str:
        return "int"


class LongType(IntegralType):
    """64-bit whole number."""

    def simpleString(self) -> str:
        return "bigint"

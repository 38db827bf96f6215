"""Objects for tests: points with user-defined types, a time zone of a fixed offset."""

from __future__ import annotations

import datetime
from typing import Any

from troupe.sql.types import ArrayType, DataType, DoubleType, UserDefinedType

__all__ = ["ExamplePoint", "ExamplePointUDT", "MyObject", "PythonOnlyPoint", "PythonOnlyUDT", "UTCOffsetTimezone"]


class UTCOffsetTimezone(datetime.tzinfo):
    """A zone some hours from UTC."""

    def __init__(self, offset: int = 0) -> None:
        self.ZERO = datetime.timedelta(hours=offset)

    def utcoffset(self, dt: datetime.datetime | None) -> datetime.timedelta:
        return self.ZERO

    def dst(self, dt: datetime.datetime | None) -> datetime.timedelta:
        return self.ZERO


class ExamplePointUDT(UserDefinedType):
    """The type of a point, which Spark's tests have in Scala too."""

    @classmethod
    def sqlType(cls) -> DataType:
        return ArrayType(DoubleType(), False)

    @classmethod
    def module(cls) -> str:
        return "pyspark.sql.tests"

    @classmethod
    def scalaUDT(cls) -> str:
        return "org.apache.spark.sql.test.ExamplePointUDT"

    def serialize(self, obj: Any) -> list[float]:
        return [obj.x, obj.y]

    def deserialize(self, datum: Any) -> ExamplePoint:
        return ExamplePoint(datum[0], datum[1])


class ExamplePoint:
    """A point of two coordinates."""

    __UDT__: UserDefinedType = ExamplePointUDT()

    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def __repr__(self) -> str:
        return f"ExamplePoint({self.x},{self.y})"

    def __str__(self) -> str:
        return f"({self.x},{self.y})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and (other.x, other.y) == (self.x, self.y)

    __hash__ = None  # type: ignore[assignment]


class PythonOnlyUDT(UserDefinedType):
    """The type of a point, known to Python alone."""

    @classmethod
    def sqlType(cls) -> DataType:
        return ArrayType(DoubleType(), False)

    @classmethod
    def module(cls) -> str:
        return "pyspark.testing.objects"

    def serialize(self, obj: Any) -> list[float]:
        return [obj.x, obj.y]

    def deserialize(self, datum: Any) -> PythonOnlyPoint:
        return PythonOnlyPoint(datum[0], datum[1])

    @staticmethod
    def foo() -> None:
        """Static members are no part of a type."""

    @property
    def props(self) -> dict[str, Any]:
        return {}


class PythonOnlyPoint(ExamplePoint):
    """A point whose type is known to Python alone."""

    __UDT__: UserDefinedType = PythonOnlyUDT()


class MyObject:
    """Something with a key and a value."""

    def __init__(self, key: Any, value: Any) -> None:
        self.key = key
        self.value = value

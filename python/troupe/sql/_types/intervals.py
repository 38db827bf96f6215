"""Data types of intervals."""

from __future__ import annotations

import datetime
import os
from typing import Any, ClassVar

from troupe.errors import PySparkNotImplementedError, PySparkRuntimeError
from troupe.sql._types.atomic import AtomicType, DataType, DataTypeSingleton


class AnsiIntervalType(AtomicType):
    """Intervals of the SQL standard."""

    _fields: ClassVar[dict[int, str]] = {}

    def __init__(self, startField: int | None = None, endField: int | None = None) -> None:
        names = self._fields
        if startField is None and endField is None:
            startField, endField = min(names), max(names)
        elif endField is None:
            endField = startField
        if startField not in names or endField not in names:
            raise PySparkRuntimeError(
                errorClass="INVALID_INTERVAL_CASTING",
                messageParameters={"start_field": str(startField), "end_field": str(endField)},
            )
        self.startField: int = startField
        self.endField: int = endField

    def simpleString(self) -> str:
        first, last = self._fields[self.startField], self._fields[self.endField]
        return f"interval {first}" if first == last else f"interval {first} to {last}"

    def jsonValue(self) -> str:
        return self.simpleString()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.startField}, {self.endField})"


class DayTimeIntervalType(AnsiIntervalType):
    """datetime.timedelta; inside, microseconds."""

    DAY = 0
    HOUR = 1
    MINUTE = 2
    SECOND = 3
    _fields: ClassVar[dict[int, str]] = {DAY: "day", HOUR: "hour", MINUTE: "minute", SECOND: "second"}
    _inverted_fields: ClassVar[dict[str, int]] = {name: number for number, name in _fields.items()}

    def _tree_name(self) -> str:
        return self.simpleString()

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.timedelta | None) -> int | None:
        return None if dt is None else (dt.days * 86400 + dt.seconds) * 1_000_000 + dt.microseconds

    def fromInternal(self, micros: int | None) -> datetime.timedelta | None:
        return None if micros is None else datetime.timedelta(microseconds=micros)


class YearMonthIntervalType(AnsiIntervalType):
    """Months; Python has no type for it."""

    YEAR = 0
    MONTH = 1
    _fields: ClassVar[dict[int, str]] = {YEAR: "year", MONTH: "month"}
    _inverted_fields: ClassVar[dict[str, int]] = {name: number for number, name in _fields.items()}

    def _tree_name(self) -> str:
        return self.simpleString()

    def needConversion(self) -> bool:
        return os.environ.get("PYSPARK_YM_INTERVAL_LEGACY") != "1"

    def toInternal(self, obj: Any) -> Any:
        raise PySparkNotImplementedError(
            errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "YearMonthIntervalType.toInternal"}
        )

    def fromInternal(self, obj: Any) -> Any:
        raise PySparkNotImplementedError(
            errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "YearMonthIntervalType.fromInternal"}
        )


class CalendarIntervalType(DataType, metaclass=DataTypeSingleton):
    """Months, days and microseconds; Python has no type for it."""

    @classmethod
    def typeName(cls) -> str:
        return "interval"

    def needConversion(self) -> bool:
        return True

    def toInternal(self, obj: Any) -> Any:
        raise PySparkNotImplementedError(
            errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "CalendarIntervalType.toInternal"}
        )

    def fromInternal(self, obj: Any) -> Any:
        raise PySparkNotImplementedError(
            errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "CalendarIntervalType.fromInternal"}
        )

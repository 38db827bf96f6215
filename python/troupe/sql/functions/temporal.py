"""Functions of date and time whose arguments follow rules of their own."""

from __future__ import annotations

import decimal
from typing import Any

from troupe.errors import PySparkValueError
from troupe.sql import _expr
from troupe.sql._expr import Expr, enum_to_value
from troupe.sql.column import Column, not_expected, to_expr

ColumnOrName = Column | str
Part = ColumnOrName | None


def _make(fn: str, *args: Expr) -> Column:
    return Column(_expr.call(fn, list(args)))


def _or_zero(value: Part, zero: Any = 0) -> Expr:
    return _expr.literal(zero) if value is None else to_expr(value)


def make_dt_interval(days: Part = None, hours: Part = None, mins: Part = None, secs: Part = None) -> Column:
    """An interval of days, hours, minutes and seconds."""
    parts = [_or_zero(days), _or_zero(hours), _or_zero(mins), _or_zero(secs, decimal.Decimal(0))]
    return _make("make_dt_interval", *parts)


def make_interval(
    years: Part = None,
    months: Part = None,
    weeks: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
) -> Column:
    """An interval of months, days and seconds."""
    whole = map(_or_zero, (years, months, weeks, days, hours, mins))
    return _make("make_interval", *whole, _or_zero(secs, decimal.Decimal(0)))


def try_make_interval(
    years: Part = None,
    months: Part = None,
    weeks: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
) -> Column:
    """An interval of months, days and seconds; NULL when it overflows."""
    whole = map(_or_zero, (years, months, weeks, days, hours, mins))
    return _make("try_make_interval", *whole, _or_zero(secs, decimal.Decimal(0)))


def make_ym_interval(years: Part = None, months: Part = None) -> Column:
    """An interval of years and months."""
    return _make("make_ym_interval", _or_zero(years), _or_zero(months))


def _required(value: Any) -> Expr:
    if not isinstance(value, (str, Column)):
        raise not_expected("Column or str", "arg", value)
    return to_expr(value)


def _timestamp(fn: str, fields: list[Part], parts: list[Part], timezone: Part = None) -> Column:
    by_fields = fields[0] is not None
    if any(value is not None for value in (parts if by_fields else fields)):
        raise PySparkValueError(
            errorClass="CANNOT_SET_TOGETHER",
            messageParameters={"arg_list": "years|months|days|hours|mins|secs and date|time"},
        )
    args = [_required(v) for v in (fields if by_fields else parts)]
    return _make(fn, *args, *([] if timezone is None else [_required(timezone)]))


def make_timestamp(
    years: Part = None,
    months: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
    timezone: Part = None,
    date: Part = None,
    time: Part = None,
) -> Column:
    """A timestamp from its fields, or from a date and a time."""
    return _timestamp("make_timestamp", [years, months, days, hours, mins, secs], [date, time], timezone)


def try_make_timestamp(
    years: Part = None,
    months: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
    timezone: Part = None,
    date: Part = None,
    time: Part = None,
) -> Column:
    """A timestamp from its fields, or from a date and a time; NULL when there is none."""
    return _timestamp("try_make_timestamp", [years, months, days, hours, mins, secs], [date, time], timezone)


def make_timestamp_ntz(
    years: Part = None,
    months: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
    date: Part = None,
    time: Part = None,
) -> Column:
    """A timestamp without zone from its fields, or from a date and a time."""
    return _timestamp("make_timestamp_ntz", [years, months, days, hours, mins, secs], [date, time])


def try_make_timestamp_ntz(
    years: Part = None,
    months: Part = None,
    days: Part = None,
    hours: Part = None,
    mins: Part = None,
    secs: Part = None,
    date: Part = None,
    time: Part = None,
) -> Column:
    """A timestamp without zone from its fields, or from a date and a time; NULL when there is none."""
    return _timestamp("try_make_timestamp_ntz", [years, months, days, hours, mins, secs], [date, time])


def convert_timezone(sourceTz: Column | None, targetTz: Column, sourceTs: ColumnOrName) -> Column:
    """A timestamp without zone moved from one zone to another."""
    first = [] if sourceTz is None else [to_expr(sourceTz)]
    return _make("convert_timezone", *first, to_expr(targetTz), to_expr(sourceTs))


def unix_timestamp(timestamp: Part = None, format: str = "yyyy-MM-dd HH:mm:ss") -> Column:
    """Seconds since the epoch, of now or of a text."""
    if timestamp is None:
        return _make("unix_timestamp", _expr.call("current_timestamp", []))
    return _make("unix_timestamp", to_expr(timestamp), _expr.literal(format))


def _check_text(value: Any, arg_name: str) -> Expr:
    if not value or type(value) is not str:
        raise not_expected("str", arg_name, value)
    return _expr.literal(value)


def window(
    timeColumn: ColumnOrName, windowDuration: str, slideDuration: str | None = None, startTime: str | None = None
) -> Column:
    """Time windows of a fixed length, tumbling or sliding."""
    duration = _check_text(enum_to_value(windowDuration), "windowDuration")
    slideDuration, startTime = enum_to_value(slideDuration), enum_to_value(startTime)
    slide = _check_text(slideDuration, "slideDuration") if slideDuration else duration
    start = _check_text(startTime, "startTime") if startTime else _expr.literal("0 second")
    return _make("window", to_expr(timeColumn), duration, slide, start)


def window_time(windowColumn: ColumnOrName) -> Column:
    """The event time of a window."""
    return _make("window_time", to_expr(windowColumn))


def session_window(timeColumn: ColumnOrName, gapDuration: Column | str) -> Column:
    """Windows that end after a gap."""
    gapDuration = enum_to_value(gapDuration)
    if not isinstance(gapDuration, (str, Column)):
        raise not_expected("Column or str", "gapDuration", gapDuration)
    gap = _expr.literal(gapDuration) if isinstance(gapDuration, str) else gapDuration._expr
    return _make("session_window", to_expr(timeColumn), gap)


def timestamp_add(unit: str, quantity: ColumnOrName, ts: ColumnOrName) -> Column:
    """A timestamp moved by a number of units."""
    return _make("timestampadd", _expr.literal(unit), to_expr(quantity), to_expr(ts))


def timestamp_diff(unit: str, start: ColumnOrName, end: ColumnOrName) -> Column:
    """The number of whole units between two timestamps."""
    return _make("timestampdiff", _expr.literal(unit), to_expr(start), to_expr(end))

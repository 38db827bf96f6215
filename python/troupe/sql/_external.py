"""Functions of formats that are no part of Troupe: their arguments are checked, a query that uses one says what is missing."""

from __future__ import annotations

from typing import Any

from troupe.errors import PySparkTypeError
from troupe.sql import _expr
from troupe.sql.column import Column, to_expr


def check(argument: str, value: Any, kinds: tuple[type, ...], shown: str) -> None:
    """@raise PySparkTypeError INVALID_TYPE"""
    if not isinstance(value, kinds):
        raise PySparkTypeError(errorClass="INVALID_TYPE", messageParameters={"arg_name": argument, "arg_type": shown})


def call(function: str, data: Any, *arguments: str) -> Column:
    return Column(_expr.call(function, [to_expr(data), *(_expr.literal(a) for a in arguments)]))

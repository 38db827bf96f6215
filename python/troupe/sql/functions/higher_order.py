"""Functions that take Python functions over columns: the function is called once, with variables, and becomes a lambda."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkValueError
from troupe.sql import _expr
from troupe.sql._expr import Expr
from troupe.sql.column import Column, to_expr

ColumnOrName = Column | str

_numbers = itertools.count(1)
_POSITIONAL = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)


def _lambda(f: Callable[..., Any]) -> Expr:
    params = inspect.signature(f).parameters.values()
    if not 1 <= len(params) <= 3:
        raise PySparkValueError(
            errorClass="WRONG_NUM_ARGS_FOR_HIGHER_ORDER_FUNCTION",
            messageParameters={"func_name": f.__name__, "num_args": str(len(params))},
        )
    if any(p.kind not in _POSITIONAL for p in params):
        raise PySparkValueError(
            errorClass="UNSUPPORTED_PARAM_TYPE_FOR_HIGHER_ORDER_FUNCTION",
            messageParameters={"func_name": f.__name__},
        )
    names = [f"{letter}_{next(_numbers)}" for letter in "xyz"[: len(params)]]
    result = f(*(Column({"e": "lambdavar", "name": name}) for name in names))
    if not isinstance(result, Column):
        raise PySparkValueError(
            errorClass="HIGHER_ORDER_FUNCTION_SHOULD_RETURN_COLUMN",
            messageParameters={"func_name": f.__name__, "return_type": type(result).__name__},
        )
    return {"e": "lambda", "params": names, "body": result._expr}


def _apply(fn: str, cols: list[ColumnOrName], functions: list[Callable[..., Any] | None]) -> Column:
    lambdas = [_lambda(f) for f in functions if f is not None]
    return Column(_expr.call(fn, [*map(to_expr, cols), *lambdas]))


def transform(col: ColumnOrName, f: Callable[..., Column]) -> Column:
    """Each element of an array, changed by a function of the element, or of element and index."""
    return _apply("transform", [col], [f])


def exists(col: ColumnOrName, f: Callable[[Column], Column]) -> Column:
    """Whether a condition holds for some element."""
    return _apply("exists", [col], [f])


def forall(col: ColumnOrName, f: Callable[[Column], Column]) -> Column:
    """Whether a condition holds for every element."""
    return _apply("forall", [col], [f])


def filter(col: ColumnOrName, f: Callable[..., Column]) -> Column:
    """The elements for which a condition holds."""
    return _apply("filter", [col], [f])


def aggregate(
    col: ColumnOrName,
    initialValue: ColumnOrName,
    merge: Callable[[Column, Column], Column],
    finish: Callable[[Column], Column] | None = None,
) -> Column:
    """An array reduced to one value."""
    return _apply("aggregate", [col, initialValue], [merge, finish])


def reduce(
    col: ColumnOrName,
    initialValue: ColumnOrName,
    merge: Callable[[Column, Column], Column],
    finish: Callable[[Column], Column] | None = None,
) -> Column:
    """An array reduced to one value."""
    return _apply("reduce", [col, initialValue], [merge, finish])


def zip_with(left: ColumnOrName, right: ColumnOrName, f: Callable[[Column, Column], Column]) -> Column:
    """Two arrays merged element by element."""
    return _apply("zip_with", [left, right], [f])


def transform_keys(col: ColumnOrName, f: Callable[[Column, Column], Column]) -> Column:
    """A map with its keys changed."""
    return _apply("transform_keys", [col], [f])


def transform_values(col: ColumnOrName, f: Callable[[Column, Column], Column]) -> Column:
    """A map with its values changed."""
    return _apply("transform_values", [col], [f])


def map_filter(col: ColumnOrName, f: Callable[[Column, Column], Column]) -> Column:
    """The entries of a map for which a condition holds."""
    return _apply("map_filter", [col], [f])


def map_zip_with(col1: ColumnOrName, col2: ColumnOrName, f: Callable[[Column, Column, Column], Column]) -> Column:
    """Two maps merged key by key."""
    return _apply("map_zip_with", [col1, col2], [f])


def array_sort(col: ColumnOrName, comparator: Callable[[Column, Column], Column] | None = None) -> Column:
    """An array in order, nulls last, or in the order of a comparator."""
    return _apply("array_sort", [col], [comparator])

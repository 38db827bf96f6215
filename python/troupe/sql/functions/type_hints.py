"""Reads from a function's type hints how it wants its data."""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkNotImplementedError, PySparkValueError
from troupe.util import PythonEvalType as Kind

_ITERATORS = (collections.abc.Iterator, collections.abc.Iterable, collections.abc.Generator)


def _is_pandas(hint: Any) -> bool:
    return getattr(hint, "__module__", "").split(".")[0] == "pandas" and getattr(hint, "__name__", "") in (
        "Series",
        "DataFrame",
    )


def _is_arrow(hint: Any) -> bool:
    return getattr(hint, "__module__", "").split(".")[0] == "pyarrow" and "Array" in getattr(hint, "__name__", "")


_IS_COLUMN: dict[str, Callable[[Any], bool]] = {"pandas": _is_pandas, "arrow": _is_arrow}
_KINDS: dict[str, dict[str, int]] = {
    "pandas": {
        "scalar": Kind.SQL_SCALAR_PANDAS_UDF,
        "scalar_iter": Kind.SQL_SCALAR_PANDAS_ITER_UDF,
        "agg": Kind.SQL_GROUPED_AGG_PANDAS_UDF,
        "agg_iter": Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF,
    },
    "arrow": {
        "scalar": Kind.SQL_SCALAR_ARROW_UDF,
        "scalar_iter": Kind.SQL_SCALAR_ARROW_ITER_UDF,
        "agg": Kind.SQL_GROUPED_AGG_ARROW_UDF,
        "agg_iter": Kind.SQL_GROUPED_AGG_ARROW_ITER_UDF,
    },
}


def _columns(hint: Any, is_column: Callable[[Any], bool]) -> bool:
    """A column type, or a union of column types."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return all(_columns(part, is_column) for part in typing.get_args(hint))
    return is_column(hint)


def _iterator_of_columns(hint: Any, is_column: Callable[[Any], bool]) -> bool:
    if typing.get_origin(hint) not in _ITERATORS:
        return False
    inner = typing.get_args(hint)[0]
    if typing.get_origin(inner) is tuple:
        return all(_columns(part, is_column) for part in typing.get_args(inner) if part is not Ellipsis)
    return _columns(inner, is_column)


def infer_eval_type(signature: inspect.Signature, hints: dict[str, Any], kind: str, strict: bool) -> int | None:
    """The kind of function; when the hints do not fit, an error if strict, else None."""
    params = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    given = [hints.get(p.name, p.annotation) for p in params]
    returned = hints.get("return", signature.return_annotation)
    empty = inspect.Parameter.empty
    if any(hint is empty for hint in given) or returned is empty:
        if not strict:
            return None
        missing = "return" if returned is empty else "parameters"
        raise PySparkValueError(
            errorClass="TYPE_HINT_SHOULD_BE_SPECIFIED",
            messageParameters={
                "target": "all parameters" if missing == "parameters" else "the return type",
                "sig": str(signature),
            },
        )
    shape = _shape(given, returned, _IS_COLUMN[kind])
    if shape is None and strict:
        raise PySparkNotImplementedError(
            errorClass="UNSUPPORTED_SIGNATURE", messageParameters={"signature": str(signature)}
        )
    return None if shape is None else _KINDS[kind][shape]


def _shape(given: list[Any], returned: Any, is_column: Callable[[Any], bool]) -> str | None:
    gives_columns = _columns(returned, is_column)
    gives_iterator = _iterator_of_columns(returned, is_column)
    gives_value = not gives_columns and typing.get_origin(returned) not in (*_ITERATORS, tuple)
    if given and all(_columns(hint, is_column) for hint in given):
        return "scalar" if gives_columns else "agg" if gives_value else None
    if len(given) == 1 and _iterator_of_columns(given[0], is_column):
        return "scalar_iter" if gives_iterator else "agg_iter" if gives_value else None
    return None


def group_map_takes_batches(f: Callable[..., Any], type_name: str) -> bool:
    """Whether a function of a group says that it takes and gives iterators (`Iterator[pd.DataFrame]`)."""
    try:
        hints = typing.get_type_hints(f)
        params = list(inspect.signature(f).parameters)
    except (NameError, TypeError, ValueError):
        return False  # without readable hints it takes the whole group
    if not params or "return" not in hints or params[-1] not in hints:
        return False

    def batches(hint: Any) -> bool:
        inner = typing.get_args(hint)
        return typing.get_origin(hint) in _ITERATORS and getattr(inner[0], "__name__", "") == type_name

    return batches(hints[params[-1]]) and batches(hints["return"])

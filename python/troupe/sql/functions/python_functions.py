"""`udf`, `pandas_udf` and `arrow_udf`: Python functions for use in expressions."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any, get_type_hints

from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql._types.atomic import DataType, StringType
from troupe.sql.functions.type_hints import infer_eval_type
from troupe.sql.udf import _create_udf
from troupe.util import PythonEvalType as Kind


class PandasUDFType:
    """Kinds for `pandas_udf`; type hints are preferred."""

    SCALAR = Kind.SQL_SCALAR_PANDAS_UDF
    SCALAR_ITER = Kind.SQL_SCALAR_PANDAS_ITER_UDF
    GROUPED_MAP = Kind.SQL_GROUPED_MAP_PANDAS_UDF
    GROUPED_AGG = Kind.SQL_GROUPED_AGG_PANDAS_UDF
    GROUPED_AGG_ITER = Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF


class ArrowUDFType:
    """Kinds for `arrow_udf`; type hints are preferred."""

    SCALAR = Kind.SQL_SCALAR_ARROW_UDF
    SCALAR_ITER = Kind.SQL_SCALAR_ARROW_ITER_UDF
    GROUPED_AGG = Kind.SQL_GROUPED_AGG_ARROW_UDF
    GROUPED_AGG_ITER = Kind.SQL_GROUPED_AGG_ARROW_ITER_UDF


_HINTED = {
    "pandas": {
        Kind.SQL_SCALAR_PANDAS_UDF,
        Kind.SQL_SCALAR_PANDAS_ITER_UDF,
        Kind.SQL_GROUPED_AGG_PANDAS_UDF,
        Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF,
    },
    "arrow": {
        Kind.SQL_SCALAR_ARROW_UDF,
        Kind.SQL_SCALAR_ARROW_ITER_UDF,
        Kind.SQL_GROUPED_AGG_ARROW_UDF,
        Kind.SQL_GROUPED_AGG_ARROW_ITER_UDF,
    },
}
_MAPS = {
    Kind.SQL_GROUPED_MAP_PANDAS_UDF,
    Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF,
    Kind.SQL_MAP_PANDAS_ITER_UDF,
    Kind.SQL_MAP_ARROW_ITER_UDF,
    Kind.SQL_COGROUPED_MAP_PANDAS_UDF,
    Kind.SQL_GROUPED_MAP_ARROW_UDF,
    Kind.SQL_GROUPED_MAP_ARROW_ITER_UDF,
    Kind.SQL_COGROUPED_MAP_ARROW_UDF,
}


def udf(f: Any = None, returnType: DataType | str = StringType(), *, useArrow: bool | None = None) -> Any:
    """A Python function of one row's values; a function, a decorator, or a decorator with a return type."""
    if f is None or isinstance(f, (str, DataType)):
        return functools.partial(_create_py_udf, returnType=f or returnType, useArrow=useArrow)
    return _create_py_udf(f, returnType, useArrow)


def _create_py_udf(f: Callable[..., Any], returnType: DataType | str, useArrow: bool | None = None) -> Any:
    eval_type = None if useArrow is not None else _hinted_kind(f)
    if eval_type is None:
        arrow = _arrow_is_default() if useArrow is None else useArrow
        eval_type = Kind.SQL_ARROW_BATCHED_UDF if arrow else Kind.SQL_BATCHED_UDF
    return _create_udf(f, returnType, eval_type)


def _arrow_is_default() -> bool:
    from troupe.sql.session import SparkSession

    session = SparkSession._instantiatedSession
    return session is not None and session.conf._known("spark.sql.execution.pythonUDF.arrow.enabled", "true") == "true"


def _hinted_kind(f: Callable[..., Any]) -> int | None:
    """The vectorised kind that the function's hints tell, if they tell one."""
    if not getattr(f, "__annotations__", None):
        return None
    try:
        hints = get_type_hints(f)
        signature = inspect.signature(f)
    except (NameError, TypeError, ValueError):
        return None  # hints that cannot be read tell nothing: it is a function of plain values
    for kind in ("pandas", "arrow"):
        found = infer_eval_type(signature, hints, kind, strict=False)
        if found is not None:
            return found
    return None


def pandas_udf(f: Any = None, returnType: Any = None, functionType: int | None = None) -> Any:
    """A Python function of pandas Series."""
    return _vectorized(f, returnType, functionType, "pandas")


def arrow_udf(f: Any = None, returnType: Any = None, functionType: int | None = None) -> Any:
    """A Python function of Arrow arrays."""
    return _vectorized(f, returnType, functionType, "arrow")


def _vectorized(f: Any, returnType: Any, functionType: int | None, kind: str) -> Any:
    is_decorator = f is None or isinstance(f, (str, DataType))
    return_type, eval_type = (f or returnType, functionType) if is_decorator else (returnType, functionType)
    if is_decorator and functionType is None and isinstance(returnType, int):
        eval_type = returnType
    if return_type is None:
        raise PySparkTypeError(errorClass="CANNOT_BE_NONE", messageParameters={"arg_name": "returnType"})
    allowed = _HINTED[kind] | (_MAPS if kind == "pandas" else set())
    if eval_type is not None and eval_type not in allowed:
        raise PySparkTypeError(
            errorClass="INVALID_PANDAS_UDF_TYPE",
            messageParameters={"arg_name": "functionType", "arg_type": str(eval_type)},
        )
    make = functools.partial(_create_vectorized, returnType=return_type, eval_type=eval_type, kind=kind)
    return make if is_decorator else make(f)


def _create_vectorized(f: Callable[..., Any], returnType: Any, eval_type: int | None, kind: str) -> Any:
    spec = inspect.getfullargspec(f)
    if eval_type in _HINTED[kind]:
        if kind == "pandas":
            warnings.warn(
                "In Python 3.6+ and Spark 3.0+, it is preferred to specify type hints for pandas UDF instead of "
                "specifying pandas UDF type which will be deprecated in the future releases. See SPARK-28264 for "
                "more details.",
                UserWarning,
            )
        else:
            warnings.warn(
                "It is preferred to specify type hints for arrow UDF instead of specifying arrow UDF type.", UserWarning
            )
    elif eval_type is None and spec.annotations:
        try:
            hints = get_type_hints(f)
        except NameError:
            hints = {}
        eval_type = infer_eval_type(inspect.signature(f), hints, kind, strict=True)
    if eval_type is None:
        eval_type = Kind.SQL_SCALAR_PANDAS_UDF if kind == "pandas" else Kind.SQL_SCALAR_ARROW_UDF
    _check_arity(eval_type, spec, kind)
    return _create_udf(f, returnType, eval_type)


_SCALARS = {
    Kind.SQL_SCALAR_PANDAS_UDF,
    Kind.SQL_SCALAR_PANDAS_ITER_UDF,
    Kind.SQL_SCALAR_ARROW_UDF,
    Kind.SQL_SCALAR_ARROW_ITER_UDF,
}
_ARITIES: dict[int, tuple[tuple[int, ...], str]] = {
    Kind.SQL_GROUPED_MAP_PANDAS_UDF: (
        (1, 2),
        "pandas_udfs with function type GROUPED_MAP or the function in groupby.applyInPandas must take either one "
        "argument (data) or two arguments (key, data).",
    ),
    Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF: (
        (1, 2),
        "the function in groupby.applyInPandas with iterator API must take either one argument (batches: "
        "Iterator[pandas.DataFrame]) or two arguments (key, batches: Iterator[pandas.DataFrame]).",
    ),
    Kind.SQL_GROUPED_MAP_ARROW_UDF: (
        (1, 2),
        "the function in groupby.applyInArrow must take either one argument (data) or two arguments (key, data).",
    ),
    Kind.SQL_COGROUPED_MAP_PANDAS_UDF: (
        (2, 3),
        "the function in cogroup.applyInPandas must take either two arguments (left, right) or three arguments "
        "(key, left, right).",
    ),
    Kind.SQL_COGROUPED_MAP_ARROW_UDF: (
        (2, 3),
        "the function in cogroup.applyInArrow must take either two arguments (left, right) or three arguments "
        "(key, left, right).",
    ),
}


def _check_arity(eval_type: int, spec: inspect.FullArgSpec, kind: str) -> None:
    detail = None
    if eval_type in _SCALARS and not spec.args and spec.varargs is None:
        name = f"{kind}_udfs"
        detail = f"0-arg {name} are not supported. Instead, create a 1-arg {name} and ignore the arg in your function."
    elif eval_type in _ARITIES and len(spec.args) not in _ARITIES[eval_type][0]:
        detail = _ARITIES[eval_type][1]
    if detail is not None:
        raise PySparkValueError(errorClass="INVALID_PANDAS_UDF", messageParameters={"detail": detail})

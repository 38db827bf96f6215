"""User-defined functions: a Python function with its return type, applied to columns."""

from __future__ import annotations

import base64
import functools
import itertools
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkNotImplementedError, PySparkPicklingError, PySparkTypeError
from troupe.sql import _expr
from troupe.sql._bodies import body_of
from troupe.sql._types import infer
from troupe.sql._types.atomic import DataType, StringType
from troupe.sql._types.intervals import CalendarIntervalType
from troupe.sql._types.nested import StructType
from troupe.sql._types.parse import _parse_datatype_string
from troupe.sql.column import Column, not_expected, to_expr
from troupe.util import PythonEvalType as Kind

if TYPE_CHECKING:
    from troupe.sql.session import SparkSession

__all__ = ["UDFRegistration", "UserDefinedFunction"]

_ids = itertools.count(1)

_STRUCT_ONLY: dict[int, tuple[str, str]] = {
    Kind.SQL_GROUPED_MAP_PANDAS_UDF: ("PANDAS", "SQL_GROUPED_MAP_PANDAS_UDF or SQL_GROUPED_MAP_PANDAS_ITER_UDF"),
    Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF: ("PANDAS", "SQL_GROUPED_MAP_PANDAS_UDF or SQL_GROUPED_MAP_PANDAS_ITER_UDF"),
    Kind.SQL_MAP_PANDAS_ITER_UDF: ("PANDAS", "SQL_MAP_PANDAS_ITER_UDF or SQL_MAP_ARROW_ITER_UDF"),
    Kind.SQL_MAP_ARROW_ITER_UDF: ("PANDAS", "SQL_MAP_PANDAS_ITER_UDF or SQL_MAP_ARROW_ITER_UDF"),
    Kind.SQL_GROUPED_MAP_ARROW_UDF: ("ARROW", "SQL_GROUPED_MAP_ARROW_UDF or SQL_GROUPED_MAP_ARROW_ITER_UDF"),
    Kind.SQL_GROUPED_MAP_ARROW_ITER_UDF: ("ARROW", "SQL_GROUPED_MAP_ARROW_UDF or SQL_GROUPED_MAP_ARROW_ITER_UDF"),
    Kind.SQL_COGROUPED_MAP_PANDAS_UDF: ("PANDAS", "SQL_COGROUPED_MAP_PANDAS_UDF"),
    Kind.SQL_COGROUPED_MAP_ARROW_UDF: ("ARROW", "SQL_COGROUPED_MAP_ARROW_UDF"),
}
_FEATURES: dict[int, str] = {
    Kind.SQL_ARROW_BATCHED_UDF: "Invalid return type with Arrow-optimized Python UDF",
    Kind.SQL_SCALAR_PANDAS_UDF: "Invalid return type with scalar Pandas UDFs",
    Kind.SQL_SCALAR_PANDAS_ITER_UDF: "Invalid return type with scalar Pandas UDFs",
    Kind.SQL_SCALAR_ARROW_UDF: "Invalid return type with scalar Arrow UDFs",
    Kind.SQL_SCALAR_ARROW_ITER_UDF: "Invalid return type with scalar Arrow UDFs",
    Kind.SQL_GROUPED_AGG_PANDAS_UDF: "Invalid return type with grouped aggregate Pandas UDFs",
    Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF: "Invalid return type with grouped aggregate Pandas UDFs",
    Kind.SQL_GROUPED_AGG_ARROW_UDF: "Invalid return type with grouped aggregate Arrow UDFs",
    Kind.SQL_GROUPED_MAP_PANDAS_UDF: "Invalid return type with grouped map Pandas UDFs or at groupby.applyInPandas",
    Kind.SQL_GROUPED_MAP_ARROW_UDF: "Invalid return type with grouped map Arrow UDFs or at groupby.applyInArrow",
    Kind.SQL_MAP_PANDAS_ITER_UDF: "Invalid return type in mapInPandas",
    Kind.SQL_MAP_ARROW_ITER_UDF: "Invalid return type in mapInPandas",
    Kind.SQL_COGROUPED_MAP_PANDAS_UDF: "Invalid return type in cogroup.applyInPandas",
    Kind.SQL_COGROUPED_MAP_ARROW_UDF: "Invalid return type in cogroup.applyInArrow",
}


def _check_return_type(data_type: DataType, eval_type: int) -> None:
    if eval_type in _STRUCT_ONLY and not isinstance(data_type, StructType):
        kind, shown = _STRUCT_ONLY[eval_type]
        raise PySparkTypeError(
            errorClass=f"INVALID_RETURN_TYPE_FOR_{kind}_UDF",
            messageParameters={"eval_type": shown, "return_type": str(data_type)},
        )
    aggregates_struct = eval_type == Kind.SQL_GROUPED_AGG_PANDAS_UDF and isinstance(data_type, StructType)
    no_arrow_form = eval_type in _FEATURES and infer._has_type(data_type, CalendarIntervalType)
    if aggregates_struct or no_arrow_form:
        raise PySparkNotImplementedError(
            errorClass="NOT_IMPLEMENTED", messageParameters={"feature": f"{_FEATURES[eval_type]}: {data_type}"}
        )


_READ = {Kind.SQL_BATCHED_UDF, Kind.SQL_ARROW_BATCHED_UDF, Kind.SQL_SCALAR_PANDAS_UDF}
"""Kinds whose functions give a value for each row, so that a built-in expression may stand in for them or be proposed."""

_PROFILED = {
    Kind.SQL_BATCHED_UDF,
    Kind.SQL_ARROW_BATCHED_UDF,
    Kind.SQL_SCALAR_PANDAS_UDF,
    Kind.SQL_SCALAR_ARROW_UDF,
    Kind.SQL_GROUPED_AGG_PANDAS_UDF,
    Kind.SQL_GROUPED_AGG_ARROW_UDF,
    Kind.SQL_GROUPED_MAP_PANDAS_UDF,
    Kind.SQL_GROUPED_MAP_ARROW_UDF,
    Kind.SQL_COGROUPED_MAP_PANDAS_UDF,
    Kind.SQL_COGROUPED_MAP_ARROW_UDF,
}
"""Kinds whose calls end when their work ends, so that a call can be measured."""


class UserDefinedFunction:
    """A Python function that columns can be passed to."""

    def __init__(
        self,
        func: Callable[..., Any],
        returnType: DataType | str = StringType(),
        name: str | None = None,
        evalType: int = Kind.SQL_BATCHED_UDF,
        deterministic: bool = True,
    ) -> None:
        if not callable(func):
            raise not_expected("callable", "func", func)
        if not isinstance(returnType, (DataType, str)):
            raise not_expected("DataType or str", "returnType", returnType)
        if not isinstance(evalType, int):
            raise not_expected("int", "evalType", evalType)
        self.func = func
        self._returnType = returnType
        self._parsed: DataType | None = None
        self._pickled: str | None = None
        self._body: dict[str, Any] | None = None
        self._name = name or (func.__name__ if hasattr(func, "__name__") else type(func).__name__)
        self.evalType = evalType
        self.deterministic = deterministic
        self._id = next(_ids)

    @property
    def returnType(self) -> DataType:
        if self._parsed is None:
            given = self._returnType
            parsed = given if isinstance(given, DataType) else _parse_datatype_string(given)
            _check_return_type(parsed, self.evalType)
            self._parsed = parsed
        return self._parsed

    def _command(self) -> str:
        """The pickled pair of function and return type, in base64; made once.

        What the function computes is read at the same moment, so that both see the same values around it.
        """
        if self._pickled is None:
            self._body = body_of(self.func) if self.evalType in _READ else None
            self._pickled = base64.b64encode(_pickle(self.func, self.returnType, self._name)).decode("ascii")
        return self._pickled

    def _profiled(self) -> UserDefinedFunction:
        """The function that measures this one where the session wants a profile, else this one."""
        from troupe.sql import _udf_profiles
        from troupe.sql.session import SparkSession

        session = SparkSession._instantiatedSession
        kind = _udf_profiles.kind_of(session)
        if kind is None or session is None:
            return self
        if self.evalType not in _PROFILED:
            warnings.warn("Profiling UDFs with iterators input/output is not supported.", UserWarning, stacklevel=4)
            return self
        measured = _udf_profiles.profiled(self.func, kind, self._id, session._profiler_collector.accumulator())
        return UserDefinedFunction(measured, self.returnType, self._name, self.evalType, self.deterministic)

    def _tree(self, args: list[_expr.Expr], named: dict[str, _expr.Expr]) -> _expr.Expr:
        sent = self._profiled()
        return _expr.located(
            {
                "e": "udf",
                "name": self._name,
                "id": sent._id,
                "command": sent._command(),
                "returnType": self.returnType.json(),
                "evalType": self.evalType,
                "deterministic": self.deterministic,
                "body": sent._body,
                "args": args,
                "named": named,
            }
        )

    def __call__(self, *args: Column | str, **kwargs: Column | str) -> Column:
        return Column(self._tree([to_expr(a) for a in args], {k: to_expr(v) for k, v in kwargs.items()}))

    def _wrapped(self) -> Any:
        """A function with the name and documentation of the user's, which applies this one."""
        assigned = tuple(a for a in functools.WRAPPER_ASSIGNMENTS if a not in ("__name__", "__module__"))

        @functools.wraps(self.func, assigned=assigned)
        def wrapper(*args: Column | str, **kwargs: Column | str) -> Column:
            return self(*args, **kwargs)

        wrapper.__name__ = self._name
        wrapper.__module__ = getattr(self.func, "__module__", None) or type(self.func).__module__
        wrapper.func = self.func  # type: ignore[attr-defined]
        wrapper.returnType = self.returnType  # type: ignore[attr-defined]
        wrapper.evalType = self.evalType  # type: ignore[attr-defined]
        wrapper.deterministic = self.deterministic  # type: ignore[attr-defined]
        wrapper.asNondeterministic = functools.wraps(self.asNondeterministic)(  # type: ignore[attr-defined]
            lambda: self.asNondeterministic()._wrapped()
        )
        wrapper._unwrapped = self  # type: ignore[attr-defined]
        return wrapper

    def asNondeterministic(self) -> UserDefinedFunction:
        """Marks that two calls with the same values may differ."""
        self.deterministic = False
        self._id = next(_ids)
        return self


def _pickle(func: Callable[..., Any], return_type: DataType, name: str) -> bytes:
    import cloudpickle

    from troupe.files import with_files

    try:
        return with_files(cloudpickle.dumps((func, return_type)))
    except Exception as error:
        culprit = _unpicklable(func)
        raise PySparkPicklingError(
            message=f"Could not serialize the function {name!r}: {culprit or error}. "
            f"A function that runs on executors must not hold sessions, locks, sockets or open files; "
            f"make them inside the function."
        ) from error


def _unpicklable(func: Callable[..., Any]) -> str | None:
    """Names the first variable of the function's closure or globals that cannot be pickled."""
    import inspect

    import cloudpickle

    try:
        variables = inspect.getclosurevars(func)
    except TypeError:
        return None
    for where, found in (("closure", variables.nonlocals), ("global", variables.globals)):
        for key, value in found.items():
            try:
                cloudpickle.dumps(value)
            except Exception as error:
                return f"its {where} variable {key!r} of type {type(value).__name__} cannot be pickled ({error})"
    return None


def _create_udf(
    f: Callable[..., Any],
    returnType: DataType | str,
    evalType: int,
    name: str | None = None,
    deterministic: bool = True,
) -> Any:
    return UserDefinedFunction(f, returnType, name, evalType, deterministic)._wrapped()


_REGISTRABLE = {
    "SQL_BATCHED_UDF": Kind.SQL_BATCHED_UDF,
    "SQL_ARROW_BATCHED_UDF": Kind.SQL_ARROW_BATCHED_UDF,
    "SQL_SCALAR_PANDAS_UDF": Kind.SQL_SCALAR_PANDAS_UDF,
    "SQL_SCALAR_ARROW_UDF": Kind.SQL_SCALAR_ARROW_UDF,
    "SQL_SCALAR_PANDAS_ITER_UDF": Kind.SQL_SCALAR_PANDAS_ITER_UDF,
    "SQL_SCALAR_ARROW_ITER_UDF": Kind.SQL_SCALAR_ARROW_ITER_UDF,
    "SQL_GROUPED_AGG_PANDAS_UDF": Kind.SQL_GROUPED_AGG_PANDAS_UDF,
    "SQL_GROUPED_AGG_ARROW_UDF": Kind.SQL_GROUPED_AGG_ARROW_UDF,
    "SQL_GROUPED_AGG_PANDAS_ITER_UDF": Kind.SQL_GROUPED_AGG_PANDAS_ITER_UDF,
    "SQL_GROUPED_AGG_ARROW_ITER_UDF": Kind.SQL_GROUPED_AGG_ARROW_ITER_UDF,
}


class UDFRegistration:
    """`spark.udf`: Python functions under names that SQL text can use."""

    def __init__(self, sparkSession: SparkSession) -> None:
        self.sparkSession = sparkSession

    def register(self, name: str, f: Any, returnType: DataType | str | None = None) -> Any:
        """Registers a function, or a `udf`, and gives it back as a `udf`."""
        if hasattr(f, "asNondeterministic"):
            if returnType is not None:
                raise PySparkTypeError(
                    errorClass="CANNOT_SPECIFY_RETURN_TYPE_FOR_UDF",
                    messageParameters={"arg_name": "f", "return_type": str(returnType)},
                )
            if f.evalType not in _REGISTRABLE.values():
                *first, last = _REGISTRABLE
                raise PySparkTypeError(
                    errorClass="INVALID_UDF_EVAL_TYPE",
                    messageParameters={"eval_type": ", ".join(first) + f" or {last}"},
                )
            made = UserDefinedFunction(f.func, f.returnType, name, f.evalType, f.deterministic)
            given: Any = made
        else:
            made = UserDefinedFunction(f, returnType or StringType(), name, Kind.SQL_BATCHED_UDF)
            given = made._wrapped()
        self.sparkSession._call({"op": "udf.register", "name": name, "fn": made._tree([], {})})
        return given

    def registerJavaFunction(self, name: str, javaClassName: str, returnType: DataType | str | None = None) -> None:
        raise _no_java("registerJavaFunction", name)

    def registerJavaUDAF(self, name: str, javaClassName: str) -> None:
        raise _no_java("registerJavaUDAF", name)


def _no_java(method: str, name: str) -> PySparkNotImplementedError:
    return PySparkNotImplementedError(
        message=f"UDFRegistration.{method} is not implemented: classes for Spark's JVM have no place in Troupe. "
        f"Write {name} as a Python function, and register it with spark.udf.register."
    )

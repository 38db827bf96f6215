"""User-defined table functions: classes whose `eval` gives rows."""

from __future__ import annotations

import base64
import functools
import inspect
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkAttributeError, PySparkPicklingError, PySparkTypeError
from troupe.sql import _expr
from troupe.sql._types.atomic import DataType
from troupe.sql._types.nested import StructType
from troupe.sql._types.parse import _parse_datatype_string
from troupe.sql.column import to_expr
from troupe.sql.udf import UserDefinedFunction, _ids, _unpicklable
from troupe.util import PythonEvalType as Kind

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

__all__ = [
    "AnalyzeArgument",
    "AnalyzeResult",
    "OrderingColumn",
    "PartitioningColumn",
    "SelectedColumn",
    "SkipRestOfInputTableException",
    "UDTFRegistration",
    "UserDefinedTableFunction",
]


@dataclass(frozen=True)
class AnalyzeArgument:
    """An argument as `analyze` sees it; `value` is that of a constant, None for all others."""

    dataType: DataType
    value: Any | None
    isTable: bool
    isConstantExpression: bool


@dataclass(frozen=True)
class PartitioningColumn:
    """A column of the table argument, or a SQL expression over them, to partition by."""

    name: str


@dataclass(frozen=True)
class OrderingColumn:
    """A column or SQL expression to order each partition by."""

    name: str
    ascending: bool = True
    overrideNullsFirst: bool | None = None


@dataclass(frozen=True)
class SelectedColumn:
    """A column or SQL expression that `eval` is to see; an expression needs an alias."""

    name: str
    alias: str = ""


@dataclass
class AnalyzeResult:
    """What `analyze` returns: the columns of the result, and how the table argument is to arrive."""

    schema: StructType
    withSinglePartition: bool = False
    partitionBy: Sequence[PartitioningColumn] = field(default_factory=tuple)
    orderBy: Sequence[OrderingColumn] = field(default_factory=tuple)
    select: Sequence[SelectedColumn] = field(default_factory=tuple)


class SkipRestOfInputTableException(Exception):
    """Raised by `eval` when the rest of the partition does not matter to it; `terminate` follows."""


_known: dict[int, UserDefinedTableFunction] = {}
"""Functions that may be asked to analyse a call, by id."""


class UserDefinedTableFunction:
    """A class with `eval`, and its columns; a call gives a DataFrame."""

    def __init__(
        self,
        func: type,
        returnType: StructType | str | None,
        name: str | None = None,
        evalType: int = Kind.SQL_TABLE_UDF,
        deterministic: bool = False,
    ) -> None:
        _check_handler(func, returnType)
        self.func = func
        self._returnType = returnType
        self._parsed: StructType | None = None
        self._pickled: str | None = None
        self._name = name or func.__name__
        self.evalType = evalType
        self.deterministic = deterministic
        self._id = next(_ids)
        functools.update_wrapper(self, func, assigned=("__doc__", "__module__"), updated=())

    @property
    def returnType(self) -> StructType | None:
        if self._returnType is None:
            return None
        if self._parsed is None:
            given = self._returnType
            parsed = _parse_datatype_string(given) if isinstance(given, str) else given
            if not isinstance(parsed, StructType):
                raise PySparkTypeError(
                    errorClass="UDTF_RETURN_TYPE_MISMATCH",
                    messageParameters={"name": self._name, "return_type": f"{parsed}"},
                )
            self._parsed = parsed
        return self._parsed

    def _command(self) -> str:
        if self._pickled is None:
            self._pickled = base64.b64encode(_pickle(self.func, self.returnType, self._name)).decode("ascii")
        return self._pickled

    def _tree(self) -> _expr.Expr:
        returns = self.returnType
        if returns is None:
            _known[self._id] = self
        return {
            "name": self._name,
            "id": self._id,
            "command": self._command(),
            "returnType": '"void"' if returns is None else returns.json(),
            "evalType": self.evalType,
            "deterministic": self.deterministic,
        }

    def __call__(self, *args: Any, **kwargs: Any) -> DataFrame:
        from troupe.sql.session import SparkSession
        from troupe.sql.table_arg import TableArg

        values: list[_expr.Expr] = []
        tables: list[_expr.Expr] = []
        given = [(None, arg) for arg in args] + list(kwargs.items())
        for position, (name, arg) in enumerate(given):
            if isinstance(arg, TableArg):
                tables.append({"position": position, "name": name, **arg._tree()})
            else:
                tree = to_expr(arg)
                values.append(tree if name is None else {"e": "named", "name": name, "value": tree})
        session = SparkSession._getActiveSessionOrCreate()
        return session._plan({"n": "pythonTable", "fn": self._tree(), "args": values, "tables": tables})

    def asDeterministic(self) -> UserDefinedTableFunction:
        """Marks that equal arguments give equal rows."""
        self.deterministic = True
        return self


def _pickle(func: type, return_type: StructType | None, name: str) -> bytes:
    import cloudpickle

    try:
        return cloudpickle.dumps((func, return_type))
    except Exception as error:
        culprit = next(
            (found for member in vars(func).values() if callable(member) and (found := _unpicklable(member))), None
        )
        raise PySparkPicklingError(
            errorClass="UDTF_SERIALIZATION_ERROR",
            messageParameters={
                "name": name,
                "message": f"{culprit or error}. Please check the stack trace and make sure the function is serializable: "
                "it must not hold sessions, DataFrames, locks or open files.",
            },
        ) from error


def _check_handler(cls: Any, returns: Any) -> None:
    if not isinstance(cls, type):
        raise PySparkTypeError(errorClass="INVALID_UDTF_HANDLER_TYPE", messageParameters={"type": type(cls).__name__})
    condition = None
    analyzes = hasattr(cls, "analyze")
    if not hasattr(cls, "eval"):
        condition = "INVALID_UDTF_NO_EVAL"
    elif returns is None and not (analyzes and isinstance(inspect.getattr_static(cls, "analyze"), staticmethod)):
        condition = "INVALID_UDTF_RETURN_TYPE"
    elif returns is not None and analyzes:
        condition = "INVALID_UDTF_BOTH_RETURN_TYPE_AND_ANALYZE"
    if condition is not None:
        raise PySparkAttributeError(errorClass=condition, messageParameters={"name": cls.__name__})


def _create_udtf(cls: type, returnType: Any, useArrow: bool | None = None) -> UserDefinedTableFunction:
    if useArrow is None:
        from troupe.sql.session import SparkSession

        session = SparkSession._instantiatedSession
        useArrow = (
            session is not None
            and session.conf._known("spark.sql.execution.pythonUDTF.arrow.enabled", "true") == "true"
        )
    return UserDefinedTableFunction(
        cls, returnType, evalType=Kind.SQL_ARROW_TABLE_UDF if useArrow else Kind.SQL_TABLE_UDF
    )


def _create_arrow_udtf(cls: type, returnType: Any) -> UserDefinedTableFunction:
    _check_handler(cls, returnType)
    if hasattr(cls, "analyze"):
        raise PySparkAttributeError(
            errorClass="INVALID_ARROW_UDTF_WITH_ANALYZE", messageParameters={"name": cls.__name__}
        )
    return UserDefinedTableFunction(cls, returnType, evalType=Kind.SQL_ARROW_UDTF)


def udtf(cls: type | None = None, *, returnType: StructType | str | None = None, useArrow: bool | None = None) -> Any:
    """A table function of a class; a function, or a decorator."""
    if cls is None:
        return functools.partial(_create_udtf, returnType=returnType, useArrow=useArrow)
    return _create_udtf(cls, returnType, useArrow)


def arrow_udtf(cls: type | None = None, *, returnType: StructType | str | None = None) -> Any:
    """A table function whose `eval` takes Arrow arrays and batches and gives Arrow tables or batches."""
    if cls is None:
        return functools.partial(_create_arrow_udtf, returnType=returnType)
    return _create_arrow_udtf(cls, returnType)


class UDTFRegistration:
    """`spark.udtf`: table functions under names that SQL text can use."""

    def __init__(self, sparkSession: SparkSession) -> None:
        self.sparkSession = sparkSession

    def register(self, name: str, f: UserDefinedTableFunction) -> UserDefinedTableFunction:
        if not isinstance(f, UserDefinedTableFunction) or isinstance(f, UserDefinedFunction):
            raise PySparkTypeError(errorClass="CANNOT_REGISTER_UDTF", messageParameters={"name": name})
        if f.evalType not in (Kind.SQL_TABLE_UDF, Kind.SQL_ARROW_TABLE_UDF, Kind.SQL_ARROW_UDTF):
            raise PySparkTypeError(
                errorClass="INVALID_UDTF_EVAL_TYPE",
                messageParameters={
                    "name": name,
                    "eval_type": "SQL_TABLE_UDF, SQL_ARROW_TABLE_UDF, SQL_ARROW_UDTF",
                },
            )
        registered = UserDefinedTableFunction(f.func, f._returnType, name, f.evalType, f.deterministic)
        self.sparkSession._call({"op": "udf.register", "name": name, "fn": registered._tree()})
        return registered

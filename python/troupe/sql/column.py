"""Column: an expression over the columns of a DataFrame."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from troupe.errors import (
    PySparkAttributeError,
    PySparkTypeError,
    PySparkValueError,
)
from troupe.sql import _expr
from troupe.sql._expr import Expr, enum_to_value
from troupe.sql._types.atomic import DataType

if TYPE_CHECKING:
    from troupe.sql.window import WindowSpec

__all__ = ["Column"]


def not_expected(expected: str, arg_name: str, value: Any) -> PySparkTypeError:
    """The error for an argument of a wrong type."""
    return PySparkTypeError(
        errorClass="NOT_EXPECTED_TYPE",
        messageParameters={"expected_type": expected, "arg_name": arg_name, "arg_type": type(value).__name__},
    )


def to_expr(col: Any) -> Expr:
    """The tree of a column, or of the column with that name."""
    if isinstance(col, Column):
        return col._expr
    if isinstance(col, str):
        return _expr.name(col)
    raise not_expected("Column or str", "col", col)


def operand(value: Any) -> Expr:
    """The tree of a column, or a constant."""
    return value._expr if isinstance(value, Column) else _expr.literal(value)


def _binary(fn: str, reverse: bool = False) -> Callable[[Column, Any], Column]:
    def apply(self: Column, other: Any) -> Column:
        args = [operand(other), self._expr] if reverse else [self._expr, operand(other)]
        return Column(_expr.call(fn, args))

    return apply


def _function(fn: str) -> Callable[[Column], Column]:
    def apply(self: Column) -> Column:
        return Column(_expr.call(fn, [self._expr]))

    return apply


def _logical(fn: str) -> Callable[[Column, Any], Column]:
    def apply(self: Column, other: Any) -> Column:
        from troupe.sql.functions import lit

        return Column(_expr.call(fn, [self._expr, lit(other)._expr]))

    return apply


def _order(ascending: bool, nulls_first: bool) -> Callable[[Column], Column]:
    def apply(self: Column) -> Column:
        return Column({"e": "sort", "child": self._expr, "asc": ascending, "nullsFirst": nulls_first})

    return apply


class Column:
    """An expression. It is only a tree: nothing is computed or looked up before a DataFrame uses it."""

    __slots__ = ("_expr",)
    _expr: Expr

    def __init__(self, expr: Expr) -> None:
        object.__setattr__(self, "_expr", expr)

    def __setattr__(self, key: str, value: Any) -> NoReturn:
        raise AttributeError(f"'Column' object attribute '{key}' is read-only")

    def __reduce__(self) -> Any:
        return Column, (self._expr,)

    __neg__ = _function("negative")
    __add__ = _binary("+")
    __radd__ = _binary("+")
    __sub__ = _binary("-")
    __rsub__ = _binary("-", reverse=True)
    __mul__ = _binary("*")
    __rmul__ = _binary("*")
    __div__ = _binary("/")
    __truediv__ = _binary("/")
    __rdiv__ = _binary("/", reverse=True)
    __rtruediv__ = _binary("/", reverse=True)
    __mod__ = _binary("%")
    __rmod__ = _binary("%", reverse=True)
    __pow__ = _binary("power")
    __rpow__ = _binary("power", reverse=True)
    __eq__ = _binary("=")  # type: ignore[assignment]
    __lt__ = _binary("<")
    __le__ = _binary("<=")
    __ge__ = _binary(">=")
    __gt__ = _binary(">")
    eqNullSafe = _binary("<=>")
    __and__ = _logical("and")
    __rand__ = _logical("and")
    __or__ = _logical("or")
    __ror__ = _logical("or")
    __invert__ = _function("not")
    __hash__ = None  # type: ignore[assignment]
    bitwiseOR = _binary("|")
    bitwiseAND = _binary("&")
    bitwiseXOR = _binary("^")
    contains = _binary("contains")
    startswith = _binary("startswith")
    endswith = _binary("endswith")
    like = _binary("like")
    rlike = _binary("rlike")
    ilike = _binary("ilike")
    asc = _order(True, True)
    asc_nulls_first = _order(True, True)
    asc_nulls_last = _order(True, False)
    desc = _order(False, False)
    desc_nulls_first = _order(False, True)
    desc_nulls_last = _order(False, False)
    isNull = _function("isnull")
    isNotNull = _function("isnotnull")
    isNaN = _function("isnan")

    def __ne__(self, other: Any) -> Column:  # type: ignore[override]
        return Column(_expr.call("not", [_expr.call("=", [self._expr, operand(other)])]))

    def __contains__(self, item: Any) -> NoReturn:
        raise PySparkValueError(errorClass="CANNOT_APPLY_IN_FOR_COLUMN", messageParameters={})

    def __bool__(self) -> NoReturn:
        raise PySparkValueError(errorClass="CANNOT_CONVERT_COLUMN_INTO_BOOL", messageParameters={})

    __nonzero__ = __bool__

    def __iter__(self) -> NoReturn:
        raise PySparkTypeError(errorClass="NOT_ITERABLE", messageParameters={"objectName": "Column"})

    def getItem(self, key: Any) -> Column:
        """An element of an array, a value of a map, a field of a struct."""
        _warn_of_column(key, "key", "getItem", "column[key]", "column.key")
        return self[key]

    def getField(self, name: Any) -> Column:
        """A field of a struct."""
        _warn_of_column(name, "name", "getField", "column[name]", "column.name")
        return self[name]

    def __getattr__(self, item: str) -> Column:
        if item.startswith("__"):
            raise PySparkAttributeError(errorClass="CANNOT_ACCESS_TO_DUNDER", messageParameters={})
        return self[item]

    def __getitem__(self, k: Any) -> Column:
        if isinstance(k, slice):
            if k.step is not None:
                raise PySparkValueError(errorClass="SLICE_WITH_STEP", messageParameters={})
            return self.substr(k.start, k.stop)
        return Column(_expr.call("getitem", [self._expr, operand(k)]))

    def withField(self, fieldName: str, col: Column) -> Column:
        """A struct with a field added or replaced."""
        if not isinstance(fieldName, str):
            raise not_expected("str", "fieldName", fieldName)
        if not isinstance(col, Column):
            raise not_expected("Column", "col", col)
        return Column(_expr.located({"e": "withField", "child": self._expr, "name": fieldName, "value": col._expr}))

    def dropFields(self, *fieldNames: str) -> Column:
        """A struct without some of its fields."""
        return Column(_expr.located({"e": "dropFields", "child": self._expr, "names": list(fieldNames)}))

    def substr(self, startPos: int | Column, length: int | Column) -> Column:
        """A part of the text; positions start at 1."""
        startPos, length = enum_to_value(startPos), enum_to_value(length)
        if type(startPos) is not type(length):
            raise PySparkTypeError(
                errorClass="NOT_SAME_TYPE",
                messageParameters={
                    "arg_name1": "startPos",
                    "arg_name2": "length",
                    "arg_type1": type(startPos).__name__,
                    "arg_type2": type(length).__name__,
                },
            )
        if not isinstance(startPos, (int, Column)):
            raise not_expected("Column or int", "startPos", startPos)
        return Column(_expr.call("substr", [self._expr, operand(startPos), operand(length)]))

    def isin(self, *cols: Any) -> Column:
        """Whether the value is among the given ones, or among the rows of a one-column DataFrame."""
        from troupe.sql.dataframe import DataFrame

        if len(cols) == 1 and isinstance(cols[0], DataFrame):
            return Column(_expr.located({"e": "insubquery", "values": [self._expr], "plan": cols[0]._plan_id}))
        if len(cols) == 1 and isinstance(cols[0], (list, set)):
            cols = tuple(cols[0])
        return Column(_expr.call("in", [self._expr, *(operand(c) for c in cols)]))

    def alias(self, *alias: str, **kwargs: Any) -> Column:
        """The column under another name, or under several for a generator of several columns."""
        metadata = kwargs.pop("metadata", None)
        assert not kwargs, f"Unexpected kwargs where passed: {kwargs}"
        if len(alias) != 1 and metadata is not None:
            raise PySparkValueError(
                errorClass="ONLY_ALLOWED_FOR_SINGLE_COLUMN", messageParameters={"arg_name": "metadata"}
            )
        expr: Expr = {"e": "alias", "child": self._expr, "names": list(alias)}
        if metadata is not None:
            expr["metadata"] = metadata
        return Column(expr)

    def name(self, *alias: str, **kwargs: Any) -> Column:
        return self.alias(*alias, **kwargs)

    def cast(self, dataType: DataType | str) -> Column:
        """The value as another type; a value that has no counterpart is an error (ANSI)."""
        return self._cast(dataType, "cast")

    def try_cast(self, dataType: DataType | str) -> Column:
        """The value as another type; NULL for a value that has no counterpart."""
        return self._cast(dataType, "try")

    def astype(self, dataType: DataType | str) -> Column:
        return self.cast(dataType)

    def _cast(self, dataType: DataType | str, mode: str) -> Column:
        if not isinstance(dataType, (str, DataType)):
            raise not_expected("DataType or str", "dataType", dataType)
        if isinstance(dataType, str):
            _check_type_name(dataType)
        to = _expr.type_text(dataType)
        return Column(_expr.located({"e": "cast", "child": self._expr, "to": to, "mode": mode}))

    def between(self, lowerBound: Any, upperBound: Any) -> Column:
        """Whether the value lies between two bounds, both included."""
        return (self >= lowerBound) & (self <= upperBound)

    def when(self, condition: Column, value: Any) -> Column:
        """One more branch for `functions.when`."""
        if not isinstance(condition, Column):
            raise not_expected("Column", "condition", condition)
        branches = [*self._open_case("when"), [condition._expr, operand(value)]]
        return Column(_expr.located({"e": "case", "branches": branches, "else": None}))

    def otherwise(self, value: Any) -> Column:
        """The value when no branch of `functions.when` holds."""
        branches = self._open_case("otherwise")
        return Column(_expr.located({"e": "case", "branches": branches, "else": operand(value)}))

    def _open_case(self, method: str) -> list[Any]:
        if self._expr["e"] == "case" and self._expr["else"] is None:
            return self._expr["branches"]
        from troupe.errors import IllegalArgumentException

        if method == "when":
            text = "when() can only be applied on a Column previously generated by when() function"
            if self._expr["e"] == "case":
                text = "when() cannot be applied once otherwise() is applied"
        else:
            text = "otherwise() can only be applied on a Column previously generated by when()"
            if self._expr["e"] == "case":
                text = "otherwise() can only be applied once on a Column previously generated by when()"
        raise IllegalArgumentException(message=text)

    def over(self, window: WindowSpec) -> Column:
        """The function over a window."""
        from troupe.sql.window import WindowSpec

        if not isinstance(window, WindowSpec):
            raise not_expected("WindowSpec", "window", window)
        return Column(_expr.located({"e": "window", "fn": self._expr, **window._definition}))

    def transform(self, f: Callable[[Column], Column]) -> Column:
        return f(self)

    def outer(self) -> Column:
        """The column of the query around a subquery."""
        return self

    def __repr__(self) -> str:
        from troupe.sql._render import render

        return f"Column<'{render(self._expr)}'>"


@functools.lru_cache(maxsize=256)
def _check_type_name(text: str) -> None:
    from troupe.sql._types.parse import check_type_name

    check_type_name(text)


def _warn_of_column(value: Any, what: str, method: str, first: str, second: str) -> None:
    if isinstance(value, Column):
        warnings.warn(
            f"A column as '{what}' in {method} is deprecated as of Spark 3.0, and will not be supported in the "
            f"future release. Use `{first}` or `{second}` syntax instead.",
            FutureWarning,
        )

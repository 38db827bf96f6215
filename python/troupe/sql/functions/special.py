"""Functions whose arguments follow rules of their own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql import _expr
from troupe.sql._expr import Expr, enum_to_value
from troupe.sql._types.atomic import ByteType, NumericType
from troupe.sql._types.nested import ArrayType
from troupe.sql.column import Column, not_expected, operand, to_expr

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

ColumnOrName = Column | str


def _make(fn: str, *args: Expr, distinct: bool = False) -> Column:
    return Column(_expr.call(fn, list(args), distinct))


def _constant(value: Any) -> Expr:
    return lit(value)._expr


def _sequence(cols: Sequence[Any]) -> list[Expr]:
    """The trees of `f(a, b)` and of `f([a, b])`."""
    if len(cols) == 1 and isinstance(cols[0], (list, set)):
        cols = list(cols[0])
    return [to_expr(c) for c in cols]


def lit(col: Any) -> Column:
    """A constant; a list becomes an array."""
    if isinstance(col, Column):
        return col
    if isinstance(col, list):
        if any(isinstance(c, Column) for c in col):
            raise PySparkValueError(errorClass="COLUMN_IN_LIST", messageParameters={"func_name": "lit"})
        return Column(_expr.call("array", [_constant(item) for item in col]))
    if type(col).__module__ == "numpy":
        return _numpy(col)
    return Column(_expr.literal(col))


def _numpy(value: Any) -> Column:
    import numpy as np

    from troupe.sql._types.infer import _from_numpy_type

    one_dimensional = isinstance(value, np.ndarray) and value.ndim == 1
    if not one_dimensional and not isinstance(value, np.generic):
        return Column(_expr.literal(value))
    data_type = _from_numpy_type(value.dtype)
    if data_type is None:
        raise PySparkTypeError(
            errorClass="UNSUPPORTED_NUMPY_ARRAY_SCALAR",
            messageParameters={"dtype": str(value.dtype) if one_dimensional else value.dtype.name},
        )
    if not one_dimensional:
        constant = Column(_expr.literal(value.item()))
        return constant.astype(data_type).alias(str(value)) if isinstance(data_type, NumericType) else constant
    shown = "smallint" if isinstance(data_type, ByteType) else data_type.simpleString()
    items: list[Expr] = [{"e": "cast", "child": _expr.literal(v), "to": shown, "mode": "cast"} for v in value.tolist()]
    made = Column(_expr.call("array", items))
    return made.cast(ArrayType(data_type)) if isinstance(data_type, ByteType) else made


def col(col: str) -> Column:
    """The column of this name."""
    if not isinstance(col, str):
        raise not_expected("str", "col", col)
    return Column(_expr.name(col))


column = col


def expr(str: str) -> Column:
    """SQL text as a column."""
    return Column(_expr.located({"e": "sql", "text": str}))


def when(condition: Column, value: Any) -> Column:
    """The first branch of a CASE; more with `.when`, the rest with `.otherwise`."""
    if not isinstance(condition, Column):
        raise not_expected("Column", "condition", condition)
    return Column(_expr.located({"e": "case", "branches": [[condition._expr, operand(value)]], "else": None}))


def broadcast(df: DataFrame) -> DataFrame:
    """Asks that joins send this DataFrame whole to every executor."""
    return df.hint("broadcast")


def call_function(funcName: str, *cols: ColumnOrName) -> Column:
    """A function by its SQL name."""
    return _make(funcName, *map(to_expr, cols))


def call_udf(udfName: str, *cols: ColumnOrName) -> Column:
    """A registered function by its name."""
    return _make(udfName, *map(to_expr, cols))


def _ordered(col: ColumnOrName) -> Column:
    return col if isinstance(col, Column) else Column(_expr.name(col))


def asc(col: ColumnOrName) -> Column:
    """Ascending order, nulls first."""
    return _ordered(col).asc()


def asc_nulls_first(col: ColumnOrName) -> Column:
    """Ascending order, nulls first."""
    return _ordered(col).asc_nulls_first()


def asc_nulls_last(col: ColumnOrName) -> Column:
    """Ascending order, nulls last."""
    return _ordered(col).asc_nulls_last()


def desc(col: ColumnOrName) -> Column:
    """Descending order, nulls last."""
    return _ordered(col).desc()


def desc_nulls_first(col: ColumnOrName) -> Column:
    """Descending order, nulls first."""
    return _ordered(col).desc_nulls_first()


def desc_nulls_last(col: ColumnOrName) -> Column:
    """Descending order, nulls last."""
    return _ordered(col).desc_nulls_last()


def array(*cols: Any) -> Column:
    """An array of columns."""
    return _make("array", *_sequence(cols))


def struct(*cols: Any) -> Column:
    """A struct of columns."""
    return _make("struct", *_sequence(cols))


def create_map(*cols: Any) -> Column:
    """A map from keys and values in turn."""
    return _make("map", *_sequence(cols))


def map_concat(*cols: Any) -> Column:
    """The union of maps."""
    return _make("map_concat", *_sequence(cols))


def _at_least_two(name: str, cols: Sequence[Any]) -> list[Expr]:
    if len(cols) < 2:
        raise PySparkValueError(errorClass="WRONG_NUM_COLUMNS", messageParameters={"func_name": name, "num_cols": "2"})
    return [to_expr(c) for c in cols]


def greatest(*cols: ColumnOrName) -> Column:
    """The greatest value, nulls skipped."""
    return _make("greatest", *_at_least_two("greatest", cols))


def least(*cols: ColumnOrName) -> Column:
    """The least value, nulls skipped."""
    return _make("least", *_at_least_two("least", cols))


def count_distinct(col: ColumnOrName, *cols: ColumnOrName) -> Column:
    """The number of distinct combinations without nulls."""
    return _make("count", to_expr(col), *map(to_expr, cols), distinct=True)


def sum_distinct(col: ColumnOrName) -> Column:
    """The sum of the distinct values."""
    return _make("sum", to_expr(col), distinct=True)


def _joined_distinct(fn: str, col: ColumnOrName, delimiter: Column | str | bytes | None) -> Column:
    more = [] if delimiter is None else [_constant(delimiter)]
    return _make(fn, to_expr(col), *more, distinct=True)


def listagg_distinct(col: ColumnOrName, delimiter: Column | str | bytes | None = None) -> Column:
    """The distinct values, concatenated."""
    return _joined_distinct("listagg", col, delimiter)


def string_agg_distinct(col: ColumnOrName, delimiter: Column | str | bytes | None = None) -> Column:
    """The distinct values, concatenated."""
    return _joined_distinct("string_agg", col, delimiter)


def negate(col: ColumnOrName) -> Column:
    """The value with the other sign."""
    return _make("negative", to_expr(col))


def bitwise_not(col: ColumnOrName) -> Column:
    """Each bit inverted."""
    return _make("~", to_expr(col))


def mean(col: ColumnOrName) -> Column:
    """The average."""
    return _make("avg", to_expr(col))


def _number_or_column(value: ColumnOrName | float) -> Expr:
    return to_expr(value) if isinstance(value, (str, Column)) else _constant(value)


def pow(col1: ColumnOrName | float, col2: ColumnOrName | float) -> Column:
    """The first argument raised to the power of the second."""
    return _make("power", _number_or_column(col1), _number_or_column(col2))


def log(arg1: ColumnOrName | float, arg2: ColumnOrName | None = None) -> Column:
    """The natural logarithm, or the logarithm of the second argument to the base of the first."""
    if arg2 is None:
        return _make("ln", to_expr(arg1))
    return _make("log", _expr.literal(float(enum_to_value(arg1))), to_expr(arg2))


def _seed(seed: int | None) -> Expr:
    """Each call without a seed has its own, as the JVM's side must give the same rows on a second run."""
    chosen = random.randrange(-(1 << 63), 1 << 63) if seed is None else int(enum_to_value(seed))
    return _expr.literal(chosen, "bigint")


def rand(seed: int | None = None) -> Column:
    """Uniform random numbers in [0, 1)."""
    return _make("rand", _seed(seed))


def randn(seed: int | None = None) -> Column:
    """Normally distributed random numbers."""
    return _make("randn", _seed(seed))


def uniform(min: Column | int | float, max: Column | int | float, seed: Column | int | None = None) -> Column:
    """Uniform random numbers between two bounds."""
    last = _seed(None) if seed is None else _constant(enum_to_value(seed))
    return _make("uniform", _constant(enum_to_value(min)), _constant(enum_to_value(max)), last)


def randstr(length: Column | int, seed: Column | int | None = None) -> Column:
    """Random text of letters and digits."""
    last = _seed(None) if seed is None else _constant(enum_to_value(seed))
    return _make("randstr", _constant(enum_to_value(length)), last)


def _percentages(percentage: Any) -> Expr:
    return _constant(list(percentage) if isinstance(percentage, (list, tuple)) else percentage)


def percentile(col: ColumnOrName, percentage: Column | float | Sequence[float], frequency: Column | int = 1) -> Column:
    """The exact percentile."""
    return _make("percentile", to_expr(col), _percentages(percentage), _constant(frequency))


def percentile_approx(
    col: ColumnOrName, percentage: Column | float | Sequence[float], accuracy: Column | int = 10000
) -> Column:
    """An approximate percentile."""
    return _make("percentile_approx", to_expr(col), _percentages(percentage), _constant(accuracy))


def approx_percentile(
    col: ColumnOrName, percentage: Column | float | Sequence[float], accuracy: Column | int = 10000
) -> Column:
    """An approximate percentile."""
    return _make("approx_percentile", to_expr(col), _percentages(percentage), _constant(accuracy))


def ntile(n: int) -> Column:
    """The number of the bucket, of n buckets of equal size."""
    return _make("ntile", _constant(int(enum_to_value(n))))


def lag(col: ColumnOrName, offset: int = 1, default: Any | None = None) -> Column:
    """The value `offset` rows before."""
    return _make("lag", to_expr(col), _constant(offset), _constant(default))


def lead(col: ColumnOrName, offset: int = 1, default: Any | None = None) -> Column:
    """The value `offset` rows after."""
    return _make("lead", to_expr(col), _constant(offset), _constant(default))


def nth_value(col: ColumnOrName, offset: int, ignoreNulls: bool | None = False) -> Column:
    """The value of the n-th row of the frame."""
    return _make("nth_value", to_expr(col), _constant(offset), _constant(ignoreNulls))


def _message(errMsg: Column | str) -> Expr:
    errMsg = enum_to_value(errMsg)
    if not isinstance(errMsg, (str, Column)):
        raise not_expected("Column or str", "errMsg", errMsg)
    return _constant(errMsg)


def assert_true(col: ColumnOrName, errMsg: Column | str | None = None) -> Column:
    """NULL when the condition holds, else an error."""
    return _make("assert_true", to_expr(col), *([] if errMsg is None else [_message(errMsg)]))


def raise_error(errMsg: Column | str) -> Column:
    """An error with this text."""
    return _make("raise_error", _message(errMsg))


def unwrap_udt(col: ColumnOrName) -> Column:
    """The stored form of a user-defined type."""
    return _make("unwrap_udt", to_expr(col))


def shuffle(col: ColumnOrName, seed: Column | int | None = None) -> Column:
    """The array in a random order."""
    return _make("shuffle", to_expr(col), _seed(None) if seed is None else _constant(seed))


def _scale(scale: Column | int | None) -> Expr:
    scale = enum_to_value(scale)
    return _constant(0) if scale is None else _constant(scale) if isinstance(scale, int) else to_expr(scale)


def round(col: ColumnOrName, scale: Column | int | None = None) -> Column:
    """The value rounded half up to a number of digits."""
    return _make("round", to_expr(col), _scale(scale))


def bround(col: ColumnOrName, scale: Column | int | None = None) -> Column:
    """The value rounded half to even to a number of digits."""
    return _make("bround", to_expr(col), _scale(scale))

"""DataFrame methods that fill, drop and replace nulls, and those that describe the data; all made of plain plans."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from troupe._globals import _NoValue
from troupe.errors import IllegalArgumentException, PySparkTypeError, PySparkValueError
from troupe.errors.exceptions.captured import failure
from troupe.sql import _expr
from troupe.sql._types.atomic import BooleanType, DataType, DoubleType, FloatType, NumericType, StringType
from troupe.sql._types.nested import StructField
from troupe.sql.column import Column, not_expected

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

_Base: Any = object
_DEFAULT_SUMMARY = ("count", "mean", "stddev", "min", "25%", "50%", "75%", "max")
_PERCENTILE_ACCURACY = 10_000


def _names(value: Any, arg_name: str, expected: str) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, tuple)):
        raise not_expected(expected, arg_name, value)
    return list(value)


def _require_text(**values: Any) -> None:
    for arg_name, value in values.items():
        if not isinstance(value, str):
            raise not_expected("str", arg_name, value)


def _takes(value: Any, dt: DataType) -> bool:
    """Whether a replacement of this kind belongs into a column of this type."""
    if isinstance(value, bool):
        return isinstance(dt, BooleanType)
    return isinstance(dt, StringType if isinstance(value, str) else NumericType)


class FrameStatistics(_Base):
    """Part of DataFrame."""

    def _field_column(self, index: int) -> Column:
        return self[index]

    def _select_changed(self, change: Callable[[StructField, Column], Column | None]) -> DataFrame:
        """All columns in order, some of them replaced under their own name."""
        exprs = []
        for i, field in enumerate(self.schema.fields):
            column = self._field_column(i)
            changed = change(field, column)
            exprs.append(column if changed is None else changed.alias(field.name))
        return self.select(*exprs)

    def dropna(self, how: str = "any", thresh: int | None = None, subset: Any = None) -> DataFrame:
        if how is not None and how not in ("any", "all"):
            raise PySparkValueError(
                errorClass="VALUE_NOT_ANY_OR_ALL", messageParameters={"arg_name": "how", "arg_value": str(how)}
            )
        names = self.columns if subset is None else _names(subset, "subset", "list, str or tuple")
        least = thresh if thresh is not None else len(names) if how == "any" else 1
        present = [self._is_present(n) for n in names]
        if not present:
            return self if least <= 0 else self.filter("false")
        if least >= len(present):
            condition = functools.reduce(Column.__and__, present)
            return self.filter(condition) if least == len(present) else self.filter("false")
        if least == 1:
            return self.filter(functools.reduce(Column.__or__, present))
        number = functools.reduce(Column.__add__, [p.cast("int") for p in present])
        return self.filter(number >= least)

    def _is_present(self, name: str) -> Column:
        from troupe.sql.dataframe import _quoted

        found = next((f for f in self.schema.fields if f.name == name), None)
        column = self._column(_quoted(name)) if found is not None else self[name]
        if found is not None and isinstance(found.dataType, (FloatType, DoubleType)):
            return column.isNotNull() & ~column.isNaN()
        return column.isNotNull()

    def fillna(self, value: Any, subset: Any = None) -> DataFrame:
        if not isinstance(value, (float, int, str, bool, dict)):
            raise not_expected("bool, dict, float, int or str", "value", value)
        if isinstance(value, dict):
            return self._fill_each(value)
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        names = None if subset is None else set(_names(subset, "subset", "list or tuple"))

        def change(field: StructField, column: Column) -> Column | None:
            chosen = names is None or field.name in names
            return _filled(column, field.dataType, value) if chosen and _takes(value, field.dataType) else None

        return self._select_changed(change)

    def _fill_each(self, values: dict[str, Any]) -> DataFrame:
        for name, value in values.items():
            if not isinstance(value, (float, int, str, bool)):
                raise IllegalArgumentException(message=f"Unsupported value type {type(value).__name__} ({value}).")
            if name not in self.columns:
                self._check_name(name)

        def change(field: StructField, column: Column) -> Column | None:
            return _filled(column, field.dataType, values[field.name]) if field.name in values else None

        return self._select_changed(change)

    def replace(self, to_replace: Any, value: Any = _NoValue, subset: Any = None) -> DataFrame:
        pairs = _replacements(to_replace, value)
        if not (subset is None or isinstance(subset, (list, tuple, str))):
            raise not_expected("list, str or tuple", "subset", subset)
        names = None if subset is None else set(_names(subset, "subset", "list, str or tuple"))
        if not pairs:
            return self
        sample = next(iter(pairs))

        def change(field: StructField, column: Column) -> Column | None:
            chosen = names is None or field.name in names
            return _replaced(column, field.dataType, pairs) if chosen and _takes(sample, field.dataType) else None

        return self._select_changed(change)

    def describe(self, *cols: Any) -> DataFrame:
        names = list(cols[0] if len(cols) == 1 and isinstance(cols[0], list) else cols)
        return self._summarised(names or None, ("count", "mean", "stddev", "min", "max"))

    def summary(self, *statistics: Any) -> DataFrame:
        chosen = statistics[0] if len(statistics) == 1 and isinstance(statistics[0], list) else statistics
        return self._summarised(None, tuple(chosen) or _DEFAULT_SUMMARY)

    def _summarised(self, names: list[str] | None, statistics: tuple[str, ...]) -> DataFrame:
        """One aggregate whose result is an array of rows, unfolded by `inline`; both in one request."""
        from troupe.sql import functions as F

        if names is None:
            fields = [f for f in self.schema.fields if isinstance(f.dataType, (NumericType, StringType))]
            columns = {f.name: (self[f.name] if f.name.isidentifier() else F.col(_q(f.name)), f) for f in fields}
        else:
            columns = {n: (F.col(_q(n)) if n in self.columns else self[n], self._field_of(n)) for n in names}
        rows = []
        for statistic in statistics:
            cells = [
                _statistic(statistic, column, field).cast("string").alias(n) for n, (column, field) in columns.items()
            ]
            rows.append(F.struct(F.nullif(F.lit(statistic), F.lit("")).alias("summary"), *cells))
        table = F.array(*rows)._expr
        aggregate = {
            "n": "aggregate",
            "child": self._plan_id,
            "kind": "groupby",
            "grouping": [],
            "aggs": [{"e": "alias", "child": table, "names": ["rows"]}],
        }
        unfolded = _expr.call("inline", [_expr.name("rows")])
        return self._made({"n": "project", "child": aggregate, "exprs": [unfolded]})

    def _field_of(self, name: str) -> StructField | None:
        return next((f for f in self.schema.fields if f.name.lower() == name.lower()), None)

    def approxQuantile(self, col: Any, probabilities: Any, relativeError: float) -> Any:
        from troupe.sql import functions as F

        names = _names(col, "col", "list, str or tuple")
        for c in names:
            if not isinstance(c, str):
                raise PySparkTypeError(
                    errorClass="DISALLOWED_TYPE_FOR_CONTAINER",
                    messageParameters={
                        "arg_name": "col",
                        "arg_type": type(col).__name__,
                        "allowed_types": "str",
                        "item_type": type(c).__name__,
                    },
                )
        if not isinstance(probabilities, (list, tuple)):
            raise not_expected("list or tuple", "probabilities", probabilities)
        for p in probabilities:
            if not isinstance(p, (float, int)) or p < 0 or p > 1:
                raise not_expected("list[float, int]", "probabilities", p)
        if not isinstance(relativeError, (float, int)):
            raise not_expected("float or int", "relativeError", relativeError)
        if relativeError < 0:
            raise PySparkValueError(
                errorClass="NEGATIVE_VALUE",
                messageParameters={"arg_name": "relativeError", "arg_value": str(relativeError)},
            )
        accuracy = min(int(1 / relativeError), 2**31 - 1) if relativeError else 2**31 - 1
        shares = [float(p) for p in probabilities]
        wanted = []
        for i, c in enumerate(names):
            number = F.nanvl(self[c].cast("double"), F.lit(None).cast("double"))
            wanted.append(F.percentile_approx(number, shares, max(accuracy, 1)).alias(f"_{i}"))
        found = [list(v) if v is not None else [] for v in self.agg(*wanted).collect()[0]]
        return found[0] if isinstance(col, str) else found

    def corr(self, col1: str, col2: str, method: str | None = None) -> float:
        _require_text(col1=col1, col2=col2)
        if (method or "pearson") != "pearson":
            raise PySparkValueError(
                errorClass="VALUE_NOT_PEARSON", messageParameters={"arg_name": "method", "arg_value": str(method)}
            )
        return self._of_two("corr", "correlation", col1, col2)

    def cov(self, col1: str, col2: str) -> float:
        _require_text(col1=col1, col2=col2)
        return self._of_two("covar_samp", "covariance", col1, col2)

    def _of_two(self, fn: str, what: str, col1: str, col2: str) -> float:
        for name in (col1, col2):
            field = self._field_of(name)
            if field is not None and not isinstance(field.dataType, NumericType):
                raise IllegalArgumentException(
                    message=f"requirement failed: Currently {what} calculation for columns with dataType "
                    f"{field.dataType.simpleString()} not supported."
                )
        trees = [self[c].cast("double")._expr for c in (col1, col2)]
        found = self.agg(Column(_expr.call(fn, trees))).collect()[0][0]
        return float("nan") if found is None else found

    def crosstab(self, col1: str, col2: str) -> DataFrame:
        from troupe.sql import functions as F

        _require_text(col1=col1, col2=col2)

        def shown(name: str) -> Column:
            return F.coalesce(self[name].cast("string"), F.lit("null"))

        table = f"{col1}_{col2}"
        pairs = self.select(shown(col1).alias(table), shown(col2).alias("value"))
        return pairs.groupBy(_q(table)).pivot("value").count().na.fill(0)

    def freqItems(self, cols: Any, support: float | None = None) -> DataFrame:
        """Items that occur in at least that share of the rows; exact, where Spark's may add others."""
        from troupe.sql import functions as F

        if not isinstance(cols, (list, tuple)):
            raise not_expected("list or tuple", "cols", cols)
        least = (support or 0.01) * self.count()
        found = None
        for c in cols:
            counted = self.groupBy(self[c].alias("item")).agg(F.count(F.lit(1)).alias("number"))
            one = counted.filter(F.col("number") >= least).agg(F.collect_list("item").alias(f"{c}_freqItems"))
            found = one if found is None else found.crossJoin(one)
        if found is None:
            raise PySparkValueError(errorClass="CANNOT_BE_EMPTY", messageParameters={"item": "column"})
        return found


def _q(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _filled(column: Column, dt: DataType, value: Any) -> Column:
    from troupe.sql import functions as F

    if isinstance(dt, (FloatType, DoubleType)):
        column = F.nanvl(column, F.lit(None).cast(dt))
    return F.coalesce(column, F.lit(value).cast(dt))


def _replaced(column: Column, dt: DataType, pairs: dict[Any, Any]) -> Column:
    from troupe.sql import functions as F

    chosen: Any = F
    for old, new in pairs.items():
        chosen = chosen.when(column == F.lit(old).cast(dt), F.lit(new).cast(dt))
    return chosen.otherwise(column)


def _replacements(to_replace: Any, value: Any) -> dict[Any, Any]:
    if value is _NoValue:
        if not isinstance(to_replace, dict):
            raise PySparkTypeError(
                errorClass="ARGUMENT_REQUIRED",
                messageParameters={"arg_name": "value", "condition": "`to_replace` is dict"},
            )
        value = None
    kinds = (bool, float, int, str, list, tuple)
    if not isinstance(to_replace, (*kinds, dict)):
        raise not_expected("bool, dict, float, int, str or tuple", "to_replace", to_replace)
    if not isinstance(value, kinds) and value is not None and not isinstance(to_replace, dict):
        raise not_expected("bool, float, int, list, None, str or tuple", "value", value)
    if isinstance(to_replace, dict):
        pairs = to_replace
    else:
        olds = list(to_replace) if isinstance(to_replace, (list, tuple)) else [to_replace]
        news = list(value) if isinstance(value, (list, tuple)) else [value] * len(olds)
        if len(olds) != len(news):
            raise PySparkValueError(
                errorClass="LENGTH_SHOULD_BE_THE_SAME",
                messageParameters={
                    "arg1": "to_replace",
                    "arg2": "value",
                    "arg1_length": str(len(olds)),
                    "arg2_length": str(len(news)),
                },
            )
        pairs = dict(zip(olds, news, strict=True))
    if not _of_one_kind(pairs):
        raise PySparkValueError(errorClass="MIXED_TYPE_REPLACEMENT", messageParameters={})
    return pairs


def _of_one_kind(pairs: dict[Any, Any]) -> bool:
    def every(values: Iterable[Any], kind: Any) -> bool:
        return all(isinstance(v, kind) for v in values if v is not None)

    return any(every(pairs, kind) and every(pairs.values(), kind) for kind in (bool, str, (float, int)))


def _statistic(statistic: str, column: Column, field: StructField | None) -> Column:
    from troupe.sql import functions as F

    numeric = field is None or isinstance(field.dataType, NumericType)
    number = column if numeric else column.try_cast("double")
    if statistic.endswith("%"):
        try:
            share = float(statistic[:-1]) / 100
        except ValueError:
            raise IllegalArgumentException(message=f"Unable to parse {statistic} as a percentile") from None
        if not 0 <= share <= 1:
            raise IllegalArgumentException(message="requirement failed: Percentiles must be in the range [0, 1]")
        return F.percentile_approx(number, share, _PERCENTILE_ACCURACY)
    simple: dict[str, Callable[[], Column]] = {
        "count": lambda: F.count(column),
        "count_distinct": lambda: F.count_distinct(column),
        "approx_count_distinct": lambda: F.approx_count_distinct(column),
        "mean": lambda: F.avg(number),
        "stddev": lambda: F.stddev_samp(number),
        "min": lambda: F.min(column),
        "max": lambda: F.max(column),
    }
    if statistic.lower() not in simple:
        raise failure(
            "IllegalArgumentException",
            "UNRECOGNIZED_STATISTIC",
            "42704",
            f"The statistic '{statistic}' is not recognized. Valid statistics include `count`, `count_distinct`, "
            "`approx_count_distinct`, `mean`, `stddev`, `min`, `max`, and percentile values. "
            "Percentile must be a numeric value followed by '%', within the range 0% to 100%.",
            stats=f"'{statistic}'",
        )
    return simple[statistic.lower()]()


class DataFrameNaFunctions:
    """`df.na`."""

    def __init__(self, df: DataFrame) -> None:
        self.df = df

    def drop(self, how: str = "any", thresh: int | None = None, subset: Any = None) -> DataFrame:
        return self.df.dropna(how=how, thresh=thresh, subset=subset)

    def fill(self, value: Any, subset: Any = None) -> DataFrame:
        return self.df.fillna(value=value, subset=subset)

    def replace(self, to_replace: Any, value: Any = _NoValue, subset: Any = None) -> DataFrame:
        return self.df.replace(to_replace, value, subset)


class DataFrameStatFunctions:
    """`df.stat`."""

    def __init__(self, df: DataFrame) -> None:
        self.df = df

    def approxQuantile(self, col: Any, probabilities: Any, relativeError: float) -> Any:
        return self.df.approxQuantile(col, probabilities, relativeError)

    def corr(self, col1: str, col2: str, method: str | None = None) -> float:
        return self.df.corr(col1, col2, method)

    def cov(self, col1: str, col2: str) -> float:
        return self.df.cov(col1, col2)

    def crosstab(self, col1: str, col2: str) -> DataFrame:
        return self.df.crosstab(col1, col2)

    def freqItems(self, cols: Any, support: float | None = None) -> DataFrame:
        return self.df.freqItems(cols, support)

    def sampleBy(self, col: Any, fractions: dict[Any, float], seed: int | None = None) -> DataFrame:
        return self.df.sampleBy(col, fractions, seed)

"""DataFrame methods that change the shape or the place of rows: samples, partitions, unpivot, Python over whole frames."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from troupe.errors import IllegalArgumentException, PySparkTypeError, PySparkValueError
from troupe.sql import _expr
from troupe.sql._expr import Expr
from troupe.sql._types.nested import StructType
from troupe.sql.column import Column, not_expected, to_expr
from troupe.util import PythonEvalType as Kind

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

_Base: Any = object


def _list_of(cols: Any) -> list[Expr]:
    return [to_expr(c) for c in (cols if isinstance(cols, (list, tuple)) else [cols])]


def python_function(func: Callable[..., Any], schema: StructType | str, kind: int) -> Expr:
    """The tree of a function over batches or groups, as `mapInPandas` and the like take it."""
    from troupe.sql.functions import pandas_udf

    return pandas_udf(func, returnType=schema, functionType=kind)._unwrapped._tree([], {})


def _check_positive(partitions: int) -> None:
    if partitions <= 0:
        raise IllegalArgumentException(
            message=f"requirement failed: Number of partitions ({partitions}) must be positive."
        )


class FrameShapes(_Base):
    """Part of DataFrame."""

    def sample(self, withReplacement: Any = None, fraction: Any = None, seed: int | None = None) -> DataFrame:
        by_position = type(withReplacement) is bool and isinstance(fraction, float)
        by_keyword = withReplacement is None and isinstance(fraction, float)
        shifted = isinstance(withReplacement, float)
        if not (by_position or by_keyword or shifted):
            given = [type(a).__name__ for a in (withReplacement, fraction, seed)]
            raise PySparkTypeError(
                errorClass="NOT_EXPECTED_TYPE",
                messageParameters={
                    "arg_name": "withReplacement (optional), fraction (required) and seed (optional)",
                    "expected_type": "bool, float or int",
                    "arg_type": ", ".join(given),
                },
            )
        if shifted:
            seed = fraction if fraction is not None else seed
            withReplacement, fraction = None, withReplacement
        if fraction < 0.0 or fraction > 1.0 and not withReplacement:
            limits = (
                "must be nonnegative with replacement"
                if withReplacement
                else "must be on interval [0, 1] without replacement"
            )
            raise IllegalArgumentException(message=f"requirement failed: Sampling fraction ({fraction}) {limits}")
        return self._child(
            "sample",
            lower=0.0,
            upper=float(fraction),
            replacement=bool(withReplacement),
            seed=int(seed) if seed is not None else random.randrange(sys.maxsize),
        )

    def randomSplit(self, weights: list[float], seed: int | None = None) -> list[DataFrame]:
        for w in weights:
            if w < 0.0:
                raise PySparkValueError(
                    errorClass="VALUE_NOT_POSITIVE",
                    messageParameters={"arg_name": "weights", "arg_value": str(w)},
                )
        chosen = int(seed) if seed is not None else random.randrange(sys.maxsize)
        total = float(sum(weights))
        if not weights or total <= 0:
            from troupe.errors import IllegalArgumentException

            raise IllegalArgumentException(
                message=f"requirement failed: Sum of weights must be positive, but got [{','.join(map(str, weights))}]"
            )
        bounds = [0.0]
        for w in weights:
            bounds.append(bounds[-1] + w / total)
        bounds[-1] = 1.0
        ordered = self._in_stable_order()
        return [
            self._made({**_sample_node(a, b, chosen), "child": ordered})
            for a, b in zip(bounds, bounds[1:], strict=False)
        ]

    def _in_stable_order(self) -> Any:
        """Rows in an order that a second run repeats, so that the parts of a split are disjoint."""
        from troupe.sql._types.infer import _has_type
        from troupe.sql._types.nested import MapType
        from troupe.sql._types.opaque import VariantType

        orders = [
            {"e": "sort", "child": to_expr(self[i]), "asc": True, "nullsFirst": True}
            for i, f in enumerate(self.schema.fields)
            if not _has_type(f.dataType, (MapType, VariantType))
        ]
        return {"n": "sort", "child": self._plan_id, "orders": orders, "global": False} if orders else self._plan_id

    def sampleBy(self, col: Any, fractions: dict[Any, float], seed: int | None = None) -> DataFrame:
        from troupe.sql import functions as F

        if not isinstance(col, (str, Column)):
            raise not_expected("Column or str", "col", col)
        if not isinstance(fractions, dict):
            raise not_expected("dict", "fractions", fractions)
        for k in fractions:
            if not isinstance(k, (float, int, str)):
                raise PySparkTypeError(
                    errorClass="DISALLOWED_TYPE_FOR_CONTAINER",
                    messageParameters={
                        "arg_name": "fractions",
                        "arg_type": type(fractions).__name__,
                        "allowed_types": "float, int, str",
                        "item_type": type(k).__name__,
                    },
                )
            if not 0.0 <= fractions[k] <= 1.0:
                raise IllegalArgumentException(
                    message=f"requirement failed: Fractions must be in [0, 1], but that of {k} is {fractions[k]}."
                )
        column = F.col(col) if isinstance(col, str) else col
        chosen: Any = None
        for key, fraction in fractions.items():
            branch = (column == key, F.lit(float(fraction)))
            chosen = F.when(*branch) if chosen is None else chosen.when(*branch)
        seed = seed if seed is not None else random.randrange(sys.maxsize)
        limit = F.lit(0.0) if chosen is None else chosen.otherwise(0.0)
        return self.filter(F.rand(seed) < limit)

    def repartition(self, numPartitions: Any, *cols: Any) -> DataFrame:
        if isinstance(numPartitions, int):
            _check_positive(numPartitions)
            exprs = [to_expr(c) for c in cols]
            kind = "hash" if exprs else "roundrobin"
            return self._child("repartition", partitions=numPartitions, exprs=exprs, kind=kind)
        if isinstance(numPartitions, (str, Column)):
            exprs = [to_expr(c) for c in (numPartitions, *cols)]
            return self._child("repartition", partitions=None, exprs=exprs, kind="hash")
        raise not_expected("Column or str", "numPartitions", numPartitions)

    def repartitionByRange(self, numPartitions: Any, *cols: Any) -> DataFrame:
        if isinstance(numPartitions, int):
            _check_positive(numPartitions)
            if not cols:
                raise PySparkValueError(
                    errorClass="CANNOT_BE_EMPTY", messageParameters={"item": "partition-by expression"}
                )
            exprs = [to_expr(c) for c in cols]
            return self._child("repartition", partitions=numPartitions, exprs=exprs, kind="range")
        if isinstance(numPartitions, (str, Column)):
            exprs = [to_expr(c) for c in (numPartitions, *cols)]
            return self._child("repartition", partitions=None, exprs=exprs, kind="range")
        raise not_expected("Column, int or str", "numPartitions", numPartitions)

    def repartitionById(self, numPartitions: int, partitionIdCol: Any) -> DataFrame:
        if not isinstance(numPartitions, int):
            raise not_expected("int", "numPartitions", numPartitions)
        if numPartitions <= 0:
            raise PySparkValueError(
                errorClass="VALUE_NOT_POSITIVE",
                messageParameters={"arg_name": "numPartitions", "arg_value": str(numPartitions)},
            )
        return self._child("repartition", partitions=numPartitions, exprs=[to_expr(partitionIdCol)], kind="id")

    def coalesce(self, numPartitions: int) -> DataFrame:
        _check_positive(int(numPartitions))
        return self._child("repartition", partitions=int(numPartitions), exprs=[], kind="coalesce")

    def unpivot(self, ids: Any, values: Any, variableColumnName: str, valueColumnName: str) -> DataFrame:
        assert ids is not None, "ids must not be None"
        return self._child(
            "unpivot",
            ids=_list_of(ids),
            values=None if values is None else _list_of(values),
            variable=variableColumnName,
            value=valueColumnName,
        )

    def melt(self, ids: Any, values: Any, variableColumnName: str, valueColumnName: str) -> DataFrame:
        return self.unpivot(ids, values, variableColumnName, valueColumnName)

    def to(self, schema: StructType) -> DataFrame:
        """The columns in the order and of the types of a schema, matched by name."""
        assert schema is not None
        names = {c.lower(): c for c in self.columns}
        exprs: list[Expr] = []
        for field in schema.fields:
            found = names.get(field.name.lower())
            if found is None and not field.nullable:
                tree = _expr.name(field.name)  # the analyser names the missing column and its nearest match
            else:
                tree = (
                    _expr.literal(None)
                    if found is None
                    else to_expr(self._column("`" + found.replace("`", "``") + "`"))
                )
            cast = {"e": "cast", "child": tree, "to": _expr.type_text(field.dataType), "mode": "cast"}
            exprs.append({"e": "alias", "child": cast, "names": [field.name], "metadata": field.metadata or None})
        return self._child("project", exprs=exprs)

    def zipWithIndex(self, indexColName: str = "index") -> DataFrame:
        """The rows with their number, in the order of partitions."""
        from troupe.sql import functions as F
        from troupe.sql.window import Window

        number = F.row_number().over(Window.orderBy(F.monotonically_increasing_id())).cast("bigint") - 1
        return self.select("*", number.alias(indexColName))

    def mapInPandas(
        self, func: Callable[..., Any], schema: StructType | str, barrier: bool = False, profile: Any = None
    ) -> DataFrame:
        return self._child("mapInPandas", fn=python_function(func, schema, Kind.SQL_MAP_PANDAS_ITER_UDF))

    def mapInArrow(
        self, func: Callable[..., Any], schema: StructType | str, barrier: bool = False, profile: Any = None
    ) -> DataFrame:
        return self._child("mapInArrow", fn=python_function(func, schema, Kind.SQL_MAP_ARROW_ITER_UDF))

    def toJSON(self, use_unicode: bool = True) -> Any:
        """Each row as JSON text: an RDD, or with `spark.sql.pyspark.toJSON.returnDataFrame` a column `value`."""
        from troupe.sql import functions as F

        texts = self.select(F.to_json(F.struct("*")).alias("value"))
        if self._session.conf._known("spark.sql.pyspark.toJSON.returnDataFrame", "false") == "true":
            return texts
        return texts.rdd.map(lambda row: row[0])

    def scalar(self) -> Column:
        """The DataFrame as a scalar subquery."""
        return Column(_expr.located({"e": "subquery", "kind": "scalar", "plan": self._plan_id}))

    def exists(self) -> Column:
        """Whether the DataFrame has rows, as a subquery."""
        return Column(_expr.located({"e": "subquery", "kind": "exists", "plan": self._plan_id}))


def _sample_node(lower: float, upper: float, seed: int) -> dict[str, Any]:
    return {"n": "sample", "lower": lower, "upper": upper, "replacement": False, "seed": seed}

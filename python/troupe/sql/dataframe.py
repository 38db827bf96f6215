"""DataFrame: a plan that the JVM has analysed, and the methods that make new plans from it.

Each method is one request that carries its expressions; the answer has the new plan's number and schema. What reads only
the schema (`columns`, `dtypes`, `printSchema`, attribute access) asks nobody.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from troupe._site import call_site
from troupe.errors import (
    PySparkAttributeError,
    PySparkIndexError,
    PySparkTypeError,
    PySparkValueError,
)
from troupe.sql import _expr
from troupe.sql._expr import Expr
from troupe.sql._frame_actions import FrameActions
from troupe.sql._frame_extensions import FrameExtensions
from troupe.sql._frame_joins import FrameJoins
from troupe.sql._frame_shapes import FrameShapes
from troupe.sql._frame_statistics import DataFrameNaFunctions, DataFrameStatFunctions, FrameStatistics
from troupe.sql._types.nested import StructType
from troupe.sql.column import Column, not_expected, operand, to_expr

if TYPE_CHECKING:
    from troupe.gateway import PlanId
    from troupe.sql.group import GroupedData
    from troupe.sql.observation import Observation
    from troupe.sql.session import SparkSession

__all__ = ["DataFrame", "DataFrameNaFunctions", "DataFrameStatFunctions"]

ColumnOrName = Column | str


def trees(cols: Sequence[Any]) -> list[Expr]:
    """The trees of `f(a, b)` and of `f([a, b])`."""
    if len(cols) == 1 and not isinstance(cols[0], (str, Column)) and isinstance(cols[0], Sequence):
        cols = cols[0]
    return [to_expr(c) for c in cols]


class DataFrame(FrameJoins, FrameShapes, FrameExtensions, FrameActions, FrameStatistics):
    """Rows with named, typed columns."""

    def __init__(self, plan: PlanId, schema: dict[str, Any], session: SparkSession) -> None:
        self._plan_id = plan
        self._schema_json = schema
        self._session = session
        self.is_cached = False
        self._support_repr_html = False

    # what the client knows

    @property
    def sparkSession(self) -> SparkSession:
        return self._session

    @functools.cached_property
    def schema(self) -> StructType:
        return StructType.fromJson(self._schema_json)

    @property
    def columns(self) -> list[str]:
        return [f["name"] for f in self._schema_json["fields"]]

    @property
    def dtypes(self) -> list[tuple[str, str]]:
        return [(f.name, f.dataType.simpleString()) for f in self.schema.fields]

    def printSchema(self, level: int | None = None) -> None:
        """Prints the schema as a tree."""
        print(self.schema.treeString(level) if level else self.schema.treeString())

    @property
    def na(self) -> DataFrameNaFunctions:
        return DataFrameNaFunctions(self)

    @property
    def stat(self) -> DataFrameStatFunctions:
        return DataFrameStatFunctions(self)

    # requests

    def _request(self, op: str, **keys: Any) -> dict[str, Any]:
        return self._session._call({"op": op, "plan": self._plan_id, "site": call_site(), **keys})

    def _made(self, node: dict[str, Any]) -> DataFrame:
        return self._session._plan(node)

    def _child(self, form: str, **keys: Any) -> DataFrame:
        return self._session._plan({"n": form, "child": self._plan_id, **keys})

    def _same_session(self, other: DataFrame) -> PlanId:
        if not isinstance(other, DataFrame):
            raise not_expected("DataFrame", "other", other)
        if other._session._gateway is not self._session._gateway:
            from troupe.errors import SessionNotSameException

            raise SessionNotSameException(errorClass="SESSION_NOT_SAME", messageParameters={})
        return other._plan_id

    # columns

    def _column(self, name: str) -> Column:
        return Column(_expr.name(name, self._plan_id))

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, str):
            self._check_name(item)
            return self._column(item)
        if isinstance(item, Column):
            return self.filter(item)
        if isinstance(item, (list, tuple)):
            return self.select(*item)
        if isinstance(item, int):
            return self._column(_safe(self.columns[item]))
        raise not_expected("Column, float, integer, list or string", "item", item)

    def _check_name(self, name: str) -> None:
        """A plain name that is no column fails here, on the user's line; dotted and quoted ones fail when used."""
        if name == "*" or "." in name or "`" in name:
            return
        known = self.columns
        if name in known or name.lower() in (c.lower() for c in known):
            return
        # The JVM knows case sensitivity, metadata columns, and the names to suggest: let it raise its own error.
        self._child("project", exprs=[_expr.name(name)])

    def __getattr__(self, name: str) -> Column:
        if name.startswith("__") or "_schema_json" not in self.__dict__ or name not in self.columns:
            raise PySparkAttributeError(errorClass="ATTRIBUTE_NOT_SUPPORTED", messageParameters={"attr_name": name})
        return self._column(_safe(name))

    def __dir__(self) -> list[str]:
        return sorted({*dir(DataFrame), *filter(str.isidentifier, self.columns)})

    def _ipython_key_completions_(self) -> list[str]:
        return self.columns

    def colRegex(self, colName: str) -> Column:
        """The columns whose names match a regular expression in backticks."""
        if not isinstance(colName, str):
            raise not_expected("str", "colName", colName)
        if not (colName.startswith("`") and colName.endswith("`")):
            return self._column(colName)
        return Column(_expr.located({"e": "colregex", "pattern": colName[1:-1], "plan": self._plan_id}))

    def metadataColumn(self, colName: str) -> Column:
        """A hidden column, such as `_metadata` of files."""
        if not isinstance(colName, str):
            raise not_expected("str", "colName", colName)
        return self._column(colName)

    # projections and filters

    def select(self, *cols: Any) -> DataFrame:
        return self._child("project", exprs=trees(cols))

    def selectExpr(self, *expr: Any) -> DataFrame:
        texts = expr[0] if len(expr) == 1 and isinstance(expr[0], list) else expr
        return self._child("project", exprs=[_expr.located({"e": "sql", "text": t}) for t in texts])

    def filter(self, condition: ColumnOrName) -> DataFrame:
        if isinstance(condition, str):
            tree = _expr.located({"e": "sql", "text": condition})
        elif isinstance(condition, Column):
            tree = condition._expr
        else:
            raise not_expected("Column or str", "condition", condition)
        return self._child("filter", condition=tree)

    def where(self, condition: ColumnOrName) -> DataFrame:
        return self.filter(condition)

    def withColumn(self, colName: str, col: Column) -> DataFrame:
        if not isinstance(col, Column):
            raise not_expected("Column", "col", col)
        return self._child("withColumns", names=[colName], exprs=[col._expr])

    def withColumns(self, *colsMap: dict[str, Column]) -> DataFrame:
        assert len(colsMap) == 1
        named = colsMap[0]
        if not isinstance(named, dict):
            raise not_expected("dict", "colsMap", named)
        return self._child("withColumns", names=list(named), exprs=[to_expr(c) for c in named.values()])

    def withColumnRenamed(self, existing: str, new: str) -> DataFrame:
        return self._child("withColumnsRenamed", names={existing: new})

    def withColumnsRenamed(self, colsMap: dict[str, str]) -> DataFrame:
        if not isinstance(colsMap, dict):
            raise not_expected("dict", "colsMap", colsMap)
        return self._child("withColumnsRenamed", names=colsMap)

    def withMetadata(self, columnName: str, metadata: dict[str, Any]) -> DataFrame:
        if not isinstance(metadata, dict):
            raise not_expected("dict", "metadata", metadata)
        tree = _expr.name(columnName, self._plan_id)
        return self._child("withColumns", names=[columnName], exprs=[tree], metadata=[json.dumps(metadata)])

    def drop(self, *cols: ColumnOrName) -> DataFrame:
        for c in cols:
            if not isinstance(c, (str, Column)):
                raise not_expected("Column or str", "col", c)
        exprs = [{"e": "col", "name": c if "`" in c else _quoted(c)} if isinstance(c, str) else c._expr for c in cols]
        return self._child("drop", exprs=exprs)

    def toDF(self, *cols: str) -> DataFrame:
        for c in cols:
            if not isinstance(c, str):
                raise not_expected("list[str]", "cols", c)
        return self._child("toDF", names=list(cols))

    def alias(self, alias: str) -> DataFrame:
        assert isinstance(alias, str), "alias should be a string"
        return self._child("alias", name=alias)

    def distinct(self) -> DataFrame:
        return self._child("distinct")

    def dropDuplicates(self, subset: Iterable[str] | None = None) -> DataFrame:
        if subset is None:
            return self._child("dedup", columns=None)
        if not isinstance(subset, Iterable) or isinstance(subset, str):
            raise not_expected("list or tuple", "subset", subset)
        names = list(subset)
        for c in names:
            if not isinstance(c, str):
                raise not_expected("str", "subset", c)
        return self._child("dedup", columns=names)

    drop_duplicates = dropDuplicates

    def limit(self, num: int) -> DataFrame:
        return self._child("limit", count=int(num))

    def offset(self, num: int) -> DataFrame:
        return self._child("offset", count=int(num))

    # order and groups

    def sort(self, *cols: Any, **kwargs: Any) -> DataFrame:
        return self._child("sort", orders=self._orders(cols, kwargs), **{"global": True})

    orderBy = sort

    def sortWithinPartitions(self, *cols: Any, **kwargs: Any) -> DataFrame:
        return self._child("sort", orders=self._orders(cols, kwargs), **{"global": False})

    def _orders(self, cols: Sequence[Any], kwargs: dict[str, Any]) -> list[Expr]:
        if not cols:
            raise PySparkValueError(errorClass="CANNOT_BE_EMPTY", messageParameters={"item": "cols"})
        if len(cols) == 1 and isinstance(cols[0], list):
            cols = cols[0]
        found = [self._order(c) for c in cols]
        ascending = kwargs.pop("ascending", True)
        if isinstance(ascending, (bool, int)):
            return found if ascending else [_reversed(e) for e in found]
        if isinstance(ascending, list):
            return [e if asc else _reversed(e) for asc, e in zip(ascending, found, strict=False)]
        raise not_expected("bool or list", "ascending", ascending)

    def _order(self, c: Any) -> Expr:
        if isinstance(c, int) and not isinstance(c, bool):
            if c == 0:
                raise PySparkIndexError(errorClass="ZERO_INDEX", messageParameters={})
            tree = to_expr(self[abs(c) - 1])
            return _ordered(tree) if c > 0 else _reversed(tree)
        return _ordered(to_expr(c))

    def _grouping(self, cols: Sequence[Any]) -> list[Expr]:
        if len(cols) == 1 and not isinstance(cols[0], (int, str, Column)) and isinstance(cols[0], Sequence):
            cols = cols[0]
        return [self._group_tree(c) for c in cols]

    def _group_tree(self, c: Any) -> Expr:
        if isinstance(c, int) and not isinstance(c, bool):
            if c < 1:
                raise PySparkIndexError(errorClass="INDEX_NOT_POSITIVE", messageParameters={"index": str(c)})
            return to_expr(self[c - 1])
        return to_expr(c)

    def _grouped(self, kind: str, cols: Sequence[Any], sets: list[list[Expr]] | None = None) -> GroupedData:
        from troupe.sql.group import GroupedData

        return GroupedData(self, kind, self._grouping(cols), sets)

    def groupBy(self, *cols: Any) -> GroupedData:
        return self._grouped("groupby", cols)

    groupby = groupBy

    def rollup(self, *cols: Any) -> GroupedData:
        return self._grouped("rollup", cols)

    def cube(self, *cols: Any) -> GroupedData:
        return self._grouped("cube", cols)

    def groupingSets(self, groupingSets: Sequence[Sequence[Any]], *cols: Any) -> GroupedData:
        return self._grouped("grouping_sets", cols, [self._grouping(list(s)) for s in groupingSets])

    def agg(self, *exprs: Any) -> DataFrame:
        return self.groupBy().agg(*exprs)

    def observe(self, observation: Observation | str, *exprs: Column) -> DataFrame:
        from troupe.sql.observation import Observation

        if not exprs:
            raise PySparkValueError(errorClass="CANNOT_BE_EMPTY", messageParameters={"item": "exprs"})
        if not all(isinstance(c, Column) for c in exprs):
            raise PySparkTypeError(
                errorClass="NOT_EXPECTED_TYPE",
                messageParameters={
                    "arg_name": "exprs",
                    "expected_type": "list[Column]",
                    "arg_type": type(exprs).__name__,
                },
            )
        if isinstance(observation, Observation):
            return observation._on(self, *exprs)
        if not isinstance(observation, str):
            raise not_expected("Observation or str", "observation", observation)
        return self._child("observe", name=observation, exprs=[c._expr for c in exprs])

    def hint(self, name: str, *parameters: Any) -> DataFrame:
        if len(parameters) == 1 and isinstance(parameters[0], list):
            parameters = tuple(parameters[0])
        if not isinstance(name, str):
            raise not_expected("str", "name", name)
        for p in parameters:
            if not isinstance(p, (str, float, int, Column, list)):
                raise PySparkTypeError(
                    errorClass="DISALLOWED_TYPE_FOR_CONTAINER",
                    messageParameters={
                        "arg_name": "parameters",
                        "arg_type": type(parameters).__name__,
                        "allowed_types": "str, float, int, Column, list[str], list[float], list[int]",
                        "item_type": type(p).__name__,
                    },
                )
        return self._child("hint", name=name, params=[_hint_parameter(p) for p in parameters])

    def transform(self, func: Callable[..., DataFrame], *args: Any, **kwargs: Any) -> DataFrame:
        result = func(self, *args, **kwargs)
        assert isinstance(result, DataFrame), (
            f"Func returned an instance of type [{type(result)}], should have been DataFrame."
        )
        return result


def _hint_parameter(value: Any) -> Any:
    if isinstance(value, list):
        return _expr.call("array", [operand(v) for v in value])
    return value._expr if isinstance(value, Column) else value


def _safe(name: str) -> str:
    """A column's name as the analyser takes it: in back quotes only where a dot or a back quote would mislead it."""
    return _quoted(name) if "." in name or "`" in name else name


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _ordered(tree: Expr) -> Expr:
    return tree if tree["e"] == "sort" else {"e": "sort", "child": tree, "asc": True, "nullsFirst": True}


def _reversed(tree: Expr) -> Expr:
    """Descending, as `Column.desc` makes it; an order that was given is replaced."""
    child = tree["child"] if tree["e"] == "sort" else tree
    return {"e": "sort", "child": child, "asc": False, "nullsFirst": False}

"""Puts Python values into SQL text: `spark.sql("select * from {df}", df=df)`."""

from __future__ import annotations

import string
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkValueError

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession


class SQLStringFormatter(string.Formatter):
    """DataFrames become names of views, columns their names, texts literals."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._views: list[tuple[DataFrame, str]] = []

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value, first = super().get_field(field_name, args, kwargs)
        return self._shown(value, field_name), first

    def _shown(self, value: Any, field_name: str) -> Any:
        from troupe.sql.column import Column
        from troupe.sql.dataframe import DataFrame

        if isinstance(value, Column):
            if value._expr["e"] != "col":
                raise PySparkValueError(
                    errorClass="VALUE_NOT_PLAIN_COLUMN_REFERENCE",
                    messageParameters={"val": str(value), "field_name": field_name},
                )
            return value._expr["name"]
        if isinstance(value, DataFrame):
            return self._view(value)
        if isinstance(value, str):
            return sql_text(value)
        return value

    def _view(self, df: DataFrame) -> str:
        for known, name in self._views:
            if known is df:
                return name
        name = "_pyspark_" + uuid.uuid4().hex
        self._views.append((df, name))
        df.createOrReplaceTempView(name)
        return name

    def clear(self) -> None:
        """Drops the views that were made."""
        for _, name in self._views:
            self._session.catalog.dropTempView(name)
        self._views = []


def sql_text(value: str) -> str:
    """A text as a SQL literal."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"

"""Reading and writing what is no part of Troupe: databases by JDBC, XML, change feeds. The methods exist and say so."""

from __future__ import annotations

import inspect
from typing import Any

from troupe.errors import AnalysisException, PySparkNotImplementedError

_XML_READ = (
    "rowTag schema excludeAttribute attributePrefix valueTag ignoreSurroundingSpaces rowValidationXSDPath ignoreNamespace "
    "wildcardColName encoding inferSchema nullValue dateFormat timestampFormat mode columnNameOfCorruptRecord multiLine "
    "samplingRatio locale"
)
_XML_WRITE = (
    "rowTag mode attributePrefix valueTag rootTag declaration arrayElementName nullValue dateFormat timestampFormat "
    "compression encoding validateName"
)


def not_supported(what: str, instead: str = "") -> PySparkNotImplementedError:
    return PySparkNotImplementedError(message=f"{what} is not implemented.{instead}")


def _signed(names: str) -> Any:
    """Gives a method PySpark's parameters: `self`, `path`, then optional names."""

    def decorate(method: Any) -> Any:
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        fixed = [inspect.Parameter(name, kind) for name in ("self", "path")]
        optional = [inspect.Parameter(name, kind, default=None) for name in names.split()]
        method.__signature__ = inspect.Signature([*fixed, *optional])
        return method

    return decorate


class ForeignReads:
    """Part of DataFrameReader."""

    def jdbc(
        self,
        url: str,
        table: str,
        column: str | None = None,
        lowerBound: int | str | None = None,
        upperBound: int | str | None = None,
        numPartitions: int | None = None,
        predicates: list[str] | None = None,
        properties: dict[str, str] | None = None,
    ) -> Any:
        raise not_supported(
            "Reading by JDBC", " Export the table to Parquet, or read it with pandas and createDataFrame."
        )

    @_signed(_XML_READ)
    def xml(self, *args: Any, **kwargs: Any) -> Any:
        raise not_supported("The XML format", " Convert the files to JSON first.")

    def changes(self, tableName: str) -> Any:
        raise AnalysisException(
            message=f"The table {tableName} has no change feed: tables of files cannot be asked for changes."
        )


class ForeignWrites:
    """Part of DataFrameWriter."""

    def jdbc(self, url: str, table: str, mode: str | None = None, properties: dict[str, str] | None = None) -> None:
        raise not_supported("Writing by JDBC", " Write Parquet files and load them with the database's own tool.")

    @_signed(_XML_WRITE)
    def xml(self, *args: Any, **kwargs: Any) -> None:
        raise not_supported("The XML format", " Write JSON instead.")

    def clusterBy(self, *cols: Any) -> Any:
        """@raise PySparkNotImplementedError always: files are laid out by partitionBy"""
        assert len(cols) > 0, "clusterBy needs one or more clustering columns."
        raise not_supported("clusterBy", " Use partitionBy.")

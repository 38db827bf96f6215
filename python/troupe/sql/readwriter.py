"""Readers and writers of files and tables."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkValueError
from troupe.sql._foreign_formats import ForeignReads, ForeignWrites, not_supported
from troupe.sql._line_sources import csv_of, is_lines, json_of
from troupe.sql._save_modes import save_mode
from troupe.sql._types.nested import StructType
from troupe.sql.column import Column, not_expected, to_expr
from troupe.sql.conf import to_text

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

__all__ = ["DataFrameReader", "DataFrameWriter", "DataFrameWriterV2"]

_FILES = "pathGlobFilter recursiveFileLookup modifiedBefore modifiedAfter"
_READ_JSON = (
    "primitivesAsString prefersDecimal allowComments allowUnquotedFieldNames allowSingleQuotes "
    "allowNumericLeadingZero allowBackslashEscapingAnyCharacter mode columnNameOfCorruptRecord dateFormat "
    "timestampFormat multiLine allowUnquotedControlChars lineSep samplingRatio dropFieldIfAllNull encoding locale "
    f"{_FILES} allowNonNumericNumbers useUnsafeRow"
)
_READ_CSV = (
    "sep encoding quote escape comment header inferSchema ignoreLeadingWhiteSpace ignoreTrailingWhiteSpace nullValue "
    "nanValue positiveInf negativeInf dateFormat timestampFormat maxColumns maxCharsPerColumn "
    "maxMalformedLogPerPartition mode columnNameOfCorruptRecord multiLine charToEscapeQuoteEscaping samplingRatio "
    f"enforceSchema emptyValue locale lineSep {_FILES} unescapedQuoteHandling"
)
_WRITE_CSV = (
    "compression sep quote escape header nullValue escapeQuotes quoteAll dateFormat timestampFormat "
    "ignoreLeadingWhiteSpace ignoreTrailingWhiteSpace charToEscapeQuoteEscaping encoding emptyValue lineSep"
)
_WRITE_JSON = "compression dateFormat timestampFormat lineSep encoding ignoreNullFields"


def _with_options(fixed: str, options: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a method PySpark's signature: its own parameters, then one per option, all usable by position."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        own = list(inspect.signature(method).parameters.values())[: 1 + len(fixed.split())]
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        more = [inspect.Parameter(name, kind, default=None) for name in options.split()]
        signature = inspect.Signature([*own, *more])

        def call(*args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            given = dict(bound.arguments)
            positional = [given.pop(p.name) for p in own]
            return method(*positional, **{k: v for k, v in given.items() if v is not None})

        call.__name__, call.__doc__, call.__qualname__ = method.__name__, method.__doc__, method.__qualname__
        call.__signature__ = signature  # type: ignore[attr-defined]
        return call

    return decorate


def _path_list(path: Any, arg_name: str = "path", expected: str = "str, list, RDD, or DataFrame") -> list[str]:
    if isinstance(path, str):
        return [path]
    if isinstance(path, (list, tuple)):
        return [str(p) for p in path]
    raise not_expected(expected, arg_name, path)


class DataFrameReader(ForeignReads):
    """`spark.read`."""

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark
        self._format: str | None = None
        self._schema: dict[str, Any] | None = None
        self._options: dict[str, str | None] = {}

    def format(self, source: str) -> DataFrameReader:
        self._format = source
        return self

    def schema(self, schema: StructType | str) -> DataFrameReader:
        if isinstance(schema, str):
            parsed = StructType.fromDDL(schema)
            if not isinstance(parsed, StructType):
                from troupe.errors.exceptions.captured import failure

                raise failure(
                    "ParseException",
                    "PARSE_SYNTAX_ERROR",
                    "42601",
                    f"Syntax error at or near '{schema}': the schema of a file is a list of columns, such as 'a INT, b STRING'.",
                    error=f"'{schema}'",
                    hint="",
                )
            schema = parsed
        if not isinstance(schema, StructType):
            raise not_expected("str or struct type", "schema", schema)
        self._schema = schema.jsonValue()
        return self

    def option(self, key: str, value: Any) -> DataFrameReader:
        self._options[key] = to_text(value)
        return self

    def options(self, **options: Any) -> DataFrameReader:
        for key, value in options.items():
            self.option(key, value)
        return self

    def load(self, path: Any = None, format: str | None = None, schema: Any = None, **options: Any) -> DataFrame:
        if format is not None:
            self.format(format)
        if schema is not None:
            self.schema(schema)
        self.options(**options)
        paths = [] if path is None else _path_list(path)
        named = self._options.get("path")
        if not paths and named:
            paths = [named]
        return self._read(self._format or self._spark.conf._known("spark.sql.sources.default", "parquet"), paths)

    def _read(self, format: str, paths: list[str], **options: Any) -> DataFrame:
        given = {**self._options, **{k: to_text(v) for k, v in options.items()}}
        written_in_python = self._spark._python_sources.get(format.lower())
        if written_in_python:
            from troupe.sql import _python_sources

            path = {"path": paths[0]} if len(paths) == 1 else {"paths": json.dumps(paths)} if paths else {}
            return _python_sources.read(self._spark, written_in_python, {**given, **path}, self._schema)
        return self._spark._plan(
            {
                "n": "read",
                "format": format,
                "paths": paths,
                "options": {k: v for k, v in given.items() if v is not None and k != "path"},
                "schema": self._schema,
            }
        )

    def parquet(self, *paths: str, **options: Any) -> DataFrame:
        return self._read("parquet", _flat(paths), **options)

    @_with_options("path", "mergeSchema " + _FILES)
    def orc(self, path: Any, **options: Any) -> DataFrame:
        return self._read("orc", _path_list(path), **options)

    @_with_options("paths wholetext", "lineSep " + _FILES)
    def text(self, paths: Any, wholetext: bool = False, **options: Any) -> DataFrame:
        return self._read("text", _path_list(paths, "paths"), wholetext=wholetext, **options)

    @_with_options("path schema", _READ_JSON)
    def json(self, path: Any, schema: Any = None, **options: Any) -> DataFrame:
        if schema is not None:
            self.schema(schema)
        if is_lines(path):
            return json_of(self._spark, path, self._schema, {**self._options, **options})
        return self._read("json", _path_list(path), **options)

    @_with_options("path schema", _READ_CSV)
    def csv(self, path: Any, schema: Any = None, **options: Any) -> DataFrame:
        if schema is not None:
            self.schema(schema)
        if is_lines(path):
            return csv_of(self._spark, path, self._schema, {**self._options, **options})
        return self._read("csv", _path_list(path), **options)

    def table(self, tableName: str) -> DataFrame:
        options = {k: v for k, v in self._options.items() if v is not None}
        return self._spark._plan({"n": "table", "name": tableName, "options": options})


def _flat(paths: tuple[Any, ...]) -> list[str]:
    found: list[str] = []
    for path in paths:
        found += _path_list(path)
    return found


def _names(cols: tuple[Any, ...]) -> list[str]:
    if len(cols) == 1 and isinstance(cols[0], (list, tuple)):
        cols = tuple(cols[0])
    return [str(c) for c in cols]


def _first_and_more(col: Any, cols: tuple[Any, ...]) -> list[str]:
    if isinstance(col, (list, tuple)):
        if cols:
            raise PySparkValueError(
                errorClass="CANNOT_SET_TOGETHER",
                messageParameters={"arg_list": f"`col` of type {type(col).__name__} and `cols`"},
            )
        col, cols = col[0], tuple(col[1:])
    for c in cols:
        if not isinstance(c, str):
            raise not_expected("list[str]", "cols", c)
    if not isinstance(col, str):
        raise not_expected("list[str]", "col", col)
    return [col, *cols]


class DataFrameWriter(ForeignWrites):
    """`df.write`."""

    def __init__(self, df: DataFrame) -> None:
        self._df = df
        self._spark = df.sparkSession
        self._format: str | None = None
        self._mode = "error"
        self._options: dict[str, str | None] = {}
        self._partition_by: list[str] = []
        self._bucket_by: tuple[int, list[str]] | None = None
        self._sort_by: list[str] = []

    def mode(self, saveMode: str | None) -> DataFrameWriter:
        if saveMode is not None:
            self._mode = save_mode(saveMode)
        return self

    def format(self, source: str) -> DataFrameWriter:
        self._format = source
        return self

    def option(self, key: str, value: Any) -> DataFrameWriter:
        self._options[key] = to_text(value)
        return self

    def options(self, **options: Any) -> DataFrameWriter:
        for key, value in options.items():
            self.option(key, value)
        return self

    def partitionBy(self, *cols: Any) -> DataFrameWriter:
        self._partition_by = _names(cols)
        return self

    def bucketBy(self, numBuckets: int, col: Any, *cols: str) -> DataFrameWriter:
        if not isinstance(numBuckets, int):
            raise not_expected("int", "numBuckets", numBuckets)
        self._bucket_by = (numBuckets, _first_and_more(col, cols))
        return self

    def sortBy(self, col: Any, *cols: str) -> DataFrameWriter:
        self._sort_by = _first_and_more(col, cols)
        return self

    def save(
        self,
        path: str | None = None,
        format: str | None = None,
        mode: str | None = None,
        partitionBy: Any = None,
        **options: Any,
    ) -> None:
        self._set(format, mode, partitionBy, options)
        path = path if path is not None else self._options.get("path")
        written_in_python = self._spark._python_sources.get((self._format or "").lower())
        if not written_in_python:
            return self._write("save", path=path)
        from troupe.sql import _python_sources

        given = self._options if path is None else {**self._options, "path": path}
        return _python_sources.write(self._df, written_in_python, given, self._mode)

    def saveAsTable(
        self, name: str, format: str | None = None, mode: str | None = None, partitionBy: Any = None, **options: Any
    ) -> None:
        self._set(format, mode, partitionBy, options)
        self._write("saveAsTable", path=self._options.get("path"), table=name)

    def insertInto(self, tableName: str, overwrite: bool | None = None) -> None:
        if overwrite is not None:
            self.mode("overwrite" if overwrite else "append")
        self._write("insertInto", table=tableName)

    def parquet(
        self, path: str, mode: str | None = None, partitionBy: Any = None, compression: str | None = None
    ) -> None:
        self._to_files("parquet", path, mode, partitionBy, {"compression": compression})

    def orc(self, path: str, mode: str | None = None, partitionBy: Any = None, compression: str | None = None) -> None:
        self._to_files("orc", path, mode, partitionBy, {"compression": compression})

    @_with_options("path", "compression lineSep")
    def text(self, path: str, **options: Any) -> None:
        self._to_files("text", path, None, None, options)

    @_with_options("path mode", _WRITE_JSON)
    def json(self, path: str, mode: str | None = None, **options: Any) -> None:
        self._to_files("json", path, mode, None, options)

    @_with_options("path mode", _WRITE_CSV)
    def csv(self, path: str, mode: str | None = None, **options: Any) -> None:
        self._to_files("csv", path, mode, None, options)

    def _to_files(self, format: str, path: str, mode: str | None, partition_by: Any, options: dict[str, Any]) -> None:
        self._set(format, mode, partition_by, {k: v for k, v in options.items() if v is not None})
        self._write("save", path=path)

    def _set(self, format: str | None, mode: str | None, partition_by: Any, options: dict[str, Any]) -> None:
        self.mode(mode).options(**options)
        if partition_by is not None:
            self.partitionBy(partition_by)
        if format is not None:
            self.format(format)

    def _write(self, action: str, path: str | None = None, table: str | None = None) -> None:
        self._df._interruptible(
            lambda: self._df._request(
                "write",
                action=action,
                format=self._format or self._spark.conf._known("spark.sql.sources.default", "parquet"),
                path=path,
                table=table,
                mode=self._mode,
                partitionBy=self._partition_by,
                bucketBy=self._bucket_by,
                sortBy=self._sort_by,
                options={k: v for k, v in self._options.items() if v is not None and k != "path"},
            )
        )


class DataFrameWriterV2:
    """`df.writeTo(table)`."""

    def __init__(self, df: DataFrame, table: str) -> None:
        self._df = df
        self._table = table
        self._provider: str | None = None
        self._options: dict[str, str | None] = {}
        self._properties: dict[str, str] = {}
        self._partitioning: list[Any] = []

    def using(self, provider: str) -> DataFrameWriterV2:
        self._provider = provider
        return self

    def option(self, key: str, value: Any) -> DataFrameWriterV2:
        self._options[key] = to_text(value)
        return self

    def options(self, **options: Any) -> DataFrameWriterV2:
        for key, value in options.items():
            self.option(key, value)
        return self

    def tableProperty(self, property: str, value: str) -> DataFrameWriterV2:
        self._properties[property] = value
        return self

    def partitionedBy(self, col: Column, *cols: Column) -> DataFrameWriterV2:
        self._partitioning = [to_expr(c) for c in (col, *cols)]
        return self

    def clusterBy(self, col: str, *cols: str) -> DataFrameWriterV2:
        raise not_supported("clusterBy")

    def create(self) -> None:
        self._write("create")

    def replace(self) -> None:
        self._write("replace")

    def createOrReplace(self) -> None:
        self._write("createOrReplace")

    def append(self) -> None:
        self._write("append")

    def overwrite(self, condition: Column) -> None:
        self._write("overwrite", condition=to_expr(condition))

    def overwritePartitions(self) -> None:
        self._write("overwritePartitions")

    def _write(self, action: str, **keys: Any) -> None:
        self._df._request(
            "write",
            action=action,
            table=self._table,
            format=self._provider,
            partitionBy=self._partitioning,
            options={k: v for k, v in self._options.items() if v is not None},
            properties=self._properties,
            **keys,
        )

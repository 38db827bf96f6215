"""Runs data sources that are written in Python: a read is an RDD of a partition per part, a write a job that writes each part."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from troupe import cloudpickle
from troupe.errors import PySparkRuntimeError, PySparkTypeError
from troupe.errors.exceptions.captured import failure
from troupe.sql.datasource import (
    CaseInsensitiveDict,
    DataSource,
    DataSourceArrowWriter,
    DataSourceReader,
    DataSourceWriter,
    InputPartition,
    WriterCommitMessage,
)
from troupe.sql.types import Row, StructType

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession


def read(spark: SparkSession, kind: type[DataSource], options: dict[str, Any], schema: Any) -> DataFrame:
    """The rows of a source, read when they are needed."""
    source = kind(CaseInsensitiveDict(options))
    columns = StructType.fromJson(schema) if schema is not None else source.schema()
    if isinstance(columns, str):
        columns = StructType.fromDDL(columns)
    if not isinstance(columns, StructType):
        raise _mismatch("'schema' to return a DDL string or a StructType", columns)
    reader = source.reader(schema=columns)
    if not isinstance(reader, DataSourceReader):
        raise _mismatch("'reader' to return an instance of DataSourceReader", reader)
    parts, name = _parts(reader), kind.name()

    def rows(numbers: Iterator[int]) -> Iterator[Any]:
        for number in numbers:
            found = reader.read(parts[number])
            if not hasattr(found, "__iter__"):
                raise PySparkRuntimeError(
                    errorClass="DATA_SOURCE_INVALID_RETURN_TYPE",
                    messageParameters={"type": type(found).__name__, "name": name, "supported_types": "iterator"},
                )
            for item in found:
                yield from _rows(item, columns, name)

    rdd = spark.sparkContext.parallelize(range(len(parts)), len(parts)).mapPartitions(rows)
    return spark.createDataFrame(rdd, columns)


def _parts(reader: DataSourceReader) -> list[Any]:
    """A source that is not divided is one part, without a description."""
    try:
        parts = reader.partitions()
    except NotImplementedError:
        return [None]
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, InputPartition) for part in parts):
        raise _mismatch("'partitions' to return a list of InputPartition", parts)
    return list(parts) or [None]


def _rows(item: Any, columns: StructType, name: str) -> Iterator[Any]:
    if hasattr(item, "to_pylist") and hasattr(item, "schema"):
        _same_names(item.schema.names, columns)
        yield from zip(*(item.column(field.name).to_pylist() for field in columns.fields), strict=True)
        return
    if isinstance(item, Row) and hasattr(item, "__fields__"):
        _same_names(item.__fields__, columns)
        yield tuple(item[field.name] for field in columns.fields)
        return
    if not isinstance(item, (list, tuple)):
        raise PySparkRuntimeError(
            errorClass="DATA_SOURCE_INVALID_RETURN_TYPE",
            messageParameters={
                "type": type(item).__name__,
                "name": name,
                "supported_types": "tuple, list, `pyspark.sql.types.Row`, `pyarrow.RecordBatch`",
            },
        )
    if len(item) != len(columns.fields):
        raise PySparkRuntimeError(
            errorClass="DATA_SOURCE_RETURN_SCHEMA_MISMATCH",
            messageParameters={"expected": str(len(columns.fields)), "actual": str(len(item))},
        )
    yield tuple(item)


def _same_names(given: Any, columns: StructType) -> None:
    if set(given) != set(columns.names):
        raise PySparkRuntimeError(
            errorClass="DATA_SOURCE_RETURN_SCHEMA_MISMATCH",
            messageParameters={"expected": str(columns.names), "actual": str(list(given))},
        )


def write(df: DataFrame, kind: type[DataSource], options: dict[str, Any], mode: str) -> None:
    """Writes each part by a task, then commits; what fails is aborted."""
    if mode not in ("append", "overwrite"):
        raise failure(
            "AnalysisException",
            "UNSUPPORTED_DATA_SOURCE_SAVE_MODE",
            "0A000",
            f'The data source "{kind.name()}" cannot be written in the "{mode}" mode. '
            'Please use either the "append" or "overwrite" mode instead.',
            source=kind.name(),
            createMode=mode,
        )
    source = kind(CaseInsensitiveDict(options))
    writer = source.writer(schema=df.schema, overwrite=mode == "overwrite")
    if not isinstance(writer, DataSourceWriter):
        raise _mismatch("'writer' to return an instance of DataSourceWriter", writer)
    try:
        messages = _of_batches(df, writer) if isinstance(writer, DataSourceArrowWriter) else _of_rows(df, writer)
    except BaseException:
        writer.abort([])
        raise
    writer.commit(messages)


def _of_rows(df: DataFrame, writer: DataSourceWriter) -> list[WriterCommitMessage | None]:
    written = df.rdd.mapPartitions(lambda rows: [_packed(writer.write(rows))])
    return [pickle.loads(message) for message in written.collect()]


def _of_batches(df: DataFrame, writer: DataSourceArrowWriter) -> list[WriterCommitMessage | None]:
    def part(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        message = _packed(writer.write(batches))
        yield pa.RecordBatch.from_arrays([pa.array([message], pa.binary())], names=["message"])

    return [pickle.loads(row.message) for row in df.mapInArrow(part, "message binary").collect()]


def _packed(message: Any) -> bytes:
    """The message for the driver: its class may be one of the user's script."""
    if message is not None and not isinstance(message, WriterCommitMessage):
        raise _mismatch("'write' to return an instance of WriterCommitMessage", message)
    return cloudpickle.dumps(message)


def _mismatch(expected: str, actual: Any) -> PySparkTypeError:
    return PySparkTypeError(
        errorClass="DATA_SOURCE_TYPE_MISMATCH",
        messageParameters={"expected": expected, "actual": f"'{type(actual).__name__}'"},
    )

"""Data sources written in Python: `spark.dataSource.register(MySource)`, then `spark.read.format("mine").load()`.

The classes have the names and the contracts of `pyspark.sql.datasource`; `_python_sources` runs them. Sources of streams are not
run: Troupe has no structured streaming.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import UserDict
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkNotImplementedError
from troupe.sql.types import Row, StructType

if TYPE_CHECKING:
    import pyarrow as pa

    from troupe.sql.session import SparkSession

__all__ = [
    "DataSource",
    "DataSourceReader",
    "DataSourceWriter",
    "DataSourceArrowWriter",
    "DataSourceRegistration",
    "InputPartition",
    "WriterCommitMessage",
    "Filter",
    "EqualTo",
    "EqualNullSafe",
    "GreaterThan",
    "GreaterThanOrEqual",
    "LessThan",
    "LessThanOrEqual",
    "In",
    "IsNull",
    "IsNotNull",
    "Not",
    "StringStartsWith",
    "StringEndsWith",
    "StringContains",
    "CaseInsensitiveDict",
]

ColumnPath = tuple[str, ...]


def _not_there(feature: str) -> PySparkNotImplementedError:
    return PySparkNotImplementedError(errorClass="NOT_IMPLEMENTED", messageParameters={"feature": feature})


class DataSource(ABC):  # noqa: B024  (each method is needed by some uses only)
    """A source of rows, a place to write rows to, or both. Made anew for each read and write, with its options."""

    def __init__(self, options: MutableMapping[str, str]) -> None:
        self.options = options

    @classmethod
    def name(cls) -> str:
        """The name for `format`; the class's own by default."""
        return cls.__name__

    def schema(self) -> StructType | str:
        """The columns of the source, where a read names none."""
        raise _not_there("schema")

    def reader(self, schema: StructType) -> DataSourceReader:
        raise _not_there("reader")

    def writer(self, schema: StructType, overwrite: bool) -> DataSourceWriter:
        raise _not_there("writer")


class InputPartition:
    """A part of a source that one task reads; it is pickled on its way there."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        attributes = ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items())
        return f"{self.__class__.__name__}({attributes})"


class DataSourceReader(ABC):
    """Reads a source: divides it in the driver, reads each part in a task."""

    def pushFilters(self, filters: list[Filter]) -> Iterable[Filter]:
        """The filters that the reader does not apply by itself."""
        return filters

    def partitions(self) -> Sequence[InputPartition]:
        raise _not_there("partitions")

    @abstractmethod
    def read(self, partition: InputPartition) -> Iterator[tuple] | Iterator[pa.RecordBatch]:
        """The rows of a part: tuples, lists or `Row`s in the order of the schema, or Arrow batches."""


@dataclass
class WriterCommitMessage:
    """What the task that wrote a part tells the driver; it is pickled on its way there."""


class DataSourceWriter(ABC):
    """Writes to a source: each part in a task, then once for all in the driver."""

    @abstractmethod
    def write(self, iterator: Iterator[Row]) -> WriterCommitMessage:
        """Writes one part."""

    def commit(self, messages: list[WriterCommitMessage | None]) -> None:  # noqa: B027  (a source may need none)
        """All parts have been written."""

    def abort(self, messages: list[WriterCommitMessage | None]) -> None:  # noqa: B027
        """A part could not be written; the messages are those of the others, where they are known."""


class DataSourceArrowWriter(DataSourceWriter):
    """A writer that takes Arrow batches in place of rows."""

    @abstractmethod
    def write(self, iterator: Iterator[pa.RecordBatch]) -> WriterCommitMessage:  # type: ignore[override]
        """Writes one part."""


class DataSourceRegistration:
    """`spark.dataSource`."""

    def __init__(self, sparkSession: SparkSession) -> None:
        self.sparkSession = sparkSession

    def register(self, dataSource: type[DataSource]) -> None:
        """Makes a source known by its name to the session's readers and writers."""
        self.sparkSession._python_sources[dataSource.name().lower()] = dataSource


class CaseInsensitiveDict(UserDict):
    """Options: the case of their names does not matter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        self.update(*args, **kwargs)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key.lower(), value)

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key.lower())

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key.lower())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and super().__contains__(key.lower())

    def update(self, *args: Any, **kwargs: Any) -> None:
        for key, value in dict(*args, **kwargs).items():
            self[key] = value

    def copy(self) -> CaseInsensitiveDict:
        return type(self)(self)


@dataclass(frozen=True)
class Filter(ABC):  # noqa: B024  (what a filter holds is its kind's)
    """A condition on a column, which is a tuple of names: `("a", "b")` is the column `a.b`."""


@dataclass(frozen=True)
class EqualTo(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class EqualNullSafe(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class GreaterThan(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class GreaterThanOrEqual(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class LessThan(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class LessThanOrEqual(Filter):
    attribute: ColumnPath
    value: Any


@dataclass(frozen=True)
class In(Filter):
    attribute: ColumnPath
    value: tuple[Any, ...]


@dataclass(frozen=True)
class IsNull(Filter):
    attribute: ColumnPath


@dataclass(frozen=True)
class IsNotNull(Filter):
    attribute: ColumnPath


@dataclass(frozen=True)
class Not(Filter):
    child: Filter


@dataclass(frozen=True)
class StringStartsWith(Filter):
    attribute: ColumnPath
    value: str


@dataclass(frozen=True)
class StringEndsWith(Filter):
    attribute: ColumnPath
    value: str


@dataclass(frozen=True)
class StringContains(Filter):
    attribute: ColumnPath
    value: str

"""DataFrame methods that run a query or ask the JVM about one."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from troupe._html import show_plan
from troupe._site import call_site
from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql._rows import record_batches, rows, whole_table
from troupe.sql._types.infer import first_of_type
from troupe.sql._types.intervals import CalendarIntervalType, YearMonthIntervalType
from troupe.sql._types.row import Row
from troupe.sql.column import not_expected
from troupe.storagelevel import StorageLevel

if TYPE_CHECKING:
    from troupe.rdd import RDD
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.readwriter import DataFrameWriter, DataFrameWriterV2

_Base: Any = object
_PREFETCHED_BATCHES = 2


class FrameActions(_Base):
    """Part of DataFrame."""

    def _frames(self) -> Iterator[bytes]:
        """Starts the query; its result as the frames of an Arrow stream."""
        refused = first_of_type(self.schema, (YearMonthIntervalType, CalendarIntervalType))
        if refused is not None:
            refused.fromInternal(None)  # Python has no type for these: the error says so
        ticket = self._request("collect")["result"]
        return self._session._gateway.fetch(ticket)

    def collect(self) -> list[Row]:
        schema = self.schema
        return self._interruptible(lambda: rows(whole_table(self._frames()), schema))

    def toArrow(self) -> Any:
        """The result as a `pyarrow.Table`."""
        from troupe.sql._pandas import as_declared

        return as_declared(self._interruptible(lambda: whole_table(self._frames())), self)

    def toPandas(self) -> Any:
        """The result as a `pandas.DataFrame`."""
        from troupe.sql._pandas import to_pandas

        return to_pandas(self._interruptible(lambda: whole_table(self._frames())), self)

    def _interruptible(self, run: Callable[[], Any]) -> Any:
        """An interrupt of the user cancels the query too, not only the wait for it."""
        try:
            return run()
        except KeyboardInterrupt:
            self._session._gateway.cancel_all(self._session._id)
            raise

    def toLocalIterator(self, prefetchPartitions: bool = False) -> Iterator[Row]:
        """The rows one by one; a batch at a time is held, and with prefetch a few more."""
        schema = self.schema
        batches = record_batches(self._frames())
        source = _prefetched(batches) if prefetchPartitions else batches
        return itertools.chain.from_iterable(rows(batch, schema) for batch in source)

    def take(self, num: int) -> list[Row]:
        return self.limit(num).collect()

    def head(self, n: int | None = None) -> Any:
        if n is None:
            found = self.take(1)
            return found[0] if found else None
        return self.take(n)

    def first(self) -> Row | None:
        return self.head()

    def tail(self, num: int) -> list[Row]:
        return self._child("tail", count=int(num)).collect()

    def count(self) -> int:
        return int(self._interruptible(lambda: self._request("count"))["count"])

    def isEmpty(self) -> bool:
        return not self.take(1)

    @property
    def rdd(self) -> RDD:
        """The rows as an RDD."""
        from troupe.rdd.sources import of_frame

        return of_frame(self)

    def foreach(self, f: Callable[[Row], None]) -> None:
        """Calls a function on the executors with each row."""
        self._run_python(_ForEach(f, self.schema, False))

    def foreachPartition(self, f: Callable[[Iterator[Row]], None]) -> None:
        """Calls a function on the executors with the rows of each partition."""
        self._run_python(_ForEach(f, self.schema, True))

    def _run_python(self, function: Callable[..., Any]) -> None:
        self.mapInArrow(function, "done boolean").count()

    def show(self, n: int = 20, truncate: bool | int = True, vertical: bool = False) -> None:
        """Prints the first rows."""
        print(self._show_string(n, truncate, vertical))

    def _show_string(self, n: int = 20, truncate: bool | int = True, vertical: bool = False) -> str:
        if not isinstance(n, int) or isinstance(n, bool):
            raise not_expected("int", "n", n)
        if not isinstance(vertical, bool):
            raise not_expected("bool", "vertical", vertical)
        if isinstance(truncate, bool) and truncate:
            width = 20
        else:
            try:
                width = int(truncate)
            except ValueError:
                raise not_expected("bool", "truncate", truncate) from None
        return self._interruptible(lambda: self._request("show", n=n, truncate=width, vertical=vertical))["text"]

    def explain(self, extended: bool | str | None = None, mode: str | None = None) -> None:
        """Prints the plans: simple, extended, codegen, cost, formatted, or analyze (which runs the query)."""
        if extended is not None and mode is not None:
            raise PySparkValueError(
                errorClass="CANNOT_SET_TOGETHER", messageParameters={"arg_list": "extended and mode"}
            )
        if extended is not None and not isinstance(extended, (bool, str)):
            raise not_expected("bool or str", "extended", extended)
        if mode is not None and not isinstance(mode, str):
            raise not_expected("str", "mode", mode)
        chosen = mode or (extended if isinstance(extended, str) else "extended" if extended else "simple")
        show_plan(self._request("explain", mode=chosen)["text"])

    def __repr__(self) -> str:
        if not self._support_repr_html and self._eager("enabled", "false") == "true":
            most, width = int(self._eager("maxNumRows", "20")), int(self._eager("truncate", "20"))
            return self._show_string(most, width, False)
        return "DataFrame[" + ", ".join(f"{name}: {kind}" for name, kind in self.dtypes) + "]"

    def _repr_html_(self) -> str | None:
        self._support_repr_html = True
        if self._eager("enabled", "false") != "true":
            return None
        most, width = int(self._eager("maxNumRows", "20")), int(self._eager("truncate", "20"))
        return self._request("html", n=most, truncate=width)["text"]

    def _eager(self, key: str, default: str) -> str:
        return self._session.conf._known(f"spark.sql.repl.eagerEval.{key}", default)

    # cache

    def cache(self) -> DataFrame:
        return self.persist()

    def persist(self, storageLevel: StorageLevel = StorageLevel.MEMORY_AND_DISK_DESER) -> DataFrame:
        self.is_cached = True
        self._request("cache", level=_level_name(storageLevel))
        return self

    def unpersist(self, blocking: bool = False) -> DataFrame:
        self.is_cached = False
        self._request("unpersist", blocking=blocking)
        return self

    @property
    def storageLevel(self) -> StorageLevel:
        answer = self._request("isCached")
        return getattr(StorageLevel, answer["level"]) if answer.get("cached") else StorageLevel.NONE

    def checkpoint(self, eager: bool = True) -> DataFrame:
        return self._checkpoint(eager, reliable=True)

    def localCheckpoint(self, eager: bool = True, storageLevel: StorageLevel | None = None) -> DataFrame:
        return self._checkpoint(eager, reliable=False)

    def _checkpoint(self, eager: bool, reliable: bool) -> DataFrame:
        return self._session._frame(self._request("checkpoint", eager=eager, reliable=reliable))

    # views, writers, facts

    def createTempView(self, name: str) -> None:
        self._view("createTempView", name, replace=False, is_global=False)

    def createOrReplaceTempView(self, name: str) -> None:
        self._view("createTempView", name, replace=True, is_global=False)

    def registerTempTable(self, name: str) -> None:
        import warnings

        warnings.warn("Deprecated in 2.0, use createOrReplaceTempView instead.", FutureWarning)
        self.createOrReplaceTempView(name)

    def createGlobalTempView(self, name: str) -> None:
        self._view("createTempView", name, replace=False, is_global=True)

    def createOrReplaceGlobalTempView(self, name: str) -> None:
        self._view("createTempView", name, replace=True, is_global=True)

    def _view(self, method: str, name: str, replace: bool, is_global: bool) -> None:
        self._session._call(
            {
                "op": "catalog",
                "method": method,
                "name": name,
                "plan": self._plan_id,
                "replace": replace,
                "global": is_global,
                "site": call_site(),
            }
        )

    @property
    def write(self) -> DataFrameWriter:
        from troupe.sql.readwriter import DataFrameWriter

        return DataFrameWriter(self)

    def writeTo(self, table: str) -> DataFrameWriterV2:
        from troupe.sql.readwriter import DataFrameWriterV2

        return DataFrameWriterV2(self, table)

    def inputFiles(self) -> list[str]:
        return list(self._request("inputFiles")["files"])

    def sameSemantics(self, other: DataFrame) -> bool:
        from troupe.sql.dataframe import DataFrame

        if not isinstance(other, DataFrame):
            raise not_expected("DataFrame", "other", other)
        return bool(self._request("sameSemantics", other=other._plan_id)["same"])

    def semanticHash(self) -> int:
        return int(self._request("semanticHash")["hash"])

    def isLocal(self) -> bool:
        return False

    @property
    def isStreaming(self) -> bool:
        return False


def _level_name(level: StorageLevel) -> str:
    for name, known in vars(StorageLevel).items():
        if isinstance(known, StorageLevel) and known == level:
            return name
    raise PySparkTypeError(
        errorClass="NOT_EXPECTED_TYPE",
        messageParameters={
            "arg_name": "storageLevel",
            "expected_type": "one of the levels of StorageLevel",
            "arg_type": repr(level),
        },
    )


class _ForEach:
    """A function over Arrow batches that shows rows to another function and gives nothing back."""

    def __init__(self, f: Callable[..., Any], schema: Any, whole_partition: bool) -> None:
        self._f = f
        self._schema = schema
        self._whole_partition = whole_partition
        self.__name__ = getattr(f, "__name__", "foreach")

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        every = itertools.chain.from_iterable(rows(batch, self._schema) for batch in batches)
        if self._whole_partition:
            self._f(every)
        else:
            for row in every:
                self._f(row)
        return iter(())


def _prefetched(batches: Iterator[Any]) -> Iterator[Any]:
    """Reads ahead in a thread, a bounded number of batches."""
    ready: queue.Queue[tuple[str, Any]] = queue.Queue(_PREFETCHED_BATCHES)
    stopped = threading.Event()

    def put(item: tuple[str, Any]) -> None:
        while not stopped.is_set():
            try:
                ready.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def read() -> None:
        try:
            for batch in batches:
                put(("batch", batch))
                if stopped.is_set():
                    return
            put(("end", None))
        except BaseException as error:
            put(("error", error))

    threading.Thread(target=read, name="troupe-prefetch", daemon=True).start()
    try:
        while True:
            kind, value = ready.get()
            if kind == "error":
                raise value
            if kind == "end":
                return
            yield value
    finally:
        stopped.set()

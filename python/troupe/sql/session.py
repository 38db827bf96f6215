"""SparkSession: the entry to everything else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

from troupe._site import call_site
from troupe.errors import PySparkNotImplementedError, PySparkRuntimeError, PySparkTypeError
from troupe.gateway import AnalyzeFirst, Gateway, PlanId
from troupe.sql._session_builder import Builder
from troupe.sql._types.atomic import DataType
from troupe.sql.column import not_expected
from troupe.sql.conf import RuntimeConfig

if TYPE_CHECKING:
    from troupe.context import SparkContext
    from troupe.sql._udf_profiles import AccumulatedProfiles
    from troupe.sql.catalog import Catalog
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.datasource import DataSource, DataSourceRegistration
    from troupe.sql.profiler import Profile
    from troupe.sql.readwriter import DataFrameReader
    from troupe.sql.tvf import TableValuedFunction
    from troupe.sql.udf import UDFRegistration
    from troupe.sql.udtf import UDTFRegistration

__all__ = ["SparkSession"]

_ANALYSES = 100
"""Calls of table functions with `analyze` that one request may hold."""


class _ClassProperty(property):
    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        assert self.fget is not None
        return self.fget(owner or type(instance))


def _only_connect(feature: str) -> PySparkRuntimeError:
    return PySparkRuntimeError(errorClass="ONLY_SUPPORTED_WITH_SPARK_CONNECT", messageParameters={"feature": feature})


class SparkSession:
    """A session: its settings, views and functions. Sessions of a process share one JVM."""

    Builder = Builder
    _instantiatedSession: ClassVar[SparkSession | None] = None
    _activeSession: ClassVar[SparkSession | None] = None

    @_ClassProperty
    def builder(cls) -> Builder:
        return Builder()

    def __init__(
        self,
        sparkContext: SparkContext,
        jsparkSession: Any = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        self._sc = sparkContext
        self._gateway: Gateway = sparkContext._gateway_of_process
        remembered = {**sparkContext._settings, **{k: v for k, v in (options or {}).items() if v is not None}}
        if jsparkSession is None:
            answer = sparkContext._first_session()
            self._id: int = answer["session"]
        else:
            self._id = int(jsparkSession)
        self.conf = RuntimeConfig(self, remembered)
        if jsparkSession is None:
            SparkSession._instantiatedSession = self
            SparkSession._activeSession = self

    def _call(self, request: dict[str, Any]) -> dict[str, Any]:
        request["session"] = self._id
        for _ in range(_ANALYSES):
            try:
                return self._gateway.call(request)
            except AnalyzeFirst as first:
                wish = first.wish
            from troupe.sql import _table_analysis

            _table_analysis.grant(self, wish)
        raise PySparkRuntimeError(
            f"The query calls table functions whose `analyze` was run {_ANALYSES} times without an end."
        )

    def _plan(self, node: dict[str, Any]) -> DataFrame:
        return self._frame(self._call({"op": "plan", "node": node, "site": call_site()}))

    def _frame(self, answer: dict[str, Any]) -> DataFrame:
        from troupe.sql.dataframe import DataFrame

        return DataFrame(PlanId(answer["plan"], self._gateway), answer["schema"], self)

    def _apply(self, options: dict[str, Any]) -> None:
        """Adds a builder's settings to a running session; those of the start are fixed by then."""
        for key, value in options.items():
            if value is not None and self.conf._remembered.get(key) != value:
                if key.startswith(("spark.sql.", "troupe.")) or self.conf.isModifiable(key):
                    self.conf.set(key, value)

    def newSession(self) -> SparkSession:
        """A session with its own settings and views, on the same JVM."""
        answer = self._call({"op": "session.clone"})
        return SparkSession(self._sc, answer["session"], dict(self._sc._settings))

    @classmethod
    def getActiveSession(cls) -> SparkSession | None:
        session = cls._activeSession
        return session if session is not None and session._gateway.is_open else None

    @classmethod
    def active(cls) -> SparkSession:
        session = cls.getActiveSession() or cls._instantiatedSession
        if session is None:
            raise PySparkRuntimeError(errorClass="NO_ACTIVE_OR_DEFAULT_SESSION", messageParameters={})
        return session

    @classmethod
    def _getActiveSessionOrCreate(cls, **static_conf: Any) -> SparkSession:
        return cls.getActiveSession() or Builder().config(map=static_conf).getOrCreate()

    @property
    def sparkContext(self) -> SparkContext:
        return self._sc

    @property
    def version(self) -> str:
        from troupe.version import __version__

        return __version__

    @functools.cached_property
    def catalog(self) -> Catalog:
        from troupe.sql.catalog import Catalog

        return Catalog(self)

    @property
    def udf(self) -> UDFRegistration:
        from troupe.sql.udf import UDFRegistration

        return UDFRegistration(self)

    @functools.cached_property
    def _profiler_collector(self) -> AccumulatedProfiles:
        from troupe.sql._udf_profiles import AccumulatedProfiles

        return AccumulatedProfiles(self)

    @property
    def profile(self) -> Profile:
        """What `spark.sql.pyspark.udf.profiler` ("perf" or "memory") made the workers measure."""
        from troupe.sql.profiler import Profile

        return Profile(self._profiler_collector)

    @functools.cached_property
    def _python_sources(self) -> dict[str, type[DataSource]]:
        return {}

    @property
    def dataSource(self) -> DataSourceRegistration:
        from troupe.sql.datasource import DataSourceRegistration

        return DataSourceRegistration(self)

    @property
    def udtf(self) -> UDTFRegistration:
        from troupe.sql.udtf import UDTFRegistration

        return UDTFRegistration(self)

    @property
    def read(self) -> DataFrameReader:
        from troupe.sql.readwriter import DataFrameReader

        return DataFrameReader(self)

    @property
    def tvf(self) -> TableValuedFunction:
        from troupe.sql.tvf import TableValuedFunction

        return TableValuedFunction(self)

    @property
    def readStream(self) -> Any:
        raise PySparkNotImplementedError(message="Structured Streaming is not implemented; use spark.read.")

    @property
    def streams(self) -> Any:
        raise PySparkNotImplementedError(
            message="Structured Streaming is not implemented; there are no queries to manage."
        )

    @property
    def client(self) -> Any:
        raise _only_connect("SparkSession.client")

    def copyFromLocalToFs(self, local_path: str, dest_path: str) -> None:
        raise _only_connect("SparkSession.copyFromLocalToFs")

    def registerProgressHandler(self, handler: Any) -> None:
        raise _only_connect("SparkSession.registerProgressHandler")

    def removeProgressHandler(self, handler: Any) -> None:
        raise _only_connect("SparkSession.removeProgressHandler")

    def clearProgressHandlers(self) -> None:
        raise _only_connect("SparkSession.clearProgressHandlers")

    def range(self, start: int, end: int | None = None, step: int = 1, numPartitions: int | None = None) -> DataFrame:
        """A DataFrame of one column `id` of numbers."""
        first, last = (0, start) if end is None else (start, end)
        return self._plan(
            {
                "n": "range",
                "start": int(first),
                "end": int(last),
                "step": int(step),
                "partitions": None if numPartitions is None else int(numPartitions),
            }
        )

    def createDataFrame(
        self, data: Any, schema: Any = None, samplingRatio: float | None = None, verifySchema: bool = True
    ) -> DataFrame:
        """A DataFrame from rows, tuples, dicts, pandas, Arrow or NumPy."""
        from troupe.sql._local_data import create

        SparkSession._activeSession = self
        return create(self, data, schema, samplingRatio, verifySchema)

    def emptyDataFrame(self, schema: Any) -> DataFrame:
        return self.createDataFrame([], schema)

    def sql(self, sqlQuery: str, args: Any = None, **kwargs: Any) -> DataFrame:
        """The result of a SQL text; `args` are its named or positional parameters, `kwargs` are put into the text."""
        from troupe.sql import functions as F

        if args is None or isinstance(args, list):
            given: Any = [F.lit(v)._expr for v in args or []]
        elif isinstance(args, dict):
            given = {k: F.lit(v)._expr for k, v in args.items()}
        else:
            raise PySparkTypeError(
                errorClass="INVALID_TYPE", messageParameters={"arg_name": "args", "arg_type": type(args).__name__}
            )
        if not kwargs:
            return self._sql(sqlQuery, given)
        from troupe.sql._sql_formatter import SQLStringFormatter

        formatter = SQLStringFormatter(self)
        try:
            return self._sql(formatter.format(sqlQuery, **kwargs), given)
        finally:
            formatter.clear()

    def _sql(self, text: str, args: Any) -> DataFrame:
        return self._frame(self._call({"op": "sql", "text": text, "args": args, "site": call_site()}))

    def table(self, tableName: str) -> DataFrame:
        if not isinstance(tableName, str):
            raise not_expected("str", "tableName", tableName)
        return self._plan({"n": "table", "name": tableName, "options": {}})

    def stop(self) -> None:
        """Ends the session and the JVM."""
        self._sc.stop()

    def __enter__(self) -> SparkSession:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        self.stop()

    def addArtifacts(self, *path: str, pyfile: bool = False, archive: bool = False, file: bool = False) -> None:
        """Files, Python files or archives for the executors."""
        add: Callable[[str], None] = (
            self._sc.addPyFile if pyfile else self._sc.addArchive if archive else self._sc.addFile
        )
        for p in path:
            add(p)

    addArtifact = addArtifacts

    def interruptAll(self) -> list[str]:
        """Cancels all running jobs of the session."""
        self._call({"op": "job.cancel", "all": True})
        return []

    def interruptTag(self, tag: str) -> list[str]:
        """Cancels the running jobs with a tag."""
        self._call({"op": "job.cancel", "tag": tag})
        return []

    def interruptOperation(self, op_id: str) -> list[str]:
        """Cancels the running jobs of an operation, which is known by a tag of its name."""
        return self.interruptTag(op_id)

    def addTag(self, tag: str) -> None:
        """A tag of the jobs that this thread starts from now on."""
        self._sc.addJobTag(tag)

    def removeTag(self, tag: str) -> None:
        self._sc.removeJobTag(tag)

    def getTags(self) -> set[str]:
        return self._sc.getJobTags()

    def clearTags(self) -> None:
        self._sc.clearJobTags()

    def _parse_ddl(self, ddl: str) -> DataType:
        return DataType.fromDDL(ddl)

    def _repr_html_(self) -> str:
        from troupe import _html

        return _html.session(self._sc, self.conf._known("spark.sql.catalogImplementation", "in-memory"))

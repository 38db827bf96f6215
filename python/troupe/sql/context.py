"""SQLContext and HiveContext: the entry points of Spark 1, in front of a session."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar

from troupe._globals import _NoValue
from troupe.sql.session import SparkSession

if TYPE_CHECKING:
    from troupe.context import SparkContext
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.readwriter import DataFrameReader
    from troupe.sql.udf import UDFRegistration
    from troupe.sql.udtf import UDTFRegistration

__all__ = ["HiveContext", "SQLContext"]


class SQLContext:
    """A session under its old name. Deprecated since Spark 3: `SparkSession.builder.getOrCreate()`."""

    _instantiatedContext: ClassVar[SQLContext | None] = None

    def __init__(
        self, sparkContext: SparkContext, sparkSession: SparkSession | None = None, jsqlContext: Any = None
    ) -> None:
        if sparkSession is None:
            warnings.warn(
                "Deprecated in 3.0.0. Use SparkSession.builder.getOrCreate() instead.", FutureWarning, stacklevel=2
            )
        self._sc = sparkContext
        self.sparkSession = sparkSession or SparkSession._getActiveSessionOrCreate()
        running = SQLContext._instantiatedContext
        if running is None or not running.sparkSession._gateway.is_open:
            SQLContext._instantiatedContext = self

    @classmethod
    def getOrCreate(cls, sc: SparkContext) -> SQLContext:
        warnings.warn(
            "Deprecated in 3.0.0. Use SparkSession.builder.getOrCreate() instead.", FutureWarning, stacklevel=2
        )
        return cls._get_or_create(sc)

    @classmethod
    def _get_or_create(cls, sc: SparkContext, **static_conf: Any) -> SQLContext:
        running = cls._instantiatedContext
        if running is None or not running.sparkSession._gateway.is_open:
            return cls(sc, SparkSession._getActiveSessionOrCreate(**static_conf))
        return running

    def newSession(self) -> SQLContext:
        return type(self)(self._sc, self.sparkSession.newSession())

    def setConf(self, key: str, value: Any) -> None:
        self.sparkSession.conf.set(key, value)

    def getConf(self, key: str, defaultValue: Any = _NoValue) -> str | None:
        return self.sparkSession.conf.get(key, defaultValue)

    @property
    def udf(self) -> UDFRegistration:
        return self.sparkSession.udf

    @property
    def udtf(self) -> UDTFRegistration:
        return self.sparkSession.udtf

    @property
    def readStream(self) -> Any:
        return self.sparkSession.readStream

    @property
    def streams(self) -> Any:
        return self.sparkSession.streams

    def registerJavaFunction(self, name: str, javaClassName: str, returnType: Any = None) -> None:
        warnings.warn("Deprecated in 2.3.0. Use spark.udf.registerJavaFunction instead.", FutureWarning, stacklevel=2)
        self.sparkSession.udf.registerJavaFunction(name, javaClassName, returnType)

    def range(self, start: int, end: int | None = None, step: int = 1, numPartitions: int | None = None) -> DataFrame:
        return self.sparkSession.range(start, end, step, numPartitions)

    def registerFunction(self, name: str, f: Any, returnType: Any = None) -> Any:
        warnings.warn("Deprecated in 2.3.0. Use spark.udf.register instead.", FutureWarning, stacklevel=2)
        return self.sparkSession.udf.register(name, f, returnType)

    def createDataFrame(
        self, data: Any, schema: Any = None, samplingRatio: float | None = None, verifySchema: bool = True
    ) -> DataFrame:
        return self.sparkSession.createDataFrame(data, schema, samplingRatio, verifySchema)

    def registerDataFrameAsTable(self, df: DataFrame, tableName: str) -> None:
        df.createOrReplaceTempView(tableName)

    def dropTempTable(self, tableName: str) -> None:
        self.sparkSession.catalog.dropTempView(tableName)

    def createExternalTable(
        self, tableName: str, path: str | None = None, source: str | None = None, schema: Any = None, **options: str
    ) -> DataFrame:
        return self.sparkSession.catalog.createExternalTable(tableName, path, source, schema, **options)

    def sql(self, sqlQuery: str) -> DataFrame:
        return self.sparkSession.sql(sqlQuery)

    def table(self, tableName: str) -> DataFrame:
        return self.sparkSession.table(tableName)

    def tables(self, dbName: str | None = None) -> DataFrame:
        """The names of the tables of a database: `namespace`, `tableName`, `isTemporary`."""
        return self.sparkSession.sql("SHOW TABLES" if dbName is None else f"SHOW TABLES IN {dbName}")

    def tableNames(self, dbName: str | None = None) -> list[str]:
        return [row.tableName for row in self.tables(dbName).collect()]

    def cacheTable(self, tableName: str) -> None:
        self.sparkSession.catalog.cacheTable(tableName)

    def uncacheTable(self, tableName: str) -> None:
        self.sparkSession.catalog.uncacheTable(tableName)

    def clearCache(self) -> None:
        self.sparkSession.catalog.clearCache()

    @property
    def read(self) -> DataFrameReader:
        return self.sparkSession.read


class HiveContext(SQLContext):
    """A SQLContext with Hive's tables. Deprecated since Spark 2: `SparkSession.builder.enableHiveSupport()`."""

    _static_conf: ClassVar[dict[str, str]] = {"spark.sql.catalogImplementation": "hive"}

    def __init__(
        self, sparkContext: SparkContext, sparkSession: SparkSession | None = None, jhiveContext: Any = None
    ) -> None:
        warnings.warn(
            "HiveContext is deprecated in Spark 2.0.0. Please use "
            "SparkSession.builder.enableHiveSupport().getOrCreate() instead.",
            FutureWarning,
            stacklevel=2,
        )
        super().__init__(
            sparkContext, sparkSession or SparkSession._getActiveSessionOrCreate(**HiveContext._static_conf)
        )

    def refreshTable(self, tableName: str) -> None:
        self.sparkSession.catalog.refreshTable(tableName)

"""`spark.catalog`: databases, tables, views and functions."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from troupe._site import call_site
from troupe.sql._types.atomic import DataType
from troupe.sql._types.nested import StructType
from troupe.sql.column import not_expected
from troupe.storagelevel import StorageLevel

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

__all__ = ["Catalog", "CatalogMetadata", "Column", "Database", "Function", "Table", "TablePartition"]


class CatalogMetadata(NamedTuple):
    """A catalog."""

    name: str
    description: str | None


class Database(NamedTuple):
    """A database."""

    name: str
    catalog: str | None
    description: str | None
    locationUri: str


class Table(NamedTuple):
    """A table or view."""

    name: str
    catalog: str | None
    namespace: list[str] | None
    description: str | None
    tableType: str
    isTemporary: bool

    @property
    def database(self) -> str | None:
        return self.namespace[0] if self.namespace is not None and len(self.namespace) == 1 else None


class Column(NamedTuple):
    """A column of a table."""

    name: str
    description: str | None
    dataType: str
    nullable: bool
    isPartition: bool
    isBucket: bool
    isCluster: bool


class Function(NamedTuple):
    """A function."""

    name: str
    catalog: str | None
    namespace: list[str] | None
    description: str | None
    className: str
    isTemporary: bool


class TablePartition(NamedTuple):
    """A partition of a table, as `p=1/q=x`."""

    partition: str


def _made(cls: Any, answer: dict[str, Any]) -> Any:
    return cls(**{field: answer.get(field, False if field.startswith("is") else None) for field in cls._fields})


class Catalog:
    """What the session can name."""

    def __init__(self, sparkSession: SparkSession) -> None:
        self._sparkSession = sparkSession

    def _ask(self, method: str, **keys: Any) -> Any:
        request = {"op": "catalog", "method": method, "site": call_site(), **keys}
        return self._sparkSession._call(request).get("result")

    def _list(self, cls: Any, method: str, **keys: Any) -> list[Any]:
        return [_made(cls, answer) for answer in self._ask(method, **keys)]

    def currentCatalog(self) -> str:
        return self._ask("currentCatalog")

    def setCurrentCatalog(self, catalogName: str) -> None:
        self._ask("setCurrentCatalog", name=catalogName)

    def listCatalogs(self, pattern: str | None = None) -> list[CatalogMetadata]:
        return self._list(CatalogMetadata, "listCatalogs", pattern=pattern)

    def currentDatabase(self) -> str:
        return self._ask("currentDatabase")

    def setCurrentDatabase(self, dbName: str) -> None:
        self._ask("setCurrentDatabase", name=dbName)

    def listDatabases(self, pattern: str | None = None) -> list[Database]:
        return self._list(Database, "listDatabases", pattern=pattern)

    def getDatabase(self, dbName: str) -> Database:
        return _made(Database, self._ask("getDatabase", name=dbName))

    def databaseExists(self, dbName: str) -> bool:
        return bool(self._ask("databaseExists", name=dbName))

    def listTables(self, dbName: str | None = None, pattern: str | None = None) -> list[Table]:
        return self._list(Table, "listTables", dbName=dbName, pattern=pattern)

    def getTable(self, tableName: str) -> Table:
        return _made(Table, self._ask("getTable", name=tableName))

    def tableExists(self, tableName: str, dbName: str | None = None) -> bool:
        return bool(self._ask("tableExists", name=_qualified("tableExists", tableName, dbName)))

    def listColumns(self, tableName: str, dbName: str | None = None) -> list[Column]:
        return self._list(Column, "listColumns", name=_qualified("listColumns", tableName, dbName))

    def listFunctions(self, dbName: str | None = None, pattern: str | None = None) -> list[Function]:
        return self._list(Function, "listFunctions", dbName=dbName, pattern=pattern)

    def getFunction(self, functionName: str) -> Function:
        return _made(Function, self._ask("getFunction", name=functionName))

    def functionExists(self, functionName: str, dbName: str | None = None) -> bool:
        return bool(self._ask("functionExists", name=_qualified("functionExists", functionName, dbName)))

    def createTable(
        self,
        tableName: str,
        path: str | None = None,
        source: str | None = None,
        schema: StructType | None = None,
        description: str | None = None,
        **options: str,
    ) -> DataFrame:
        """Makes a table, over files at `path` if one is given."""
        if schema is not None and not isinstance(schema, StructType):
            raise not_expected("struct type", "schema", schema)
        if path is not None:
            options["path"] = path
        self._ask(
            "createTable",
            name=tableName,
            format=source,
            schema=None if schema is None else schema.jsonValue(),
            description=description or "",
            options=options,
        )
        return self._sparkSession.table(tableName)

    def createExternalTable(
        self,
        tableName: str,
        path: str | None = None,
        source: str | None = None,
        schema: StructType | None = None,
        **options: str,
    ) -> DataFrame:
        warnings.warn(
            "createExternalTable is deprecated since Spark 2.2, please use createTable instead.", FutureWarning
        )
        return self.createTable(tableName, path, source, schema, **options)

    def _run(self, text: str) -> list[Any]:
        return self._sparkSession.sql(text).collect()

    def createDatabase(self, dbName: str, ifNotExists: bool = False, properties: dict[str, str] | None = None) -> None:
        clauses = []
        listed = dict(properties or {})
        for key in ("comment", "location"):
            if key in listed:
                clauses.append(f"{key.upper()} {_text(listed.pop(key))}")
        if listed:
            shown = ", ".join(f"{_text(k)} = {_text(v)}" for k, v in listed.items())
            clauses.append(f"WITH DBPROPERTIES ({shown})")
        self._run(f"CREATE DATABASE {'IF NOT EXISTS ' if ifNotExists else ''}{dbName} {' '.join(clauses)}")

    def dropDatabase(self, dbName: str, ifExists: bool = False, cascade: bool = False) -> None:
        self._run(f"DROP DATABASE {'IF EXISTS ' if ifExists else ''}{dbName}{' CASCADE' if cascade else ''}")

    def dropTable(self, tableName: str, ifExists: bool = False, purge: bool = False) -> None:
        self._run(f"DROP TABLE {'IF EXISTS ' if ifExists else ''}{tableName}{' PURGE' if purge else ''}")

    def dropView(self, viewName: str, ifExists: bool = False) -> None:
        self._run(f"DROP VIEW {'IF EXISTS ' if ifExists else ''}{viewName}")

    def listViews(self, dbName: str | None = None, pattern: str | None = None) -> list[Table]:
        return [table for table in self.listTables(dbName, pattern) if table.tableType in ("VIEW", "TEMPORARY")]

    def listPartitions(self, tableName: str) -> list[TablePartition]:
        return [TablePartition(row[0]) for row in self._run(f"SHOW PARTITIONS {tableName}")]

    def getTableProperties(self, tableName: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self._run(f"SHOW TBLPROPERTIES {tableName}")}

    def getCreateTableString(self, tableName: str, asSerde: bool = False) -> str:
        return self._run(f"SHOW CREATE TABLE {tableName}{' AS SERDE' if asSerde else ''}")[0][0]

    def truncateTable(self, tableName: str) -> None:
        self._run(f"TRUNCATE TABLE {tableName}")

    def analyzeTable(self, tableName: str, noScan: bool = False) -> None:
        self._run(f"ANALYZE TABLE {tableName} COMPUTE STATISTICS{' NOSCAN' if noScan else ''}")

    def dropTempView(self, viewName: str) -> bool:
        return bool(self._ask("dropTempView", name=viewName))

    def dropGlobalTempView(self, viewName: str) -> bool:
        return bool(self._ask("dropGlobalTempView", name=viewName))

    def registerFunction(self, name: str, f: Callable[..., Any], returnType: DataType | str | None = None) -> Any:
        warnings.warn("Deprecated in 2.3.0. Use spark.udf.register instead.", FutureWarning)
        return self._sparkSession.udf.register(name, f, returnType)

    def isCached(self, tableName: str) -> bool:
        return bool(self._ask("isCached", name=tableName))

    def cacheTable(self, tableName: str, storageLevel: StorageLevel | None = None) -> None:
        from troupe.sql._frame_actions import _level_name

        level = storageLevel if storageLevel is not None else StorageLevel.MEMORY_AND_DISK
        self._ask("cacheTable", name=tableName, level=_level_name(level))

    def uncacheTable(self, tableName: str) -> None:
        self._ask("uncacheTable", name=tableName)

    def clearCache(self) -> None:
        self._ask("clearCache")

    def refreshTable(self, tableName: str) -> None:
        self._ask("refreshTable", name=tableName)

    def recoverPartitions(self, tableName: str) -> None:
        self._ask("recoverPartitions", name=tableName)

    def refreshByPath(self, path: str) -> None:
        self._ask("refreshByPath", path=path)


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _qualified(method: str, name: str, database: str | None) -> str:
    if database is None:
        return name
    warnings.warn(
        f"`dbName` has been deprecated since Spark 3.4 and might be removed in a future version. Use "
        f"{method}(`dbName.tableName`) instead.",
        FutureWarning,
    )
    return f"{database}.{name}"

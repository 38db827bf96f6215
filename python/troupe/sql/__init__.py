"""SQL and DataFrames: what `pyspark.sql` offers. Names are loaded when first touched."""

from __future__ import annotations

import importlib
from typing import Any

_EXPORTS: dict[str, str] = {
    "Catalog": "troupe.sql.catalog",
    "Column": "troupe.sql.column",
    "DataFrame": "troupe.sql.dataframe",
    "DataFrameNaFunctions": "troupe.sql.dataframe",
    "DataFrameReader": "troupe.sql.readwriter",
    "DataFrameStatFunctions": "troupe.sql.dataframe",
    "DataFrameWriter": "troupe.sql.readwriter",
    "DataFrameWriterV2": "troupe.sql.readwriter",
    "Geography": "troupe.sql.types",
    "Geometry": "troupe.sql.types",
    "GroupedData": "troupe.sql.group",
    "HiveContext": "troupe.sql.context",
    "MergeIntoWriter": "troupe.sql.merge",
    "Observation": "troupe.sql.observation",
    "PandasCogroupedOps": "troupe.sql.group",
    "Row": "troupe.sql.types",
    "SQLContext": "troupe.sql.context",
    "SparkSession": "troupe.sql.session",
    "UDFRegistration": "troupe.sql.udf",
    "UDTFRegistration": "troupe.sql.udtf",
    "VariantVal": "troupe.sql.types",
    "Window": "troupe.sql.window",
    "WindowSpec": "troupe.sql.window",
    "is_remote": "troupe.sql.utils",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    module = _EXPORTS.get(name)
    if module is None:
        raise AttributeError(f"module 'troupe.sql' has no attribute {name!r}")
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value

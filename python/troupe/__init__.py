"""Troupe: PySpark's API on an actor-based engine.

Importing this package is cheap: what it exports is loaded when it is first touched, so that the launcher, the workers and
a script that needs one name do not pay for the others.
"""

from __future__ import annotations

import importlib
from typing import Any

from troupe._version import PYSPARK_VERSION as __version__  # scripts that ask `pyspark.__version__` expect this one

_EXPORTS: dict[str, str] = {
    "Accumulator": "troupe.accumulators",
    "AccumulatorParam": "troupe.accumulators",
    "BarrierTaskContext": "troupe.taskcontext",
    "BarrierTaskInfo": "troupe.taskcontext",
    "HiveContext": "troupe.sql.context",
    "RDD": "troupe.rdd",
    "Row": "troupe.sql.types",
    "SQLContext": "troupe.sql.context",
    "SparkConf": "troupe.conf",
    "SparkContext": "troupe.context",
    "StorageLevel": "troupe.storagelevel",
    "TaskContext": "troupe.taskcontext",
    "_NoValue": "troupe._globals",
}

__all__ = [
    "Accumulator",
    "AccumulatorParam",
    "BarrierTaskContext",
    "BarrierTaskInfo",
    "HiveContext",
    "RDD",
    "Row",
    "SQLContext",
    "SparkConf",
    "SparkContext",
    "StorageLevel",
    "TaskContext",
    "__version__",
]


def __getattr__(name: str) -> Any:
    module = _EXPORTS.get(name)
    if module is None:
        raise AttributeError(f"module 'troupe' has no attribute {name!r}")
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value

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
    "BasicProfiler": "troupe.profiler",
    "Broadcast": "troupe.broadcast",
    "CPickleSerializer": "troupe.serializers",
    "HiveContext": "troupe.sql.context",
    "InheritableThread": "troupe.util",
    "MarshalSerializer": "troupe.serializers",
    "Profiler": "troupe.profiler",
    "RDD": "troupe.rdd",
    "RDDBarrier": "troupe.rdd",
    "Row": "troupe.sql.types",
    "SQLContext": "troupe.sql.context",
    "SparkConf": "troupe.conf",
    "SparkContext": "troupe.context",
    "SparkExecutorInfo": "troupe.status",
    "SparkFiles": "troupe.files",
    "SparkJobInfo": "troupe.status",
    "SparkStageInfo": "troupe.status",
    "StatusTracker": "troupe.status",
    "StorageLevel": "troupe.storagelevel",
    "TaskContext": "troupe.taskcontext",
    "_NoValue": "troupe._globals",
    "inheritable_thread_target": "troupe.util",
    "is_remote_only": "troupe.util",
    "keyword_only": "troupe._decorators",
    "since": "troupe._decorators",
}

__all__ = [
    "Accumulator",
    "AccumulatorParam",
    "BarrierTaskContext",
    "BarrierTaskInfo",
    "BasicProfiler",
    "Broadcast",
    "CPickleSerializer",
    "HiveContext",
    "InheritableThread",
    "MarshalSerializer",
    "Profiler",
    "RDD",
    "RDDBarrier",
    "Row",
    "SQLContext",
    "SparkConf",
    "SparkContext",
    "SparkExecutorInfo",
    "SparkFiles",
    "SparkJobInfo",
    "SparkStageInfo",
    "StatusTracker",
    "StorageLevel",
    "TaskContext",
    "inheritable_thread_target",
    "__version__",
]


def __getattr__(name: str) -> Any:
    module = _EXPORTS.get(name)
    if module is None:
        raise AttributeError(f"module 'troupe' has no attribute {name!r}")
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value

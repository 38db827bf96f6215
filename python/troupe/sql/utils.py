"""Old home of the exceptions, still imported by many scripts, and questions about the running mode."""

from __future__ import annotations

import os
from enum import Enum
from typing import Any

from troupe.errors import (
    AnalysisException,
    ArithmeticException,
    ArrayIndexOutOfBoundsException,
    DateTimeException,
    IllegalArgumentException,
    NumberFormatException,
    ParseException,
    PySparkRuntimeError,
    PythonException,
    QueryExecutionException,
    SparkRuntimeException,
    SparkUpgradeException,
    StreamingQueryException,
    UnknownException,
    UnsupportedOperationException,
)
from troupe.errors.exceptions.captured import CapturedException

__all__ = [
    "AnalysisException",
    "ArithmeticException",
    "ArrayIndexOutOfBoundsException",
    "CapturedException",
    "DateTimeException",
    "IllegalArgumentException",
    "NumberFormatException",
    "ParseException",
    "PythonException",
    "QueryExecutionException",
    "SparkRuntimeException",
    "SparkUpgradeException",
    "StreamingQueryException",
    "UnknownException",
    "UnsupportedOperationException",
    "is_remote",
]


def is_remote() -> bool:
    """Whether the process talks Spark Connect: Troupe's never does."""
    return False


def is_timestamp_ntz_preferred() -> bool:
    """Whether `timestamp` means the type without time zone in the running session."""
    from troupe.sql.session import SparkSession

    session = SparkSession.getActiveSession()
    return session is not None and session.conf._known("spark.sql.timestampType", "") == "TIMESTAMP_NTZ"


def enum_to_value(value: Any) -> Any:
    """The value of a constant of an enumeration; anything else as it is."""
    return enum_to_value(value.value) if isinstance(value, Enum) else value


def require_test_compiled() -> None:
    """Raises an error where Spark's own test classes are not there."""
    from troupe.find_spark_home import _find_spark_home

    classes = os.path.join(_find_spark_home(), "sql", "core", "target", "*", "test-classes")
    raise PySparkRuntimeError(errorClass="TEST_CLASS_NOT_COMPILED", messageParameters={"test_class_path": classes})

"""`pyspark.util`: the numbers by which the engine knows kinds of Python functions, and threads that inherit properties."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troupe.sql.session import SparkSession


JVM_BYTE_MIN, JVM_BYTE_MAX = -(1 << 7), (1 << 7) - 1
JVM_SHORT_MIN, JVM_SHORT_MAX = -(1 << 15), (1 << 15) - 1
JVM_INT_MIN, JVM_INT_MAX = -(1 << 31), (1 << 31) - 1
JVM_LONG_MIN, JVM_LONG_MAX = -(1 << 63), (1 << 63) - 1


class PythonEvalType:
    """Kinds of Python functions; the values are PySpark's."""

    NON_UDF = 0
    SQL_BATCHED_UDF = 100
    SQL_ARROW_BATCHED_UDF = 101
    SQL_SCALAR_PANDAS_UDF = 200
    SQL_GROUPED_MAP_PANDAS_UDF = 201
    SQL_GROUPED_AGG_PANDAS_UDF = 202
    SQL_WINDOW_AGG_PANDAS_UDF = 203
    SQL_SCALAR_PANDAS_ITER_UDF = 204
    SQL_MAP_PANDAS_ITER_UDF = 205
    SQL_COGROUPED_MAP_PANDAS_UDF = 206
    SQL_MAP_ARROW_ITER_UDF = 207
    SQL_GROUPED_MAP_ARROW_UDF = 209
    SQL_COGROUPED_MAP_ARROW_UDF = 210
    SQL_GROUPED_MAP_ARROW_ITER_UDF = 215
    SQL_GROUPED_MAP_PANDAS_ITER_UDF = 216
    SQL_GROUPED_AGG_PANDAS_ITER_UDF = 217
    SQL_SCALAR_ARROW_UDF = 250
    SQL_SCALAR_ARROW_ITER_UDF = 251
    SQL_GROUPED_AGG_ARROW_UDF = 252
    SQL_WINDOW_AGG_ARROW_UDF = 253
    SQL_GROUPED_AGG_ARROW_ITER_UDF = 254
    SQL_TABLE_UDF = 300
    SQL_ARROW_TABLE_UDF = 301
    SQL_ARROW_UDTF = 302


def is_remote_only() -> bool:
    """Whether only the client of Spark Connect is installed."""
    return False


class VersionUtils:
    """Parts of version numbers."""

    @staticmethod
    def majorMinorVersion(sparkVersion: str) -> tuple[int, int]:
        """The first two numbers of a version.

        :raises ValueError: when there are none
        """
        found = re.match(r"(\d+)\.(\d+)(\..*)?$", sparkVersion)
        if found is None:
            raise ValueError(
                f"Spark tried to parse '{sparkVersion}' as a Spark version string, "
                "but it could not find the major and minor version numbers."
            )
        return int(found[1]), int(found[2])


def fail_on_stopiteration(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with an error in place of a StopIteration, which would end a caller's loop in silence."""

    @functools.wraps(f, assigned=("__name__", "__doc__"), updated=())
    def guarded(*arguments: Any, **named: Any) -> Any:
        try:
            return f(*arguments, **named)
        except StopIteration as error:
            from troupe.errors import PySparkRuntimeError

            raise PySparkRuntimeError(
                errorClass="STOP_ITERATION_OCCURRED", messageParameters={"exc": str(error)}
            ) from error

    return guarded


def _parse_memory(s: str) -> int:
    """MiB of a size like `512m` or `2g`.

    :raises ValueError: when it ends in no unit
    """
    units = {"k": 1 / 1024, "m": 1, "g": 1024, "t": 1 << 20}
    unit = s[-1:].lower()
    if unit not in units:
        raise ValueError("invalid format: " + s)
    return int(float(s[:-1]) * units[unit])


def _properties_of_thread() -> dict[str, str]:
    from troupe.context import SparkContext

    context = SparkContext._active_spark_context
    return {} if context is None else dict(context._gateway_of_process.properties.current())


def _take_over(properties: dict[str, str]) -> None:
    from troupe.context import SparkContext

    context = SparkContext._active_spark_context
    if context is not None:
        for key, value in properties.items():
            context.setLocalProperty(key, value)


def inheritable_thread_target(f: Callable[..., Any] | SparkSession) -> Callable[..., Any]:
    """A thread's target whose jobs have the properties (group, description, tags) that this thread has now.

    With a session, a decorator of such targets.
    """
    from troupe.sql.session import SparkSession

    properties = _properties_of_thread()

    def decorated(target: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(target)
        def run(*arguments: Any, **named: Any) -> Any:
            _take_over(properties)
            return target(*arguments, **named)

        return run

    return decorated if isinstance(f, SparkSession) else decorated(f)


class InheritableThread(threading.Thread):
    """A thread whose jobs have the properties that the thread which starts it has at that moment."""

    def __init__(
        self, target: Callable[..., Any], *args: Any, session: SparkSession | None = None, **kwargs: Any
    ) -> None:
        def run(*arguments: Any, **named: Any) -> Any:
            _take_over(self._properties)
            return target(*arguments, **named)

        self._properties: dict[str, str] = {}
        super().__init__(None, run, *args, **kwargs)

    def start(self) -> None:
        self._properties = _properties_of_thread()
        super().start()

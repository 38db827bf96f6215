"""Makes the exception that a script sees from the error that the JVM answered."""

from __future__ import annotations

from typing import Any

from troupe.errors.exceptions import base
from troupe.errors.exceptions.base import PySparkException, QueryContext


class CapturedException(PySparkException):
    """Mark of an error that came from the JVM: its text is final and keeps the JVM's trace in `jvm_trace`."""

    def getMessage(self) -> str:
        return self._message

    def __str__(self) -> str:
        return self._message

    @property
    def jvm_trace(self) -> str:
        return getattr(self, "_jvm_trace", "")


def _capture(parent: type[PySparkException]) -> type[PySparkException]:
    return type(parent.__name__, (CapturedException, parent), {"__module__": __name__, "__doc__": parent.__doc__})


AnalysisException = _capture(base.AnalysisException)
ParseException = type(
    "ParseException",
    (AnalysisException, base.ParseException),
    {"__module__": __name__, "__doc__": base.ParseException.__doc__},
)
IllegalArgumentException = _capture(base.IllegalArgumentException)
NumberFormatException = type(
    "NumberFormatException",
    (IllegalArgumentException, base.NumberFormatException),
    {"__module__": __name__, "__doc__": base.NumberFormatException.__doc__},
)
TempTableAlreadyExistsException = type(
    "TempTableAlreadyExistsException",
    (AnalysisException, base.TempTableAlreadyExistsException),
    {"__module__": __name__, "__doc__": base.TempTableAlreadyExistsException.__doc__},
)
ArithmeticException = _capture(base.ArithmeticException)
UnsupportedOperationException = _capture(base.UnsupportedOperationException)
ArrayIndexOutOfBoundsException = _capture(base.ArrayIndexOutOfBoundsException)
DateTimeException = _capture(base.DateTimeException)
StreamingQueryException = _capture(base.StreamingQueryException)
QueryExecutionException = _capture(base.QueryExecutionException)
PythonException = _capture(base.PythonException)
SparkRuntimeException = _capture(base.SparkRuntimeException)
SparkUpgradeException = _capture(base.SparkUpgradeException)
SparkNoSuchElementException = _capture(base.SparkNoSuchElementException)
UnknownException = _capture(base.UnknownException)

_BY_NAME: dict[str, type[PySparkException]] = {
    cls.__name__: cls
    for cls in list(globals().values())
    if isinstance(cls, type) and issubclass(cls, CapturedException) and cls is not CapturedException
}


def from_answer(error: dict[str, Any], site: str | None = None, method: str | None = None) -> PySparkException:
    """The exception for the `error` object of a gateway answer or of a failed result stream.

    A failure of a DataFrame call says where the call is, as Spark does, unless the text has a place of its own.
    """
    condition = error.get("condition")
    if error.get("class") == "ParseException" and "\n== SQL ==" in str(error.get("message")):
        error = {**error, "message": "\n" + str(error["message"]).lstrip("\n")}
    text = str(error.get("message") or condition or "the engine failed without a message")
    traceback = error.get("pythonTraceback")
    if traceback and traceback not in text:
        text = f"{text}\n{traceback}"
    if error.get("site"):
        site, method = error["site"], None
    if site and "\n== " not in text and not traceback:
        called = f'"{method}" was called from' if method else "The call is at"
        text = f"{text}\n== DataFrame ==\n{called}\n{site}\n"
    cls = _BY_NAME.get(str(error.get("class")), UnknownException)
    raised = cls(
        message=text,
        errorClass=condition,
        messageParameters={k: str(v) for k, v in (error.get("parameters") or {}).items()},
        contexts=[QueryContext(c) for c in error.get("context") or []],
        sqlState=error.get("sqlState"),
    )
    raised._jvm_trace = str(error.get("jvmTrace") or "")  # type: ignore[attr-defined]
    return raised


def failure(cls: str, condition: str, sql_state: str, message: str, **parameters: str) -> PySparkException:
    """An error that Spark raises in its JVM and the client finds by itself; the text gets condition and state."""
    return from_answer(
        {
            "class": cls,
            "condition": condition,
            "sqlState": sql_state,
            "message": f"[{condition}] {message} SQLSTATE: {sql_state}",
            "parameters": parameters,
        }
    )

"""The exception classes of PySpark, raised by the client itself or made from an error that the JVM answered."""

from __future__ import annotations

import enum
import warnings
from pickle import PicklingError
from typing import Any

from troupe.errors import conditions


class QueryContextType(enum.Enum):
    """Where a failed expression was written."""

    SQL = 0
    DataFrame = 1


class QueryContext:
    """The piece of the user's query that failed: a fragment of SQL text, or a call in a script."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._context = context

    def contextType(self) -> QueryContextType:
        kind = str(self._context.get("contextType", "SQL")).lower()
        return QueryContextType.DataFrame if kind == "dataframe" else QueryContextType.SQL

    def objectType(self) -> str:
        return str(self._context.get("objectType", ""))

    def objectName(self) -> str:
        return str(self._context.get("objectName", ""))

    def startIndex(self) -> int:
        return int(self._context.get("startIndex", -1))

    def stopIndex(self) -> int:
        return int(self._context.get("stopIndex", -1))

    def fragment(self) -> str:
        return str(self._context.get("fragment", ""))

    def callSite(self) -> str:
        return str(self._context.get("callSite", ""))

    def summary(self) -> str:
        return str(self._context.get("summary", ""))


class PySparkException(Exception):
    """Base of all errors of the API. A condition names the kind of error, parameters fill its text."""

    def __init__(
        self,
        message: str | None = None,
        errorClass: str | None = None,
        messageParameters: dict[str, str] | None = None,
        contexts: list[QueryContext] | None = None,
        sqlState: str | None = None,
    ) -> None:
        if message is None:
            message = conditions.message(str(errorClass), messageParameters or {})
        super().__init__(message)
        self._message = message
        self._errorClass = errorClass
        self._messageParameters = messageParameters
        self._contexts = contexts or []
        self._sqlState = sqlState

    def getCondition(self) -> str | None:
        return self._errorClass

    def getErrorClass(self) -> str | None:
        warnings.warn("Deprecated in 4.0.0, use getCondition instead.", FutureWarning)
        return self.getCondition()

    def getMessageParameters(self) -> dict[str, str] | None:
        return self._messageParameters

    def getSqlState(self) -> str | None:
        return self._sqlState or conditions.sql_state(self._errorClass)

    def getMessage(self) -> str:
        return f"[{self.getCondition()}] {self._message}"

    def getBreakingChangeInfo(self) -> dict[str, Any] | None:
        return None

    def getQueryContext(self) -> list[QueryContext]:
        return self._contexts

    def __str__(self) -> str:
        return self.getMessage() if self.getCondition() is not None else self._message

    def __reduce__(self) -> Any:
        return _rebuild, (type(self), self.__dict__.copy())


def _rebuild(cls: type[PySparkException], state: dict[str, Any]) -> PySparkException:
    error = cls.__new__(cls)
    error.__dict__.update(state)
    error.args = (state.get("_message"),)
    return error


class AnalysisException(PySparkException):
    """The query cannot be resolved: an unknown name, a wrong type, a wrong number of arguments."""


class SessionNotSameException(PySparkException):
    """Two DataFrames of different sessions meet in one operation."""


class TempTableAlreadyExistsException(AnalysisException):
    """A temporary view of this name exists."""


class ParseException(AnalysisException):
    """The text is not SQL."""


class IllegalArgumentException(PySparkException):
    """An argument has a value that is not allowed."""


class ArithmeticException(PySparkException):
    """Overflow, division by zero."""


class UnsupportedOperationException(PySparkException):
    """The engine does not do this."""


class ArrayIndexOutOfBoundsException(PySparkException):
    """An index lies outside of an array."""


class DateTimeException(PySparkException):
    """A date or time cannot be parsed or does not exist."""


class NumberFormatException(IllegalArgumentException):
    """A text is not a number."""


class StreamingQueryException(PySparkException):
    """A streaming query stopped."""


class StreamingPythonRunnerInitializationException(PySparkException):
    """A streaming Python worker did not start."""


class QueryExecutionException(PySparkException):
    """A query failed while it ran."""


class PythonException(PySparkException):
    """A Python function of the user failed in a worker; the text starts with the user's own traceback."""


class SparkRuntimeException(PySparkException):
    """A failure while running, with an error condition."""


class SparkUpgradeException(PySparkException):
    """A result would differ from an older version."""


class SparkNoSuchElementException(PySparkException):
    """A configuration key or other element does not exist."""


class UnknownException(PySparkException):
    """A failure without a class of its own."""


class PySparkValueError(PySparkException, ValueError):
    """ValueError with an error condition."""


class PySparkTypeError(PySparkException, TypeError):
    """TypeError with an error condition."""


class PySparkIndexError(PySparkException, IndexError):
    """IndexError with an error condition."""


class PySparkAttributeError(PySparkException, AttributeError):
    """AttributeError with an error condition."""


class PySparkRuntimeError(PySparkException, RuntimeError):
    """RuntimeError with an error condition."""


class PySparkAssertionError(PySparkException, AssertionError):
    """AssertionError with an error condition; `data` holds rows that differ."""

    def __init__(
        self,
        message: str | None = None,
        errorClass: str | None = None,
        messageParameters: dict[str, str] | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(message, errorClass, messageParameters)
        self.data = data


class PySparkNotImplementedError(PySparkException, NotImplementedError):
    """NotImplementedError with an error condition."""


class PySparkPicklingError(PySparkException, PicklingError):
    """PicklingError with an error condition."""


class PickleException(PySparkException):
    """A value that the other side could not pickle or unpickle."""


class PySparkKeyError(PySparkException, KeyError):
    """KeyError with an error condition."""


class PySparkImportError(PySparkException, ImportError):
    """ImportError with an error condition."""

"""The error of an RDD action whose function failed. Imported when one fails: Py4J is slow to load."""

from __future__ import annotations

from py4j import protocol

from troupe.errors.exceptions.base import PySparkException
from troupe.errors.exceptions.captured import PythonException


class _JavaException:
    """What scripts ask of the Java side of a failed action."""

    def __init__(self, text: str) -> None:
        self._text = text

    def getMessage(self) -> str:
        return self._text

    toString = getMessage


class Py4JJavaError(PythonException, protocol.Py4JJavaError):  # type: ignore[misc, valid-type]
    """A function of the user failed in an RDD action, where scripts expect Py4J's own error."""

    def __init__(self, failed: PySparkException) -> None:
        self.__dict__.update(vars(failed))
        self.args = failed.args
        self.errmsg = str(failed)
        self.java_exception = _JavaException(self.errmsg)

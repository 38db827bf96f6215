"""A logger of Python's `logging` whose records are JSON lines, in the form that `spark.read.schema(SPARK_LOG_SCHEMA)` reads."""

from __future__ import annotations

import json
import logging
import traceback
from typing import Any

__all__ = ["SPARK_LOG_SCHEMA", "JSONFormatter", "PySparkLogger"]

SPARK_LOG_SCHEMA = (
    "ts TIMESTAMP, level STRING, msg STRING, context map<STRING, STRING>, "
    "exception STRUCT<class STRING, msg STRING, "
    "stacktrace ARRAY<STRUCT<class STRING, method STRING, file STRING, line STRING>>>, logger STRING"
)


class JSONFormatter(logging.Formatter):
    """A record as one JSON object: `ts`, `level`, `logger`, `msg`, `context`, and `exception` where there is one."""

    default_msec_format = "%s.%03d"

    def __init__(self, ensure_ascii: bool = False) -> None:
        super().__init__()
        self._ensure_ascii = ensure_ascii

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "ts": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "logger": record.name,
            "msg": record.getMessage(),
            "context": getattr(record, "context", {}),
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            entry["exception"] = {
                "class": kind.__name__ if kind else "UnknownException",
                "msg": str(error),
                "stacktrace": [
                    {"class": None, "method": f.name, "file": f.filename, "line": str(f.lineno)}
                    for f in traceback.extract_tb(trace)
                ],
            }
        return json.dumps(entry, ensure_ascii=self._ensure_ascii)


class PySparkLogger(logging.Logger):
    """Keyword arguments of a log call become the record's context: `logger.info("read", file="a.csv")`."""

    def __init__(self, name: str = "PySparkLogger") -> None:
        super().__init__(name, level=logging.WARN)
        self.addHandler(logging.StreamHandler())

    def addHandler(self, handler: logging.Handler) -> None:
        handler.setFormatter(JSONFormatter())
        super().addHandler(handler)

    @staticmethod
    def getLogger(name: str | None = None) -> PySparkLogger:
        """The logger of that name, made when it is missing; the root logger without a name."""
        before = logging.getLoggerClass()
        logging.setLoggerClass(PySparkLogger)
        try:
            return logging.getLogger(name)  # type: ignore[return-value]
        finally:
            logging.setLoggerClass(before)

    def _log(
        self,
        level: int,
        msg: object,
        args: Any,
        exc_info: Any = None,
        extra: Any = None,
        stack_info: bool = False,
        stacklevel: int = 1,
        **context: object,
    ) -> None:
        super()._log(
            level=level,
            msg=msg,
            args=args,
            exc_info=exc_info,
            extra={"context": context if extra is None else {**context, "extra": extra}},
            stack_info=stack_info,
            stacklevel=stacklevel,
        )

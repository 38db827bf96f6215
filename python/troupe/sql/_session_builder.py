"""SparkSession.builder: collects settings, and starts the application when there is none."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from troupe.conf import SparkConf
from troupe.errors import PySparkRuntimeError
from troupe.gateway import Gateway
from troupe.launch import application
from troupe.sql.conf import to_text

if TYPE_CHECKING:
    from troupe.context import SparkContext
    from troupe.sql.session import SparkSession

__all__ = ["Builder"]


class Builder:
    """Collects settings, then finds or makes a session."""

    _lock = threading.RLock()

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}

    def config(
        self,
        key: str | None = None,
        value: Any = None,
        conf: SparkConf | None = None,
        *,
        map: dict[str, Any] | None = None,
    ) -> Builder:
        with self._lock:
            if conf is not None:
                self._options.update(conf.getAll())
            elif map is not None:
                self._options.update({k: to_text(v) for k, v in map.items()})
            else:
                self._options[str(key)] = to_text(value)
        return self

    def master(self, master: str) -> Builder:
        return self.config("spark.master", master)

    def appName(self, name: str) -> Builder:
        return self.config("spark.app.name", name)

    def remote(self, url: str) -> Builder:
        return self.config("spark.remote", url)

    def enableHiveSupport(self) -> Builder:
        return self.config("spark.sql.catalogImplementation", "hive")

    def getOrCreate(self) -> SparkSession:
        """The running session with these settings added, or a new one."""
        from troupe.sql.session import SparkSession

        with self._lock:
            session = SparkSession._instantiatedSession
            if session is not None and session._gateway.is_open:
                session._apply(self._options)
                return session
            return self._start()

    def create(self) -> SparkSession:
        """A new session, beside those that run."""
        from troupe.sql.session import SparkSession

        with self._lock:
            running = SparkSession._instantiatedSession
            if running is None or not running._gateway.is_open:
                return self._start()
            session = running.newSession()
            session._apply(self._options)
            return session

    def _start(self) -> SparkSession:
        from troupe.sql.session import SparkSession

        if "spark.remote" in self._options:
            raise PySparkRuntimeError(
                errorClass="UNSUPPORTED_OPERATION",
                messageParameters={"operation": "A session over Spark Connect (`remote`)"},
            )
        context = _context(SparkConf().setAll(list(self._options.items())))
        return SparkSession(context, options=self._options)


def _context(conf: SparkConf) -> SparkContext:
    """The running context, or a new one. When its modules are not loaded yet, there is none, and the JVM, which takes the
    longer time, is started before they are. A worker's process gets no JVM: it has the task's modules."""
    starting = None
    if not {"troupe.context", "troupe.taskcontext"} & sys.modules.keys():
        starting = application.begin(conf._of_application())
    from troupe.context import SparkContext

    if starting is None:
        return SparkContext.getOrCreate(conf)
    return SparkContext(conf=conf, gateway=Gateway.to(starting.wait()))

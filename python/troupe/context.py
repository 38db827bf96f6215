"""SparkContext: the application as a whole. One per process, as one JVM is."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

from troupe import files
from troupe._findings import teller_of_process
from troupe._job_properties import DESCRIPTION, GROUP, INTERRUPT
from troupe._progress import display_of_process
from troupe.conf import SparkConf
from troupe.errors import PySparkRuntimeError
from troupe.gateway import Gateway
from troupe.launch import application, submitted
from troupe.rdd.sources import RddSources
from troupe.taskcontext import TaskContext

if TYPE_CHECKING:
    from troupe.accumulators import Accumulator, AccumulatorParam
    from troupe.broadcast import Broadcast
    from troupe.profiler import Profiler, ProfilerCollector
    from troupe.sql.session import SparkSession
    from troupe.status import StatusTracker

__all__ = ["SparkContext"]


class SparkContext(RddSources):
    """The running application: where it runs, its name, its jobs."""

    _lock: ClassVar[threading.RLock] = threading.RLock()
    _active_spark_context: ClassVar[SparkContext | None] = None

    def __init__(
        self,
        master: str | None = None,
        appName: str | None = None,
        sparkHome: str | None = None,
        pyFiles: list[str] | None = None,
        environment: dict[str, Any] | None = None,
        batchSize: int = 0,
        serializer: Any = None,
        conf: SparkConf | None = None,
        gateway: Gateway | None = None,
        jsc: Any = None,
        profiler_cls: type[Profiler] | None = None,
        udf_profiler_cls: Any = None,
        memory_profiler_cls: Any = None,
    ) -> None:
        if TaskContext.get() is not None:
            raise PySparkRuntimeError(errorClass="CONTEXT_ONLY_VALID_ON_DRIVER", messageParameters={})
        with SparkContext._lock:
            running = SparkContext._active_spark_context
            if running is not None:
                raise ValueError(
                    "Cannot run multiple SparkContexts at once; existing SparkContext"
                    f"(app={running.appName}, master={running.master}) is still running"
                )
            self._conf = conf if conf is not None else SparkConf()
            if master:
                self._conf.setMaster(master)
            if appName:
                self._conf.setAppName(appName)
            self._settings: dict[str, str] = self._conf._of_application()
            self.startTime = int(time.time() * 1000)
            self._gateway_of_process = (
                gateway if gateway is not None else Gateway.to(application.begin(self._settings).wait())
            )
            self._session_answer: dict[str, Any] | None = None
            self._rdd_session: SparkSession | None = None
            self._checkpoint_folder: str | None = None
            self.sparkHome = sparkHome
            self.environment = environment or {}
            self.profiler_collector: ProfilerCollector | None = None
            if self._settings.get("spark.python.profile", "false").lower() == "true":
                from troupe.profiler import BasicProfiler, ProfilerCollector

                dump = self._settings.get("spark.python.profile.dump")
                self.profiler_collector = ProfilerCollector(profiler_cls or BasicProfiler, dump)
            self._attached: files.AttachedFiles | None = None
            self._attached_place: tempfile.TemporaryDirectory[str] | None = None
            self._show_progress()
            SparkContext._active_spark_context = self
            for path in pyFiles or ():
                self.addPyFile(path)

    @classmethod
    def getOrCreate(cls, conf: SparkConf | None = None) -> SparkContext:
        with cls._lock:
            running = cls._active_spark_context
            if running is not None and running._gateway_of_process.is_open:
                return running
            if running is not None:
                running.stop()
            return cls(conf=conf)

    def _show_progress(self) -> None:
        teller = teller_of_process(
            self._settings.get("spark.troupe.findings", "terminal").lower(), self._gateway_of_process.findings
        )
        if teller is not None:
            self._gateway_of_process.tell_findings(teller)
        display = display_of_process()
        if display is not None and self._settings.get("spark.ui.showConsoleProgress", "true").lower() == "true":
            self._gateway_of_process.show_progress(display)

    def _first_session(self) -> dict[str, Any]:
        """The session that comes with the application; asked for once."""
        if self._session_answer is None:
            call = {
                "op": "session.new",
                "session": 0,
                "conf": self._settings,
                "client": {"python": ".".join(map(str, sys.version_info[:3])), "executable": sys.executable},
            }
            self._session_answer = self._gateway_of_process.call(call)
        return self._session_answer

    def _facts(self) -> dict[str, str]:
        return self._first_session().get("conf") or {}

    def _fact(self, key: str, default: str) -> str:
        return self._facts().get(key) or self._settings.get(key) or default

    @property
    def master(self) -> str:
        return self._settings["spark.master"]

    @property
    def appName(self) -> str:
        return self._settings["spark.app.name"]

    @property
    def applicationId(self) -> str:
        return self._fact("spark.app.id", f"local-{self.startTime}")

    @property
    def uiWebUrl(self) -> str | None:
        """The console's address; None when `spark.ui.enabled` is false."""
        return self._request("console")["url"]

    @property
    def version(self) -> str:
        from troupe.version import __version__

        return __version__

    @property
    def defaultParallelism(self) -> int:
        return int(self._fact("spark.default.parallelism", str(os.cpu_count() or 1)))

    @property
    def defaultMinPartitions(self) -> int:
        return min(self.defaultParallelism, 2)

    @property
    def pythonVer(self) -> str:
        return "{}.{}".format(*sys.version_info[:2])

    def getConf(self) -> SparkConf:
        return SparkConf(loadDefaults=False).setAll(list({**self._settings, **self._facts()}.items()))

    def _request(self, op: str, **keys: Any) -> dict[str, Any]:
        return self._gateway_of_process.call({"op": op, "session": self._first_session()["session"], **keys})

    def setLogLevel(self, logLevel: str) -> None:
        levels = ("ALL", "DEBUG", "ERROR", "FATAL", "INFO", "OFF", "TRACE", "WARN")
        if logLevel.upper() not in levels:
            from troupe.errors import IllegalArgumentException

            raise IllegalArgumentException(
                message=f"requirement failed: Supplied level {logLevel} did not match one of: {','.join(levels)}"
            )
        self._request("log.level", level=logLevel.upper())

    def setJobGroup(self, groupId: str, description: str, interruptOnCancel: bool = False) -> None:
        """Names the jobs that this thread starts from now on, so that they can be cancelled together."""
        self.setLocalProperty(GROUP, groupId)
        self.setLocalProperty(DESCRIPTION, description)
        self.setInterruptOnCancel(interruptOnCancel)

    def setInterruptOnCancel(self, interruptOnCancel: bool) -> None:
        self.setLocalProperty(INTERRUPT, "true" if interruptOnCancel else "false")

    def setJobDescription(self, value: str | None) -> None:
        self.setLocalProperty(DESCRIPTION, value)

    def setLocalProperty(self, key: str, value: str | None) -> None:
        """A property of the jobs that this thread starts; None takes it away."""
        self._gateway_of_process.properties.set(key, value)

    def getLocalProperty(self, key: str) -> str | None:
        return self._gateway_of_process.properties.get(key)

    def addJobTag(self, tag: str) -> None:
        self._gateway_of_process.properties.add_tag(tag)

    def removeJobTag(self, tag: str) -> None:
        self._gateway_of_process.properties.remove_tag(tag)

    def getJobTags(self) -> set[str]:
        return self._gateway_of_process.properties.tags()

    def clearJobTags(self) -> None:
        self._gateway_of_process.properties.clear_tags()

    def cancelJobGroup(self, groupId: str) -> None:
        self._request("job.cancel", group=groupId, reason=f"Job group {groupId} was cancelled")

    def cancelJobsWithTag(self, tag: str) -> None:
        self._request("job.cancel", tag=tag, reason=f"Jobs with the tag {tag} were cancelled")

    def cancelJob(self, jobId: int, reason: str | None = None) -> None:
        """Ends one job, as Scala's method of this name does. Nothing happens if it has ended."""
        self._request("job.cancel", job=jobId, reason=reason or f"Job {jobId} was cancelled")

    def cancelStage(self, stageId: int, reason: str | None = None) -> None:
        """Ends the jobs that need a stage, as Scala's method of this name does: a stage alone cannot end without its job failing."""
        for job in self.statusTracker().getActiveJobsIds():
            info = self.statusTracker().getJobInfo(job)
            if info is not None and stageId in info.stageIds:
                self.cancelJob(job, reason or f"Stage {stageId} was cancelled")

    def cancelAllJobs(self) -> None:
        self._request("job.cancel", all=True)

    def sparkUser(self) -> str:
        return getpass.getuser()

    def _repr_html_(self) -> str:
        from troupe import _html

        return _html.context(self)

    def addFile(self, path: str, recursive: bool = False) -> None:
        """A file, or with `recursive` a folder, that functions find with `SparkFiles.get`."""
        self._files().add(path, "file", recursive)

    def addPyFile(self, path: str) -> None:
        """A module, or a package in a .zip or .egg file, that functions can import."""
        files.add_module(self._files().add(path, "py"))

    def addArchive(self, path: str) -> None:
        """An archive that functions find unpacked, under its name or the one after `#`."""
        self._files().add(path, "archive")

    @property
    def listFiles(self) -> list[str]:
        return self._files().addresses(archives=False)

    @property
    def listArchives(self) -> list[str]:
        return self._files().addresses(archives=True)

    def _files(self) -> files.AttachedFiles:
        if self._attached is None:
            self._attached = files.AttachedFiles(self)
        return self._attached

    def _attached_folder(self, name: str) -> str:
        """A folder for what is sent to nodes; it goes with the application."""
        if self._attached_place is None:
            parent = self._settings.get("spark.local.dir", "").split(",")[0] or None
            self._attached_place = tempfile.TemporaryDirectory(prefix="troupe-attached-", dir=parent)
        place = os.path.join(self._attached_place.name, name)
        os.makedirs(place, exist_ok=True)
        return place

    def broadcast(self, value: Any) -> Broadcast[Any]:
        """A value that every task may read, sent to each node once.

        :raises PySparkRuntimeError: for an RDD, and for what is too large
        """
        from troupe.broadcast import Broadcast
        from troupe.rdd.rdd import RDD

        if isinstance(value, RDD):
            raise PySparkRuntimeError(
                message="Can not directly broadcast RDDs; instead, call collect() and broadcast the result."
            )
        return Broadcast(self, value)

    def show_profiles(self) -> None:
        """Prints the profiles of RDDs that were not yet shown.

        :raises PySparkRuntimeError: when `spark.python.profile` is not set
        """
        self._profilers().show_profiles()

    def dump_profiles(self, path: str) -> None:
        """Writes them into a folder instead."""
        self._profilers().dump_profiles(path)

    def _profilers(self) -> ProfilerCollector:
        if self.profiler_collector is None:
            raise PySparkRuntimeError(errorClass="INCORRECT_CONF_FOR_PROFILE", messageParameters={})
        return self.profiler_collector

    def statusTracker(self) -> StatusTracker:
        from troupe.status import StatusTracker

        return StatusTracker(self)

    @property
    def resources(self) -> dict[str, Any]:
        return {}

    @classmethod
    def setSystemProperty(cls, key: str, value: str) -> None:
        """A setting of contexts that are started from now on."""
        submitted.submit({**submitted.submitted(), key: str(value)})

    @classmethod
    def getSystemProperty(cls, key: str) -> str | None:
        return submitted.submitted().get(key)

    def accumulator(self, value: Any, accum_param: AccumulatorParam[Any] | None = None) -> Accumulator[Any]:
        """A variable that tasks add to."""
        from troupe import accumulators

        return accumulators.made(self, value, accum_param)

    def stop(self) -> None:
        """Ends the application and its JVM."""
        from troupe.sql.session import SparkSession

        with SparkContext._lock:
            if self.profiler_collector is not None:
                self.profiler_collector.end()
            gateway = self._gateway_of_process
            if gateway.is_open and self._session_answer is not None:
                gateway.call({"op": "session.stop", "session": self._session_answer["session"]})
            gateway.close()
            if self._attached_place is not None:
                self._attached_place.cleanup()
                self._attached_place = self._attached = None
            if SparkContext._active_spark_context is self:
                SparkContext._active_spark_context = None
                SparkSession._instantiatedSession = None
                SparkSession._activeSession = None

    def __enter__(self) -> SparkContext:
        return self

    def __exit__(
        self, type: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<SparkContext master={self.master} appName={self.appName}>"

    def __getnewargs__(self) -> Any:
        raise PySparkRuntimeError(errorClass="CONTEXT_ONLY_VALID_ON_DRIVER", messageParameters={})

"""What runs, as numbers: for scripts that show the progress of their jobs."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from troupe.context import SparkContext

__all__ = ["PrintedOutput", "SparkExecutorInfo", "SparkJobInfo", "SparkStageInfo", "StatusTracker"]

_SECONDS = 10


class SparkJobInfo(NamedTuple):
    """A job with its stages and `RUNNING`, `SUCCEEDED` or `FAILED`."""

    jobId: int
    stageIds: list[int]
    status: str


class SparkStageInfo(NamedTuple):
    """A stage with the counts of its tasks."""

    stageId: int
    currentAttemptId: int
    name: str
    numTasks: int
    numActiveTasks: int
    numCompletedTasks: int
    numFailedTasks: int


class SparkExecutorInfo(NamedTuple):
    """An executor with its running tasks and its memory in bytes."""

    host: str
    port: int
    cacheSize: int
    numRunningTasks: int
    usedOnHeapStorageMemory: int
    usedOffHeapStorageMemory: int
    totalOnHeapStorageMemory: int
    totalOffHeapStorageMemory: int


class PrintedOutput(NamedTuple):
    """What the Python functions of a task printed, to stdout or stderr; of very much the last lines."""

    jobId: int
    stageId: int
    stageAttempt: int
    partition: int
    attempt: int
    executorId: str
    failed: bool
    text: str


class StatusTracker:
    """Asks the application's console; without one (`spark.ui.enabled=false`) it knows of no job."""

    def __init__(self, context: SparkContext) -> None:
        self._context = context

    def _ask(self, what: str) -> list[dict[str, Any]]:
        url = self._context.uiWebUrl
        if url is None:
            return []
        parts = urllib.parse.urlsplit(url)
        query = "&".join(filter(None, (what.partition("?")[2], parts.query)))
        path = f"/api/v1/applications/{self._context.applicationId}/{what.partition('?')[0]}"
        address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def getJobIdsForGroup(self, jobGroup: str | None = None) -> list[int]:
        """The jobs of a group that are known, finished ones too; those of no group for None."""
        return [int(job["jobId"]) for job in self._ask("jobs") if job.get("jobGroup") == jobGroup]

    def getActiveJobsIds(self) -> list[int]:
        return sorted(int(job["jobId"]) for job in self._ask("jobs") if job["status"] == "RUNNING")

    def getActiveStageIds(self) -> list[int]:
        return sorted(int(stage["stageId"]) for stage in self._ask("stages") if stage["status"] == "ACTIVE")

    def getJobInfo(self, jobId: int) -> SparkJobInfo | None:
        for job in self._ask("jobs"):
            if int(job["jobId"]) == jobId:
                return SparkJobInfo(jobId, list(job["stageIds"]), job["status"])
        return None

    def getStageInfo(self, stageId: int) -> SparkStageInfo | None:
        for stage in self._ask("stages"):
            if int(stage["stageId"]) == stageId:
                counts = (stage[f"num{kind}Tasks"] for kind in ("", "Active", "Complete", "Failed"))
                return SparkStageInfo(stageId, stage["attemptId"], stage["name"], *counts)
        return None

    def getPrintedOutput(self, jobId: int | None = None) -> list[PrintedOutput]:
        """What functions printed in the workers, by task as these ended, of one job or of all; the latest thousand tasks that did.

        Troupe's own.
        """
        names = ("jobId", "stageId", "attemptId", "partitionId", "attempt", "executorId", "failed", "text")
        found = self._ask("python/printed" if jobId is None else f"python/printed?jobId={int(jobId)}")
        return [PrintedOutput(*(task[name] for name in names)) for task in reversed(found)]

    def getExecutorInfos(self) -> list[SparkExecutorInfo]:
        infos = []
        for executor in self._ask("executors"):
            host, _, port = str(executor["hostPort"]).rpartition(":")
            used, total = int(executor.get("memoryUsed", 0)), int(executor.get("maxMemory", 0))
            tasks = int(executor.get("activeTasks", 0))
            infos.append(SparkExecutorInfo(host, int(port) if port.isdigit() else 0, used, tasks, used, 0, total, 0))
        return infos

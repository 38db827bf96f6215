"""What a function can ask of the task that runs it."""

from __future__ import annotations

from typing import Any, ClassVar

from troupe.errors import PySparkRuntimeError

__all__ = ["BarrierTaskContext", "BarrierTaskInfo", "TaskContext"]


class TaskContext:
    """The running task: which partition, which attempt."""

    _taskContext: ClassVar[TaskContext | None] = None
    _attemptNumber: int = 0
    _partitionId: int = 0
    _split: int | None = None
    _stageId: int = 0
    _taskAttemptId: int = 0
    _localProperties: dict[str, str]
    _cpus: int = 1
    _resources: dict[str, Any]

    @classmethod
    def _begin(cls, work: dict[str, Any]) -> None:
        """Called by the worker before each piece of work."""
        context = cls()
        context._partitionId = int(work.get("partition", 0))
        context._split = work.get("split")
        context._attemptNumber = int(work.get("attempt", 0))
        context._stageId = int(work.get("stage", 0))
        context._taskAttemptId = int(work.get("task", context._partitionId))
        context._localProperties = work.get("properties", {})
        context._resources = {}
        TaskContext._taskContext = context

    @classmethod
    def get(cls) -> TaskContext | None:
        """The context of the running task; None on the driver."""
        return cls._taskContext

    def stageId(self) -> int:
        return self._stageId

    def partitionId(self) -> int:
        return self._partitionId

    def attemptNumber(self) -> int:
        """How many times this task has been tried before."""
        return self._attemptNumber

    def taskAttemptId(self) -> int:
        return self._taskAttemptId

    def getLocalProperty(self, key: str) -> str | None:
        return self._localProperties.get(key)

    def cpus(self) -> int:
        return self._cpus

    def resources(self) -> dict[str, Any]:
        return self._resources


class BarrierTaskInfo:
    """Where a task of a barrier stage runs."""

    def __init__(self, address: str) -> None:
        self.address = address


class BarrierTaskContext(TaskContext):
    """Tasks that wait for one another; there are no barrier stages here."""

    @classmethod
    def get(cls) -> BarrierTaskContext:
        raise PySparkRuntimeError(
            message="Barrier stages are not supported: the tasks of a stage do not wait for one another. "
            "Use RDD.mapPartitions, or coalesce(1) where one task must see everything."
        )

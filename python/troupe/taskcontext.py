"""What a function can ask of the task that runs it."""

from __future__ import annotations

import socket
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
    """The task of a barrier stage. There are such stages of one task only, so that it waits for none."""

    @classmethod
    def get(cls) -> BarrierTaskContext:
        """The context of the running task.

        :raises PySparkRuntimeError: outside of `RDD.barrier`
        """
        if not isinstance(TaskContext._taskContext, BarrierTaskContext):
            raise PySparkRuntimeError(errorClass="NOT_IN_BARRIER_STAGE", messageParameters={})
        return TaskContext._taskContext

    @classmethod
    def _enter(cls) -> None:
        """From now on the running task is one of a barrier stage."""
        context = cls()
        context.__dict__.update(vars(TaskContext._taskContext))
        TaskContext._taskContext = context

    def barrier(self) -> None:
        """Returns when all tasks of the stage have called it."""

    def allGather(self, message: str = "") -> list[str]:
        """The messages of all tasks of the stage."""
        if not isinstance(message, str):
            raise TypeError("Argument `message` must be of type `str`")
        return [message]

    def getTaskInfos(self) -> list[BarrierTaskInfo]:
        """Where the tasks of the stage run."""
        return [BarrierTaskInfo(f"{socket.gethostname()}:0")]

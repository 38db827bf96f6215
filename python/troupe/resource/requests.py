"""Wishes of a stage: what each of its tasks needs, and what the executors must have."""

from __future__ import annotations

from typing import Any

from troupe.util import _parse_memory


class ExecutorResourceRequest:
    """How much of one resource an executor must have."""

    def __init__(self, resourceName: str, amount: int, discoveryScript: str = "", vendor: str = "") -> None:
        self._name = resourceName
        self._amount = amount
        self._discovery_script = discoveryScript
        self._vendor = vendor

    @property
    def resourceName(self) -> str:
        return self._name

    @property
    def amount(self) -> int:
        return self._amount

    @property
    def discoveryScript(self) -> str:
        return self._discovery_script

    @property
    def vendor(self) -> str:
        return self._vendor


class ExecutorResourceRequests:
    """Wishes for executors; each method gives the object itself, so that calls can be chained. Memory is kept in MiB."""

    def __init__(self, _jvm: Any = None, _requests: dict[str, ExecutorResourceRequest] | None = None) -> None:
        self._requests = dict(_requests or {})

    def _ask(self, name: str, amount: int, *more: str) -> ExecutorResourceRequests:
        self._requests[name] = ExecutorResourceRequest(name, amount, *more)
        return self

    def memory(self, amount: str) -> ExecutorResourceRequests:
        return self._ask("memory", _parse_memory(amount))

    def memoryOverhead(self, amount: str) -> ExecutorResourceRequests:
        return self._ask("memoryOverhead", _parse_memory(amount))

    def offheapMemory(self, amount: str) -> ExecutorResourceRequests:
        return self._ask("offHeap", _parse_memory(amount))

    def pysparkMemory(self, amount: str) -> ExecutorResourceRequests:
        return self._ask("pyspark.memory", _parse_memory(amount))

    def cores(self, amount: int) -> ExecutorResourceRequests:
        return self._ask("cores", amount)

    def resource(
        self, resourceName: str, amount: int, discoveryScript: str = "", vendor: str = ""
    ) -> ExecutorResourceRequests:
        return self._ask(resourceName, amount, discoveryScript, vendor)

    @property
    def requests(self) -> dict[str, ExecutorResourceRequest]:
        return self._requests


class TaskResourceRequest:
    """How much of one resource a task needs; a fraction says how many tasks share a unit."""

    def __init__(self, resourceName: str, amount: float) -> None:
        self._name = resourceName
        self._amount = float(amount)

    @property
    def resourceName(self) -> str:
        return self._name

    @property
    def amount(self) -> float:
        return self._amount


class TaskResourceRequests:
    """Wishes of tasks; each method gives the object itself, so that calls can be chained."""

    def __init__(self, _jvm: Any = None, _requests: dict[str, TaskResourceRequest] | None = None) -> None:
        self._requests = dict(_requests or {})

    def cpus(self, amount: int) -> TaskResourceRequests:
        return self.resource("cpus", amount)

    def resource(self, resourceName: str, amount: float) -> TaskResourceRequests:
        self._requests[resourceName] = TaskResourceRequest(resourceName, amount)
        return self

    @property
    def requests(self) -> dict[str, TaskResourceRequest]:
        return self._requests

"""Profiles: the wishes of a stage under a number."""

from __future__ import annotations

import itertools

from troupe.resource.requests import (
    ExecutorResourceRequest,
    ExecutorResourceRequests,
    TaskResourceRequest,
    TaskResourceRequests,
)

_numbers = itertools.count(1)
"""0 is the default profile's."""


class ResourceProfile:
    """What an RDD's stage asks for. Every task has one slot here: a profile is remembered with its RDD and gives no more."""

    def __init__(
        self, _exec_req: dict[str, ExecutorResourceRequest], _task_req: dict[str, TaskResourceRequest]
    ) -> None:
        self._id = next(_numbers)
        self._executor_requests = dict(_exec_req)
        self._task_requests = dict(_task_req)

    @property
    def id(self) -> int:
        return self._id

    @property
    def taskResources(self) -> dict[str, TaskResourceRequest]:
        return self._task_requests

    @property
    def executorResources(self) -> dict[str, ExecutorResourceRequest]:
        return self._executor_requests


class ResourceProfileBuilder:
    """Gathers wishes; `build` makes a profile of them."""

    def __init__(self) -> None:
        self._executor_requests: dict[str, ExecutorResourceRequest] = {}
        self._task_requests: dict[str, TaskResourceRequest] = {}

    def require(self, resourceRequest: ExecutorResourceRequests | TaskResourceRequests) -> ResourceProfileBuilder:
        if isinstance(resourceRequest, TaskResourceRequests):
            self._task_requests.update(resourceRequest.requests)
        else:
            self._executor_requests.update(resourceRequest.requests)
        return self

    def clearExecutorResourceRequests(self) -> None:
        self._executor_requests = {}

    def clearTaskResourceRequests(self) -> None:
        self._task_requests = {}

    @property
    def taskResources(self) -> dict[str, TaskResourceRequest]:
        return self._task_requests

    @property
    def executorResources(self) -> dict[str, ExecutorResourceRequest]:
        return self._executor_requests

    @property
    def build(self) -> ResourceProfile:
        return ResourceProfile(self._executor_requests, self._task_requests)

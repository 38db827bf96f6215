"""What tasks and executors are asked to have, by PySpark's names."""

from troupe.resource.information import ResourceInformation
from troupe.resource.profile import ResourceProfile, ResourceProfileBuilder
from troupe.resource.requests import (
    ExecutorResourceRequest,
    ExecutorResourceRequests,
    TaskResourceRequest,
    TaskResourceRequests,
)

__all__ = [
    "ExecutorResourceRequest",
    "ExecutorResourceRequests",
    "ResourceInformation",
    "ResourceProfile",
    "ResourceProfileBuilder",
    "TaskResourceRequest",
    "TaskResourceRequests",
]

"""The state of a group between the batches of a stream."""

from __future__ import annotations

__all__ = ["GroupStateTimeout"]


class GroupStateTimeout:
    """By which clock a group's state may time out."""

    NoTimeout = "NoTimeout"
    ProcessingTimeTimeout = "ProcessingTimeTimeout"
    EventTimeTimeout = "EventTimeTimeout"

"""What a script derives from to hear of streaming queries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class StreamingQueryListener(ABC):
    """Hears of a query's start, progress, idleness and end."""

    @abstractmethod
    def onQueryStarted(self, event: Any) -> None:
        """Called when a query starts."""

    @abstractmethod
    def onQueryProgress(self, event: Any) -> None:
        """Called after each batch."""

    def onQueryIdle(self, event: Any) -> None:  # noqa: B027 - need not be overridden
        """Called when there was nothing to do for a while."""

    @abstractmethod
    def onQueryTerminated(self, event: Any) -> None:
        """Called when a query has ended."""

"""What a script derives from to keep state by key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any


class StatefulProcessorHandle(ABC):
    """How a processor reaches its state variables and timers."""

    @abstractmethod
    def getValueState(self, stateName: str, schema: Any, ttlDurationMs: int | None = None) -> Any:
        """A variable that holds one value."""

    @abstractmethod
    def getListState(self, stateName: str, schema: Any, ttlDurationMs: int | None = None) -> Any:
        """A variable that holds a list."""

    @abstractmethod
    def getMapState(
        self, stateName: str, userKeySchema: Any, valueSchema: Any, ttlDurationMs: int | None = None
    ) -> Any:
        """A variable that holds a map."""

    @abstractmethod
    def registerTimer(self, expiryTimestampMs: int) -> None:
        """Asks to be called at a time."""

    @abstractmethod
    def deleteTimer(self, expiryTimestampMs: int) -> None:
        """Takes that back."""

    @abstractmethod
    def listTimers(self) -> Iterator[int]:
        """The times at which the processor will be called."""

    @abstractmethod
    def deleteIfExists(self, stateName: str) -> None:
        """Forgets a variable."""


class StatefulProcessor(ABC):
    """Turns the rows of each key into rows, with state that outlives a batch."""

    @abstractmethod
    def init(self, handle: StatefulProcessorHandle) -> None:
        """Called first: takes the state variables from the handle."""

    @abstractmethod
    def handleInputRows(self, key: Any, rows: Any, timerValues: Any) -> Any:
        """Called for each key with its rows; gives rows."""

    def handleExpiredTimer(self, key: Any, timerValues: Any, expiredTimerInfo: Any) -> Any:
        """Called when a timer expires; gives rows."""
        return iter(())

    def close(self) -> None:  # noqa: B027 - need not be overridden
        """Called last."""

    def handleInitialState(  # noqa: B027 - need not be overridden
        self, key: Any, initialState: Any, timerValues: Any
    ) -> None:
        """Called for each key of the state that the query begins with."""

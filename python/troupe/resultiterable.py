"""The values of a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Any

__all__ = ["ResultIterable"]


class ResultIterable(Iterable[Any]):
    """Values that can be gone through again and again, and counted."""

    def __init__(self, data: Sized) -> None:
        self.data = data
        self.index = 0
        self.maxindex = len(data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.data)  # type: ignore[call-overload]

    def __len__(self) -> int:
        return len(self.data)

"""Objects on the wire: lists of them, pickled, as the values of a binary Arrow column.

A *chunk* is one pickled list. Chunks grow until they are worth their overhead (64 KiB) and shrink when they are
large (1 MiB), so that neither tiny nor huge objects are a problem.
"""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterable, Iterator
from typing import Any

SMALL_CHUNK = 64 * 1024
LARGE_CHUNK = 1024 * 1024
_FIRST_COUNT = 16
_MOST_OBJECTS = 65_536


def packed(objects: list[Any]) -> bytes:
    """One chunk. What plain pickle cannot name (classes of a script, lambdas) is pickled by value."""
    try:
        return pickle.dumps(objects, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError):
        from troupe import cloudpickle

        return cloudpickle.dumps(objects, protocol=5)


def unpacked(chunk: Any) -> list[Any]:
    """The objects of a chunk (bytes or any buffer)."""
    return pickle.loads(chunk)


class ChunkSize:
    """How many objects the next chunk should hold, learnt from the ones before."""

    def __init__(self, most: int = _MOST_OBJECTS) -> None:
        self.count = min(_FIRST_COUNT, most)
        self._most = most

    def learn(self, chunk_bytes: int) -> None:
        if chunk_bytes < SMALL_CHUNK:
            self.count = min(self._most, self.count * 2)
        elif chunk_bytes > LARGE_CHUNK:
            self.count = max(1, self.count // 2)


def chunks(objects: Iterable[Any]) -> Iterator[bytes]:
    """All objects, chunk by chunk."""
    source, size = iter(objects), ChunkSize()
    while group := list(itertools.islice(source, size.count)):
        chunk = packed(group)
        size.learn(len(chunk))
        yield chunk

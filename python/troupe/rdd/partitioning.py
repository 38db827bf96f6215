"""Which partition a key goes to; the same in every process."""

from __future__ import annotations

import bisect
import os
import sys
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkRuntimeError

__all__ = ["Partitioner", "portable_hash"]


def portable_hash(x: Any) -> int:
    """A hash that all processes agree on: None, tuples of anything hashable, and what Python hashes alike everywhere.

    Texts hash alike only where PYTHONHASHSEED is the same; Troupe's workers have it set.
    """
    if x is None:
        return 0
    if isinstance(x, tuple):
        found = 0x345678
        for item in x:
            found = (found ^ portable_hash(item)) * 1_000_003 & sys.maxsize
        found ^= len(x)
        return -2 if found == -1 else int(found)
    if "PYTHONHASHSEED" not in os.environ and isinstance(x, (str, bytes)):
        raise PySparkRuntimeError(errorClass="PYTHON_HASH_SEED_NOT_SET", messageParameters={})
    return hash(x)


class Partitioner:
    """A number of partitions and the function that chooses one by key."""

    def __init__(self, numPartitions: int, partitionFunc: Callable[[Any], int]) -> None:
        self.numPartitions = numPartitions
        self.partitionFunc = partitionFunc

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Partitioner)
            and self.numPartitions == other.numPartitions
            and self.partitionFunc == other.partitionFunc
        )

    def __hash__(self) -> int:
        return hash((self.numPartitions, id(self.partitionFunc)))

    def __call__(self, k: Any) -> int:
        return self.partitionFunc(k) % self.numPartitions


class ByKey:
    """Routes pairs by their key."""

    def __init__(self, partitioner: Partitioner) -> None:
        self._function = partitioner.partitionFunc
        self._count = partitioner.numPartitions

    def __call__(self, pair: Any) -> int:
        return self._function(pair[0]) % self._count


class ByBounds:
    """The partition of a sorted key: after all bounds that are less than it; counted from the end when descending."""

    def __init__(self, bounds: list[Any], key: Callable[[Any], Any], ascending: bool) -> None:
        self._bounds = bounds
        self._key = key
        self._ascending = ascending

    def __call__(self, k: Any) -> int:
        place = bisect.bisect_left(self._bounds, self._key(k))
        return place if self._ascending else len(self._bounds) - place

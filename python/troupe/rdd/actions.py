"""What runs jobs and brings objects to the driver."""

from __future__ import annotations

import functools
import heapq
import itertools
import math
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

from troupe.rdd.sampling import fraction_for

_Base: Any = object
_TAKE_GROWTH = 4


class Actions(_Base):
    """Part of RDD."""

    def collect(self) -> list[Any]:
        """All objects, in the order of the partitions."""
        return list(itertools.chain.from_iterable(self._chunks()))

    def collectWithJobGroup(self, groupId: str, description: str, interruptOnCancel: bool = False) -> list[Any]:
        self.ctx.setJobGroup(groupId, description, interruptOnCancel)
        return self.collect()

    def toLocalIterator(self, prefetchPartitions: bool = False) -> Iterator[Any]:
        return itertools.chain.from_iterable(self._chunks())

    def foreach(self, f: Callable[[Any], None]) -> None:
        def each(objects: Iterator[Any]) -> Iterator[Any]:
            for item in objects:
                f(item)
            return iter(())

        self.mapPartitions(each).collect()

    def foreachPartition(self, f: Callable[[Iterator[Any]], Any]) -> None:
        def whole(objects: Iterator[Any]) -> Iterable[Any]:
            result = f(objects)
            return result if isinstance(result, Iterable) else ()

        self.mapPartitions(whole).count()

    def count(self) -> int:
        return sum(self.mapPartitions(lambda objects: [sum(1 for _ in objects)]).collect())

    def isEmpty(self) -> bool:
        return self.getNumPartitions() == 0 or len(self.take(1)) == 0

    def first(self) -> Any:
        found = self.take(1)
        if found:
            return found[0]
        raise ValueError("RDD is empty")

    def take(self, num: int) -> list[Any]:
        """The first objects; looks into one partition first, then into as many as those before make seem enough."""
        found: list[Any] = []
        total, seen = self.getNumPartitions(), 0
        while len(found) < num and seen < total:
            wanted = num - len(found)
            likely = int(1.5 * num * seen / len(found)) - seen if found else seen * _TAKE_GROWTH
            more = 1 if seen == 0 else min(max(likely, 1), seen * _TAKE_GROWTH)
            found += self.ctx.runJob(
                self, functools.partial(_first, wanted), list(range(seen, min(seen + more, total)))
            )
            seen += more
        return found[: max(0, num)]

    def top(self, num: int, key: Callable[[Any], Any] | None = None) -> list[Any]:
        found = self.mapPartitions(lambda objects: [heapq.nlargest(num, objects, key=key)]).collect()
        return heapq.nlargest(num, itertools.chain.from_iterable(found), key=key)

    def takeOrdered(self, num: int, key: Callable[[Any], Any] | None = None) -> list[Any]:
        if num < 0:
            raise ValueError("top N cannot be negative.")
        found = self.mapPartitions(lambda objects: [heapq.nsmallest(num, objects, key=key)]).collect()
        return heapq.nsmallest(num, itertools.chain.from_iterable(found), key=key)

    def takeSample(self, withReplacement: bool, num: int, seed: int | None = None) -> list[Any]:
        if num < 0:
            raise ValueError("Sample size cannot be negative.")
        most = sys.maxsize - int(10 * math.sqrt(sys.maxsize))
        if num > most:
            raise ValueError(f"Sample size cannot be greater than {most}.")
        total = self.count() if num else 0
        if total == 0:
            return []
        generator = random.Random(seed)
        if not withReplacement and num >= total:
            everything = self.collect()
            generator.shuffle(everything)
            return everything
        fraction = fraction_for(num, total, withReplacement)
        found = self.sample(withReplacement, fraction, seed).collect()
        while len(found) < num:
            found = self.sample(withReplacement, fraction, generator.randint(0, sys.maxsize)).collect()
        generator.shuffle(found)
        return found[:num]

    # folds

    def reduce(self, f: Callable[[Any, Any], Any]) -> Any:
        def partly(objects: Iterator[Any]) -> Iterator[Any]:
            first = next(objects, _NOTHING)
            if first is not _NOTHING:
                yield functools.reduce(f, objects, first)

        found = self.mapPartitions(partly).collect()
        if found:
            return functools.reduce(f, found)
        raise ValueError("Can not reduce() empty RDD")

    def treeReduce(self, f: Callable[[Any, Any], Any], depth: int = 2) -> Any:
        if depth < 1:
            raise ValueError(f"Depth cannot be smaller than 1 but got {depth}.")
        none = (None, True)  # a value that is none

        def together(x: tuple[Any, bool], y: tuple[Any, bool]) -> tuple[Any, bool]:
            if x[1]:
                return y
            return x if y[1] else (f(x[0], y[0]), False)

        found = self.map(lambda x: (x, False)).treeAggregate(none, together, together, depth)
        if found[1]:
            raise ValueError("Cannot reduce empty RDD.")
        return found[0]

    def fold(self, zeroValue: Any, op: Callable[[Any, Any], Any]) -> Any:
        found = self.mapPartitions(lambda objects: [functools.reduce(op, objects, deepcopy(zeroValue))]).collect()
        return functools.reduce(op, found, zeroValue)

    def aggregate(self, zeroValue: Any, seqOp: Callable[[Any, Any], Any], combOp: Callable[[Any, Any], Any]) -> Any:
        found = self.mapPartitions(lambda objects: [functools.reduce(seqOp, objects, deepcopy(zeroValue))]).collect()
        return functools.reduce(combOp, found, zeroValue)

    def treeAggregate(
        self,
        zeroValue: Any,
        seqOp: Callable[[Any, Any], Any],
        combOp: Callable[[Any, Any], Any],
        depth: int = 2,
    ) -> Any:
        """As `aggregate`, with the partial results brought together in `depth` rounds on the executors."""
        if depth < 1:
            raise ValueError(f"Depth cannot be smaller than 1 but got {depth}.")
        count = self.getNumPartitions()
        if count == 0:
            return zeroValue
        partial = self.mapPartitions(lambda objects: [functools.reduce(seqOp, objects, deepcopy(zeroValue))])
        scale = max(math.ceil(count ** (1.0 / depth)), 2)
        while count > scale + count / scale:
            count //= scale
            into = count
            numbered = partial.mapPartitionsWithIndex(_Numbered(into))
            partial = numbered.reduceByKey(combOp, into).values()
        return partial.reduce(combOp)

    def countByValue(self) -> dict[Any, int]:
        def counted(objects: Iterator[Any]) -> Iterator[dict[Any, int]]:
            counts: dict[Any, int] = defaultdict(int)
            for item in objects:
                counts[item] += 1
            yield counts

        total: dict[Any, int] = defaultdict(int)
        for counts in self.mapPartitions(counted).collect():
            for item, count in counts.items():
                total[item] += count
        return total

    def max(self, key: Callable[[Any], Any] | None = None) -> Any:
        return self.reduce(max if key is None else lambda a, b: max(a, b, key=key))

    def min(self, key: Callable[[Any], Any] | None = None) -> Any:
        return self.reduce(min if key is None else lambda a, b: min(a, b, key=key))

    def sum(self) -> Any:
        return self.mapPartitions(lambda objects: [sum(objects)]).fold(0, lambda x, y: x + y)


_NOTHING = object()


def _first(num: int, objects: Iterator[Any]) -> list[Any]:
    return list(itertools.islice(objects, num))


class _Numbered:
    def __init__(self, into: int) -> None:
        self._into = into

    def __call__(self, split: int, objects: Iterator[Any]) -> Iterator[tuple[int, Any]]:
        return ((split % self._into, item) for item in objects)

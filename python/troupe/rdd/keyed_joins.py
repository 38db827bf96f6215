"""RDDs of pairs: several of them by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from troupe.rdd._chunks import unpacked
from troupe.rdd._lineage import exchanged
from troupe.rdd._stage import WriteEach
from troupe.rdd.external import Combining
from troupe.rdd.partitioning import ByKey, Partitioner, portable_hash
from troupe.resultiterable import ResultIterable

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD

_Base: Any = object


class _Gathered:
    """The values of each key, a list for each input."""

    def __init__(self, sides: int, most_bytes: int) -> None:
        self._sides = sides
        self._most = most_bytes

    def __call__(self, _: int, chunks: Iterator[tuple[int, bytes]]) -> Iterator[tuple[Any, tuple[list[Any], ...]]]:
        combining = Combining(self._create, self._merge, self._join, self._most)
        tagged = ((key, (side, value)) for side, chunk in chunks for key, value in unpacked(chunk))
        return combining.of_values(tagged)

    def _create(self, tagged: tuple[int, Any]) -> tuple[list[Any], ...]:
        lists: tuple[list[Any], ...] = tuple([] for _ in range(self._sides))
        return self._merge(lists, tagged)

    @staticmethod
    def _merge(lists: tuple[list[Any], ...], tagged: tuple[int, Any]) -> tuple[list[Any], ...]:
        lists[tagged[0]].append(tagged[1])
        return lists

    @staticmethod
    def _join(lists: tuple[list[Any], ...], others: tuple[list[Any], ...]) -> tuple[list[Any], ...]:
        for mine, more in zip(lists, others, strict=True):
            mine.extend(more)
        return lists


class KeyedJoins(_Base):
    """Part of RDD."""

    def _gathered(self, others: list[RDD], numPartitions: int | None, partitionFunc: Callable[[Any], int]) -> RDD:
        """`(key, (values here, values there, …))` for every key of any."""
        from troupe.rdd.rdd import RDD

        every = [self, *others]
        count = numPartitions or (
            self._defaultReducePartitions()
            if self.ctx._conf.contains("spark.default.parallelism")
            else max(1, sum(rdd.getNumPartitions() for rdd in every))
        )
        partitioner = Partitioner(count, partitionFunc)
        inputs = [(rdd, WriteEach(ByKey(partitioner), side)) for side, rdd in enumerate(every)]
        gather = _Gathered(len(every), self.ctx._worker_memory)
        return RDD(exchanged(inputs, count, sides=True), self.ctx, gather, partitioner, "CoGroupedRDD")

    def _joined(self, other: RDD, numPartitions: int | None, keep_left: bool, keep_right: bool) -> RDD:
        def pairs(lists: tuple[list[Any], list[Any]]) -> Iterator[tuple[Any, Any]]:
            left, right = lists
            for x in left or ([None] if keep_right else []):
                for y in right or ([None] if keep_left else []):
                    yield x, y

        return self._gathered([other], numPartitions, portable_hash).flatMapValues(pairs)

    def join(self, other: RDD, numPartitions: int | None = None) -> RDD:
        return self._joined(other, numPartitions, False, False)

    def leftOuterJoin(self, other: RDD, numPartitions: int | None = None) -> RDD:
        return self._joined(other, numPartitions, True, False)

    def rightOuterJoin(self, other: RDD, numPartitions: int | None = None) -> RDD:
        return self._joined(other, numPartitions, False, True)

    def fullOuterJoin(self, other: RDD, numPartitions: int | None = None) -> RDD:
        return self._joined(other, numPartitions, True, True)

    def groupWith(self, other: RDD, *others: RDD) -> RDD:
        return self._gathered([other, *others], None, portable_hash).mapValues(_iterables)

    def cogroup(self, other: RDD, numPartitions: int | None = None) -> RDD:
        return self._gathered([other], numPartitions, portable_hash).mapValues(_iterables)

    def subtractByKey(self, other: RDD, numPartitions: int | None = None) -> RDD:
        def only_here(lists: tuple[list[Any], list[Any]]) -> list[Any]:
            return [] if lists[1] else lists[0]

        return self._gathered([other], numPartitions, portable_hash).flatMapValues(only_here)


def _iterables(lists: tuple[list[Any], ...]) -> tuple[ResultIterable, ...]:
    return tuple(map(ResultIterable, lists))

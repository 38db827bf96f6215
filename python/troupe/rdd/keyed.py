"""RDDs of pairs: what goes by key."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from troupe.rdd._lineage import exchanged
from troupe.rdd._stage import WriteEach
from troupe.rdd.external import Combining, ordered
from troupe.rdd.partitioning import ByBounds, ByKey, Partitioner, portable_hash
from troupe.rdd.sampling import by_key
from troupe.resultiterable import ResultIterable

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD

_Base: Any = object
_SAMPLED_PER_PARTITION = 20.0


def _key(pair: Any) -> Any:
    return pair[0]


def _identity(x: Any) -> Any:
    return x


class Keyed(_Base):
    """Part of RDD."""

    def keys(self) -> RDD:
        return self.map(operator.itemgetter(0))

    def values(self) -> RDD:
        return self.map(operator.itemgetter(1))

    def mapValues(self, f: Callable[[Any], Any]) -> RDD:
        return self.map(lambda pair: (pair[0], f(pair[1])), preservesPartitioning=True)

    def flatMapValues(self, f: Callable[[Any], Iterable[Any]]) -> RDD:
        return self.flatMap(lambda pair: ((pair[0], value) for value in f(pair[1])), preservesPartitioning=True)

    def _defaultReducePartitions(self) -> int:
        if self.ctx._conf.contains("spark.default.parallelism"):
            return self.ctx.defaultParallelism
        return max(1, self.getNumPartitions())

    def partitionBy(self, numPartitions: int | None, partitionFunc: Callable[[Any], int] = portable_hash) -> RDD:
        """The pairs by the function's number of their key, modulo the number of partitions."""
        from troupe.rdd.rdd import RDD

        partitioner = Partitioner(numPartitions or self._defaultReducePartitions(), partitionFunc)
        if self.partitioner == partitioner:
            return self
        base = exchanged([(self, WriteEach(ByKey(partitioner)))], partitioner.numPartitions)
        return RDD(base, self.ctx, partitioner=partitioner, name="ShuffledRDD")

    def combineByKey(
        self,
        createCombiner: Callable[[Any], Any],
        mergeValue: Callable[[Any, Any], Any],
        mergeCombiners: Callable[[Any, Any], Any],
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] = portable_hash,
    ) -> RDD:
        count = numPartitions or self._defaultReducePartitions()
        combining = Combining(createCombiner, mergeValue, mergeCombiners, self.ctx._worker_memory)
        if self.partitioner == Partitioner(count, partitionFunc):
            return self.mapPartitionsWithIndex(lambda _, pairs: combining.of_values(pairs), True)
        partial = self.mapPartitionsWithIndex(lambda _, pairs: combining.partial(pairs), True)
        moved = partial.partitionBy(count, partitionFunc)
        return moved.mapPartitionsWithIndex(lambda _, pairs: combining.of_combiners(pairs), True)

    def reduceByKey(
        self,
        func: Callable[[Any, Any], Any],
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] = portable_hash,
    ) -> RDD:
        return self.combineByKey(_identity, func, func, numPartitions, partitionFunc)

    def aggregateByKey(
        self,
        zeroValue: Any,
        seqFunc: Callable[[Any, Any], Any],
        combFunc: Callable[[Any, Any], Any],
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] = portable_hash,
    ) -> RDD:
        return self.combineByKey(
            lambda v: seqFunc(deepcopy(zeroValue), v), seqFunc, combFunc, numPartitions, partitionFunc
        )

    def foldByKey(
        self,
        zeroValue: Any,
        func: Callable[[Any, Any], Any],
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] = portable_hash,
    ) -> RDD:
        return self.combineByKey(lambda v: func(deepcopy(zeroValue), v), func, func, numPartitions, partitionFunc)

    def groupByKey(self, numPartitions: int | None = None, partitionFunc: Callable[[Any], int] = portable_hash) -> RDD:
        return self.combineByKey(_listed, _appended, _extended, numPartitions, partitionFunc).mapValues(ResultIterable)

    def reduceByKeyLocally(self, func: Callable[[Any, Any], Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        partial = self.mapPartitions(Combining(_identity, func, func, self.ctx._worker_memory).partial)
        for key, value in partial.collect():
            found[key] = func(found[key], value) if key in found else value
        return found

    def countByKey(self) -> dict[Any, int]:
        return self.map(_key).countByValue()

    def sampleByKey(self, withReplacement: bool, fractions: dict[Any, float], seed: int | None = None) -> RDD:
        from troupe.rdd.shapes import _seed

        for fraction in fractions.values():
            if fraction < 0:
                raise ValueError(f"Negative fraction value: {fraction}")
        return self.mapPartitionsWithIndex(by_key(withReplacement, fractions, _seed(seed)), True)

    def sortByKey(
        self,
        ascending: bool | None = True,
        numPartitions: int | None = None,
        keyfunc: Callable[[Any], Any] = _identity,
    ) -> RDD:
        """The pairs in the order of their keys, over partitions whose bounds a sample gives."""
        count = numPartitions or self._defaultReducePartitions()
        upward, memory = bool(ascending), self.ctx._worker_memory

        def in_order(_: int, pairs: Iterator[Any]) -> Iterator[Any]:
            return ordered(pairs, lambda pair: keyfunc(pair[0]), not upward, memory)

        if count == 1:
            return self.coalesce(1).mapPartitionsWithIndex(in_order, True)
        total = self.count()
        if not total:
            return self
        chance = min(_SAMPLED_PER_PARTITION * count / total, 1.0)
        sample = sorted(self.sample(False, chance, 1).map(lambda pair: keyfunc(pair[0])).collect())
        bounds = [sample[len(sample) * (i + 1) // count] for i in range(count - 1)] if sample else []
        return self.partitionBy(count, ByBounds(bounds, keyfunc, upward)).mapPartitionsWithIndex(in_order, True)

    def repartitionAndSortWithinPartitions(
        self,
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] = portable_hash,
        ascending: bool = True,
        keyfunc: Callable[[Any], Any] = _identity,
    ) -> RDD:
        count, memory = numPartitions or self._defaultReducePartitions(), self.ctx._worker_memory
        return self.partitionBy(count, partitionFunc).mapPartitionsWithIndex(
            lambda _, pairs: ordered(pairs, lambda pair: keyfunc(pair[0]), not ascending, memory), True
        )

    def lookup(self, key: Any) -> list[Any]:
        """The values of a key; with a known partitioner only one partition is searched."""
        found = self.filter(lambda pair: pair[0] == key).values()
        if self.partitioner is not None and _hashes_alike(key):
            return self.ctx.runJob(found, _identity, [self.partitioner(key)])
        return found.collect()

    def collectAsMap(self) -> dict[Any, Any]:
        return dict(self.collect())


def _hashes_alike(key: Any) -> bool:
    """Whether this process hashes the key as the workers do."""
    if isinstance(key, tuple):
        return all(map(_hashes_alike, key))
    return key is None or isinstance(key, (int, float))


def _listed(value: Any) -> list[Any]:
    return [value]


def _appended(values: list[Any], value: Any) -> list[Any]:
    values.append(value)
    return values


def _extended(values: list[Any], others: list[Any]) -> list[Any]:
    values.extend(others)
    return values

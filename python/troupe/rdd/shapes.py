"""RDDs from RDDs, without regard to keys."""

from __future__ import annotations

import itertools
import operator
import random
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkRuntimeError
from troupe.rdd._lineage import Base, concatenated, exchanged
from troupe.rdd._stage import OBJECTS, WriteEach, WriteWhole, read_objects, write_objects
from troupe.rdd.sampling import by_fraction, by_range
from troupe.rdd.spooling import split_sides
from troupe.taskcontext import BarrierTaskContext
from troupe.util import fail_on_stopiteration

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD
    from troupe.resource import ResourceProfile

_Base: Any = object


class _Turn:
    """Numbers of partitions in turn, a few objects at a time, from a start that depends on the partition."""

    def __init__(self, partitions: int) -> None:
        self._partitions = partitions

    def __call__(self, split: int, objects: Iterator[Any]) -> Iterator[tuple[int, Any]]:
        part = random.Random(split).randrange(self._partitions)
        while group := list(itertools.islice(objects, 10)):
            part = (part + 1) % self._partitions
            for item in group:
                yield part, item


class Shapes(_Base):
    """Part of RDD."""

    def map(self, f: Callable[[Any], Any], preservesPartitioning: bool = False) -> RDD:
        f = fail_on_stopiteration(f)
        return self.mapPartitionsWithIndex(lambda _, objects: map(f, objects), preservesPartitioning)

    def flatMap(self, f: Callable[[Any], Iterable[Any]], preservesPartitioning: bool = False) -> RDD:
        f = fail_on_stopiteration(f)
        return self.mapPartitionsWithIndex(
            lambda _, objects: itertools.chain.from_iterable(map(f, objects)), preservesPartitioning
        )

    def mapPartitions(self, f: Callable[[Iterator[Any]], Iterable[Any]], preservesPartitioning: bool = False) -> RDD:
        return self.mapPartitionsWithIndex(lambda _, objects: f(objects), preservesPartitioning)

    def mapPartitionsWithSplit(self, f: Callable[..., Iterable[Any]], preservesPartitioning: bool = False) -> RDD:
        import warnings

        warnings.warn("mapPartitionsWithSplit is deprecated; use mapPartitionsWithIndex instead", FutureWarning)
        return self.mapPartitionsWithIndex(f, preservesPartitioning)

    def filter(self, f: Callable[[Any], Any]) -> RDD:
        f = fail_on_stopiteration(f)
        return self.mapPartitionsWithIndex(lambda _, objects: filter(f, objects), True)

    def keyBy(self, f: Callable[[Any], Any]) -> RDD:
        return self.map(lambda x: (f(x), x))

    def glom(self) -> RDD:
        return self.mapPartitionsWithIndex(lambda _, objects: iter([list(objects)]))

    def distinct(self, numPartitions: int | None = None) -> RDD:
        pairs = self.map(lambda x: (x, None))
        return pairs.reduceByKey(lambda x, _: x, numPartitions).map(operator.itemgetter(0))

    def sample(self, withReplacement: bool, fraction: float, seed: int | None = None) -> RDD:
        if not fraction >= 0:
            raise ValueError(f"Fraction must be nonnegative, got {fraction}")
        return self.mapPartitionsWithIndex(by_fraction(withReplacement, fraction, _seed(seed)), True)

    def randomSplit(self, weights: Iterable[float], seed: int | None = None) -> list[RDD]:
        shares = [float(weight) for weight in weights]
        if not shares or min(shares) < 0 or sum(shares) <= 0:
            raise ValueError(f"Weights must be nonnegative with a positive sum, got {shares}")
        ends = [0.0, *itertools.accumulate(share / sum(shares) for share in shares)]
        chosen = _seed(seed)
        return [
            self.mapPartitionsWithIndex(by_range(low, high, chosen), True) for low, high in itertools.pairwise(ends)
        ]

    # several into one

    def union(self, other: RDD) -> RDD:
        return self._union([self, other])

    def _union(self, rdds: list[RDD]) -> RDD:
        from troupe.rdd.rdd import RDD

        filled = [rdd for rdd in rdds if rdd.getNumPartitions() > 0] or rdds[:1]
        counts = [rdd.getNumPartitions() for rdd in filled]
        if len(filled) == 1:
            return filled[0].mapPartitionsWithIndex(lambda _, objects: objects, True)
        total = sum(counts)
        if max(counts) > 1:
            base = Base(
                lambda: concatenated([rdd._plan(write_objects, OBJECTS) for rdd in filled]), read_objects, total
            )
        else:
            base = exchanged([(rdd, WriteWhole(_Shifted(i))) for i, rdd in enumerate(filled)], total)
        made = RDD(base, self.ctx, name="UnionRDD")
        first = filled[0].partitioner
        if first is not None and total == counts[0] and all(rdd.partitioner == first for rdd in filled):
            made.partitioner = first
        return made

    def __add__(self, other: RDD) -> RDD:
        from troupe.rdd.rdd import RDD

        if not isinstance(other, RDD):
            raise TypeError(f"An RDD can only be added to an RDD, not to {type(other).__name__}")
        return self.union(other)

    def intersection(self, other: RDD) -> RDD:
        pairs = self.map(lambda x: (x, None)).cogroup(other.map(lambda x: (x, None)))
        return pairs.filter(lambda found: all(len(values) for values in found[1])).keys()

    def subtract(self, other: RDD, numPartitions: int | None = None) -> RDD:
        mine, others = self.map(lambda x: (x, True)), other.map(lambda x: (x, True))
        return mine.subtractByKey(others, numPartitions).keys()

    def cartesian(self, other: RDD) -> RDD:
        """All pairs; partition `i * n + j` has those of the partitions `i` and `j`, `n` being the other's number of them."""
        from troupe.rdd.rdd import RDD

        mine, others = self.getNumPartitions(), other.getNumPartitions()
        if mine * others == 0:
            return self.ctx.emptyRDD()
        inputs = [
            (self, WriteWhole(lambda split: range(split * others, (split + 1) * others), 0)),
            (other, WriteWhole(lambda split: range(split, mine * others, others), 1)),
        ]

        def pairs(_: int, chunks: Iterator[tuple[int, bytes]]) -> Iterator[Any]:
            left, right = split_sides(chunks, 2)
            with left, right:
                for x in left:
                    for y in right:
                        yield x, y

        return RDD(exchanged(inputs, mine * others, sides=True), self.ctx, pairs, name="CartesianRDD")

    def zip(self, other: RDD) -> RDD:
        """Pairs by position; both have as many partitions and, in each, as many objects."""
        from troupe.rdd.rdd import RDD

        count = self.getNumPartitions()
        if count != other.getNumPartitions():
            raise ValueError("Can only zip with RDD which has the same number of partitions")
        inputs = [(self, WriteWhole(lambda split: (split,), 0)), (other, WriteWhole(lambda split: (split,), 1))]

        def pairs(_: int, chunks: Iterator[tuple[int, bytes]]) -> Iterator[Any]:
            left, right = split_sides(chunks, 2)
            with left, right:
                if left.objects != right.objects:
                    raise ValueError(
                        f"Can only zip RDDs with same number of elements in each pair of partitions, "
                        f"found {left.objects} and {right.objects}"
                    )
                yield from zip(left, right, strict=True)

        return RDD(exchanged(inputs, max(1, count), sides=True), self.ctx, pairs, name="ZippedRDD")

    def zipWithIndex(self) -> RDD:
        """Each object with its place in the whole; with more than one partition, a job counts them first."""
        starts = [0]
        if self.getNumPartitions() > 1:
            counts = self.mapPartitions(lambda objects: [sum(1 for _ in objects)]).collect()
            starts = [0, *itertools.accumulate(counts)]
        return self.mapPartitionsWithIndex(
            lambda split, objects: ((x, i) for i, x in enumerate(objects, starts[split]))
        )

    def zipWithUniqueId(self) -> RDD:
        """Each object with a number of its own: the n partitions count in steps of n."""
        count = self.getNumPartitions()
        return self.mapPartitionsWithIndex(
            lambda split, objects: ((x, i * count + split) for i, x in enumerate(objects))
        )

    # partitions

    def repartition(self, numPartitions: int) -> RDD:
        return self.coalesce(numPartitions, shuffle=True)

    def coalesce(self, numPartitions: int, shuffle: bool = False) -> RDD:
        if not numPartitions > 0:
            raise ValueError("Number of partitions must be positive.")
        from troupe.rdd.rdd import RDD

        if shuffle:
            turned = self.mapPartitionsWithIndex(_Turn(numPartitions))
            base = exchanged([(turned, WriteEach(operator.itemgetter(0)))], numPartitions)
            return RDD(base, self.ctx, lambda _, pairs: (item for _, item in pairs), name="CoalescedRDD")
        count = self.getNumPartitions()
        if numPartitions >= count:
            return self.mapPartitionsWithIndex(lambda _, objects: objects, True)
        together = WriteWhole(lambda split: (((split + 1) * numPartitions - 1) // count,))
        return RDD(exchanged([(self, together)], numPartitions), self.ctx, name="CoalescedRDD")

    def pipe(self, command: str, env: dict[str, str] | None = None, checkCode: bool = False) -> RDD:
        """The lines that a command prints when it is given the objects as lines."""
        return self.mapPartitions(_Piped(command, env or {}, checkCode))

    def barrier(self) -> RDDBarrier:
        return RDDBarrier(self)

    def withResources(self, profile: ResourceProfile) -> RDD:
        """Remembers what the RDD's tasks ask for; every task has one slot, and nothing else is handed out."""
        self._resource_profile = profile
        return self

    def getResourceProfile(self) -> ResourceProfile | None:
        return self._resource_profile

    def sortBy(self, keyfunc: Callable[[Any], Any], ascending: bool = True, numPartitions: int | None = None) -> RDD:
        return self.keyBy(keyfunc).sortByKey(ascending, numPartitions).values()

    def groupBy(
        self,
        f: Callable[[Any], Any],
        numPartitions: int | None = None,
        partitionFunc: Callable[[Any], int] | None = None,
    ) -> RDD:
        keyed = self.map(lambda x: (f(x), x))
        return (
            keyed.groupByKey(numPartitions) if partitionFunc is None else keyed.groupByKey(numPartitions, partitionFunc)
        )

    def toDF(self, schema: Any = None, sampleRatio: float | None = None) -> Any:
        from troupe.sql.session import SparkSession

        return SparkSession._getActiveSessionOrCreate().createDataFrame(self, schema, sampleRatio)


class RDDBarrier:
    """An RDD whose tasks run at the same time and may wait for one another.

    :raises PySparkRuntimeError: for more than one partition
    """

    def __init__(self, rdd: RDD) -> None:
        count = rdd.getNumPartitions()
        if count > 1:
            raise PySparkRuntimeError(
                message=f"Barrier stages of more than one task are not supported, and this RDD has {count} partitions: tasks do "
                "not wait for one another. Use RDD.mapPartitions, or coalesce(1) where one task must see everything."
            )
        self.rdd = rdd

    def mapPartitions(self, f: Callable[[Iterator[Any]], Iterable[Any]], preservesPartitioning: bool = False) -> RDD:
        return self.mapPartitionsWithIndex(lambda _, objects: f(objects), preservesPartitioning)

    def mapPartitionsWithIndex(
        self, f: Callable[[int, Iterator[Any]], Iterable[Any]], preservesPartitioning: bool = False
    ) -> RDD:
        def entered(split: int, objects: Iterator[Any]) -> Iterable[Any]:
            BarrierTaskContext._enter()
            return f(split, objects)

        return self.rdd.mapPartitionsWithIndex(entered, preservesPartitioning)


class _Shifted:
    def __init__(self, by: int) -> None:
        self._by = by

    def __call__(self, split: int) -> tuple[int]:
        return (split + self._by,)


class _Piped:
    def __init__(self, command: str, environment: dict[str, str], check: bool) -> None:
        self._command = command
        self._environment = environment
        self._check = check

    def __call__(self, objects: Iterator[Any]) -> Iterator[str]:
        words = shlex.split(self._command)
        process = subprocess.Popen(words, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        source, sink = process.stdin, process.stdout
        assert source is not None and sink is not None
        failed: list[BaseException] = []

        def feed() -> None:
            try:
                with source:
                    for item in objects:
                        source.write(f"{str(item).rstrip(chr(10))}\n".encode())
            except BrokenPipeError:
                return  # the command reads no more: what it printed and its exit code tell
            except BaseException as error:
                failed.append(error)

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        with sink:
            for line in sink:
                yield line.rstrip(b"\n").decode("utf-8")
        feeder.join()
        if failed:
            raise failed[0]
        code = process.wait()
        if self._check and code:
            raise PySparkRuntimeError(
                errorClass="PIPE_FUNCTION_EXITED",
                messageParameters={"func_name": self._command, "error_code": str(code)},
            )


def _seed(seed: int | None) -> int:
    return seed if seed is not None else random.randrange(sys.maxsize)

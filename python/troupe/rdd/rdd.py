"""Resilient distributed datasets: Python objects in partitions, computed by Python functions.

Functions between two exchanges run in one visit to a worker. What crosses an exchange is pickled in chunks, which lie in
the executors' block stores like any other exchange's rows: lost ones are computed again, large ones spill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkRuntimeError
from troupe.rdd._lineage import Base, Writer, computed, fetched
from troupe.rdd._stage import OBJECTS, PartitionFunction, compose, read_objects, write_objects
from troupe.rdd.actions import Actions
from troupe.rdd.files import address
from troupe.rdd.keyed import Keyed
from troupe.rdd.keyed_joins import KeyedJoins
from troupe.rdd.numbers import Numbers
from troupe.rdd.partitioning import Partitioner
from troupe.rdd.saving import Saving
from troupe.rdd.shapes import Shapes
from troupe.storagelevel import StorageLevel

if TYPE_CHECKING:
    from troupe.context import SparkContext
    from troupe.profiler import Profiler
    from troupe.resource import ResourceProfile
    from troupe.sql.dataframe import DataFrame

__all__ = ["RDD", "PipelinedRDD"]


class RDD(Actions, Shapes, Keyed, KeyedJoins, Numbers, Saving):
    """Objects in partitions. Made by a SparkContext, a DataFrame or another RDD; nothing runs until an action asks."""

    def __init__(
        self,
        base: Base,
        ctx: SparkContext,
        function: PartitionFunction | None = None,
        partitioner: Partitioner | None = None,
        name: str | None = None,
    ) -> None:
        self._base = base
        self._function = function
        self.ctx = ctx
        self.partitioner = partitioner
        self.is_cached = False
        self.is_checkpointed = False
        self._checkpoint_wanted = False
        self._local_checkpoint_wanted = False
        self._locally_checkpointed = False
        self._checkpoint_folder: str | None = None
        self._level = StorageLevel.NONE
        self._name = name
        self._id = ctx._next_rdd()
        self._kept: DataFrame | None = None
        self._resource_profile: ResourceProfile | None = None

    @property
    def context(self) -> SparkContext:
        return self.ctx

    def id(self) -> int:
        return self._id

    def name(self) -> str | None:
        return self._name

    def setName(self, name: str) -> RDD:
        self._name = name
        return self

    def getNumPartitions(self) -> int:
        return self._base.partitions

    def __repr__(self) -> str:
        return f"{self._name or type(self).__name__}[{self._id}] at RDD at {self.ctx.appName}"

    def __getnewargs__(self) -> Any:
        raise PySparkRuntimeError(errorClass="RDD_TRANSFORM_ONLY_VALID_ON_DRIVER", messageParameters={})

    # plans

    def _objects(self) -> DataFrame:
        """The plan of all objects as chunks; the same one each time, so that it can be kept."""
        if self._kept is None:
            self._kept = computed(self._base, self._function, write_objects, OBJECTS, self._label(), self._profiler())
        return self._kept

    def _label(self) -> str:
        return self._name or "RDD"

    def _lineage(self) -> tuple[Base, PartitionFunction | None]:
        """What a further function is put on: the kept partitions where there are such, else the same base."""
        kept = self.is_cached or self._checkpoint_folder is not None
        if kept or self._checkpoint_wanted or self._local_checkpoint_wanted:
            return Base(self._settled, read_objects, self.getNumPartitions()), None
        return self._base, self._function

    def _settled(self) -> DataFrame:
        """The plan of all objects, once the checkpoint that was asked for is made."""
        self._settle()
        return self._objects()

    def _settle(self) -> None:
        if self._checkpoint_wanted:
            self._write_checkpoint()
        self._locally_checkpointed |= self._local_checkpoint_wanted

    def _profiler(self) -> Profiler | None:
        collector = self.ctx.profiler_collector
        if collector is None:
            return None
        profiler = collector.new_profiler(self.ctx)
        collector.add_profiler(self._id, profiler)
        return profiler

    def _plan(self, write: Writer, schema: str) -> DataFrame:
        base, function = self._lineage()
        return computed(base, function, write, schema, self._label(), self._profiler())

    def _chunks(self, partitions: list[int] | None = None) -> Iterator[list[Any]]:
        """Runs it, and gives the objects of the chosen partitions, in order, in lists of any length."""
        if self.getNumPartitions() == 0:
            return
        self._settle()
        if partitions is None:
            yield from fetched(self._objects())
            return
        base, function = self._lineage()
        if function is None and base.read is read_objects:
            frame = base.frame
        else:
            frame = computed(base, function, write_objects, OBJECTS, self._label(), self._profiler())
        yield from fetched(frame, partitions)

    def mapPartitionsWithIndex(
        self, f: Callable[[int, Iterator[Any]], Iterable[Any]], preservesPartitioning: bool = False
    ) -> RDD:
        """`f(number of the partition, its objects)` gives the new partition's objects."""
        base, function = self._lineage()
        partitioner = self.partitioner if preservesPartitioning else None
        return PipelinedRDD(base, self.ctx, compose(function, f), partitioner)

    # keeping

    def cache(self) -> RDD:
        return self.persist(StorageLevel.MEMORY_ONLY)

    def persist(self, storageLevel: StorageLevel = StorageLevel.MEMORY_ONLY) -> RDD:
        if self.is_cached and storageLevel != self._level:
            raise PySparkRuntimeError(
                message="Cannot change storage level of an RDD after it was already assigned a level"
            )
        if not self.is_cached:
            self._objects().persist(storageLevel)
            self.is_cached, self._level = True, storageLevel
        return self

    def unpersist(self, blocking: bool = False) -> RDD:
        if self.is_cached:
            self._objects().unpersist(blocking)
        self.is_cached, self._level = False, StorageLevel.NONE
        return self

    def getStorageLevel(self) -> StorageLevel:
        return self._level

    def checkpoint(self) -> None:
        """Asks for the partitions to be written to the checkpoint folder when they are first computed."""
        if self.ctx._checkpoint_folder is None:
            raise PySparkRuntimeError(message="Checkpoint directory has not been set in the SparkContext")
        self._checkpoint_wanted = not self.is_checkpointed
        self.is_checkpointed = True

    def localCheckpoint(self) -> None:
        """Asks for the partitions to be kept on the executors when they are first computed."""
        if not self.is_cached:
            self.persist(StorageLevel.MEMORY_AND_DISK)
        self._local_checkpoint_wanted = True

    def cleanShuffleDependencies(self, blocking: bool = False) -> None:
        """Nothing to do: outputs of a job's exchanges are let go when it ends."""

    def isCheckpointed(self) -> bool:
        return self._checkpoint_folder is not None or self._locally_checkpointed

    def isLocallyCheckpointed(self) -> bool:
        return self._locally_checkpointed

    def getCheckpointFile(self) -> str | None:
        return None if self._checkpoint_folder is None else address(self._checkpoint_folder)

    def _write_checkpoint(self) -> None:
        """Writes all partitions, and reads them from there from now on."""
        self._checkpoint_wanted = False
        folder = self.ctx._checkpoint_place(self._id)
        self.saveAsPickleFile(folder)
        written = self.ctx._pickled_parts(folder)
        self._base, self._function, self._kept = written._base, written._function, None
        self._checkpoint_folder = folder

    def toDebugString(self) -> bytes:
        """The plan that computes it, as bytes of text."""
        text = self._objects()._request("explain", mode="simple")["text"]
        return f"({self.getNumPartitions()}) {self!r}\n{text}".encode()


class PipelinedRDD(RDD):
    """An RDD whose function follows another's in one visit to the worker."""

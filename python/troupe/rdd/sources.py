"""How a SparkContext makes RDDs."""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkNotImplementedError, PySparkValueError
from troupe.rdd import files
from troupe.rdd._lineage import Base, sliced
from troupe.rdd._stage import ReadRows, read_objects

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

_Base: Any = object
_BATCH = 1024
_rdd_numbers = itertools.count()


class RddSources(_Base):
    """Part of SparkContext."""

    _checkpoint_folder: str | None
    _rdd_session: SparkSession | None

    def _next_rdd(self) -> int:
        return next(_rdd_numbers)

    def _session_of_rdds(self) -> SparkSession:
        """The first session, in which RDDs' plans are made and kept."""
        from troupe.sql.session import SparkSession

        if self._rdd_session is None:
            self._rdd_session = SparkSession(self, self._first_session()["session"])
        return self._rdd_session

    @property
    def _worker_memory(self) -> int:
        """Bytes that a grouping or sorting function may hold before it spills."""
        text = (self._conf.get("spark.python.worker.memory") or "512m").strip().lower()
        units = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
        number, unit = (text[:-1], text[-1]) if text[-1:] in units else (text, "m")
        if not number.isdigit():
            raise PySparkValueError(message=f"spark.python.worker.memory must be like 512m or 2g, not {text!r}")
        return int(number) * units[unit]

    def _sliced(self, slices: Sequence[Sequence[list[Any]]], name: str) -> RDD:
        from troupe.rdd.rdd import RDD

        return RDD(sliced(self, slices), self, name=name)

    def emptyRDD(self) -> RDD:
        """An RDD of no partitions."""
        from troupe.rdd.rdd import RDD

        return RDD(Base(lambda: sliced(self, [[]]).frame, read_objects, 0), self, name="EmptyRDD")

    def range(self, start: int, end: int | None = None, step: int = 1, numSlices: int | None = None) -> RDD:
        first, last = (0, start) if end is None else (start, end)
        return self.parallelize(range(first, last, step), numSlices)

    def parallelize(self, c: Iterable[Any], numSlices: int | None = None) -> RDD:
        """An RDD of the driver's objects; a `range` is sent as its bounds."""
        count = int(numSlices) if numSlices is not None else self.defaultParallelism
        if count < 1:
            raise PySparkValueError(message="Positive number of partitions required")
        if isinstance(c, range):
            ends = [int(i * len(c) / count) for i in range(count + 1)]
            bounds = [[[c[low:high]]] for low, high in itertools.pairwise(ends)]
            made = self._sliced(bounds, "PythonRDD")
            return made.mapPartitionsWithIndex(lambda _, ranges: itertools.chain.from_iterable(ranges))
        objects = list(c)
        size = max(1, min(len(objects) // count, _BATCH))
        batches = [objects[at : at + size] for at in range(0, len(objects), size)]
        ends = [i * len(batches) // count for i in range(count + 1)]
        return self._sliced([batches[low:high] for low, high in itertools.pairwise(ends)], "ParallelCollectionRDD")

    def textFile(self, name: str, minPartitions: int | None = None, use_unicode: bool = True) -> RDD:
        """The lines of text files: paths, folders and globs, separated by commas; compressed ones by their ending."""
        wanted = minPartitions or min(self.defaultParallelism, 2)
        pieces = files.parts(files.found(name), wanted)
        made = self._sliced([[[piece]] for piece in pieces], name)
        return made.mapPartitionsWithIndex(lambda _, found: files.lines(found, use_unicode))

    def wholeTextFiles(self, path: str, minPartitions: int | None = None, use_unicode: bool = True) -> RDD:
        """Pairs of a file's address and its text."""
        made = self._whole(path, minPartitions)
        return made.mapPartitionsWithIndex(lambda _, paths: files.whole_texts(paths, use_unicode))

    def binaryFiles(self, path: str, minPartitions: int | None = None) -> RDD:
        """Pairs of a file's address and its bytes."""
        return self._whole(path, minPartitions).mapPartitionsWithIndex(lambda _, paths: files.whole_files(paths))

    def _whole(self, path: str, minPartitions: int | None) -> RDD:
        groups = files.packed_whole(files.found(path), minPartitions or self.defaultMinPartitions)
        return self._sliced([[group] for group in groups] or [[]], path)

    def binaryRecords(self, path: str, recordLength: int) -> RDD:
        """Records of a fixed length, in bytes."""
        pieces = files.parts(files.found(path), self.defaultMinPartitions)
        made = self._sliced([[[piece]] for piece in pieces], path)
        return made.mapPartitionsWithIndex(lambda _, found: files.records(found, recordLength))

    def pickleFile(self, name: str, minPartitions: int | None = None) -> RDD:
        """What `RDD.saveAsPickleFile` wrote."""
        return self._pickled_parts(name)

    def _pickled_parts(self, name: str) -> RDD:
        made = self._sliced([[[file]] for file in files.found(name)] or [[]], name)
        return made.mapPartitionsWithIndex(lambda _, paths: files.pickled(paths))

    def union(self, rdds: list[RDD]) -> RDD:
        if not rdds:
            raise PySparkValueError(message="At least one RDD is needed for a union")
        return rdds[0]._union(list(rdds))

    def runJob(
        self,
        rdd: RDD,
        partitionFunc: Callable[[Any], Iterable[Any]],
        partitions: Sequence[int] | None = None,
        allowLocal: bool = False,
    ) -> list[Any]:
        """What the function gives for the objects of the chosen partitions, or of all."""
        mapped = rdd.mapPartitionsWithIndex(lambda _, objects: partitionFunc(objects))
        chosen = None if partitions is None else list(partitions)
        count = rdd.getNumPartitions()
        for partition in chosen or ():
            if not 0 <= partition < count:
                raise PySparkValueError(
                    message=f"Attempting to access a non-existent partition: {partition}. "
                    f"Total number of partitions: {count}"
                )
        return list(itertools.chain.from_iterable(mapped._chunks(chosen)))

    def setCheckpointDir(self, dirName: str) -> None:
        """The folder for checkpoints, on a file system that all nodes share."""
        place = os.path.join(os.path.abspath(files.local_path(dirName)), str(uuid.uuid4()))
        os.makedirs(place)
        self._checkpoint_folder = place

    def getCheckpointDir(self) -> str | None:
        return None if self._checkpoint_folder is None else files.address(self._checkpoint_folder)

    def _checkpoint_place(self, number: int) -> str:
        return os.path.join(str(self._checkpoint_folder), f"rdd-{number}")

    def sequenceFile(
        self,
        path: str,
        keyClass: str | None = None,
        valueClass: str | None = None,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        minSplits: int | None = None,
        batchSize: int = 0,
    ) -> RDD:
        raise _no_hadoop("sequenceFile")

    def hadoopFile(
        self,
        path: str,
        inputFormatClass: str,
        keyClass: str,
        valueClass: str,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
        batchSize: int = 0,
    ) -> RDD:
        raise _no_hadoop("hadoopFile")

    def hadoopRDD(
        self,
        inputFormatClass: str,
        keyClass: str,
        valueClass: str,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
        batchSize: int = 0,
    ) -> RDD:
        raise _no_hadoop("hadoopRDD")

    def newAPIHadoopFile(
        self,
        path: str,
        inputFormatClass: str,
        keyClass: str,
        valueClass: str,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
        batchSize: int = 0,
    ) -> RDD:
        raise _no_hadoop("newAPIHadoopFile")

    def newAPIHadoopRDD(
        self,
        inputFormatClass: str,
        keyClass: str,
        valueClass: str,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
        batchSize: int = 0,
    ) -> RDD:
        raise _no_hadoop("newAPIHadoopRDD")


def _no_hadoop(what: str) -> PySparkNotImplementedError:
    return PySparkNotImplementedError(
        message=f"{what} needs Hadoop's classes, which are not here. Use textFile, binaryFiles, pickleFile or spark.read."
    )


def of_frame(frame: DataFrame) -> RDD:
    """The rows of a DataFrame."""
    from troupe.rdd.rdd import RDD

    base = Base(lambda: frame, ReadRows(frame.schema), None)
    return RDD(base, frame._session._sc, name="MapPartitionsRDD")

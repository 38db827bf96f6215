"""What runs in the worker: one piece of an RDD's lineage between two exchanges, as a function over Arrow batches.

An RDD's rows in the JVM have the columns of one of two schemas:

* `OBJECTS`: `data`, a chunk of the partition's objects (see `_chunks`).
* `ROUTED`: `part`, the partition that the row goes to; `side`, which of an operation's inputs it comes from; `data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from troupe.rdd._chunks import LARGE_CHUNK, ChunkSize, chunks, packed, unpacked
from troupe.taskcontext import TaskContext

OBJECTS = "data binary"
ROUTED = "part int, side int, data binary"

#: The objects of one partition from its number and an iterator over those of its parent.
PartitionFunction = Callable[[int, Iterator[Any]], Iterable[Any]]

_BATCH_ROWS = 1024
_HELD_OBJECTS = 200_000


class Stage:
    """Reads batches, applies a function to the partition, writes batches; `mapInArrow` runs it.

    A profiler runs all of a partition at once.
    """

    def __init__(
        self,
        read: Callable[[Iterator[Any]], Iterator[Any]],
        function: PartitionFunction | None,
        write: Callable[[int, Iterable[Any]], Iterator[Any]],
        name: str = "RDD",
        profiler: Any = None,
    ) -> None:
        self._profiler = profiler
        self._read = read
        self._function = function
        self._write = write
        self.__name__ = name

    def _split(self) -> int:
        """The partition's number: that of the exchange or kept plan that is read, or else the task's."""
        context = TaskContext.get()
        if context is None:
            return 0
        if context._split is not None:
            return context._split
        return context.partitionId()

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        if self._profiler is None:
            return self._run(batches)
        return iter(self._profiler.profile(lambda: list(self._run(batches))))

    def _run(self, batches: Iterator[Any]) -> Iterator[Any]:
        split = self._split()
        objects = self._read(batches)
        if self._function is not None:
            objects = iter(self._function(split, objects))
        return self._write(split, objects)


def read_objects(batches: Iterator[Any]) -> Iterator[Any]:
    """The objects of chunks, one by one."""
    for batch in batches:
        column = batch.column(batch.schema.get_field_index("data"))
        for value in column:
            yield from unpacked(value.as_buffer())


class ReadSides:
    """The chunks of several inputs, unread, with the number of the input: `(side, chunk)`."""

    def __call__(self, batches: Iterator[Any]) -> Iterator[tuple[int, bytes]]:
        for batch in batches:
            sides = batch.column(batch.schema.get_field_index("side")).to_pylist()
            yield from zip(sides, batch.column(batch.schema.get_field_index("data")).to_pylist(), strict=True)


class ReadRows:
    """The rows of a DataFrame."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        from troupe.sql._rows import rows

        for batch in batches:
            yield from rows(batch, self._schema)


def write_objects(split: int, objects: Iterable[Any]) -> Iterator[Any]:
    """Batches of `OBJECTS`."""
    import pyarrow as pa

    held: list[bytes] = []
    size = 0
    for chunk in chunks(objects):
        held.append(chunk)
        size += len(chunk)
        if size >= LARGE_CHUNK or len(held) >= _BATCH_ROWS:
            yield pa.RecordBatch.from_arrays([pa.array(held, pa.binary())], names=["data"])
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_arrays([pa.array(held, pa.binary())], names=["data"])


class _Routed:
    """Collects chunks with where they go, and makes batches of them."""

    def __init__(self, side: int) -> None:
        self._side = side
        self._parts: list[int] = []
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, part: int, chunk: bytes) -> Iterator[Any]:
        self._parts.append(part)
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size >= LARGE_CHUNK or len(self._parts) >= _BATCH_ROWS:
            yield from self.rest()

    def rest(self) -> Iterator[Any]:
        import pyarrow as pa

        if not self._parts:
            return
        parts, data = pa.array(self._parts, pa.int32()), pa.array(self._chunks, pa.binary())
        sides = pa.array([self._side] * len(self._parts), pa.int32())
        self._parts, self._chunks, self._size = [], [], 0
        yield pa.RecordBatch.from_arrays([parts, sides, data], names=["part", "side", "data"])


class WriteEach:
    """Sends each object to the partition that `route(object)` gives; objects of one partition travel in chunks."""

    def __init__(self, route: Callable[[Any], int], side: int = 0) -> None:
        self._route = route
        self._side = side

    def __call__(self, split: int, objects: Iterable[Any]) -> Iterator[Any]:
        route, routed = self._route, _Routed(self._side)
        buckets: dict[int, list[Any]] = {}
        size, held = ChunkSize(), 0
        for item in objects:
            part = route(item)
            bucket = buckets.get(part)
            if bucket is None:
                bucket = buckets[part] = []
            bucket.append(item)
            held += 1
            if len(bucket) >= size.count:
                chunk = packed(buckets.pop(part))
                held -= len(bucket)
                size.learn(len(chunk))
                yield from routed.add(part, chunk)
            elif held >= _HELD_OBJECTS:
                for each, waiting in buckets.items():
                    yield from routed.add(each, packed(waiting))
                buckets, held = {}, 0
        for each, waiting in buckets.items():
            yield from routed.add(each, packed(waiting))
        yield from routed.rest()


class WriteWhole:
    """Sends all of a partition to each of the partitions that `targets(split)` names."""

    def __init__(self, targets: Callable[[int], Iterable[int]], side: int = 0) -> None:
        self._targets = targets
        self._side = side

    def __call__(self, split: int, objects: Iterable[Any]) -> Iterator[Any]:
        targets, routed = list(self._targets(split)), _Routed(self._side)
        for chunk in chunks(objects):
            for part in targets:
                yield from routed.add(part, chunk)
        yield from routed.rest()


class WriteRows:
    """Rows of a DataFrame: Arrow batches of the schema."""

    def __init__(self, schema: Any, verify: Callable[[Any], Any] | None, wrap: bool) -> None:
        self._schema = schema
        self._verify = verify
        self._wrap = wrap

    def __call__(self, split: int, objects: Iterable[Any]) -> Iterator[Any]:
        import itertools

        from troupe.sql._local_data import _table
        from troupe.sql._types.verify import _create_converter

        convert = _create_converter(self._schema)
        source = iter(objects)
        while group := list(itertools.islice(source, 8192)):
            if self._verify is not None:
                for item in group:
                    self._verify(item)
            rows = [convert((item,) if self._wrap else item) for item in group]
            yield from _table(rows, self._schema).combine_chunks().to_batches()


def compose(first: PartitionFunction | None, second: PartitionFunction) -> PartitionFunction:
    """`second` over what `first` gives."""
    return second if first is None else _Composed(first, second)


class _Composed:
    def __init__(self, first: PartitionFunction, second: PartitionFunction) -> None:
        self._first = first
        self._second = second

    def __call__(self, split: int, objects: Iterator[Any]) -> Iterable[Any]:
        return self._second(split, iter(self._first(split, objects)))

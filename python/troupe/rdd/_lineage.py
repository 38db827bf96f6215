"""From RDDs to plans: what an RDD is made from, and how its rows are computed and fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from troupe.errors.exceptions.captured import PythonException
from troupe.rdd._chunks import packed, unpacked
from troupe.rdd._stage import OBJECTS, ROUTED, PartitionFunction, ReadSides, Stage, read_objects, write_objects
from troupe.util import PythonEvalType

if TYPE_CHECKING:
    from troupe.context import SparkContext
    from troupe.profiler import Profiler
    from troupe.rdd.rdd import RDD
    from troupe.sql.dataframe import DataFrame

Reader = Callable[[Iterator[Any]], Iterator[Any]]
Writer = Callable[[int, Iterable[Any]], Iterator[Any]]


class Base:
    """A plan with the way to read its rows as objects. The plan is made when it is first needed."""

    def __init__(self, make: Callable[[], DataFrame], read: Reader, partitions: int | None) -> None:
        self._make = make
        self._frame: DataFrame | None = None
        self._partitions = partitions
        self.read = read

    @property
    def frame(self) -> DataFrame:
        if self._frame is None:
            self._frame = self._make()
        return self._frame

    @property
    def partitions(self) -> int:
        """How many partitions there are; of a DataFrame's plan only the JVM knows."""
        if self._partitions is None:
            self._partitions = int(self.frame._request("partitions")["partitions"])
        return self._partitions


def computed(
    base: Base,
    function: PartitionFunction | None,
    write: Writer,
    schema: str,
    name: str,
    profiler: Profiler | None = None,
) -> DataFrame:
    """The plan that runs a function over a base's partitions."""
    from troupe.sql._frame_shapes import python_function

    stage = Stage(base.read, function, write, name, profiler)
    return base.frame._child("mapInArrow", fn=python_function(stage, schema, PythonEvalType.SQL_MAP_ARROW_ITER_UDF))


def sliced(context: SparkContext, slices: Sequence[Sequence[list[Any]]]) -> Base:
    """Partitions that the driver gives: of each, the lists of objects that make its chunks."""

    def make() -> DataFrame:
        import pyarrow as pa

        from troupe.sql._local_data import _uploaded
        from troupe.sql.types import StructType

        parts, data = [], []
        for part, lists in enumerate(slices):
            for objects in lists:
                parts.append(part)
                data.append(packed(objects))
        sides = pa.array([0] * len(parts), pa.int32())
        table = pa.table({"part": pa.array(parts, pa.int32()), "side": sides, "data": pa.array(data, pa.binary())})
        local = _uploaded(context._session_of_rdds(), table, StructType.fromDDL(ROUTED))
        return _delivered(local, len(slices)) if len(slices) > 1 else local

    return Base(make, read_objects, len(slices))


def exchanged(inputs: Sequence[tuple[RDD, Writer]], partitions: int, sides: bool = False) -> Base:
    """Rows of several RDDs, each sent where its writer says. With `sides` the chunks stay apart by input."""

    def make() -> DataFrame:
        frames = [rdd._plan(write, ROUTED) for rdd, write in inputs]
        return _delivered(concatenated(frames), partitions)

    return Base(make, ReadSides() if sides else read_objects, partitions)


def _delivered(frame: DataFrame, partitions: int) -> DataFrame:
    part = {"e": "col", "name": "part"}
    return frame._child("repartition", partitions=partitions, exprs=[part], kind="id")


def concatenated(frames: Sequence[DataFrame]) -> DataFrame:
    """All rows of plans with the same columns, the partitions of each after those of the one before."""
    first, *others = frames
    for other in others:
        node = {"n": "setop", "kind": "union", "all": True, "left": first._plan_id, "right": other._plan_id}
        first = first._session._plan(node)
    return first


def fetched(frame: DataFrame, partitions: Sequence[int] | None = None) -> Iterator[list[Any]]:
    """Runs a plan of `OBJECTS`, all of it or some partitions, and gives its chunks in order."""
    from troupe.sql._rows import record_batches

    session = frame._session
    chosen = {} if partitions is None else {"partitions": list(partitions)}
    ticket = frame._request("collect", **chosen)["result"]
    try:
        for batch in record_batches(session._gateway.fetch(ticket)):
            for value in batch.column(batch.schema.get_field_index("data")):
                yield unpacked(value.as_buffer())
    except PythonException as failed:
        from troupe.rdd._failures import Py4JJavaError

        raise Py4JJavaError(failed) from None
    except KeyboardInterrupt:
        session._gateway.cancel_all(session._id)
        raise


__all__ = ["OBJECTS", "Base", "computed", "concatenated", "exchanged", "fetched", "sliced", "write_objects"]

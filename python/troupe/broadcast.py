"""Values that every task may read, sent to each node once.

The driver pickles a value into a file, and the file is attached to the application. A function carries only the number; the
first access in a worker asks its executor for the file, which fetches it once for all of its workers.
"""

from __future__ import annotations

import collections
import gc
import os
import pickle
import threading
import weakref
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar, cast

from troupe.errors import PySparkRuntimeError

if TYPE_CHECKING:
    from troupe.context import SparkContext

__all__ = ["Broadcast"]

T = TypeVar("T")

MOST_BYTES = 8 << 30
"""The largest pickle that is sent to every node."""

_HELD_BYTES = 1 << 30
"""Pickled bytes of the values that a worker keeps; the least recently used ones are read again when needed."""

_known: weakref.WeakValueDictionary[int, Broadcast[Any]] = weakref.WeakValueDictionary()


class Broadcast(Generic[T]):
    """A value on every node; `value` is the value. Made by `SparkContext.broadcast`."""

    def __init__(self, sc: SparkContext | None = None, value: T | None = None, number: int | None = None) -> None:
        self._context = sc
        self._destroyed = False
        self._path: str | None = None
        if sc is None:
            self._number = cast(int, number)
            return
        self._path = os.path.join(sc._attached_folder("broadcast"), f"{os.getpid()}-{id(self):x}")
        with open(self._path, "wb") as file:
            self.dump(cast(T, value), cast(BinaryIO, _Bounded(file)))
        self._number = sc._request("attachment.add", path=self._path)["attachment"]
        self._name = f"broadcast/{self._number}"
        self._held = [value]
        weakref.finalize(self, _remove, self._path)
        _known[self._number] = self

    def dump(self, value: T, f: BinaryIO) -> None:
        """Pickles a value into a file.

        :raises PySparkRuntimeError: when it cannot be pickled, or is too large to be sent to every node
        """
        from troupe import cloudpickle

        try:
            try:
                pickle.dump(value, f, protocol=5)
            except (pickle.PicklingError, AttributeError, TypeError):
                f.seek(0)
                f.truncate()
                cloudpickle.dump(value, f, protocol=5)
        except PySparkRuntimeError:
            raise
        except Exception as error:
            raise pickle.PicklingError(f"Could not serialize broadcast: {type(error).__name__}: {error}") from error

    def load_from_path(self, path: str) -> T:
        with open(path, "rb", 1 << 20) as file:
            return self.load(file)

    def load(self, file: BinaryIO) -> T:
        gc.disable()  # many new objects and no garbage: collections in between only cost
        try:
            return pickle.load(file)
        finally:
            gc.enable()

    @property
    def value(self) -> T:
        """The value; read from the node's file where it is not in memory.

        :raises PySparkRuntimeError: after `destroy`
        """
        if self._context is None:
            return _values.get(self)
        if self._destroyed:
            raise PySparkRuntimeError(
                message=f"Attempted to use {self!r} after it was destroyed. Broadcast the value again."
            )
        if not self._held:
            self._held.append(self.load_from_path(cast(str, self._path)))
        return cast(T, self._held[0])

    def unpersist(self, blocking: bool = False) -> None:
        """Lets go of the value in memory; it is read from the file when it is needed again."""
        self._on_driver("unpersisted")
        self._held.clear()

    def destroy(self, blocking: bool = False) -> None:
        """Ends it: no function that still refers to it can run on a node that has not read it yet."""
        context = self._on_driver("destroyed")
        if self._destroyed:
            return
        self._destroyed = True
        self._held.clear()
        context._request("attachment.remove", attachment=self._number)
        _remove(cast(str, self._path))

    def _on_driver(self, what: str) -> SparkContext:
        if self._context is None:
            raise PySparkRuntimeError(errorClass="INVALID_BROADCAST_OPERATION", messageParameters={"operation": what})
        return self._context

    def __reduce__(self) -> Any:
        if self._destroyed:
            raise PySparkRuntimeError(
                message=f"A function refers to {self!r}, which was destroyed. Broadcast the value again."
            )
        return _arrived, (self._number,)

    def __repr__(self) -> str:
        return f"Broadcast({self._number})"


class _Bounded:
    """A file that refuses more than a broadcast may have."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._written = 0

    def write(self, data: Any) -> int:
        self._written += memoryview(data).nbytes
        if self._written > MOST_BYTES:
            raise PySparkRuntimeError(
                message=f"The value to broadcast is larger than {MOST_BYTES >> 30} GiB pickled, which is more than is sent "
                "to every node. Make a DataFrame of it and join, or read it in the function from a file that all nodes share."
            )
        return cast(int, self._file.write(data))

    def seek(self, place: int) -> None:
        self._file.seek(place)

    def truncate(self) -> None:
        self._written = 0
        self._file.truncate()


def _remove(path: str) -> None:
    if os.path.exists(path):
        os.unlink(path)


def _arrived(number: int) -> Broadcast[Any]:
    """The driver's own broadcast of that number, or a worker's view of it."""
    return _known.get(number) or Broadcast(number=number)


class _Values:
    """The values that a worker has read, as long as there is room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: collections.OrderedDict[int, tuple[int, Any]] = collections.OrderedDict()

    def get(self, broadcast: Broadcast[Any]) -> Any:
        with self._lock:
            number = broadcast._number
            if number not in self._held:
                from troupe.worker import attachments

                path = attachments.path(number, f"broadcast/{number}")
                self._held[number] = os.path.getsize(path), broadcast.load_from_path(path)
                while len(self._held) > 1 and sum(size for size, _ in self._held.values()) > _HELD_BYTES:
                    self._held.popitem(last=False)
            self._held.move_to_end(number)
            return self._held[number][1]


_values = _Values()

"""`pyspark.serializers`: objects to bytes and streams of them.

RDDs travel as chunks of pickles (see `troupe.rdd._chunks`) whatever serializer a context is given. These classes serve scripts
that write and read such streams themselves. A framed stream is a sequence of an int32 length (big-endian) and so many bytes.
"""

from __future__ import annotations

import itertools
import marshal
import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

__all__ = [
    "AutoBatchedSerializer",
    "AutoSerializer",
    "BatchedSerializer",
    "CPickleSerializer",
    "CloudPickleSerializer",
    "CompressedSerializer",
    "FramedSerializer",
    "MarshalSerializer",
    "NoOpSerializer",
    "PickleSerializer",
    "Serializer",
    "UTF8Deserializer",
]

_INT = struct.Struct(">i")
_LONG = struct.Struct(">q")
_END_OF_DATA = -1
_NULL = -5


def _exactly(stream: BinaryIO, count: int) -> bytes:
    found = stream.read(count)
    if len(found) < count:
        raise EOFError
    return found


def read_int(stream: BinaryIO) -> int:
    value: int = _INT.unpack(_exactly(stream, _INT.size))[0]
    return value


def write_int(value: int, stream: BinaryIO) -> None:
    stream.write(_INT.pack(value))


def read_long(stream: BinaryIO) -> int:
    value: int = _LONG.unpack(_exactly(stream, _LONG.size))[0]
    return value


def write_long(value: int, stream: BinaryIO) -> None:
    stream.write(_LONG.pack(value))


def write_with_length(obj: bytes, stream: BinaryIO) -> None:
    write_int(len(obj), stream)
    stream.write(obj)


class Serializer:
    """Streams of objects. Equal serializers read what the other wrote."""

    def dump_stream(self, iterator: Iterable[Any], stream: BinaryIO) -> None:
        raise NotImplementedError

    def load_stream(self, stream: BinaryIO) -> Iterator[Any]:
        raise NotImplementedError

    def dumps(self, obj: Any) -> bytes:
        raise NotImplementedError

    def loads(self, obj: bytes) -> Any:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, self.__class__) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class FramedSerializer(Serializer):
    """Each object in a frame."""

    def dump_stream(self, iterator: Iterable[Any], stream: BinaryIO) -> None:
        for item in iterator:
            if (content := self.dumps(item)) is None:
                raise ValueError("serialized value should not be None")
            if len(content) > (1 << 31) - 1:
                raise ValueError("can not serialize object larger than 2G")
            write_with_length(content, stream)

    def load_stream(self, stream: BinaryIO) -> Iterator[Any]:
        while (frame := _frame(stream)) is not None:
            yield self.loads(frame[0]) if frame[0] is not None else None


def _frame(stream: BinaryIO) -> tuple[bytes | None] | None:
    """The next frame, which may be a null; None at the end."""
    try:
        length = read_int(stream)
    except EOFError:
        return None
    if length == _END_OF_DATA:
        return None
    return (None,) if length == _NULL else (_exactly(stream, length),)


class NoOpSerializer(FramedSerializer):
    """Bytes as they are."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, obj: bytes) -> bytes:
        return obj


class PickleSerializer(FramedSerializer):
    """Pickles."""

    def dumps(self, obj: Any) -> bytes:
        return pickle.dumps(obj, 5)

    def loads(self, obj: bytes, encoding: str = "bytes") -> Any:
        return pickle.loads(obj, encoding=encoding)


class CloudPickleSerializer(PickleSerializer):
    """Pickles of functions and classes by value."""

    def dumps(self, obj: Any) -> bytes:
        from troupe import cloudpickle

        try:
            return cloudpickle.dumps(obj, 5)
        except pickle.PickleError:
            raise
        except Exception as error:
            raise pickle.PicklingError(f"Could not serialize object: {type(error).__name__}: {error}") from error


CPickleSerializer = CloudPickleSerializer


class MarshalSerializer(FramedSerializer):
    """Python's marshal: plain types only."""

    def dumps(self, obj: Any) -> bytes:
        return marshal.dumps(obj)

    def loads(self, obj: bytes) -> Any:
        return marshal.loads(obj)


class AutoSerializer(FramedSerializer):
    """Marshal as long as it can, then pickle; the first byte tells which."""

    def __init__(self) -> None:
        self._marshal = True

    def dumps(self, obj: Any) -> bytes:
        if self._marshal:
            try:
                return b"M" + marshal.dumps(obj)
            except ValueError:
                self._marshal = False
        return b"P" + pickle.dumps(obj, -1)

    def loads(self, obj: bytes) -> Any:
        if obj[:1] == b"M":
            return marshal.loads(obj[1:])
        if obj[:1] == b"P":
            return pickle.loads(obj[1:])
        raise ValueError(f"invalid serialization type: {obj[:1]!r}")


class CompressedSerializer(FramedSerializer):
    """Another framed serializer's bytes, compressed."""

    def __init__(self, serializer: FramedSerializer) -> None:
        self.serializer = serializer

    def dumps(self, obj: Any) -> bytes:
        return zlib.compress(self.serializer.dumps(obj), 1)

    def loads(self, obj: bytes) -> Any:
        return self.serializer.loads(zlib.decompress(obj))

    def __repr__(self) -> str:
        return f"CompressedSerializer({self.serializer})"


class BatchedSerializer(Serializer):
    """Lists of objects in a frame each; a `batchSize` of -1 makes one list of all."""

    UNLIMITED_BATCH_SIZE = -1
    UNKNOWN_BATCH_SIZE = 0

    def __init__(self, serializer: Any, batchSize: int = UNLIMITED_BATCH_SIZE) -> None:
        self.serializer = serializer
        self.batchSize = batchSize

    def _batched(self, iterator: Iterable[Any]) -> Iterator[list[Any]]:
        if self.batchSize == self.UNLIMITED_BATCH_SIZE:
            yield list(iterator)
            return
        source = iter(iterator)
        while group := list(itertools.islice(source, max(1, self.batchSize))):
            yield group

    def dump_stream(self, iterator: Iterable[Any], stream: BinaryIO) -> None:
        self.serializer.dump_stream(self._batched(iterator), stream)

    def load_stream(self, stream: BinaryIO) -> Iterator[Any]:
        return itertools.chain.from_iterable(self.serializer.load_stream(stream))

    def __repr__(self) -> str:
        return f"BatchedSerializer({self.serializer}, {self.batchSize})"


class AutoBatchedSerializer(BatchedSerializer):
    """Lists that grow until a frame is about `bestSize` bytes."""

    def __init__(self, serializer: Any, bestSize: int = 1 << 16) -> None:
        super().__init__(serializer, self.UNKNOWN_BATCH_SIZE)
        self.bestSize = bestSize

    def dump_stream(self, iterator: Iterable[Any], stream: BinaryIO) -> None:
        count, source = 1, iter(iterator)
        while group := list(itertools.islice(source, count)):
            content = self.serializer.dumps(group)
            write_with_length(content, stream)
            if len(content) < self.bestSize:
                count *= 2
            elif len(content) > self.bestSize * 10 and count > 1:
                count //= 2

    def __repr__(self) -> str:
        return f"AutoBatchedSerializer({self.serializer})"


class UTF8Deserializer(Serializer):
    """Framed texts, or with `use_unicode=False` their bytes."""

    def __init__(self, use_unicode: bool = True) -> None:
        self.use_unicode = use_unicode

    def loads(self, stream: Any) -> Any:
        frame = _frame(stream)
        if frame is None:
            raise EOFError
        content = frame[0]
        return content.decode("utf-8") if self.use_unicode and content is not None else content

    def load_stream(self, stream: BinaryIO) -> Iterator[Any]:
        while True:
            try:
                yield self.loads(stream)
            except EOFError:
                return

    def __repr__(self) -> str:
        return f"UTF8Deserializer({self.use_unicode})"

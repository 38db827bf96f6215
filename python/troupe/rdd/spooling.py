"""Chunks that must be read more than once, or later: in memory while they are few, else in a temporary file."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from troupe.rdd._chunks import unpacked

_MEMORY = 64 << 20
_LENGTH = struct.Struct(">q")


class Spool:
    """Objects in chunks, as often as one likes; `objects` is their number."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 - it lives as long as the spool
        self.objects = 0

    def add(self, chunk: bytes) -> None:
        self.objects += len(unpacked(chunk))
        self._file.write(_LENGTH.pack(len(chunk)))
        self._file.write(chunk)

    def __iter__(self) -> Iterator[Any]:
        place, end = 0, self._file.tell()
        while place < end:
            self._file.seek(place)
            (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
            chunk = self._file.read(length)
            place = self._file.tell()
            yield from unpacked(chunk)
        self._file.seek(0, 2)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def split_sides(chunks: Iterator[tuple[int, bytes]], sides: int) -> list[Spool]:
    """The chunks of each input of an operation, all read."""
    spools = [Spool() for _ in range(sides)]
    for side, chunk in chunks:
        spools[side].add(chunk)
    return spools

"""Grouping and sorting of more objects than a worker may hold: parts of them go to temporary files and come back."""

from __future__ import annotations

import heapq
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, cast

from troupe.rdd._chunks import chunks, unpacked

_BUCKETS = 32
_CHECK_EVERY = 2_000
_LENGTH_BYTES = 8
_PAGE = os.sysconf("SC_PAGE_SIZE")
_DEEPEST = 3


def resident_bytes() -> int:
    """Memory of this process; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as numbers:
            return int(numbers.read().split()[1]) * _PAGE
    except OSError:
        return 0


class MemoryBound:
    """Says when a growing collection has taken its share: what the process has grown by since it began."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._start = resident_bytes()
        self._until_check = _CHECK_EVERY

    def is_reached(self) -> bool:
        """To be asked for each object; looks only now and then."""
        self._until_check -= 1
        if self._until_check > 0:
            return False
        self._until_check = _CHECK_EVERY
        return resident_bytes() - self._start > self._most

    def relax(self) -> None:
        """What was held is gone; the allocator may keep its pages, so growth counts from here."""
        self._start = resident_bytes() - self._most // 2


def _scratch() -> BinaryIO:
    return cast(BinaryIO, tempfile.TemporaryFile())


def _write(file: BinaryIO, objects: Iterable[Any]) -> None:
    for chunk in chunks(objects):
        file.write(len(chunk).to_bytes(_LENGTH_BYTES, "big"))
        file.write(chunk)


def _read(file: BinaryIO) -> Iterator[Any]:
    file.seek(0)
    while header := file.read(_LENGTH_BYTES):
        yield from unpacked(file.read(int.from_bytes(header, "big")))


class Combining:
    """Values of equal keys made one.

    `create(value)` begins a key's combiner, `merge(combiner, value)` adds to it, `join(combiner, combiner)` makes one of two.
    """

    def __init__(
        self,
        create: Callable[[Any], Any],
        merge: Callable[[Any, Any], Any],
        join: Callable[[Any, Any], Any],
        most_bytes: int,
    ) -> None:
        self._create = create
        self._merge = merge
        self._join = join
        self._most = most_bytes

    def partial(self, pairs: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        """Before an exchange: hands on what it has whenever that is much."""
        bound, held = MemoryBound(self._most), {}  # type: ignore[var-annotated]
        create, merge = self._create, self._merge
        for key, value in pairs:
            held[key] = merge(held[key], value) if key in held else create(value)
            if bound.is_reached():
                yield from held.items()
                held.clear()
                bound.relax()
        yield from held.items()

    def of_values(self, pairs: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        """All of it, from values."""
        return self._whole(pairs, self._create, self._merge, 0)

    def of_combiners(self, pairs: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        """All of it, from combiners that [partial] made."""
        return self._whole(pairs, _same, self._join, 0)

    def _whole(
        self, pairs: Iterator[Any], create: Callable[[Any], Any], merge: Callable[[Any, Any], Any], depth: int
    ) -> Iterator[tuple[Any, Any]]:
        bound, held = MemoryBound(self._most), {}  # type: ignore[var-annotated]
        files: list[BinaryIO] = []
        try:
            for key, value in pairs:
                held[key] = merge(held[key], value) if key in held else create(value)
                if bound.is_reached() and depth < _DEEPEST:
                    files = files or [_scratch() for _ in range(_BUCKETS)]
                    self._spill(held, files, depth)
                    bound.relax()
            if not files:
                yield from held.items()
                return
            self._spill(held, files, depth)
            for file in files:
                yield from self._whole(_read(file), _same, self._join, depth + 1)
                file.close()
        finally:
            for file in files:
                file.close()

    @staticmethod
    def _spill(held: dict[Any, Any], files: list[BinaryIO], depth: int) -> None:
        buckets: list[list[Any]] = [[] for _ in files]
        for key, value in held.items():
            buckets[hash((hash(key), depth)) % _BUCKETS].append((key, value))
        for file, bucket in zip(files, buckets, strict=True):
            _write(file, bucket)
        held.clear()


def _same(value: Any) -> Any:
    return value


def ordered(objects: Iterator[Any], key: Callable[[Any], Any], reverse: bool, most_bytes: int) -> Iterator[Any]:
    """Sorted, equal keys in the order in which they came."""
    bound, held = MemoryBound(most_bytes), []
    runs: list[BinaryIO] = []
    try:
        for item in objects:
            held.append(item)
            if bound.is_reached():
                held.sort(key=key, reverse=reverse)
                runs.append(_scratch())
                _write(runs[-1], held)
                held = []
                bound.relax()
        held.sort(key=key, reverse=reverse)
        if not runs:
            yield from held
            return
        yield from heapq.merge(*(_read(run) for run in runs), held, key=key, reverse=reverse)
    finally:
        for run in runs:
            run.close()

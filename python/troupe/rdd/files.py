"""Files as the source of RDDs: which parts of them make partitions, and how a worker reads a part.

Splits are those of Hadoop's `FileInputFormat`: a goal of the total size by the wished number of partitions, at most a block
(32 MiB), and the last piece may be a tenth larger. A line belongs to the split in which its first byte lies.
"""

from __future__ import annotations

import bz2
import glob
import gzip
import lzma
import os
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlparse

from troupe.errors import PySparkValueError
from troupe.rdd._chunks import unpacked

_BLOCK = 32 << 20
_SLOP = 1.1
_BUFFER = 1 << 20
_COMPRESSED = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_LENGTH_BYTES = 8


class FilePart(NamedTuple):
    """Bytes `start` to `end` of a file."""

    path: str
    start: int
    end: int


def local_path(path: str) -> str:
    """The path in the file system that a path or `file:` address names.

    :raises PySparkValueError: for another scheme
    """
    parsed = urlparse(path)
    if parsed.scheme == "file":
        return unquote(parsed.path)
    if parsed.scheme and "://" in path:
        raise PySparkValueError(
            message=f"{path}: the scheme {parsed.scheme!r} cannot be read by an RDD. "
            "Give a path of a file system that all nodes share."
        )
    return path


def found(paths: str) -> list[str]:
    """The files of comma-separated paths, folders and globs; hidden ones are left out.

    :raises PySparkValueError: where there are none, naming the path
    """
    files: list[str] = []
    for path in paths.split(","):
        place = os.path.abspath(local_path(path.strip()))
        matches = sorted(glob.glob(place)) if glob.has_magic(place) else [place] if os.path.exists(place) else []
        if not matches:
            kind = "Input Pattern" if glob.has_magic(place) else "Input path"
            problem = (
                f"{kind} file:{place} matches 0 files"
                if glob.has_magic(place)
                else f"{kind} does not exist: file:{place}"
            )
            raise PySparkValueError(message=problem)
        for match in matches:
            if os.path.isdir(match):
                inside = sorted(name for name in os.listdir(match) if not name.startswith(("_", ".")))
                files += [os.path.join(match, name) for name in inside if os.path.isfile(os.path.join(match, name))]
            else:
                files.append(match)
    return files


def parts(files: list[str], wanted: int) -> list[FilePart]:
    """Pieces of about equal size, about as many as wanted."""
    sizes = [os.path.getsize(file) for file in files]
    piece = max(1, min(sum(sizes) // max(1, wanted), _BLOCK))
    pieces: list[FilePart] = []
    for file, size in zip(files, sizes, strict=True):
        start = 0
        if os.path.splitext(file)[1] not in _COMPRESSED:
            while (size - start) / piece > _SLOP:
                pieces.append(FilePart(file, start, start + piece))
                start += piece
        if start < size or size == 0:
            pieces.append(FilePart(file, start, size))
    return pieces


def packed_whole(files: list[str], wanted: int) -> list[list[str]]:
    """Whole files in groups of about equal size, in their order."""
    sizes = [os.path.getsize(file) for file in files]
    most = max(1, -(-sum(sizes) // max(1, wanted)))
    groups: list[list[str]] = []
    held = most
    for file, size in zip(files, sizes, strict=True):
        if held + size > most and held > 0 or not groups:
            groups.append([])
            held = 0
        groups[-1].append(file)
        held += size
    return groups


def opened(path: str) -> BinaryIO:
    """The file's content, decompressed by its name's ending."""
    opener = _COMPRESSED.get(os.path.splitext(path)[1])
    return cast(BinaryIO, opener(path, "rb")) if opener else open(path, "rb", buffering=_BUFFER)


def lines(pieces: Iterator[FilePart], unicode: bool) -> Iterator[Any]:
    """The lines that begin in the pieces, without their ends."""
    for piece in pieces:
        for line in _raw_lines(piece):
            yield line.decode("utf-8", "replace") if unicode else line


def _raw_lines(piece: FilePart) -> Iterator[bytes]:
    whole = os.path.splitext(piece.path)[1] in _COMPRESSED
    with opened(piece.path) as file:
        position = piece.start
        if position:
            file.seek(position - 1)
            position += len(file.readline()) - 1
        while whole or position < piece.end:
            line = file.readline()
            if not line:
                return
            position += len(line)
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            if b"\r" in line:
                yield from line.split(b"\r")
            else:
                yield line


def address(path: str) -> str:
    """How a file is named beside its content."""
    return f"file:{path}"


def whole_texts(paths: Iterator[str], unicode: bool) -> Iterator[tuple[str, Any]]:
    for path, content in whole_files(paths):
        yield path, content.decode("utf-8", "replace") if unicode else content


def whole_files(paths: Iterator[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with opened(path) as file:
            yield address(path), file.read()


def records(pieces: Iterator[FilePart], length: int) -> Iterator[bytes]:
    """Records of a fixed length that begin in the pieces."""
    for piece in pieces:
        with open(piece.path, "rb", buffering=_BUFFER) as file:
            place = -(-piece.start // length) * length
            file.seek(place)
            while place < piece.end and len(record := file.read(length)) == length:
                place += length
                yield record


def write_chunks(file: BinaryIO, chunks: Iterator[bytes]) -> None:
    """Chunks of pickled objects, each after its length."""
    for chunk in chunks:
        file.write(len(chunk).to_bytes(_LENGTH_BYTES, "big"))
        file.write(chunk)


def pickled(paths: Iterator[str]) -> Iterator[Any]:
    """The objects that [write_chunks] wrote."""
    for path in paths:
        with open(path, "rb", buffering=_BUFFER) as file:
            while header := file.read(_LENGTH_BYTES):
                size = int.from_bytes(header, "big")
                chunk = file.read(size)
                if len(header) < _LENGTH_BYTES or len(chunk) < size:
                    raise PySparkValueError(
                        message=f"{path} is cut off: it was not written by saveAsPickleFile, or not to its end"
                    )
                yield from unpacked(chunk)

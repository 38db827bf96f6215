"""RDDs to files: each partition a part file, committed by the driver once all are there."""

from __future__ import annotations

import bz2
import gzip
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, cast

from troupe.errors import PySparkNotImplementedError, PySparkValueError
from troupe.rdd._chunks import chunks
from troupe.rdd.files import local_path, write_chunks
from troupe.taskcontext import TaskContext

_Base: Any = object
_CODECS: dict[str, tuple[str, Callable[..., Any]]] = {
    "GzipCodec": (".gz", gzip.open),
    "BZip2Codec": (".bz2", bz2.open),
}


def _text_lines(file: BinaryIO, objects: Iterator[Any]) -> None:
    for item in objects:
        text = item if isinstance(item, (str, bytes)) else str(item)
        file.write(text.encode("utf-8") if isinstance(text, str) else text)
        file.write(b"\n")


def _pickles(file: BinaryIO, objects: Iterator[Any]) -> None:
    write_chunks(file, chunks(objects))


class _PartWriter:
    """Writes a partition under a name of its attempt, and tells that name."""

    def __init__(
        self, folder: str, ending: str, opener: Callable[..., Any], write: Callable[[BinaryIO, Iterator[Any]], None]
    ) -> None:
        self._folder = folder
        self._ending = ending
        self._opener = opener
        self._write = write

    def __call__(self, split: int, objects: Iterator[Any]) -> Iterable[tuple[str, str]]:
        context = TaskContext.get()
        attempt = context.attemptNumber() if context else 0
        written = os.path.join(self._folder, f"attempt-{split}-{attempt}-{uuid.uuid4().hex}")
        os.makedirs(self._folder, exist_ok=True)
        with self._opener(written, "wb") as file:
            self._write(cast(BinaryIO, file), objects)
        return [(written, f"part-{split:05d}{self._ending}")]


class Saving(_Base):
    """Part of RDD."""

    def saveAsTextFile(self, path: str, compressionCodecClass: str | None = None) -> None:
        """A folder of part files with a line for each object; what is no text is written as `str` shows it.

        :raises PySparkValueError: when the folder exists, or the codec is not known
        """
        ending, opener = "", cast(Callable[..., Any], open)
        if compressionCodecClass is not None:
            known = _CODECS.get(compressionCodecClass.rpartition(".")[2])
            if known is None:
                raise PySparkValueError(
                    message=f"The codec {compressionCodecClass} is not known; there are {', '.join(sorted(_CODECS))} "
                    "of org.apache.hadoop.io.compress."
                )
            ending, opener = known
        self._save(path, ending, opener, _text_lines)

    def saveAsPickleFile(self, path: str, batchSize: int = 10) -> None:
        """A folder of part files that `SparkContext.pickleFile` reads."""
        self._save(path, "", open, _pickles)

    def _save(
        self, path: str, ending: str, opener: Callable[..., Any], write: Callable[[BinaryIO, Iterator[Any]], None]
    ) -> None:
        target = os.path.abspath(local_path(path))
        if os.path.exists(target):
            raise PySparkValueError(
                message=f"Output directory file:{target} already exists. Remove it, or give another path."
            )
        staging = os.path.join(target, f"_temporary-{uuid.uuid4().hex}")
        os.makedirs(staging)
        try:
            written = self.mapPartitionsWithIndex(_PartWriter(staging, ending, opener, write)).collect()
            for name, final in written:
                os.replace(name, os.path.join(target, final))
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
        shutil.rmtree(staging)
        with open(os.path.join(target, "_SUCCESS"), "wb"):
            pass

    def saveAsHadoopFile(
        self,
        path: str,
        outputFormatClass: str,
        keyClass: str | None = None,
        valueClass: str | None = None,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
        compressionCodecClass: str | None = None,
    ) -> None:
        raise _no_hadoop("saveAsHadoopFile")

    def saveAsNewAPIHadoopFile(
        self,
        path: str,
        outputFormatClass: str,
        keyClass: str | None = None,
        valueClass: str | None = None,
        keyConverter: str | None = None,
        valueConverter: str | None = None,
        conf: dict[str, str] | None = None,
    ) -> None:
        raise _no_hadoop("saveAsNewAPIHadoopFile")

    def saveAsHadoopDataset(
        self, conf: dict[str, str], keyConverter: str | None = None, valueConverter: str | None = None
    ) -> None:
        raise _no_hadoop("saveAsHadoopDataset")

    def saveAsNewAPIHadoopDataset(
        self, conf: dict[str, str], keyConverter: str | None = None, valueConverter: str | None = None
    ) -> None:
        raise _no_hadoop("saveAsNewAPIHadoopDataset")

    def saveAsSequenceFile(self, path: str, compressionCodecClass: str | None = None) -> None:
        raise _no_hadoop("saveAsSequenceFile")


def _no_hadoop(what: str) -> PySparkNotImplementedError:
    return PySparkNotImplementedError(
        message=f"{what} needs Hadoop's classes, which are not here. Use saveAsTextFile, saveAsPickleFile or DataFrame.write."
    )

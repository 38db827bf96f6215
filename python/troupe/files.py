"""Files that the script gives its functions: `addFile`, `addPyFile`, `addArchive`.

They are copied into the driver's folder and attached to the application. Each pickled function carries the list of those that
there are when it is used; a worker fetches them from its executor before it unpickles the function.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import sys
import tempfile
import threading
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from troupe.errors import PySparkRuntimeError, PySparkValueError

if TYPE_CHECKING:
    from troupe.context import SparkContext

__all__ = ["SparkFiles"]

_MODULES = (".zip", ".egg", ".jar", ".whl")


class Attached(NamedTuple):
    """An attached file: its number, its path below the root, and `file`, `py` or `archive`."""

    number: int
    name: str
    kind: str
    folder: str


class SparkFiles:
    """Where files that were added lie, on the driver and in functions."""

    _root_directory: ClassVar[str | None] = None
    _is_running_on_worker: ClassVar[bool] = False

    @classmethod
    def get(cls, filename: str) -> str:
        """The path of a file on this machine."""
        return os.path.join(cls.getRootDirectory(), filename)

    @classmethod
    def getRootDirectory(cls) -> str:
        """The folder of the added files.

        :raises PySparkRuntimeError: where there is no application
        """
        if cls._root_directory is not None:
            return cls._root_directory
        from troupe.context import SparkContext

        context = SparkContext._active_spark_context
        if context is None:
            raise PySparkRuntimeError(
                message="There are no added files here: no SparkContext is running, or none was added before this function."
            )
        return context._files().root


class AttachedFiles:
    """The driver's side."""

    def __init__(self, context: SparkContext) -> None:
        self._context = context
        self.root = context._attached_folder("userFiles")
        self._lock = threading.Lock()
        self._files: dict[str, Attached] = {}
        self._given: dict[str, tuple[str, str]] = {}

    def add(self, path: str, kind: str, recursive: bool = False) -> str:
        """Copies a file, or with `recursive` a folder, and attaches it; gives the copy's path.

        :raises PySparkValueError: when it is not there, is a folder, or another one of its name was added
        """
        from troupe.rdd.files import local_path

        place, _, alias = path.partition("#") if kind == "archive" else (path, "", "")
        source = os.path.abspath(local_path(place))
        if not os.path.exists(source):
            raise PySparkValueError(message=f"Added file file:{source} does not exist.")
        if os.path.isdir(source) and not recursive:
            raise PySparkValueError(
                message=f"Added file file:{source} is a directory and recursive is not turned on. Use recursive=True."
            )
        name = os.path.basename(source)
        with self._lock:
            known, _ = self._given.setdefault(alias or name, (source, kind))
            if known != source:
                raise PySparkValueError(
                    message=f"A file {name} was added before from {known}; the name can be used once. Rename one of them."
                )
            inside = f".archives/{name}" if kind == "archive" else name
            target = os.path.join(self.root, inside)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.isdir(source):
                shutil.copytree(source, target, dirs_exist_ok=True)
                for folder, _, files in os.walk(target):
                    for file in files:
                        self._attach(os.path.relpath(os.path.join(folder, file), self.root), kind, "")
            else:
                shutil.copyfile(source, target)
                self._attach(inside, kind, alias or name)
        return _unpacked(target, os.path.join(self.root, alias or name)) if kind == "archive" else target

    def addresses(self, archives: bool) -> list[str]:
        """The addresses of the archives that were added, or of the other files."""
        from troupe.rdd.files import address

        return [address(source) for source, kind in self._given.values() if (kind == "archive") == archives]

    def _attach(self, name: str, kind: str, folder: str) -> None:
        number = self._context._request("attachment.add", path=os.path.join(self.root, name))["attachment"]
        self._files[name] = Attached(number, name, kind, folder)

    def wrapped(self, command: bytes) -> bytes:
        """A pickle that fetches the files and then is what the given pickle is."""
        if not self._files:
            return command
        return pickle.dumps(_Carrier(list(self._files.values()), command))


class _Carrier:
    def __init__(self, files: list[Attached], command: bytes) -> None:
        self._files = files
        self._command = command

    def __reduce__(self) -> Any:
        return _arrived, ([tuple(file) for file in self._files], self._command)


def with_files(command: bytes) -> bytes:
    """A pickled function with the files that the running application has added."""
    context = getattr(sys.modules.get("troupe.context"), "SparkContext", None)
    running = context and context._active_spark_context
    if running is None or running._attached is None:
        return command
    return running._attached.wrapped(command)


def add_module(path: str) -> None:
    """Makes a module file, or a package file, importable."""
    place = path if path.endswith(_MODULES) else os.path.dirname(path)
    if place not in sys.path:
        sys.path.insert(1, place)
        import importlib

        importlib.invalidate_caches()


def _arrived(files: list[tuple[int, str, str, str]], command: bytes) -> Any:
    """In a worker: has the files fetched, and gives the function."""
    from troupe.worker import attachments

    if not attachments.in_worker():
        return pickle.loads(command)
    for each in files:
        file = Attached(*each)
        path = attachments.path(file.number, file.name)
        SparkFiles._root_directory = path.removesuffix(file.name).rstrip("/")
        SparkFiles._is_running_on_worker = True
        if file.kind == "py":
            add_module(path)
        elif file.kind == "archive":
            _unpacked(path, os.path.join(SparkFiles._root_directory, file.folder))
    return pickle.loads(command)


def _unpacked(archive: str, target: str) -> str:
    """Unpacks an archive into a folder beside it, once for all processes of the node."""
    if os.path.isdir(target):
        return target
    temporary = tempfile.mkdtemp(dir=os.path.dirname(target), prefix=".unpacking-")
    shutil.unpack_archive(archive, temporary)
    with contextlib.suppress(OSError):  # another process was faster
        os.rename(temporary, target)
    shutil.rmtree(temporary, ignore_errors=True)
    return target

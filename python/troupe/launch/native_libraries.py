"""The compressors' machine code, unpacked beside the jars once. Left to themselves, the libraries unpack it anew in each JVM
(and one of them compares every byte afterwards), which takes a tenth to half a second of the first query over such a file.

Where a library is not unpacked, or the machine is not one of those known here, the JVM's own way stays.
"""

from __future__ import annotations

import os
import platform
import zipfile
from dataclasses import dataclass
from pathlib import Path

from troupe.launch import layout

_MACHINES = {"x86_64": ("x86_64", "amd64"), "aarch64": ("aarch64", "aarch64")}


@dataclass(frozen=True)
class _Library:
    """`jar` begins the jar's name; `entry` is the folder in it, with the machine's name still open; `file` begins the file's."""

    jar: str
    entry: str
    file: str

    def unpacked(self, jar: Path, folder: Path) -> Path:
        return folder / jar.stem / f"{self.file}.so"


_SNAPPY = _Library("snappy-java-", "org/xerial/snappy/native/Linux/{0}/", "libsnappyjava")
_ZSTD = _Library("zstd-jni-", "linux/{1}/", "libzstd-jni")


def _is_known_machine() -> bool:
    return platform.system() == "Linux" and platform.machine() in _MACHINES and platform.libc_ver()[0] == "glibc"


def _places(runtime: layout.Runtime) -> dict[_Library, tuple[Path, Path]]:
    """Each library's jar, and where its machine code is put."""
    folder = runtime.folder / "native"
    return {
        library: (jar, library.unpacked(jar, folder))
        for library in (_SNAPPY, _ZSTD)
        for jar in runtime.jars
        if jar.name.startswith(library.jar)
    }


def unpack(runtime: layout.Runtime) -> None:
    """Unpacks what is not there yet. Another process may do the same: a file appears whole, by its renaming."""
    missing = {library: places for library, places in _places(runtime).items() if not places[1].exists()}
    if not missing or not _is_known_machine():
        return
    for library, (jar, target) in missing.items():
        prefix = library.entry.format(*_MACHINES[platform.machine()]) + library.file
        with zipfile.ZipFile(jar) as archive:
            content = next((archive.read(name) for name in archive.namelist() if name.startswith(prefix)), None)
        if content is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(f".{os.getpid()}-{target.name}")
            unfinished.write_bytes(content)
            unfinished.replace(target)


def properties(runtime: layout.Runtime) -> list[str]:
    """The JVM's arguments that point each library to its unpacked file."""
    arguments = []
    for library, (_, file) in _places(runtime).items():
        if file.exists():
            if library is _SNAPPY:
                arguments += [
                    f"-Dorg.xerial.snappy.lib.path={file.parent}",
                    f"-Dorg.xerial.snappy.lib.name={file.name}",
                ]
            else:
                arguments.append(f"-DZstdNativePath={file}")
    return arguments

"""Whether the built jars are those of the sources: a cheap listing first, contents only when the listing differs."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from troupe.launch import layout


@dataclass(frozen=True)
class Stamp:
    """What a build was made from. `listing` covers names, sizes and times; `content` the bytes."""

    folder: str
    listing: str
    content: str


def _inputs(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file that the jars are made of, in a fixed order."""
    modules = [root / "pom.xml", *sorted(root.glob("*/pom.xml"))]
    for pom in modules:
        yield str(pom), pom.stat()
        if pom.parent != root:
            yield from _walk(pom.parent / "src" / "main")


def _walk(folder: Path | str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda e: e.name)
    except FileNotFoundError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry.path, entry.stat()


def listing(root: Path) -> str:
    digest = hashlib.sha256()
    for path, status in _inputs(root):
        digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return digest.hexdigest()


def content(root: Path) -> str:
    digest = hashlib.sha256()
    for path, _ in _inputs(root):
        digest.update(os.path.relpath(path, root).encode() + b"\0")
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()


def read(root: Path) -> Stamp | None:
    try:
        return Stamp(**json.loads(layout.stamp_file(root).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write(root: Path, stamp: Stamp) -> None:
    file = layout.stamp_file(root)
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(asdict(stamp)))
    temporary.replace(file)


def is_fresh(root: Path) -> bool:
    """True when the jars exist and are those of the sources; a mere change of times is noted and forgiven."""
    stamp = read(root)
    if stamp is None or not (root / "build" / stamp.folder / "jars").is_dir():
        return False
    now = listing(root)
    if now == stamp.listing:
        return True
    if content(root) != stamp.content:
        return False
    write(root, Stamp(stamp.folder, now, stamp.content))
    return True

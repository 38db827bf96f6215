"""The private temporary folder through which client and JVM find each other while the JVM starts.

It is mode 0700 and lives for the start-up only. A client that is killed in between leaves it behind; the next start takes
those away. The owner holds a lock on a file inside, which the kernel drops with the process, so a living client's folder is
never taken however old it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be removed there, which is the same protection
    fcntl = None  # type: ignore[assignment]

_PREFIX = "troupe-start-"
_OWNER = "owner"
_GRACE_SECONDS = 60.0


class PrivateFolder:
    """A temporary folder of this process; `close` removes it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._owner: IO[bytes] = open(self.path / _OWNER, "wb")  # noqa: SIM115 - held open as the lock
        if fcntl is not None:
            fcntl.flock(self._owner, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        self._owner.close()
        shutil.rmtree(self.path, ignore_errors=True)


def clean_stale() -> int:
    """Removes the folders of dead clients of this user; returns how many."""
    removed = 0
    base = Path(tempfile.gettempdir())
    with os.scandir(base) as entries:
        found = [Path(e.path) for e in entries if e.name.startswith(_PREFIX) and _is_mine(e)]
    for folder in found:
        if _is_dead(folder):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def _is_mine(entry: os.DirEntry[str]) -> bool:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return mine and entry.is_dir(follow_symlinks=False) and time.time() - status.st_mtime > _GRACE_SECONDS


def _is_dead(folder: Path) -> bool:
    try:
        with open(folder / _OWNER, "ab") as owner:
            if fcntl is not None:
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""One set-up at a time in a checkout: a second one waits for the first, then finds the work done."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from troupe.cli.say import say


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Holds the folder's set-up lock. The kernel drops it with the process, so a killed set-up leaves none behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".setup.lock", "a") as lock:
        if os.name != "nt":
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("another set-up is under way in this checkout; waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield

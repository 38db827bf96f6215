"""A lock of a file: who asks for it stands still until the gate is opened, or until the process that made it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Gate:
    """Shut when it is made. Others pass with ``fcntl.flock(file, fcntl.LOCK_SH)``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: int | None = os.open(path, os.O_CREAT | os.O_RDWR)
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def open(self) -> None:
        """Lets all pass from now on."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

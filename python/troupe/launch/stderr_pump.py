"""Reads what the JVM writes: keeps the last lines for error messages, passes the rest on once the JVM is up."""

from __future__ import annotations

import collections
import contextlib
import os
import subprocess
import sys
import threading

_KEPT_LINES = 40
_KEPT_CHARACTERS = 400


class StderrPump:
    """One daemon thread a JVM. Until `forward` the lines are only kept, so that a failed start is told once."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self._source = process.stdout
        self._tail: collections.deque[str] = collections.deque(maxlen=_KEPT_LINES)
        self._lock = threading.Lock()
        self._forwarding = False
        self._thread = threading.Thread(target=self._run, name="troupe-jvm-stderr", daemon=True)
        self._thread.start()

    def forward(self) -> None:
        """From now on lines go to this process's stderr; those kept so far go first."""
        with self._lock:
            self._forwarding = True
            for line in self._tail:
                _write(line.encode() + b"\n")

    def tail(self) -> str:
        with self._lock:
            return "\n".join(self._tail)

    def finish(self) -> None:
        """Waits until the dead JVM's last lines are read."""
        self._thread.join(timeout=2.0)

    def _run(self) -> None:
        descriptor = self._source.fileno()
        rest = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(descriptor, 65536):
                *lines, rest = (rest + chunk).split(b"\n")
                self._take(lines)
                if len(rest) > 1 << 20:
                    self._take([rest])
                    rest = b""
        if rest:
            self._take([rest])

    def _take(self, lines: list[bytes]) -> None:
        with self._lock:
            for line in lines:
                self._tail.append(line.decode(errors="replace")[:_KEPT_CHARACTERS])
            if self._forwarding and lines:
                _write(b"\n".join(lines) + b"\n")


def _write(data: bytes) -> None:
    """Through `sys.stderr`, so that notebooks and test captures see it; a closed stderr loses the line, nothing else."""
    stream = sys.stderr
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError):
        stream.write(data.decode(errors="replace"))
        stream.flush()

"""Looks, many times a second, at what the user's functions are doing: for a flame graph of them.

The samples are weighed by the time since the one before, as C code that holds the interpreter's lock holds up the looking too.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_EVERY_SECONDS = 0.005
_MOST_FRAMES = 64
_MOST_CHARACTERS = 32_000
_CONVERSION = "(rows to Python and back)"
_RARE = "(seen rarely)"

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OURS = os.path.join(_PACKAGE, "")
_LIBRARIES = ("pyarrow/", "pandas/", "numpy/")
"""What the worker itself calls for the sake of the rows, and no user's function begins in."""
_IMPORTING = "<frozen importlib"
_PIPES = os.path.join(_PACKAGE, "worker", "frames.py")


@contextmanager
def sampled(wanted: bool) -> Iterator[dict[str, int]]:
    """Samples what runs within, where that is wanted.

    What it gives is filled at the end: nanoseconds by stack, a stack being the names of frames from the outermost of the user's,
    divided by `;`.
    """
    stacks: dict[str, int] = {}
    sampler = _Sampler() if wanted else None
    try:
        yield stacks
    finally:
        if sampler is not None:
            stacks.update(sampler.stop())


class _Sampler:
    """Samples the thread that makes it, from then on until it is stopped."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._nanos: dict[tuple[str, ...], int] = {}
        self._names: dict[object, str] = {}
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, name="troupe-sampler", daemon=True)
        self._looker.start()

    def stop(self) -> dict[str, int]:
        self._over.set()
        self._looker.join()
        told: dict[str, int] = {}
        rare = 0
        left = _MOST_CHARACTERS
        for stack, nanos in sorted(self._nanos.items(), key=lambda item: -item[1]):
            text = ";".join(stack)
            left -= len(text)
            if left < 0:
                rare += nanos
            else:
                told[text] = told.get(text, 0) + nanos
        if rare:
            told[_RARE] = rare
        return told

    def _look(self) -> None:
        before = time.perf_counter_ns()
        while not self._over.wait(_EVERY_SECONDS):
            frame = sys._current_frames().get(self._thread)
            now = time.perf_counter_ns()
            stack = self._stack(frame)
            if stack:
                self._nanos[stack] = self._nanos.get(stack, 0) + now - before
            before = now

    def _stack(self, frame: FrameType | None) -> tuple[str, ...]:
        """The user's part of a stack; none while the worker waits at its pipes."""
        frames: list[FrameType] = []
        while frame is not None:
            frames.append(frame)
            frame = frame.f_back
        if not frames or frames[0].f_code.co_filename == _PIPES:
            return ()
        frames = [one for one in reversed(frames) if not one.f_code.co_filename.startswith(_IMPORTING)]
        ours = next((i for i, one in enumerate(frames) if _is_ours(one)), 0)
        users = next((i for i in range(ours, len(frames)) if not _is_ours(frames[i])), len(frames))
        names = tuple(self._name(one) for one in frames[users : users + _MOST_FRAMES])
        if not names or _short(frames[users].f_code.co_filename).startswith(_LIBRARIES):
            return (_CONVERSION,)
        return names

    def _name(self, frame: FrameType) -> str:
        code = frame.f_code
        if code not in self._names:
            place = f"{_short(code.co_filename)}:{code.co_firstlineno}"
            self._names[code] = f"{code.co_qualname} ({place})".replace(";", ",")
        return self._names[code]


def _is_ours(frame: FrameType) -> bool:
    return os.path.abspath(frame.f_code.co_filename).startswith(_OURS)


def _short(file: str) -> str:
    """The end of a path that tells files apart: from the package on for what is installed, else the name."""
    for room in ("site-packages", "dist-packages", f"python{sys.version_info.major}.{sys.version_info.minor}"):
        _, found, rest = file.rpartition(os.sep + room + os.sep)
        if found:
            return rest
    return os.path.basename(file)

"""Frames on the worker's pipes."""

from __future__ import annotations

import collections
import contextlib
import os
import struct
import sys
from typing import Any

_HEADER = struct.Struct(">ic")
MAX_FRAME = (1 << 31) - 1
_TRUSTED = 1 << 24


class ClosedPipeError(Exception):
    """The JVM closed its end: there is nobody to work for."""


class Frames:
    """Blocking frames over two descriptors."""

    def __init__(self, source: int, sink: int) -> None:
        self._source = source
        self._sink = sink
        self._waiting: collections.deque[tuple[bytes, memoryview]] = collections.deque()

    def forsake(self) -> None:
        """In a process that a user's function forked: the conversation stays its parent's."""
        for descriptor in {self._source, self._sink} - {-1}:
            with contextlib.suppress(OSError):  # the function may have closed it
                os.close(descriptor)
        self._source = self._sink = -1

    def _ensure_own(self) -> None:
        if self._sink < 0:
            print(
                "A process that was forked by a function must end in it: it is no worker.", file=sys.stderr, flush=True
            )
            os._exit(1)

    def read(self) -> tuple[bytes, memoryview]:
        """The next frame's kind and payload."""
        self._ensure_own()
        return self._waiting.popleft() if self._waiting else self._next()

    def ask(self, wish: bytes) -> memoryview:
        """Sends a wish for an attached file and waits for the answer; frames that come before it are read later."""
        self.write(b"N", wish)
        while True:
            kind, payload = self._next()
            if kind == b"P":
                return payload
            self._waiting.append((kind, payload))

    def _next(self) -> tuple[bytes, memoryview]:
        length, kind = _HEADER.unpack(self._exactly(_HEADER.size))
        if length < 0:
            raise ClosedPipeError(f"a frame of {length} bytes")
        return kind, self._exactly(length)

    def _exactly(self, count: int) -> memoryview:
        content = bytearray(min(count, _TRUSTED))
        self._fill(content, 0)
        while len(content) < count:  # memory follows the bytes that have come, not the length that was claimed
            filled = len(content)
            content.extend(bytes(min(count - filled, filled)))
            self._fill(content, filled)
        return memoryview(content)

    def _fill(self, content: bytearray, filled: int) -> None:
        with memoryview(content) as buffer:
            while filled < len(buffer):
                got = os.readv(self._source, [buffer[filled:]])
                if got == 0:
                    raise ClosedPipeError("the pipe ended")
                filled += got

    def write(self, kind: bytes, payload: Any = b"") -> None:
        """Sends one frame."""
        self._ensure_own()
        body = memoryview(payload).cast("B")
        if len(body) > MAX_FRAME:
            raise ValueError(f"a batch of {len(body)} bytes is too large for the pipe; return smaller batches")
        pieces = [memoryview(_HEADER.pack(len(body), kind)), body]
        while pieces:
            sent = os.writev(self._sink, pieces)
            while pieces and sent >= len(pieces[0]):
                sent -= len(pieces[0])
                pieces.pop(0)
            if sent:
                pieces[0] = pieces[0][sent:]

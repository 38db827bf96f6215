"""What PySpark's tests import from here: equality, base classes, waiting, and which optional packages are there."""

from __future__ import annotations

import struct
from typing import Any

from troupe.testing.cases import (
    PySparkBaseTestCase,
    PySparkErrorTestUtils,
    PySparkTestCase,
    QuietTest,
    ReusedPySparkTestCase,
)
from troupe.testing.equality import _context_diff, assertDataFrameEqual, assertSchemaEqual
from troupe.testing.requirements import *  # noqa: F403
from troupe.testing.requirements import have_package
from troupe.testing.waiting import eventually, timeout

__all__ = ["assertDataFrameEqual", "assertSchemaEqual"]

_ALSO_HERE = (
    PySparkBaseTestCase,
    PySparkErrorTestUtils,
    PySparkTestCase,
    QuietTest,
    ReusedPySparkTestCase,
    _context_diff,
    eventually,
    have_package,
    timeout,
)


class ByteArrayOutput:
    """A stream that keeps what is written to it."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def write(self, b: Any) -> None:
        self.buffer += b

    def close(self) -> None:
        """Nothing is open."""


def read_int(b: bytes) -> int:
    return int(struct.unpack("!i", b)[0])


def write_int(i: int) -> bytes:
    return struct.pack("!i", i)

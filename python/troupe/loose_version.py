"""LooseVersion: versions that compare by their numbers, whatever else is in them."""

from __future__ import annotations

import functools
import re
from typing import Any

__all__ = ["LooseVersion"]

_PARTS = re.compile(r"(\d+|[a-z]+|\.)", re.ASCII)


@functools.total_ordering
class LooseVersion:
    """A version as a list of numbers and words, compared in order."""

    def __init__(self, vstring: str | None = None) -> None:
        if vstring:
            self.parse(vstring)

    def parse(self, vstring: str) -> None:
        self.vstring = vstring
        parts = [part for part in _PARTS.split(vstring) if part and part != "."]
        self.version: list[Any] = [int(part) if part.isdigit() else part for part in parts]

    def __str__(self) -> str:
        return self.vstring

    def __repr__(self) -> str:
        return f"LooseVersion ('{self}')"

    def _parts(self, other: Any) -> Any:
        return LooseVersion(other).version if isinstance(other, str) else getattr(other, "version", None)

    def __eq__(self, other: object) -> bool:
        parts = self._parts(other)
        return NotImplemented if parts is None else self.version == parts

    def __lt__(self, other: Any) -> bool:
        parts = self._parts(other)
        return NotImplemented if parts is None else self.version < parts

    __hash__ = None  # type: ignore[assignment]

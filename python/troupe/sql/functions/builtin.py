"""The module in which PySpark defines its functions: here, all of `troupe.sql.functions`."""

from __future__ import annotations

from typing import Any

from troupe.sql import functions


def __getattr__(name: str) -> Any:
    return getattr(functions, name)


def __dir__() -> list[str]:
    return dir(functions)

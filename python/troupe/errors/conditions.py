"""The texts of the error conditions that the Python client raises by itself (the JVM has its own)."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

_PLACEHOLDER = re.compile(r"<([a-zA-Z0-9_-]+)>")


@functools.cache
def _known() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("conditions.json").read_text(encoding="utf-8")
    return json.loads(text)


def message(condition: str, parameters: dict[str, str]) -> str:
    """The text of a condition with its placeholders filled; an unknown condition or parameter is a bug of the caller."""
    known = _known().get(condition)
    if known is None:
        raise ValueError(f"Cannot find main error condition '{condition}'")
    template = known["message"]
    expected = set(_PLACEHOLDER.findall(template))
    if expected != set(parameters):
        raise ValueError(
            f"Undefined error message parameter for error condition: {condition}. "
            f"Expected parameters: {sorted(expected)}, parameters: {parameters}"
        )
    return _PLACEHOLDER.sub(lambda m: str(parameters[m.group(1)]), template)


def sql_state(condition: str | None) -> str | None:
    """The SQLSTATE of a condition of the client; None for others."""
    return None if condition is None else _known().get(condition, {}).get("sqlState")

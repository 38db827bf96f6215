"""The conditions of the client in the form that PySpark's own module gives them."""

from __future__ import annotations

import json
from typing import Any

from troupe.errors.conditions import _known

__all__ = ["ERROR_CLASSES_JSON", "ERROR_CLASSES_MAP"]


def _by_class() -> dict[str, Any]:
    return {
        name: {"message": entry["message"].split("\n"), **{k: v for k, v in entry.items() if k != "message"}}
        for name, entry in _known().items()
        if "." not in name
    }


ERROR_CLASSES_MAP: dict[str, Any] = _by_class()
ERROR_CLASSES_JSON: str = json.dumps(ERROR_CLASSES_MAP, indent=2)

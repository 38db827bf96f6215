"""What a write does where there is something already."""

from __future__ import annotations

_MODES = {
    "append": "append",
    "overwrite": "overwrite",
    "error": "error",
    "errorifexists": "error",
    "default": "error",
    "ignore": "ignore",
}


def save_mode(name: str) -> str:
    found = _MODES.get(name.lower())
    if found is None:
        from troupe.errors.exceptions.captured import failure

        raise failure(
            "AnalysisException",
            "INVALID_SAVE_MODE",
            "42000",
            f'The specified save mode "{name}" is invalid. Valid save modes include "append", "overwrite", "ignore", '
            '"error", "errorifexists", and "default".',
            mode=f'"{name}"',
        )
    return found

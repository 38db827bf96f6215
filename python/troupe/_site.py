"""Where in the user's script a call was made."""

from __future__ import annotations

import os
import sys

_PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_FRAMES_TO_SEARCH = 64


def calling() -> tuple[str | None, str | None]:
    """The line of the user's script that is running, and the method of this package that it called."""
    frame = sys._getframe(1)
    method = None
    while frame is not None:
        code = frame.f_code
        if not code.co_filename.startswith(_PACKAGE):
            return f"{code.co_filename}:{frame.f_lineno}", method
        method = code.co_name
        frame = frame.f_back  # type: ignore[assignment]
    return None, method


def call_site() -> str | None:
    """`file.py:12` of the nearest caller outside of this package; None when there is none (an embedded interpreter)."""
    frame = sys._getframe(1)
    for _ in range(_FRAMES_TO_SEARCH):
        if frame is None:
            return None
        code = frame.f_code
        if not code.co_filename.startswith(_PACKAGE):
            return f"{code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return None

"""Where in the user's script a call was made."""

from __future__ import annotations

import os
import sys

_PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_FRAMES_TO_SEARCH = 64


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

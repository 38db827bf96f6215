"""What cost time and what would help, told on stderr: at the end of a script, in interactive sessions after a long wait."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from typing import Any

Finding = dict[str, Any]

_MOST = 3
_LONG_SECONDS = 5.0
_CHOICES = ("terminal", "always", "off")


class FindingsTeller:
    """Tells at most three findings of an application, each once."""

    def __init__(self, ask: Callable[[], list[Finding]], stream: Any, *, interactive: bool) -> None:
        self._ask = ask
        self._stream = stream
        self._interactive = interactive
        self._began = time.monotonic()
        self._told: set[tuple[str, str]] = set()

    def waited(self, seconds: float) -> None:
        """The user waited that long for an answer."""
        if self._interactive and seconds >= _LONG_SECONDS:
            self._tell()

    def ended(self) -> None:
        """The application is about to end. One that was short is not asked: the asking would be a part of its time."""
        if time.monotonic() - self._began >= _LONG_SECONDS:
            self._tell()

    def _tell(self) -> None:
        left = _MOST - len(self._told)
        if left <= 0:
            return
        with contextlib.suppress(Exception):  # advice that cannot be had or written stops nothing
            for finding in self._ask():
                key = (finding["rule"], finding["title"])
                if key not in self._told and left > 0:
                    self._told.add(key)
                    left -= 1
                    self._stream.write(text(finding))
            self._stream.flush()


def text(finding: Finding) -> str:
    return f"troupe: {finding['title']}\n        {finding['evidence']}\n        Try: {finding['suggestion']}\n"


def teller_of_process(choice: str, ask: Callable[[], list[Finding]]) -> FindingsTeller | None:
    """As `spark.troupe.findings` says: `terminal` (where stderr is one, or in a notebook), `always` or `off`."""
    if choice not in _CHOICES:
        raise ValueError(f"spark.troupe.findings must be one of {', '.join(_CHOICES)}, not {choice!r}")
    stream = sys.stderr
    notebook = "ipykernel" in sys.modules
    interactive = notebook or hasattr(sys, "ps1")
    try:
        watched = notebook or (stream is not None and stream.isatty())
    except ValueError:  # it is closed
        watched = False
    if choice == "off" or stream is None or (choice == "terminal" and not watched):
        return None
    return FindingsTeller(ask, stream, interactive=interactive)

"""Progress of the launcher's own work, on stderr so that a script's output stays clean."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator


def say(text: str) -> None:
    print(f"troupe: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Announces a step and, when it is over, how long it took."""
    terminal = sys.stderr.isatty()
    print(f"troupe: {text} ...", end="" if terminal else "\n", file=sys.stderr, flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        if terminal:
            print(file=sys.stderr)
        raise
    took = f"{time.monotonic() - began:.1f} s"
    print(f" {took}" if terminal else f"troupe: {text}: done in {took}", file=sys.stderr, flush=True)

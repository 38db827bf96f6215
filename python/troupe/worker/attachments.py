"""Files that the application attached, as the functions of this process find them.

A function that needs one asks the JVM for it in the middle of its work: frame `N` there, frame `P` back. What else the JVM
sends meanwhile waits its turn.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from troupe.errors import PySparkRuntimeError

if TYPE_CHECKING:
    from troupe.worker.frames import Frames

_lock = threading.Lock()
_frames: Frames | None = None
_paths: dict[int, str] = {}


def serve_from(frames: Frames) -> None:
    """Says that this process is a worker, and whom it asks."""
    global _frames
    _frames = frames


def in_worker() -> bool:
    return _frames is not None


def path(number: int, name: str) -> str:
    """Where the file lies on this machine; waits until it is here.

    :raises PySparkRuntimeError: when it is not attached any more, or cannot be fetched
    """
    with _lock:
        if number not in _paths:
            if _frames is None:
                raise PySparkRuntimeError(message=f"{name} can be had only in the functions of a job")
            answer = json.loads(bytes(_frames.ask(json.dumps({"id": number, "name": name}).encode())))
            if "error" in answer:
                raise PySparkRuntimeError(message=answer["error"])
            _paths[number] = answer["path"]
        return _paths[number]

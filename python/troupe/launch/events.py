"""Where event logs lie when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """The folder that a driver writes to without `spark.eventLog.dir`; `docs/event-log.md` names it."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if state.startswith("/"):
        return Path(state, "troupe", "events")
    windows = os.environ.get("LOCALAPPDATA")
    base = Path(windows) if windows else Path.home() / ".local" / "state"
    return base / "troupe" / "events"

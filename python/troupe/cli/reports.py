"""What `troupe history` and `troupe compare` share: a short-lived JVM that reads event logs with the console's own classes."""

from __future__ import annotations

import os
from pathlib import Path

from troupe.launch import events, flags, java, layout

MAIN_CLASS = "io.troupe.console.LogReports"
_MEMORY_BYTES = 512 << 20


def run(report: str, folder: str, runs: list[str]) -> int:
    """Becomes the JVM that prints the report."""
    from troupe.cli import setup

    setup.ensure()
    place = Path(folder or events.folder()).absolute()
    command = [
        str(java.find().command),
        *flags.short_lived(_MEMORY_BYTES),
        "-cp",
        layout.runtime().class_path,
        MAIN_CLASS,
        report,
        str(place),
        *runs,
    ]
    os.execv(command[0], command)

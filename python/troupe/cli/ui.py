"""`troupe ui`: the console over a folder of event logs, with the pages that a running driver shows."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from troupe._version import __version__
from troupe.launch import events, flags, java, layout

MAIN_CLASS = "io.troupe.console.ConsoleMain"
_MEMORY_BYTES = 160 << 20  # with what the JVM itself takes, the process stays below 300 MiB


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe ui", description="Shows finished and running applications from their event logs, in a browser."
    )
    parser.add_argument("folder", nargs="?", default="", help="where the logs are (default: where they are written)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; others than loopback ask for a token (%(default)s)"
    )
    parser.add_argument(
        "--port", type=int, default=18080, help="port, or the first of 16 to try; 0 for any (default %(default)s)"
    )
    options = parser.parse_args(words)
    folder = Path(options.folder or events.folder())
    from troupe.cli import setup

    setup.ensure()
    command = [
        str(java.find().command),
        *flags.short_lived(_MEMORY_BYTES),
        "-cp",
        layout.runtime().class_path,
        MAIN_CLASS,
        str(folder.absolute()),
        options.host,
        str(options.port),
        __version__,
    ]
    os.execv(command[0], command)

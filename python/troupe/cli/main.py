"""Dispatches to a command. Only the chosen command's module is imported: the launcher's own time is part of every job."""

from __future__ import annotations

import importlib
import sys

from troupe.cli.failure import CommandError

_COMMANDS = {
    "run": "run a PySpark script",
    "shell": "an interactive session with `spark` ready",
    "node": "start a node of a cluster",
    "cert": "make the keys by which the processes of a cluster know each other",
    "ui": "show what applications did, in a browser",
    "history": "list the applications that left event logs",
    "compare": "say what became slower from one run to another",
    "simulate": "play a cluster's schedulers under seeded faults",
    "test": "check and test everything",
    "build": "set up what is missing: Python packages, jars, start-up cache",
    "doctor": "say what was found, what is wrong, and the remedy",
    "version": "versions of Troupe, Java and Python",
}


def _help() -> str:
    width = max(map(len, _COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {text}" for name, text in _COMMANDS.items())
    return (
        "usage: troupe COMMAND [options]\n\n"
        f"commands:\n{listed}\n\n"
        "`troupe COMMAND --help` tells more. A first use sets up what is missing and says so."
    )


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return 0 if words else 2
    name = {"--version": "version"}.get(words[0], words[0])
    if name not in _COMMANDS:
        print(f"troupe: there is no command {name!r}; there are: {', '.join(_COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return importlib.import_module(f"troupe.cli.{name}").main(words[1:])
    except CommandError as error:
        print(f"troupe {name}: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())

"""`troupe history`: the applications of a folder of event logs, latest first."""

from __future__ import annotations

import argparse

from troupe.cli import reports


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="troupe history", description="Lists the applications that left event logs.")
    parser.add_argument("folder", nargs="?", default="", help="where the logs are (default: where they are written)")
    options = parser.parse_args(words)
    return reports.run("history", options.folder, [])

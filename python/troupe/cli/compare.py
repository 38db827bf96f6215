"""`troupe compare`: two runs side by side: which queries and operators took longer, gave more rows, spilled more."""

from __future__ import annotations

import argparse

from troupe.cli import reports


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="troupe compare", description="Compares two runs by their event logs.")
    parser.add_argument(
        "before", metavar="RUN_A", help="an application as `troupe history` names it, or a path to its log"
    )
    parser.add_argument("after", metavar="RUN_B", help="likewise")
    parser.add_argument("--folder", default="", help="where the logs are (default: where they are written)")
    options = parser.parse_args(words)
    return reports.run("compare", options.folder, [options.before, options.after])

"""`troupe simulate`: the schedulers of a cluster on one thread, under faults that a seed chooses."""

from __future__ import annotations

import argparse
import os

from troupe.launch import flags, java, layout

MAIN_CLASS = "io.troupe.driver.simulation.SimulateMain"

_NUMBERS = {
    "seed": (0, "the first run's seed; run after run adds one"),
    "runs": (1000, "how many runs"),
    "executors": (4, "executors at the start of a run"),
    "slots": (2, "slots of each"),
    "jobs": (3, "jobs of a run"),
    "stages": (5, "most stages of a job"),
    "tasks": (6, "most tasks of a stage"),
    "faults": (4, "faults drawn for a run: lost executors, partitions, pauses; 0 for none"),
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe simulate",
        description="Plays clusters under virtual time with the real decision classes: first with faults, then healed; every job must "
        "end, and no rule may be broken. A violation prints the seed that shows it again.",
    )
    for name, (default, meaning) in _NUMBERS.items():
        parser.add_argument(
            f"--{name}", type=int, default=default, metavar="N", help=f"{meaning} (default %(default)s)"
        )
    options = parser.parse_args(words)
    from troupe.cli import setup

    setup.ensure()
    command = [
        str(java.find().command),
        *flags.jvm_flags(flags.memory({})),
        "-cp",
        layout.runtime().class_path,
        MAIN_CLASS,
    ]
    for name in _NUMBERS:
        command += [f"--{name}", str(getattr(options, name))]
    os.execv(command[0], command)

"""`troupe simulate`: the schedulers of a cluster on one thread, under faults that a seed chooses."""

from __future__ import annotations

import argparse
import os

from troupe.launch import flags, java, layout

MAIN_CLASS = "io.troupe.driver.simulation.SimulateMain"

_NUMBERS = {
    "seed": "the first run's seed (default 0); run after run adds one",
    "runs": "how many runs (default 1000; with --replay 20)",
    "threads": "how many runs at a time (default: the processors)",
    "executors": "nodes, each with an executor (default 3)",
    "slots": "task slots of each (default 2)",
    "jobs": "jobs of a run (default 2)",
    "stages": "most stages of a job (default 4)",
    "tasks": "most tasks of a stage (default 5)",
    "faults": "faults drawn for a run (default 4); 0 for none, messages included",
    "explain": "tell each step of the run with this seed, if it breaks a rule",
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe simulate",
        description="Plays clusters under virtual time with the real decision classes: first with faults, then healed; every job must "
        "end, and no rule may be broken. A violation is shrunk, and its seed plays the same steps again. With --replay: what would a "
        "recorded application do on another cluster?",
    )
    for name, meaning in _NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, metavar="N", help=meaning)
    parser.add_argument(
        "--kinds", metavar="KIND,...", help="only these faults (default all), such as kill-node,disk-full"
    )
    parser.add_argument("--replay", metavar="LOG", help="an application's event log, whose jobs are played")
    parser.add_argument(
        "--node-failures", type=float, metavar="RATE", help="with --replay: failures per node and hour (default 0)"
    )
    parser.add_argument(
        "--cost", action="store_true", help="measure what decisions cost the driver (--executors, --slots, --tasks)"
    )
    options = vars(parser.parse_args(words))
    from troupe.cli import setup

    setup.ensure()
    command = [
        str(java.find().command),
        *flags.jvm_flags(flags.memory({})),
        "-cp",
        layout.runtime().class_path,
        MAIN_CLASS,
    ]
    for name, value in options.items():
        if value not in (None, False):
            command += ["--" + name.replace("_", "-"), str(value).lower() if value is True else str(value)]
    os.execv(command[0], command)

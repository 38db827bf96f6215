"""Runs the training jobs in rounds, within a budget of seconds that a slow machine may exceed with the first few.

Jobs stand in the order in which scripts need them.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time

from troupe.launch.training import frames, functions, joins, made_up, parquet_files, python_code, queries, text_files
from troupe.launch.training.job import Job, Workshop

_BUDGET_SECONDS = 18.0
_ROUNDS = 8
_ALWAYS = (*made_up.JOBS, frames.made_here, queries.aggregates)


def main() -> int:
    """A job that fails is reported and left out: the cache then knows the other ones."""
    from troupe.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").appName("start-up training").getOrCreate()
    broken: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="troupe-training-") as folder:
            workshop = Workshop(spark, folder)
            deadline = time.monotonic() + _BUDGET_SECONDS
            _run(_ALWAYS, workshop, broken)
            for number in range(_ROUNDS):
                _run(_of_round(number), workshop, broken, deadline)
    finally:
        spark.stop()
    for name, problem in broken.items():
        print(f"{name}: {problem}", file=sys.stderr)
    return 1 if broken else 0


def _of_round(number: int) -> tuple[Job, ...]:
    """Python workers cost seconds and train little after the first time."""
    every = frames.JOBS + queries.JOBS + joins.JOBS + parquet_files.JOBS + text_files.JOBS + functions.JOBS
    return every if number else every + python_code.JOBS


def _run(jobs: tuple[Job, ...], workshop: Workshop, broken: dict[str, str], deadline: float = math.inf) -> None:
    for job in jobs:
        name = f"{job.__module__.rpartition('.')[2]}.{job.__name__}"
        if name in broken or time.monotonic() > deadline:
            continue
        try:
            job(workshop)
        except Exception as error:
            broken[name] = f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.exit(main())

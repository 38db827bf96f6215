#!/usr/bin/env python3
"""Start-up: seconds from process start to a session, to the first rows, and to the end of the process.

    startup.py [--rounds 5] [--engine troupe|pyspark]... [--python INTERPRETER]

Each round is a fresh process; engines take turns. Medians and best are printed.
"""

import argparse
import statistics
import subprocess
import sys
import time

PROGRAM = """
import time
from {package}.sql import SparkSession
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
print("ready", time.time(), flush=True)
rows = spark.range(1000).selectExpr("id % 7 as k", "id").groupBy("k").sum("id").collect()
assert len(rows) == 7
print("rows", time.time(), flush=True)
spark.stop()
"""


def once(python, package):
    began = time.time()
    done = subprocess.run([python, "-c", PROGRAM.format(package=package)], capture_output=True, text=True)
    ended = time.time()
    if done.returncode != 0:
        sys.exit(f"{package} failed:\n{done.stderr[-2000:]}")
    marks = dict(line.split() for line in done.stdout.splitlines() if line.startswith(("ready ", "rows ")))
    return float(marks["ready"]) - began, float(marks["rows"]) - began, ended - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", action="append", choices=["troupe", "pyspark"])
    parser.add_argument(
        "--python",
        default=sys.executable,
        help="interpreter that has the engines (default: this one)",
    )
    options = parser.parse_args()
    engines = options.engine or ["troupe"]
    times = {engine: [] for engine in engines}
    for _ in range(options.rounds):
        for engine in engines:
            times[engine].append(once(options.python, engine))
    print(f"{'engine':<10} {'ready s':>16} {'first rows s':>16} {'process s':>16}   (median, best)")
    for engine, found in times.items():
        columns = [f"{statistics.median(c):>8.2f} {min(c):>7.2f}" for c in zip(*found, strict=True)]
        print(f"{engine:<10} " + " ".join(columns))


if __name__ == "__main__":
    main()

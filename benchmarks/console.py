#!/usr/bin/env python3
"""What the console costs: each page over the log of 100,000 tasks on 1,000 executors, a fresh server's start, an open page beside a query.

    console.py pages | beside DATA | start

``pages`` writes such a log, serves it with ``troupe ui`` and asks for each page six times: prints the first time, the best of the others,
the bytes of the answer, and the server's memory. ``beside DATA`` runs a query over TPC-H's ``lineitem`` in the folder DATA in turns
with and without somebody who asks for the overview every second, as the page does, and prints the CPU time of both.
``start`` starts sessions with and without the console in turns, and prints what the driver has spent and holds after a first query.
Run with the interpreter of a checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).resolve().parents[1] / "python"),
    str(Path(__file__).resolve().parents[1] / "python" / "tests"),
]

from cluster.nodes import descendants  # noqa: E402

_EXECUTORS, _TASKS, _START = 1_000, 100_000, 1_800_000_000_000
_PAGES = [
    "overview",
    "query/1",
    "stages",
    "stage/0/0",
    "tasks/0/0?length=100",
    "tasks/0/0?length=100&sort=runNanos",
    "python",
    "executors",
]
_PAGES += ["storage", "environment"]


def write_log(file: Path) -> None:
    """Two stages of 50,000 tasks each, 20 ms to 2 s long, with the measurements of a scan, an exchange and a Python function."""
    with open(file, "w") as log:

        def tell(event: str, after: int, **members: object) -> None:
            log.write(json.dumps({"event": event, "time": _START + after, **members}) + "\n")

        tell(
            "applicationStarted",
            0,
            schema=2,
            application="app-1",
            version="1",
            user="ann",
            settings={"spark.app.name": "big"},
            system={},
        )
        for i in range(_EXECUTORS):
            tell(
                "executorJoined",
                10,
                executor=f"node{i}:1/i1.1",
                host=f"node{i}",
                slots=2,
                memory=1 << 30,
                python="3.12",
            )
        operators = [
            {
                "id": 0,
                "parent": -1,
                "name": "HashAggregate",
                "text": "HashAggregate",
                "stage": 1,
                "operator": 0,
                "line": "job.py:9",
            },
            {
                "id": 1,
                "parent": 0,
                "name": "Exchange",
                "text": "Exchange",
                "stage": 1,
                "operator": 1,
                "exchange": 0,
                "line": "job.py:9",
            },
            {
                "id": 2,
                "parent": 1,
                "name": "FileScan",
                "text": "FileScan",
                "stage": 0,
                "operator": 0,
                "line": "job.py:7",
            },
        ]
        query = {
            "query": 1,
            "session": 1,
            "line": "job.py:9",
            "description": "",
            "group": "",
            "planningNanos": {"plan": 5},
        }
        tell("queryPlanned", 20, **query, operators=operators, plans={"physical": "…"})
        stages = [{"query": 1, "stage": 0, "result": False, "outputPartitions": _TASKS // 2, "inputs": []}]
        stages += [{"query": 1, "stage": 1, "result": True, "outputPartitions": 1, "inputs": [0]}]
        tell("jobStarted", 30, job=1, query=1, description="job.py:9", stages=stages)
        at = 40
        for stage in range(2):
            tell("stageStarted", at, query=1, stage=stage, attempt=0, job=1, tasks=_TASKS // 2)
            for task in range(_TASKS // 2):
                began, length = at + task // 2_000 * 700, 20 + task * 7_919 % 2_000
                metrics = {
                    "input.rows": task,
                    "input.bytes": 8 * task,
                    "op.0.rows": task,
                    "op.0.nanos": length * 400_000,
                    "exchange.write.bytes": task,
                }
                metrics |= {
                    "python.rows": task,
                    "python.wait.nanos": length * 300_000,
                    "gc.nanos": 1_000,
                    "memory.peak.bytes": 1 << 20,
                }
                identity = {
                    "query": 1,
                    "stage": stage,
                    "attempt": 0,
                    "partition": task,
                    "try": 0,
                    "executor": f"node{task % _EXECUTORS}:1/i1.1",
                }
                times = {
                    "launched": _START + began,
                    "started": _START + began + 2,
                    "runNanos": length * 1_000_000,
                    "cpuNanos": length * 900_000,
                }
                tell("taskEnded", began + length, **identity, **times, metrics=metrics)
            at += 20_000
            tell("stageDone", at, query=1, stage=stage, attempt=0)
        tell("jobEnded", at, job=1)
        tell("applicationEnded", at + 5, dropped=0)


def memory(pid: int) -> float:
    return float(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1e3


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pages() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_log(Path(folder) / "app-1.jsonl")
        command = [sys.executable, "-m", "troupe.cli.main", "ui", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            url = server.stdout.readline().strip().rsplit(" ", 1)[1]
            print(f"{'page':<40} {'first ms':>9} {'best ms':>9} {'CPU ms':>8} {'KB':>8}")
            for page in _PAGES:
                times, spent = [], cpu(server.pid)
                for _ in range(6):
                    began = time.perf_counter()
                    with urllib.request.urlopen(f"{url}/pages/app-1/{page}") as answer:
                        size = len(answer.read())
                    times.append((time.perf_counter() - began) * 1e3)
                spent = (cpu(server.pid) - spent) / 6 * 1e3
                print(
                    f"{page:<40} {times[0]:>9.0f} {min(times[1:]):>9.0f} {spent:>8.0f} {size / 1e3:>8.0f}", flush=True
                )
            print(f"the server holds {memory(server.pid):.0f} MB")
            server.kill()


def beside(data: str) -> None:
    from troupe.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.port", "0").getOrCreate()
    spark.read.parquet(f"{data}/lineitem.parquet").createOrReplaceTempView("lineitem")
    driver = driver_of()
    query = "SELECT l_returnflag, l_linestatus, sum(l_quantity), avg(l_extendedprice * (1 - l_discount)) FROM lineitem GROUP BY 1, 2"
    url, over = spark.sparkContext.uiWebUrl, threading.Event()

    def look() -> None:
        while not over.wait(1):
            urllib.request.urlopen(f"{url}/pages/{spark.sparkContext.applicationId}/overview").read()

    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(10):
        watched = turn % 2 == 1
        over.clear()
        reader = threading.Thread(target=look)
        if watched:
            reader.start()
        before = cpu(driver)
        for _ in range(20):
            spark.sql(query).collect()
        if turn > 3:
            spent[watched].append(cpu(driver) - before)
        over.set()
        if watched:
            reader.join()
    alone, open_ = min(spent[False]), min(spent[True])
    print(
        f"twenty runs of the query: {alone:.2f} CPU-s alone, {open_:.2f} beside an open console: {open_ / alone - 1:+.1%}"
    )
    spark.stop()


_SESSION = """
import sys
sys.path[:0] = {path!r}
from console import cpu, driver_of, memory
from troupe.sql import SparkSession
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", sys.argv[1]).config("spark.ui.port", "0").getOrCreate()
spark.range(1000).count()
print(cpu(driver_of()), memory(driver_of()))
spark.stop()
"""


def driver_of() -> int:
    (driver,) = (pid for pid, command in descendants(os.getpid()).items() if "io.troupe.driver.Main" in command)
    return driver


def start() -> None:
    program = _SESSION.format(path=[str(Path(__file__).parent), *sys.path[:2]])
    found: dict[str, list[tuple[float, float]]] = {"true": [], "false": []}
    for turn in range(20):
        enabled = "true" if turn % 2 else "false"
        said = subprocess.run(
            [sys.executable, "-c", program, enabled], stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        found[enabled].append(tuple(map(float, said.split())))
    for index, (name, unit, scale) in enumerate((("CPU", "ms", 1e3), ("resident", "MB", 1))):
        without, with_ = (statistics.median(each[index] for each in found[key]) * scale for key in ("false", "true"))
        print(f"{name}: {without:.0f} {unit} without the console, {with_:.0f} with it: {with_ - without:+.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pages", "beside", "start"])
    parser.add_argument("data", nargs="?", help="beside: a folder with lineitem.parquet")
    options = parser.parse_args()
    if options.what == "pages":
        pages()
    elif options.what == "start":
        start()
    elif options.data is None:
        parser.error("beside needs a folder with lineitem.parquet")
    else:
        beside(options.data)


if __name__ == "__main__":
    main()

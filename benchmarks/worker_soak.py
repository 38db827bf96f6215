"""Thousands of Python tasks, many of which misbehave: each must end as it should, and nothing may be left behind.

    .venv/bin/python benchmarks/worker_soak.py [--tasks 10000] [--seed 1] [--threads 2]

Every task's fate is drawn from the seed: most add one to a number; the others raise, leave with `sys.exit` or `os._exit`, die by a
signal, print rubbish on their standard output, write rubbish into the worker's pipe, swell until the executor ends them, fork a child
that outlives them, close every descriptor, or hang until their job is cancelled. At the end no worker, pipe or file handle may be left
beyond those of a fresh pool. Exit code 1 and a line per violation otherwise.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

_WEIGHTS = {
    "adds": 80,
    "raises": 4,
    "leaves": 3,
    "exits": 2,
    "dies": 2,
    "prints": 3,
    "scribbles": 1,
    "swells": 0.2,
    "forks": 2,
    "closes": 2,
    "hangs": 0.8,
}
_FAILS = {"raises", "leaves", "exits", "dies", "scribbles", "swells", "closes", "hangs"}
_LIMIT_MIB = 512


def behave(kind: str):
    """The function of a task; it travels by value."""

    def act(x):
        import os
        import signal
        import sys
        import time

        if kind == "raises":
            raise ValueError(f"no {x}")
        if kind == "leaves":
            sys.exit(3)
        if kind == "exits":
            os._exit(4)
        if kind == "dies":
            os.kill(os.getpid(), signal.SIGSEGV)
        if kind == "prints":
            print("rubbish " * 1000)
        if kind == "scribbles":
            for descriptor in range(3, 64):
                try:
                    os.write(descriptor, b"\xff" * 64)
                except OSError:
                    continue
        if kind == "swells":
            held = []
            while True:
                held.append(bytearray(32 << 20))
                time.sleep(0.05)
        if kind == "forks" and os.fork() == 0:
            time.sleep(30)
            os._exit(0)
        if kind == "closes":
            os.closerange(0, 256)
        if kind == "hangs":
            time.sleep(600)
        return x + 1

    return act


def run_one(spark, F, number: int, kind: str) -> str | None:
    """Runs one task; what went wrong, or None."""
    if kind == "hangs":
        tag = f"hang-{number}"
        spark.addTag(tag)
        timer = threading.Timer(1.0, spark.interruptTag, [tag])
        timer.start()
    try:
        rows = spark.range(number, number + 1).select(F.udf(behave(kind), "long")("id")).collect()
    except Exception as error:
        if kind in _FAILS:
            return None
        return f"task {number} ({kind}) failed: {str(error)[:200]}"
    finally:
        if kind == "hangs":
            timer.cancel()
            spark.removeTag(tag)
    if kind in _FAILS:
        return f"task {number} ({kind}) should have failed, and gave {rows}"
    return None if rows[0][0] == number + 1 else f"task {number} ({kind}) gave {rows}"


def descendants(pid: int) -> list[int]:
    children = collections.defaultdict(list)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            children[int(fields[1])].append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        below = children[waiting.pop()]
        found += below
        waiting += below
    return found


def holdings() -> tuple[int, int]:
    """Processes below this one, and the file handles of them and of this one."""
    handles = 0
    below = descendants(os.getpid())
    for pid in [os.getpid(), *below]:
        try:
            handles += len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue  # it has ended
    return len(below), handles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    violations = soak(args.tasks, args.seed, args.threads)
    for violation in violations:
        print(violation)
    sys.stdout.flush()
    os._exit(1 if violations else 0)


def soak(tasks: int, seed: int, threads: int) -> list[str]:
    from troupe.sql import SparkSession
    from troupe.sql import functions as F

    spark = (
        SparkSession.builder.master(f"local[{threads}]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.pyspark.memory", f"{_LIMIT_MIB * threads}m")
        .getOrCreate()
    )
    draw = random.Random(seed)
    fates = draw.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=tasks)
    waiting = collections.deque(enumerate(fates))
    violations: list[str] = []
    counted: collections.Counter[str] = collections.Counter()

    def work() -> None:
        while True:
            try:
                number, kind = waiting.popleft()
            except IndexError:
                return
            found = run_one(spark, F, number, kind)
            counted[kind] += 1
            if found:
                violations.append(found)

    for _ in range(20):
        run_one(spark, F, 0, "adds")
    processes, handles = holdings()
    begin = time.perf_counter()
    team = [threading.Thread(target=work) for _ in range(threads)]
    for one in team:
        one.start()
    for one in team:
        one.join()
    took = time.perf_counter() - begin
    end = time.monotonic() + 15
    while (now := holdings())[0] > processes + threads and time.monotonic() < end:
        time.sleep(0.2)
    if now[0] > processes + threads:
        violations.append(f"{now[0]} processes are left, {processes} were there before")
    if now[1] > handles + 40:
        violations.append(f"{now[1]} file handles are left, {handles} were there before")
    print(f"seed {seed}: {tasks} tasks in {took:.1f} s, {dict(counted)}, {len(violations)} violations")
    spark.stop()
    return violations


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A set of queries on a cluster of three nodes while one is killed: the answers are those of the undisturbed run, and what it costs.

    losses.py DATA QUERIES [--every 1.0] [--at SECOND ...] [--cores 1] [--memory 2g]

DATA is a folder with a table per Parquet file (or per folder of them), QUERIES one with a query per ``.sql`` file. First all queries are
run without a loss on two nodes and on three; then, for each moment (every ``--every`` seconds of the run on three nodes, or the
moments named), on three fresh nodes of which one is killed at that moment. The killed node takes turns. Prints the time of
each run, its ratio to the run on two nodes, and whether every answer is the undisturbed one's. Ends with 1 when one is not.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PYTHON = Path(__file__).resolve().parents[1] / "python"
sys.path[:0] = [str(_PYTHON), str(_PYTHON / "tests")]


def run_queries(master: str, data: Path, queries: Path) -> None:
    """The client: says when it begins each query, and prints all rows at the end."""
    from troupe.sql import SparkSession

    spark = SparkSession.builder.master(master).getOrCreate()
    for table in sorted(data.iterdir()):
        if table.is_dir() or table.suffix == ".parquet":
            spark.read.parquet(str(table)).createOrReplaceTempView(table.stem)
    spark.range(1).collect()
    print("begin", flush=True)
    answers = {}
    for query in sorted(queries.glob("*.sql")):
        answers[query.stem] = [[_plain(v) for v in row] for row in spark.sql(query.read_text()).collect()]
    print(json.dumps(answers), flush=True)
    spark.stop()


def _plain(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def play(options: argparse.Namespace, count: int, at: float | None = None, victim: int = 0) -> tuple[float, dict]:
    """Seconds and answers of one run on fresh nodes; one of them is killed ``at`` seconds after the first query began."""
    from cluster.nodes import Nodes

    with tempfile.TemporaryDirectory() as folder:
        nodes = Nodes(Path(folder), count, cores=options.cores, options=["--memory", options.memory])
        try:
            words = [sys.executable, __file__, str(options.data), str(options.queries), "--client", nodes.master]
            client = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
            if client.stdout is None or client.stdout.readline() != "begin\n":
                raise SystemExit(f"the client did not begin:\n{nodes.said()}")
            began = time.perf_counter()
            if at is not None:
                try:
                    client.wait(at)
                    raise SystemExit(f"the run was over before second {at}: name an earlier moment")
                except subprocess.TimeoutExpired:
                    nodes.kill(victim)
            line = client.stdout.readline()
            took = time.perf_counter() - began
            if client.wait() != 0 or not line:
                raise SystemExit(f"the client failed:\n{nodes.said()}")
            return took, json.loads(line)
        finally:
            nodes.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--every", type=float, default=1.0, help="seconds between the moments of loss (1)")
    parser.add_argument("--at", type=float, nargs="*", help="these moments instead, in seconds")
    parser.add_argument("--cores", type=int, default=1, help="slots of each node (1)")
    parser.add_argument("--memory", default="2g", help="memory of each node (2g)")
    parser.add_argument("--client", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        run_queries(options.client, options.data, options.queries)
        return 0

    two, expected = play(options, 2)
    three, answers = play(options, 3)
    print(
        f"two nodes {two:.1f} s; three nodes {three:.1f} s, {'same' if answers == expected else 'OTHER'} answers",
        flush=True,
    )
    wrong = answers != expected
    moments = options.at or [options.every * step for step in range(1, int(three / options.every))]
    for step, at in enumerate(moments):
        took, answers = play(options, 3, at, step % 3)
        differing = [name for name in expected if answers.get(name) != expected[name]]
        wrong = wrong or bool(differing)
        verdict = f"OTHER answers: {', '.join(differing)}" if differing else "same answers"
        print(
            f"node {step % 3} killed at {at:4.1f} s: {took:5.1f} s = {took / two:.2f} of two nodes; {verdict}",
            flush=True,
        )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())

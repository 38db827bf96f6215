#!/usr/bin/env python3
"""Many jobs in one session: heap, direct memory, threads, file handles and processes stay where they were after the first hundred.

    leaks.py [--jobs 1000] [--master local[2]]

Jobs of eight kinds take turns: scans, joins, sorts, windows, plain and pandas functions, writes, failures and results left unread.
Every hundred jobs, after a full collection, prints what the driver's JVM and this process hold. Ends with 1 if the last line exceeds the
first by more than a tenth, and a little.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).resolve().parents[1] / "python"),
    str(Path(__file__).resolve().parents[1] / "python" / "tests"),
]

from cluster.nodes import descendants  # noqa: E402

from troupe.launch import java  # noqa: E402

#: What each figure may grow by beyond a tenth: caches of compiled code and of plans are bounded, not constant.
_SLACK = {
    "heap MB": 12,
    "direct MB": 8,
    "JVM threads": 6,
    "JVM handles": 12,
    "processes": 1,
    "own MB": 24,
    "own handles": 6,
}


def jobs(spark, F, folder: str) -> list[Callable[[int], object]]:
    plain = F.udf(lambda x: x + 1, "bigint")
    raising = F.udf(lambda x: 1 // (x - x), "bigint")

    @F.pandas_udf("bigint")
    def pandas(x):
        return x + 1

    def failing(i: int) -> None:
        try:
            spark.range(20).select(raising("id")).collect()
        except Exception as failure:
            assert "ZeroDivisionError" in str(failure), failure

    def left_unread(i: int) -> None:
        next(iter(spark.range(0, 300_000, 1, 4).selectExpr("id", f"id + {i} AS v").toLocalIterator()))

    def window(i: int) -> object:
        numbered = spark.range(20_000).selectExpr(
            "id % 7 AS k", "id", f"row_number() OVER (PARTITION BY id % 7 ORDER BY id DESC) + {i} AS n"
        )
        return numbered.agg(F.max("n")).collect()

    return [
        lambda i: (
            spark.range(0, 300_000, 1, 4)
            .filter(f"id % 11 = {i % 11}")
            .groupBy((F.col("id") % 100).alias("k"))
            .count()
            .collect()
        ),
        lambda i: spark.range(50_000).join(spark.range(i, i + 50_000), "id").count(),
        lambda i: spark.range(50_000).orderBy(F.hash("id", F.lit(i))).limit(20).collect(),
        window,
        lambda i: spark.range(0, 2_000, 1, 2).select(plain("id").alias("v")).agg(F.sum("v")).collect(),
        lambda i: spark.range(0, 20_000, 1, 2).select(pandas("id").alias("v")).agg(F.sum("v")).toPandas(),
        lambda i: spark.range(1_000).write.mode("overwrite").parquet(f"{folder}/out-{i % 3}"),
        lambda i: failing(i) if i % 16 < 8 else left_unread(i),
    ]


def held(spark, driver: int) -> dict[str, float]:
    """What driver and client hold now, garbage aside."""
    subprocess.run(
        [str(java.find().home / "bin" / "jcmd"), str(driver), "GC.run"], check=True, stdout=subprocess.DEVNULL
    )
    gc.collect()
    with urllib.request.urlopen(f"{spark.sparkContext.uiWebUrl}/metrics") as answer:
        metrics = dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if line[0] != "#")
    own = Path("/proc/self/status").read_text()
    return {
        "heap MB": float(metrics["troupe_heap_used_bytes"]) / 1e6,
        "direct MB": float(metrics["troupe_direct_memory_bytes"]) / 1e6,
        "JVM threads": float(metrics["troupe_threads"]),
        "JVM handles": len(os.listdir(f"/proc/{driver}/fd")),
        "processes": len(descendants(os.getpid())),
        "own MB": float(re.search(r"VmRSS:\s+(\d+)", own).group(1)) / 1e3,
        "own handles": len(os.listdir("/proc/self/fd")),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()
    from troupe.sql import SparkSession
    from troupe.sql import functions as F

    folder = tempfile.mkdtemp()
    builder = SparkSession.builder.master(options.master).config("spark.ui.port", "0")
    spark = builder.config("spark.ui.showConsoleProgress", "false").config("spark.troupe.findings", "off").getOrCreate()
    spark.range(1).collect()
    (driver,) = (pid for pid, command in descendants(os.getpid()).items() if "io.troupe.driver.Main" in command)
    kinds = jobs(spark, F, folder)
    lines = []
    for i in range(options.jobs):
        kinds[i % len(kinds)](i)
        if (i + 1) % 100 == 0:
            lines.append(held(spark, driver))
            print(
                f"{i + 1:>6} jobs: " + ", ".join(f"{value:.0f} {name}" for name, value in lines[-1].items()), flush=True
            )
    spark.stop()
    shutil.rmtree(folder)
    grown = {name: value for name, value in lines[-1].items() if value > 1.1 * lines[0][name] + _SLACK[name]}
    print("nothing grew" if not grown else f"grew: {grown} from {lines[0]}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())

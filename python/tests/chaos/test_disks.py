"""Disks that take nothing more: the job ends with the folder and the remedy, and the nodes go on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from chaos.play import left_in, left_running
from cluster.nodes import COMMAND, Nodes

#: No file of the nodes may grow beyond 2 MB: the kernel refuses the write, as a full disk does.
_NO_ROOM = ["sh", "-c", 'ulimit -f 4000; exec "$@"', "sh"]

_BIG = """
from pyspark.sql import SparkSession, functions as F
spark = SparkSession.builder.getOrCreate()
rows = spark.range(0, 12_000_000, 1, 8).select("id", F.sha2(F.col("id").cast("string"), 256).alias("h"))
try:
    print(rows.repartition(8, "h").groupBy(F.substring("h", 1, 2)).agg(F.max("id"), F.max("h")).count())
except Exception as failure:
    print(failure)
print(spark.range(100).repartition(4).count())
"""


def test_a_full_disk_fails_the_job_with_folder_and_remedy(tmp_path: Path):
    nodes = Nodes(tmp_path, count=2, options=["--memory", "300m"], before=_NO_ROOM)
    try:
        (tmp_path / "big.py").write_text(_BIG)
        (tmp_path / "client").mkdir()
        done = subprocess.run(
            [*COMMAND, "run", "--master", nodes.master, str(tmp_path / "big.py")], cwd=tmp_path, text=True,
            env={**os.environ, "TMPDIR": str(tmp_path / "client")}, capture_output=True, timeout=200,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        told, after = done.stdout.rsplit("\n", 2)[:2]
        assert "cannot write to " + str(tmp_path) in told
        assert "spark.local.dir" in told
        assert after == "100"
    finally:
        nodes.stop()
    assert left_running(nodes) == []
    for index in range(2):
        assert left_in(nodes.scratch(index)) == []

"""Which processes and files a client has, and that none stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from cluster.nodes import descendants, wait_for_end

from troupe.sql import functions as F

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")


def workers_of(pid: int) -> list[str]:
    return [command for command in descendants(pid).values() if "troupe.worker" in command]


def test_built_in_logic_starts_no_python_worker(spark):
    jvm = [pid for pid, command in descendants(os.getpid()).items() if "io.troupe.driver.Main" in command]
    assert len(jvm) == 1
    before = len(workers_of(jvm[0]))
    frame = spark.range(10_000).select((F.col("id") % 7).alias("k"), F.upper(F.col("id").cast("string")).alias("s"))
    assert frame.groupBy("k").agg(F.max("s")).orderBy("k").count() == 7
    assert len(workers_of(jvm[0])) == before


_KILLED = """
import os, signal, sys
from troupe.sql import SparkSession, functions as F
spark = SparkSession.builder.master("local[2]").getOrCreate()
spark.range(10).select(F.udf(lambda x: sum((x, 1)), "bigint")("id")).collect()
for task in os.listdir("/proc/self/task"):
    for child in open(f"/proc/self/task/{task}/children").read().split():
        print(child, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_client_leaves_no_process_and_no_start_folder(tmp_path: Path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", _KILLED], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    pids = [int(line) for line in done.stdout.split()]
    assert pids
    for pid in pids:
        wait_for_end(pid)
    assert not list(tmp_path.glob("troupe-start-*"))


def test_stopping_a_session_ends_its_jvm():
    program = (
        "import os\nfrom troupe.sql import SparkSession\n"
        "spark = SparkSession.builder.master('local[1]').getOrCreate()\n"
        "from pathlib import Path\n"
        "kids = lambda: [c for t in Path('/proc/self/task').glob('*/children') for c in t.read_text().split()]\n"
        "print(len(kids()), end=' ')\nspark.stop()\nprint(len(kids()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "1 0", done.stdout + done.stderr[-2000:]


def test_nothing_of_a_finished_script_stays_in_the_temporary_folder(tmp_path: Path):
    program = (
        "from troupe.sql import SparkSession, functions as F\n"
        "spark = SparkSession.builder.master('local[2]').getOrCreate()\n"
        "spark.range(100000).repartition(4).groupBy((F.col('id') % 10).alias('k')).count().collect()\nspark.stop()\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    left = [p.name for p in tmp_path.iterdir() if not p.name.startswith("hsperfdata")]
    assert left == [], f"{left} in {tempfile.gettempdir()}"


def test_a_bad_memory_setting_is_one_plain_error():
    program = "from troupe.sql import SparkSession\nSparkSession.builder.config('spark.driver.memory', 'lots').getOrCreate()\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "spark.driver.memory='lots' is not a size" in done.stderr.splitlines()[-1]

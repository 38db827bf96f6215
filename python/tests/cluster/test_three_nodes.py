"""Three node processes on this machine: the sample jobs give local mode's answers, and a node killed in between changes none."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from cluster.nodes import COMMAND, Nodes, free_ports

from troupe.cli import cert

_ROOT = Path(__file__).resolve().parents[3]
_EXPECTED = Path(__file__).resolve().parents[1] / "samples" / "expected"


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    found = Nodes(tmp_path_factory.mktemp("nodes"))
    yield found
    found.stop()


def run(
    master: str, script: Path, folder: Path, *arguments: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TMPDIR": str(folder), "TZ": "UTC"}
    command = [*COMMAND, "run", "--master", master, *before, str(script), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200)


@pytest.mark.parametrize("job", sorted(file.stem for file in _EXPECTED.glob("*.txt")))
def test_a_sample_job_prints_what_it_prints_locally(job: str, nodes: Nodes, tmp_path: Path):
    done = run(nodes.master, _ROOT / "sample-jobs" / f"{job}.py", tmp_path)
    assert done.returncode == 0, done.stderr[-3000:] + nodes.said()
    assert done.stdout == (_EXPECTED / f"{job}.txt").read_text()


_LONG = """
import os, sys
from pyspark.sql import SparkSession, functions as F

began = sys.argv[1]
spark = SparkSession.builder.getOrCreate()

@F.udf("bigint")
def slowly(x):
    if x == 50_000:
        with open(began, "w") as signal:
            signal.write("begun")
    total = 0
    for i in range(20):
        total += (x * i) % 7
    return total

keys = spark.range(0, 400_000, 1, 12).select((F.col("id") % 1000).alias("k"), slowly("id").alias("v"))
sums = keys.groupBy("k").agg(F.sum("v").alias("s"), F.count("*").alias("n"))
row = sums.agg(F.sum("s"), F.sum("n"), F.count("*")).first()
print(tuple(row))
"""


def test_a_node_killed_in_the_middle_of_a_job_changes_no_answer(tmp_path: Path):
    nodes = Nodes(tmp_path)
    try:
        script = tmp_path / "long.py"
        script.write_text(_LONG)
        begun = tmp_path / "begun"
        os.mkfifo(begun)
        command = [*COMMAND, "run", "--master", nodes.master, str(script), str(begun)]
        job = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert begun.read_text() == "begun"
        begun.unlink()
        nodes.kill(2)
        out, err = job.communicate(timeout=180)
        assert job.returncode == 0, err[-3000:] + nodes.said()
        expected = sum((x * i) % 7 for x in range(400_000) for i in range(20))
        assert out.strip() == str((expected, 400_000, 1000))
    finally:
        nodes.stop()


def test_with_keys_members_work_together_and_strangers_stay_outside(tmp_path: Path):
    cert.make(tmp_path / "keys")
    script = tmp_path / "job.py"
    script.write_text(
        "from pyspark.sql import SparkSession, functions as F\n"
        "frame = SparkSession.builder.getOrCreate().range(0, 1000, 1, 8).groupBy((F.col('id') % 10).alias('k')).count()\n"
        "print(frame.agg(F.sum('count'), F.count('*')).first())\n"
    )
    nodes = Nodes(tmp_path, options=["--tls", str(tmp_path / "keys")])
    try:
        done = run(nodes.master, script, tmp_path, before=["--tls", str(tmp_path / "keys")])
        assert done.returncode == 0, done.stderr[-3000:] + nodes.said()
        assert done.stdout == "Row(sum(count)=1000, count(1)=10)\n"
        stranger = run(nodes.master, script, tmp_path)
        assert stranger.returncode != 0
        assert (
            f"127.0.0.1:{nodes.ports[0]}: something listens there, but it did not let this process in"
            in stranger.stderr
        )
        assert "--tls" in stranger.stderr
        assert stranger.stdout == ""
    finally:
        nodes.stop()
    password = (tmp_path / "keys" / cert.PASSWORD).read_text().strip()
    assert password not in nodes.said() + done.stderr


def test_a_node_that_others_can_reach_asks_for_keys(tmp_path: Path):
    (port,) = free_ports(1)
    command = [*COMMAND, "node", "--host", "0.0.0.0", "--port", str(port), "--memory", "512m"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=90)
    assert done.returncode == 2
    assert "--tls" in done.stderr
    assert "--insecure" in done.stderr


def test_a_wrong_seed_address_is_said_within_seconds(tmp_path: Path):
    script = tmp_path / "job.py"
    script.write_text("from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().range(3).count()\n")
    (port,) = free_ports(1)
    done = run(f"troupe://127.0.0.1:{port}", script, tmp_path)
    assert done.returncode != 0
    assert f"127.0.0.1:{port}" in done.stderr


def test_a_port_in_use_is_said_plainly(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*COMMAND, "node", "--port", str(port), "--memory", "512m"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=90)
    assert done.returncode != 0
    assert str(port) in done.stdout + done.stderr

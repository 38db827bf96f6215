"""Files that a job writes appear once, whole, or not at all, whatever is killed while they are written."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster.gate import Gate
from cluster.nodes import COMMAND, Nodes, descendants, wait_for_end

from troupe.sql import SparkSession

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")

_WRITER = """
import fcntl, os, sys
from pyspark.sql import SparkSession, functions as F

FOLDER, ROWS = sys.argv[1], int(sys.argv[2])

@F.udf("bigint")
def slowly(row):
    if row == ROWS // 2:
        try:
            os.close(os.open(f"{FOLDER}/spent", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return row
        with open(f"{FOLDER}/reached", "w") as told:
            told.write("reached")
    if row == ROWS // 2 or row % 500 == 0 and os.path.exists(f"{FOLDER}/spent"):
        with open(f"{FOLDER}/gate") as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)
    return row

frame = SparkSession.builder.getOrCreate().range(0, ROWS, 1, 8).select(slowly("id").alias("v"), (F.col("id") % 3).alias("p"))
frame.write.mode("overwrite").partitionBy("p").parquet(f"{FOLDER}/out")
print("written")
"""
_ROWS = 60_000


class Writer:
    """A client that overwrites ``FOLDER/out``, and says so in a FIFO when half of a task is done; then its tasks stand still."""

    def __init__(self, master: str, folder: Path) -> None:
        os.mkfifo(folder / "reached")
        self.gate = Gate(folder / "gate")
        self.folder = folder
        script = folder / "write.py"
        script.write_text(_WRITER)
        (folder / "client").mkdir()
        self.process = subprocess.Popen(
            [*COMMAND, "run", "--master", master, str(script), str(folder), str(_ROWS)], cwd=folder, start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder / "client")}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def wait_until_reached(self) -> None:
        pipe = os.open(self.folder / "reached", os.O_RDONLY | os.O_NONBLOCK)
        try:
            ready, _, _ = select.select([pipe], [], [], 90)
            assert ready, "the job did not begin to write"
        finally:
            os.close(pipe)

    def kill(self) -> None:
        """The client with its driver and whatever else it has started."""
        below = descendants(self.process.pid)
        for process in [self.process.pid, *below]:
            os.kill(process, signal.SIGKILL)
        for process in below:
            wait_for_end(process)
        self.process.communicate()


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """One cluster for all: the last test kills one of its nodes."""
    found = Nodes(tmp_path_factory.mktemp("nodes"))
    yield found
    found.stop()


@pytest.fixture
def earlier(tmp_path: Path, spark: SparkSession) -> list[int]:
    """What the output held before: values 0 to 9."""
    spark.range(10).selectExpr("id AS v", "id % 3 AS p").write.partitionBy("p").parquet(str(tmp_path / "out"))
    return list(range(10))


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = SparkSession.builder.master("local[2]").getOrCreate()
    yield session
    session.stop()


def left_by_the_dead(folder: Path) -> list[str]:
    """Folders of unfinished writes: the next write to the path removes those whose driver is gone."""
    return [path.name for path in (folder / "out").glob("_temporary-*")]


def values(spark: SparkSession, folder: Path) -> list[int]:
    return sorted(row.v for row in spark.read.parquet(str(folder / "out")).select("v").collect())


@pytest.mark.parametrize("master", ["local[2]", "cluster"])
def test_a_client_killed_while_files_are_written_loses_no_earlier_data(
    master: str, request: pytest.FixtureRequest, tmp_path: Path, earlier: list[int], spark: SparkSession
):
    writer = Writer(request.getfixturevalue("nodes").master if master == "cluster" else master, tmp_path)
    writer.wait_until_reached()
    writer.kill()
    assert values(spark, tmp_path) == earlier
    assert left_by_the_dead(tmp_path)
    spark.range(10, 12).selectExpr("id AS v", "id % 3 AS p").write.mode("append").partitionBy("p").parquet(
        str(tmp_path / "out")
    )
    assert values(spark, tmp_path) == [*earlier, 10, 11]
    assert not left_by_the_dead(tmp_path)


def test_a_node_killed_while_files_are_written(nodes: Nodes, tmp_path: Path, earlier: list[int], spark: SparkSession):
    assert values(spark, tmp_path) == earlier
    writer = Writer(nodes.master, tmp_path)
    writer.wait_until_reached()
    nodes.kill(1)
    writer.gate.open()
    said, _ = writer.process.communicate(timeout=120)
    assert said.endswith("written\n"), said[-2000:]
    assert values(spark, tmp_path) == list(range(_ROWS))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["_SUCCESS", "p=0", "p=1", "p=2"]

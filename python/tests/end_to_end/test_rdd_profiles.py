"""Profiles of RDDs, checkpoints of parents, and wishes for resources."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from troupe import BasicProfiler, SparkConf, SparkContext

class Named(BasicProfiler):
    def show(self, id):
        print("profile of", id)
        super().show(id)

conf = SparkConf().setMaster("local[2]").set("spark.python.profile", "true").set("spark.ui.enabled", "false")
with SparkContext(conf=conf, profiler_cls=Named) as sc:
    def costly(x):
        return sum(range(1000)) + x
    rdd = sc.parallelize(range(10), 2).map(costly)
    assert rdd.count() == 10
    if sys.argv[1] != "-":
        sc.dump_profiles(sys.argv[1])
    else:
        assert sc.parallelize(range(10), 2).map(lambda x: (x % 2, costly(x))).groupByKey().count() == 2
"""


def _run(argument: str) -> str:
    ran = subprocess.run([sys.executable, "-c", SCRIPT, argument], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_what_rdds_spent_is_shown_when_the_context_stops_also_before_an_exchange():
    shown = _run("-")
    assert shown.count("profile of") >= 2
    calls = [line.split()[0] for line in shown.splitlines() if line.endswith("(costly)")]
    assert calls == ["10", "10"]


def test_profiles_are_written_once_each(tmp_path):
    import pstats

    assert "profile of" not in _run(str(tmp_path))
    [file] = tmp_path.glob("rdd_*.pstats")
    assert any(name == "costly" for _, _, name in pstats.Stats(str(file)).stats)


def test_a_job_of_a_derived_rdd_makes_its_parents_checkpoint(spark, tmp_path):
    sc = spark.sparkContext
    sc.setCheckpointDir(str(tmp_path))
    parent = sc.parallelize(range(6), 3).map(lambda x: x * 2)
    parent.checkpoint()
    assert parent.is_checkpointed
    assert not parent.isCheckpointed()
    assert parent.map(lambda x: x + 1).collect() == [1, 3, 5, 7, 9, 11]
    assert parent.isCheckpointed()
    assert parent.getCheckpointFile().startswith("file:")
    local = sc.parallelize(range(6), 3)
    local.localCheckpoint()
    assert local.sum() == 15
    assert local.isLocallyCheckpointed()


def test_wishes_for_resources_are_remembered(spark):
    from troupe.resource import ExecutorResourceRequests, ResourceProfileBuilder, TaskResourceRequests

    executors = ExecutorResourceRequests().cores(2).memory("2g").resource("gpu", 1, "find.sh", "nobody")
    profile = ResourceProfileBuilder().require(executors).require(TaskResourceRequests().cpus(1)).build
    assert {name: r.amount for name, r in profile.executorResources.items()} == {"cores": 2, "memory": 2048, "gpu": 1}
    assert profile.taskResources["cpus"].amount == 1.0
    rdd = spark.sparkContext.parallelize([1]).withResources(profile)
    assert rdd.getResourceProfile() is profile
    assert rdd.count() == 1


def test_profiles_need_the_setting(spark):
    with pytest.raises(RuntimeError, match="spark.python.profile"):
        spark.sparkContext.show_profiles()

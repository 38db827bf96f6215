"""RDDs on the real engine: partitions, order, keys, files, and what comes back from tasks."""

from __future__ import annotations

import gzip
import operator
import os
from pathlib import Path

import pytest

from troupe import TaskContext
from troupe.errors import PySparkPicklingError, PySparkRuntimeError, PySparkValueError, PythonException
from troupe.storagelevel import StorageLevel


@pytest.fixture(scope="module")
def sc(spark):
    return spark.sparkContext


def test_partitions_are_cut_as_pyspark_cuts_them(sc):
    assert sc.parallelize([1, 2, 3, 4, 5], 3).glom().collect() == [[1], [2, 3], [4, 5]]
    assert sc.parallelize(list(range(10)), 4).glom().collect() == [[0, 1], [2, 3], [4, 5], [6, 7, 8, 9]]
    assert sc.parallelize(range(0, 6, 2), 5).glom().collect() == [[], [0], [], [2], [4]]
    assert sc.parallelize([], 3).mapPartitions(lambda objects: ["here", *objects]).count() == 3
    assert sc.emptyRDD().getNumPartitions() == 0
    assert sc.emptyRDD().collect() == []


def test_functions_of_a_stage_share_one_visit(sc):
    process = sc.parallelize([0], 1).map(lambda _: os.getpid()).map(lambda pid: (pid, os.getpid())).collect()
    assert process[0][0] == process[0][1]
    numbers = sc.parallelize(range(4), 4).mapPartitionsWithIndex(
        lambda split, objects: [(split, TaskContext.get().partitionId(), *objects)]
    )
    assert numbers.collect() == [(i, i, i) for i in range(4)]


def test_take_runs_only_the_partitions_it_needs(sc):
    ran = sc.accumulator(0)

    def counted(objects):
        ran.add(1)
        return objects

    assert sc.parallelize(range(100), 50).mapPartitions(counted).take(3) == [0, 1, 2]
    assert ran.value == 2
    assert sc.runJob(sc.parallelize(range(6), 3), lambda objects: [sum(objects)], [2, 0]) == [9, 1]
    with pytest.raises(PySparkValueError, match="non-existent partition: 7"):
        sc.runJob(sc.parallelize([1], 1), list, [7])


def test_keys_meet_in_one_partition(sc):
    pairs = sc.parallelize([(word, 1) for word in ["a", "b", "a", "é", "a", None, "b"]], 3)
    assert dict(pairs.reduceByKey(operator.add).collect()) == {"a": 3, "b": 2, "é": 1, None: 1}
    assert {key: list(values) for key, values in pairs.groupByKey(2).collect()}["a"] == [1, 1, 1]
    assert pairs.countByKey() == {"a": 3, "b": 2, "é": 1, None: 1}
    assert pairs.partitionBy(2).glom().map(lambda part: {key for key, _ in part}).reduce(operator.and_) == set()
    left, right = sc.parallelize([("a", 1), ("b", 2), ("b", 3)], 2), sc.parallelize([("b", 4), ("c", 5)], 2)
    assert sorted(left.join(right).collect()) == [("b", (2, 4)), ("b", (3, 4))]
    assert sorted(left.fullOuterJoin(right).collect()) == [
        ("a", (1, None)), ("b", (2, 4)), ("b", (3, 4)), ("c", (None, 5)),
    ]  # fmt: skip
    assert sorted(left.subtractByKey(right).collect()) == [("a", 1)]
    grouped = left.cogroup(right).mapValues(lambda both: tuple(map(list, both))).collectAsMap()
    assert grouped == {"a": ([1], []), "b": ([2, 3], [4]), "c": ([], [5])}


def test_sorting_spreads_over_partitions(sc):
    numbers = sc.parallelize([(i * 7919) % 1000 for i in range(1000)], 4)
    ordered = numbers.sortBy(lambda x: x, numPartitions=5)
    assert ordered.collect() == list(range(1000))
    assert min(ordered.glom().map(len).collect()) > 50
    assert numbers.sortBy(lambda x: x, ascending=False).take(3) == [999, 998, 997]
    assert numbers.top(2) == [999, 998]


def test_several_rdds_into_one(sc):
    one, other = sc.parallelize([1], 1), sc.parallelize([2], 1)
    assert one.union(other).glom().collect() == [[1], [2]]
    assert (sc.parallelize([1, 2, 3], 2) + one).glom().collect() == [[1], [2, 3], [1]]
    pairs = sc.parallelize(["a", "b", "c"], 2).zip(sc.parallelize([1, 2, 3], 2))
    assert pairs.collect() == [("a", 1), ("b", 2), ("c", 3)]
    with pytest.raises(PythonException, match="same number of elements"):
        sc.parallelize([1, 2, 3, 4], 2).zip(sc.parallelize([1, 2, 3], 2)).collect()
    crossed = sc.parallelize([1, 2], 2).cartesian(sc.parallelize("xy", 2))
    assert crossed.collect() == [(1, "x"), (1, "y"), (2, "x"), (2, "y")]
    assert sc.parallelize("abcd", 3).zipWithIndex().collect() == [("a", 0), ("b", 1), ("c", 2), ("d", 3)]
    assert sc.parallelize(range(6), 6).coalesce(2).glom().collect() == [[0, 1, 2], [3, 4, 5]]
    assert sorted(sc.parallelize(range(100), 2).repartition(5).collect()) == list(range(100))


def test_spilled_groups_and_runs_give_the_same(sc, monkeypatch):
    monkeypatch.setattr(type(sc), "_worker_memory", property(lambda self: 1))
    pairs = sc.parallelize([(i % 3000, i) for i in range(30_000)], 2)
    assert pairs.reduceByKey(operator.add).filter(lambda kv: kv[0] == 7).collect() == [(7, sum(range(7, 30_000, 3000)))]
    assert pairs.groupByKey(1).count() == 3000
    assert pairs.values().sortBy(lambda x: -x).take(2) == [29_999, 29_998]


def test_kept_partitions_are_computed_once(sc):
    computed = sc.accumulator(0)

    def slow(x):
        computed.add(1)
        return x + 1

    kept = sc.parallelize(range(10), 2).map(slow).persist(StorageLevel.MEMORY_AND_DISK)
    assert kept.sum() == 55
    assert kept.map(lambda x: x * 2).sum() == 110
    assert computed.value == 10
    with pytest.raises(PySparkRuntimeError, match="Cannot change storage level"):
        kept.persist(StorageLevel.DISK_ONLY)
    kept.unpersist()
    assert kept.sum() == 55
    assert computed.value == 20


def test_files(sc, tmp_path: Path):
    lines = [f"line {i} é" for i in range(1000)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("\n".join(lines[:500]) + "\r\n")
    with gzip.open(tmp_path / "in" / "b.txt.gz", "wt") as packed:
        packed.write("\n".join(lines[500:]))
    read = sc.textFile(str(tmp_path / "in"), 4)
    assert read.getNumPartitions() > 2
    assert read.collect() == lines
    assert [name.rsplit("/", 1)[1] for name in sc.wholeTextFiles(str(tmp_path / "in")).keys().collect()] == [
        "a.txt", "b.txt.gz",
    ]  # fmt: skip
    read.saveAsTextFile(str(tmp_path / "out"))
    assert sc.textFile(f"{tmp_path}/out/part-*").collect() == lines
    assert (tmp_path / "out" / "_SUCCESS").exists()
    with pytest.raises(PySparkValueError, match="already exists"):
        read.saveAsTextFile(str(tmp_path / "out"))
    with pytest.raises(PySparkValueError, match="does not exist"):
        sc.textFile(str(tmp_path / "none"))
    with pytest.raises(PythonException, match="ZeroDivisionError"):
        read.map(lambda _: 1 // 0).saveAsTextFile(str(tmp_path / "failed"))
    assert not (tmp_path / "failed").exists()
    sc.parallelize([1, None, {"a": (2,)}], 2).saveAsPickleFile(str(tmp_path / "pickles"))
    assert sc.pickleFile(str(tmp_path / "pickles")).collect() == [1, None, {"a": (2,)}]


def test_checkpoints_cut_the_lineage(sc, tmp_path: Path):
    rdd = sc.parallelize(range(5), 2).map(lambda x: x * 10)
    with pytest.raises(PySparkRuntimeError, match="Checkpoint directory"):
        rdd.checkpoint()
    sc.setCheckpointDir(str(tmp_path))
    rdd.checkpoint()
    assert rdd.collect() == [0, 10, 20, 30, 40]
    assert rdd.isCheckpointed()
    assert os.listdir(rdd.getCheckpointFile().removeprefix("file:"))
    assert rdd.map(lambda x: x + 1).collect() == [1, 11, 21, 31, 41]


def test_frames_and_rdds(spark, sc):
    frame = spark.range(10).selectExpr("id", "cast(id as string) as text").repartition(3)
    assert frame.rdd.getNumPartitions() == 3
    assert sorted(frame.rdd.map(lambda row: (row.id, row.text)).collect())[9] == (9, "9")
    made = sc.parallelize([(1, "a"), (2, None)], 2).toDF(["x", "y"])
    assert made.dtypes == [("x", "bigint"), ("y", "string")]
    assert [tuple(row) for row in made.collect()] == [(1, "a"), (2, None)]
    assert spark.createDataFrame(sc.parallelize([1.5, 2.5]), "double").groupBy().sum("value").first()[0] == 4.0


def test_failures_are_the_users(sc):
    def broken(x):
        return {}[x]

    with pytest.raises(PythonException, match="KeyError: 2") as failure:
        sc.parallelize([2], 1).map(broken).collect()
    assert "troupe/rdd" not in str(failure.value)
    with pytest.raises(PySparkPicklingError, match="SPARK-5063"):
        sc.parallelize([1]).map(lambda _, inner=sc.parallelize([2]): inner.count()).collect()
    with pytest.raises(ValueError, match="RDD is empty"):
        sc.parallelize([]).first()

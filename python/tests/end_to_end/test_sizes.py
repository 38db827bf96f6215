"""What is decided by sizes: sorts of large inputs by ranges, merged and divided partitions of exchanges."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from troupe.sql import SparkSession, Window
from troupe.sql import functions as F

ROWS = 5_000_000


@pytest.mark.parametrize("descending", [False, True])
def test_a_large_sort_is_one_order_over_all_partitions(
    spark: SparkSession, descending: bool, capsys: pytest.CaptureFixture[str]
):
    rows = spark.range(0, ROWS, 1, 8)
    frame = rows.select(
        F.when(F.col("id") % 1000 == 0, None).otherwise((F.col("id") * 7919) % 1_000_003).alias("k"),
        F.col("id").alias("v"),
    )
    order = F.desc_nulls_first("k") if descending else F.asc_nulls_first("k")
    ordered = frame.orderBy(order, "v")
    ordered.explain()
    assert "rangepartitioning" in capsys.readouterr().out
    table = ordered.toArrow()
    assert table.num_rows == ROWS
    nulls = ROWS // 1000
    k = table["k"].combine_chunks()
    v = table["v"].combine_chunks()
    assert k[:nulls].null_count == nulls
    assert k[nulls:].null_count == 0
    before, after = k[nulls:-1], k[nulls + 1 :]
    in_order = pc.greater(before, after) if descending else pc.less(before, after)
    ties = pc.and_(pc.equal(before, after), pc.less(v[nulls:-1], v[nulls + 1 :]))
    assert pc.all(pc.or_(in_order, ties)).as_py()
    assert pc.sum(v).as_py() == ROWS * (ROWS - 1) // 2


def test_repartition_by_range_divides_by_order_into_the_partitions_asked_for(spark: SparkSession):
    frame = spark.range(0, 100_000, 1, 4).withColumn("k", (F.col("id") * 7919) % 100_003)
    divided = frame.repartitionByRange(5, "k").withColumn("p", F.spark_partition_id())
    found = divided.groupBy("p").agg(F.min("k"), F.max("k"), F.count("*")).orderBy("p").collect()
    assert [row[0] for row in found] == [0, 1, 2, 3, 4]
    assert all(a[2] < b[1] for a, b in zip(found, found[1:], strict=False))
    assert sum(row[3] for row in found) == 100_000
    assert max(row[3] for row in found) < 40_000
    assert frame.repartitionByRange(5, "k").rdd.getNumPartitions() == 5


def test_ranges_of_equal_keys_and_of_nothing(spark: SparkSession):
    same = spark.range(0, 1000, 1, 4).select(F.lit(1).alias("k"))
    assert same.repartitionByRange(3, "k").count() == 1000
    assert same.where("k > 1").repartitionByRange(3, "k").count() == 0


def test_small_partitions_are_read_by_one_task(spark: SparkSession):
    counted = spark.range(0, 20_000, 1, 4).groupBy((F.col("id") % 10).alias("k")).count()
    assert counted.select(F.spark_partition_id().alias("p")).distinct().count() == 1
    assert sorted(tuple(row) for row in counted.collect()) == [(k, 2_000) for k in range(10)]


@pytest.mark.parametrize("kind", ["inner", "left", "left_semi", "left_anti", "right", "full"])
def test_a_heavy_key_changes_no_join(spark: SparkSession, kind: str):
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        heavy = spark.range(0, 3_000_000, 1, 8).select(
            F.when(F.col("id") % 10 < 9, 7).otherwise(F.col("id")).alias("k"), F.col("id").alias("v")
        )
        other = spark.range(0, 400_000, 1, 4).select((F.col("id") * 10 + 7).alias("k"), F.col("id").alias("w"))
        joined = heavy.join(other, "k", kind)
        sums = [F.count("*").alias("n"), F.sum("v").alias("v")]
        if kind not in ("left_semi", "left_anti"):
            sums.append(F.sum("w").alias("w"))
        row = joined.agg(*sums).first()
        assert row is not None
        keys = [7 if i % 10 < 9 else i for i in range(3_000_000)]
        matching = sum(1 for k in keys if k % 10 == 7 and k < 4_000_000)
        expected = {
            "inner": matching,
            "left_semi": matching,
            "left": 3_000_000,
            "left_anti": 3_000_000 - matching,
            "right": matching + 400_000 - len({k for k in keys if k % 10 == 7 and k < 4_000_000}),
        }
        expected["full"] = expected["left"] + expected["right"] - matching
        assert row["n"] == expected[kind]
    finally:
        spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")


def test_windows_over_merged_partitions_are_whole(spark: SparkSession):
    frame = spark.range(0, 100_000, 1, 4).withColumn("k", F.col("id") % 100)
    ranked = frame.withColumn("r", F.row_number().over(Window.partitionBy("k").orderBy("id")))
    assert ranked.groupBy("k").agg(F.max("r").alias("m")).where("m <> 1000").count() == 0


@pytest.mark.parametrize("key", ["spark.sql.adaptive.enabled", "spark.sql.adaptive.coalescePartitions.enabled"])
def test_partitions_stay_as_planned_when_asked_for(spark: SparkSession, key: str):
    spark.conf.set(key, "false")
    spark.conf.set("spark.sql.shuffle.partitions", "4")
    try:
        counted = spark.range(0, 200_000, 1, 4).groupBy("id").count()
        assert counted.select(F.spark_partition_id().alias("p")).distinct().count() == 4
    finally:
        spark.conf.unset(key)
        spark.conf.unset("spark.sql.shuffle.partitions")

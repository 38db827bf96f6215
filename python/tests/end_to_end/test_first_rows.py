"""The first rows of a plan without exchanges: partitions are computed until there are enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from troupe.sql import SparkSession
from troupe.sql import functions as F

ROWS = 2_000_000


def _partitions_that_ran(spark: SparkSession, folder: Path, limit: int, condition: str) -> tuple[list[int], int]:
    marks = folder / "marks"
    marks.mkdir()

    @F.udf("long")
    def mark(partition: int, value: int) -> int:
        (marks / str(partition)).touch()
        return value

    rows = spark.range(0, ROWS, 1, 8).where(condition)
    found = rows.select(mark(F.spark_partition_id(), "id").alias("id")).limit(limit).collect()
    return [row[0] for row in found], len(list(marks.iterdir()))


def test_only_the_first_partitions_run_when_they_have_enough(spark: SparkSession, tmp_path: Path):
    rows, ran = _partitions_that_ran(spark, tmp_path, 5, "id >= 0")
    assert rows == [0, 1, 2, 3, 4]
    assert 1 <= ran <= 2


def test_more_run_until_there_are_enough(spark: SparkSession, tmp_path: Path):
    rows, ran = _partitions_that_ran(spark, tmp_path, 3, f"id > {ROWS - 100}")
    assert rows == [ROWS - 99, ROWS - 98, ROWS - 97]
    assert ran >= 1


@pytest.mark.parametrize("limit", [0, 1, 250_001, ROWS, ROWS + 1])
def test_no_row_is_missing_and_none_is_too_many(spark: SparkSession, limit: int):
    rows = spark.range(0, ROWS, 1, 8).limit(limit).toArrow()["id"].to_pylist()
    assert rows == list(range(min(limit, ROWS)))


def test_an_error_in_a_partition_that_is_not_needed_is_not_met(spark: SparkSession):
    risky = spark.range(0, ROWS, 1, 8).select((F.lit(1) / (F.col("id") - (ROWS - 1))).alias("x"))
    assert len(risky.take(3)) == 3


def test_later_partitions_belong_to_the_callers_job_group(spark: SparkSession, tmp_path: Path):
    context = spark.sparkContext
    context.setJobGroup("first", "rows that come late")
    try:
        assert spark.range(0, ROWS, 1, 8).where(f"id = {ROWS - 1}").limit(1).collect()[0][0] == ROWS - 1
        assert len(context.statusTracker().getJobIdsForGroup("first")) >= 2
    finally:
        context.setLocalProperty("spark.jobGroup.id", None)
        context.setLocalProperty("spark.job.description", None)


def test_first_rows_of_cached_data(spark: SparkSession):
    cached = spark.range(0, ROWS, 1, 8).cache()
    try:
        assert [row[0] for row in cached.limit(3).collect()] == [0, 1, 2]
        assert [row[0] for row in cached.where(f"id > {ROWS - 3}").take(5)] == [ROWS - 2, ROWS - 1]
    finally:
        cached.unpersist()


def test_rows_of_later_partitions_have_the_numbers_of_their_partitions(spark):
    frame = spark.range(10, numPartitions=5).select(
        "id", F.spark_partition_id().alias("p"), F.monotonically_increasing_id().alias("m")
    )
    for rows in (frame.take(10), frame.collect()):
        assert [(row.id, row.p) for row in rows] == [(i, i // 2) for i in range(10)]
        assert len({row.m for row in rows}) == 10

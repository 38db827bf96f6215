"""The job that the AOT cache is trained on: the roads that most scripts take first."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

_ROWS = 2000


def main() -> int:
    """A step that fails is reported and left out: the cache then knows the other ones."""
    from troupe.sql import SparkSession
    from troupe.sql import functions as F

    spark = SparkSession.builder.master("local[2]").appName("start-up training").getOrCreate()
    failed = 0
    try:
        with tempfile.TemporaryDirectory(prefix="troupe-training-") as folder:
            for step in _STEPS:
                try:
                    step(spark, F, os.path.join(folder, "table"))
                except Exception as error:
                    failed += 1
                    print(f"{step.__name__}: {type(error).__name__}: {error}", file=sys.stderr)
    finally:
        spark.stop()
    return 1 if failed else 0


def _files(spark: Any, F: Any, path: str) -> None:
    numbers = spark.range(_ROWS).select(
        "id",
        (F.col("id") % 7).alias("k"),
        F.concat(F.lit("name "), F.col("id").cast("string")).alias("s"),
        (F.col("id") * 1.5).alias("d"),
        (F.col("id") / 100).cast("decimal(12,2)").alias("m"),
        F.date_add(F.lit("1995-01-01").cast("date"), F.col("id").cast("int")).alias("t"),
    )
    numbers.write.mode("overwrite").parquet(path)
    spark.read.parquet(path).createOrReplaceTempView("t")


def _frames(spark: Any, F: Any, path: str) -> None:
    table = spark.read.parquet(path)
    table.limit(3).collect()
    table.filter(F.col("k") == 3).count()
    grouped = table.groupBy("k").agg(F.sum("m"), F.avg("d"), F.count("*"), F.max("s")).orderBy("k")
    grouped.collect()
    table.join(grouped.withColumnRenamed("k", "k2"), F.col("k") == F.col("k2")).orderBy("id").limit(5).collect()


def _queries(spark: Any, F: Any, path: str) -> None:
    spark.sql(
        "select k, sum(m * (1 - d)) as total, count(*) from t where t >= date '1996-01-01' and s like 'name 1%' "
        "and id in (select id from t where k < 5) group by k order by total desc limit 3"
    ).collect()


def _rows(spark: Any, F: Any, path: str) -> None:
    spark.createDataFrame([(1, "a"), (2, None)], "x int, y string").collect()
    spark.range(1000).selectExpr("id % 7 as k", "id").groupBy("k").sum("id").collect()


_STEPS: tuple[Callable[[Any, Any, str], None], ...] = (_rows, _files, _frames, _queries)

if __name__ == "__main__":
    sys.exit(main())

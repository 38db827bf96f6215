"""The job that the AOT cache is trained on: the roads that most scripts take first."""

from __future__ import annotations

import os
import tempfile

_ROWS = 2000


def main() -> None:
    from troupe.sql import SparkSession
    from troupe.sql import functions as F

    spark = SparkSession.builder.master("local[2]").appName("start-up training").getOrCreate()
    try:
        with tempfile.TemporaryDirectory(prefix="troupe-training-") as folder:
            _train(spark, F, os.path.join(folder, "table"))
    finally:
        spark.stop()


def _train(spark, F, path: str) -> None:  # type: ignore[no-untyped-def]
    numbers = spark.range(_ROWS).select(
        "id", (F.col("id") % 7).alias("k"), F.concat(F.lit("name "), F.col("id").cast("string")).alias("s"),
        (F.col("id") * 1.5).alias("d"), (F.col("id") / 100).cast("decimal(12,2)").alias("m"),
        F.date_add(F.lit("1995-01-01").cast("date"), F.col("id").cast("int")).alias("t"),
    )  # fmt: skip
    numbers.write.mode("overwrite").parquet(path)
    table = spark.read.parquet(path)
    table.createOrReplaceTempView("t")
    table.limit(3).show()
    table.filter(F.col("k") == 3).count()
    grouped = table.groupBy("k").agg(F.sum("m"), F.avg("d"), F.count("*"), F.max("s")).orderBy("k")
    grouped.collect()
    table.join(grouped.withColumnRenamed("k", "k2"), F.col("k") == F.col("k2")).orderBy("id").limit(5).collect()
    spark.sql(
        "select k, sum(m * (1 - d)) as total, count(*) from t where t >= date '1996-01-01' and s like 'name 1%' "
        "and id in (select id from t where k < 5) group by k order by total desc limit 3"
    ).collect()
    spark.createDataFrame([(1, "a"), (2, None)], "x int, y string").toArrow()


if __name__ == "__main__":
    main()

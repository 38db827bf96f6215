"""The DataFrame API, and the ways by which rows come in and go out."""

from __future__ import annotations

import contextlib
import io

from troupe.launch.training.job import Job, Workshop


def made_here(at: Workshop) -> None:
    at.spark.createDataFrame([(1, "a", 2.5), (2, None, 3.5)], "x int, y string, z double").collect()
    at.spark.createDataFrame([{"name": "n", "size": 4}]).collect()
    at.spark.range(1000).selectExpr("id % 7 as k", "id").groupBy("k").sum("id").collect()


def methods(at: Workshop) -> None:
    from troupe.sql import functions as F
    from troupe.sql.window import Window

    table = at.spark.table("visits")
    table.filter((F.col("page") == 3) & F.col("origin").isNotNull()).count()
    table.withColumn("net", F.col("paid") * (1 - F.col("discount"))).groupBy("origin").agg(
        F.sum("net").alias("total"), F.avg("seconds"), F.countDistinct("user"), F.max("day")
    ).orderBy(F.desc("total")).collect()
    newest = Window.partitionBy("user").orderBy(F.desc("moment"))
    table.withColumn("n", F.row_number().over(newest)).filter("n = 1").select("user", "url").limit(5).collect()
    table.select("origin", F.explode("scores").alias("s"), "device.os").distinct().count()
    table.drop("note").dropDuplicates(["page"]).fillna({"origin": "none"}).sort("page").take(5)
    table.repartition(4, "user").groupBy("user").count().agg(F.max("count")).first()
    table.sample(0.1, seed=3).union(table.limit(10)).count()
    kept = table.filter("page < 20").cache()
    kept.count()
    kept.groupBy("page").count().collect()
    kept.unpersist()


def ways_out(at: Workshop) -> None:
    table = at.spark.table("visits").limit(3000)
    with contextlib.redirect_stdout(io.StringIO()):
        table.show(3)
        table.printSchema()
        table.explain()
    table.toArrow()
    with contextlib.suppress(ImportError):  # pandas is optional
        table.toPandas()
    for _ in table.select("visit", "url", "day", "paid").toLocalIterator():
        pass


def mistakes(at: Workshop) -> None:
    """The roads to an error are walked in the first minutes of most scripts."""
    for wrong in (
        "select nothing from visits",
        "selct 1",
        "select * from nowhere",
        "select cast('x' as int)",
        "select 1 / 0",
    ):
        with contextlib.suppress(Exception):
            at.sql(wrong)


JOBS: tuple[Job, ...] = (made_here, methods, ways_out, mistakes)

"""A job for the console's tests: caches, joins, goes to Python and fails once; one query waits until it is let go.

Arguments: a folder, in which it leaves `url`, and in which it waits for `go` and then for `end`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

folder = Path(sys.argv[1])
go = folder / "go"


def until(file: Path) -> None:
    end = time.monotonic() + 100
    while not file.exists():
        if time.monotonic() > end:
            raise TimeoutError(f"{file} did not come")
        time.sleep(0.01)


def patient(x: int) -> int:
    until(go)
    return x + 1


patient.__name__ = "<img src=x onerror=fail()>"


def broken(x: int) -> int:
    raise ValueError("</pre><script>fail()</script>")


spark = SparkSession.builder.appName("<script>fail()</script> & pages").getOrCreate()
numbers = spark.range(0, 20_000, 1, 4).select("id", (F.col("id") % 10).alias("k"))
kept = numbers.repartition(4, "k").cache()
kept.count()
try:
    numbers.select(F.udf(broken, "bigint")("id")).collect()
except Exception as error:
    assert "ValueError" in str(error), error
(folder / "url.part").write_text(spark.sparkContext.uiWebUrl)
(folder / "url.part").rename(folder / "url")
spark.sparkContext.setJobDescription("the patient query")
waiting = numbers.limit(40).repartition(2).select(F.udf(patient, "bigint")("id").alias("id"))
joined = waiting.join(kept, "id").groupBy("k").agg(F.count("*").alias("n")).orderBy("k")
joined.collect()
spark.sparkContext.setJobDescription("the last query")
kept.filter("k > 3").count()
until(folder / "end")
spark.stop()

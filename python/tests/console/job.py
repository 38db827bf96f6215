"""A job for the console's tests: caches, joins, goes to Python and fails once; one query waits until it is let go.

Prints the console's address first. The one query waits while somebody holds the lock of the file that is the argument; the job itself
waits at its end for a line.
"""

from __future__ import annotations

import fcntl
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

gate = sys.argv[1]


def patient(x: int) -> int:
    with open(gate) as held:
        fcntl.flock(held, fcntl.LOCK_SH)
    print("</pre><script>fail()</script> row", x)
    return x + 1


patient.__name__ = "<img src=x onerror=fail()>"


def broken(x: int) -> int:
    raise ValueError("</pre><script>fail()</script>")


sampling = "spark.troupe.udf.sampling"
spark = SparkSession.builder.config(sampling, "true").appName("<script>fail()</script> & pages").getOrCreate()
numbers = spark.range(0, 20_000, 1, 4).select("id", (F.col("id") % 10).alias("k"))
kept = numbers.repartition(4, "k").cache()
kept.count()
try:
    numbers.select(F.udf(broken, "bigint")("id")).collect()
except Exception as error:
    assert "ValueError" in str(error), error
print(spark.sparkContext.uiWebUrl, flush=True)
spark.sparkContext.setJobDescription("the patient query")
waiting = numbers.limit(40).repartition(2).select(F.udf(patient, "bigint")("id").alias("id"))
joined = waiting.join(kept, "id").groupBy("k").agg(F.count("*").alias("n")).orderBy("k")
joined.collect()
spark.sparkContext.setJobDescription("the last query")
kept.filter("k > 3").count()
sys.stdin.readline()
spark.stop()

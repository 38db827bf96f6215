"""A job that is slow for one reason: `udf`, `skew` or `spill`. Prints the application's first finding's rule and title."""

from __future__ import annotations

import json
import sys
import urllib.request

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

reason = sys.argv[1]
spark = SparkSession.builder.getOrCreate()
if reason == "udf":

    @F.udf("bigint")
    def plod(x):
        total = 0
        for i in range(60):
            total += (x * i) % 7
        return total

    spark.range(0, 150_000, 1, 2).select(plod("id").alias("v")).agg(F.sum("v")).collect()
elif reason == "skew":
    spark.conf.set("spark.sql.shuffle.partitions", "8")
    heavy = F.when(F.col("id") % 20 == 0, F.col("id") % 1000).otherwise(F.lit(7))
    rows = spark.range(0, 20_000_000, 1, 8).select(heavy.alias("k"), F.col("id").alias("v"))
    numbered = rows.selectExpr("v", "row_number() OVER (PARTITION BY k ORDER BY v DESC) AS r")
    numbered.where("r % 1000 = 1").agg(F.sum("v")).collect()
else:
    spark.conf.set("spark.sql.shuffle.partitions", "2")
    numbers = spark.range(0, 6_000_000, 1, 2).selectExpr(
        "id % 100 AS k", "id * 7919 % 1000003 AS s", "id AS t", "id * 3 AS u"
    )
    numbered = numbers.selectExpr("u + t AS v", "row_number() OVER (PARTITION BY k ORDER BY s) AS r")
    numbered.where("r % 1000 = 1").agg(F.sum("v")).collect()

with urllib.request.urlopen(f"{spark.sparkContext.uiWebUrl}/pages/applications") as answer:
    (application,) = json.load(answer)
with urllib.request.urlopen(f"{spark.sparkContext.uiWebUrl}/pages/{application['id']}/overview") as answer:
    first = json.load(answer)["findings"][0]
print(first["rule"], "|", first["title"])
spark.stop()

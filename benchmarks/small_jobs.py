#!/usr/bin/env python3
"""Latency of small things in a warm session: DataFrame calls (one round trip each), tiny queries, tiny results.

    small_jobs.py [--engine troupe|pyspark] [--seconds 3]

Prints p50 and p95 in milliseconds, and how many a second.
"""

import argparse
import importlib
import time


def cases(spark, F):
    table = spark.createDataFrame([(i, f"name {i}") for i in range(100)], "id int, name string")
    table.createOrReplaceTempView("t")
    numbers = spark.range(1000).cache()
    numbers.count()
    return {
        "column expression (no call)": lambda: (F.col("a") + 1) * F.col("b") > F.lit(3),
        "select (one call)": lambda: table.select("id"),
        "filter and withColumn (two calls)": lambda: table.filter("id > 3").withColumn("x", F.col("id") + 1),
        "sql, analysed only": lambda: spark.sql("select id, upper(name) n from t where id > 5"),
        "range(1).collect()": lambda: spark.range(1).collect(),
        "range(1000).count()": lambda: spark.range(1000).count(),
        "filter, collect 100 rows": lambda: table.filter("id >= 0").collect(),
        "group by, collect": lambda: table.groupBy((F.col("id") % 3).alias("k")).count().collect(),
        "join and sort, collect": lambda: (
            table.join(table.withColumnRenamed("name", "n2"), "id").orderBy("id").limit(5).collect()
        ),
        "cached count": lambda: numbers.count(),
        "8 tiny tasks": lambda: spark.range(0, 8, 1, 8).selectExpr("sum(id)").collect(),
    }


def measure(action, seconds):
    for _ in range(20):
        action()
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < 5:
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    times.sort()
    return (
        times[len(times) // 2] * 1e3,
        times[int(len(times) * 0.95)] * 1e3,
        len(times) / sum(times),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="troupe", choices=["troupe", "pyspark"])
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    sql = importlib.import_module(f"{options.engine}.sql")
    functions = importlib.import_module(f"{options.engine}.sql.functions")
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    print(f"{options.engine:<36} {'p50 ms':>9} {'p95 ms':>9} {'per s':>9}")
    for name, action in cases(spark, functions).items():
        p50, p95, rate = measure(action, options.seconds)
        print(f"{name:<36} {p50:>9.3f} {p95:>9.3f} {rate:>9.0f}", flush=True)
    spark.stop()


if __name__ == "__main__":
    main()

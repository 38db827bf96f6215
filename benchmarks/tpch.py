#!/usr/bin/env python3
"""A few shapes of query over TPC-H's largest tables, the same script under Troupe and PySpark.

    tpch.py FOLDER [--engine troupe|pyspark] [--repeat 3]

FOLDER holds lineitem.parquet and orders.parquet. Prints the first and the best later time of each, in seconds.
"""

import argparse
import importlib
import time

QUERIES = {
    "scan and filter": "select sum(l_extendedprice * l_discount) from lineitem where l_shipdate >= date '1994-01-01' "
    "and l_shipdate < date '1995-01-01' and l_discount between 0.05 and 0.07 and l_quantity < 24",
    "group by two keys": "select l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice), avg(l_discount), "
    "max(l_shipdate), count(*) from lineitem group by l_returnflag, l_linestatus order by 1, 2",
    "group by many keys": "select count(*), max(s) from (select l_orderkey, sum(l_quantity) s from lineitem group by l_orderkey)",
    "join": "select o_orderpriority, count(*), sum(l_extendedprice) from orders join lineitem on l_orderkey = o_orderkey "
    "where l_receiptdate > l_commitdate group by o_orderpriority order by 1",
    "top n": "select l_orderkey, l_extendedprice from lineitem order by l_extendedprice desc, l_orderkey limit 10",
    "strings": "select l_shipmode, count(*) from lineitem where l_comment like '%final%deposits%' group by l_shipmode order by 1",
    "window": "select max(r) from (select row_number() over (partition by l_suppkey order by l_shipdate) r from lineitem)",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--engine", default="troupe", choices=["troupe", "pyspark"])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    sql = importlib.import_module(f"{options.engine}.sql")
    spark = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "8g")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    for table in ("lineitem", "orders"):
        spark.read.parquet(f"{options.folder}/{table}.parquet").createOrReplaceTempView(table)
    print(f"{options.engine:<22} {'first s':>9} {'best s':>9}")
    for name, text in QUERIES.items():
        times = []
        for _ in range(options.repeat + 1):
            began = time.perf_counter()
            spark.sql(text).collect()
            times.append(time.perf_counter() - began)
        print(f"{name:<22} {times[0]:>9.3f} {min(times[1:]):>9.3f}", flush=True)
    spark.stop()


if __name__ == "__main__":
    main()

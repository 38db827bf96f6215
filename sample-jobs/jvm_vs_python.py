"""The two roads side by side: the same logic as built-in expressions, as a plain Python function, and as a pandas one.

    jvm_vs_python.py [ROWS]

The answers go to stdout and are the same on each road; the times go to stderr.
"""

import sys
import time

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType


def tax_of(amount, country):
    """A rule with branches and text: what people write Python functions for."""
    if amount is None:
        return None
    rate = {"DE": 0.19, "FR": 0.2, "CH": 0.081}.get(country, 0.0)
    return round(amount * rate * 100) / 100


@F.pandas_udf(DoubleType())
def tax_by_pandas(amounts: pd.Series, countries: pd.Series) -> pd.Series:
    rates = countries.map({"DE": 0.19, "FR": 0.2, "CH": 0.081}).fillna(0.0)
    return (amounts * rates * 100).round() / 100


def tax_by_expression(amount, country):
    rate = F.when(country == "DE", 0.19).when(country == "FR", 0.2).when(country == "CH", 0.081).otherwise(0.0)
    return F.bround(amount * rate * 100) / 100


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    spark = SparkSession.builder.appName("two roads").getOrCreate()
    number = F.col("id")
    orders = (
        spark.range(rows)
        .select(
            F.when(number % 1000 == 7, F.lit(None)).otherwise((number * 7919 % 100_000) / 100.0).alias("amount"),
            F.element_at(
                F.array(*[F.lit(c) for c in ("DE", "FR", "CH", "US", "JP")]), (number % 5 + 1).cast("int")
            ).alias("country"),
        )
        .cache()
    )
    orders.count()

    plain = F.udf(tax_of, "double")
    roads = {
        "built-in": tax_by_expression(F.col("amount"), F.col("country")),
        "python": plain("amount", "country"),
        "pandas": tax_by_pandas("amount", "country"),
    }
    answers = {}
    for road, tax in roads.items():
        query = (
            orders.groupBy("country")
            .agg(F.count("*").alias("orders"), F.round(F.sum(tax), 2).alias("tax"))
            .orderBy("country")
        )
        began = time.perf_counter()
        answers[road] = [tuple(row) for row in query.collect()]
        took = time.perf_counter() - began
        print(f"{road:<9} {took:7.2f} s  {rows / took / 1e6:7.2f} M rows/s", file=sys.stderr)

    for country, orders_of, tax in answers["built-in"]:
        print(f"{country}  {orders_of:>8} orders  {tax:>16.2f} tax")
    print("all roads agree:", all(answer == answers["built-in"] for answer in answers.values()))
    spark.stop()


if __name__ == "__main__":
    main()

"""A sales report: revenue by region and month, best customers, and how orders spread over sizes.

    sales_report.py [FOLDER]

FOLDER holds `orders` and `customers` as Parquet; where it does not, the job makes them first (the same ones each time).
"""

import os
import sys
import tempfile

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

REGIONS = ["North", "South", "East", "West", "Île-de-France"]
ORDERS = 200_000
CUSTOMERS = 5_000


def make_data(spark, folder):
    """Deterministic data: every column is arithmetic on the row's number."""
    number = F.col("id")
    region = F.element_at(F.array(*[F.lit(r) for r in REGIONS]), (number % len(REGIONS) + 1).cast("int"))
    customers = spark.range(CUSTOMERS).select(
        number.alias("customer_id"),
        F.concat(F.lit("Customer "), F.lpad(number.cast("string"), 5, "0")).alias("name"),
        F.when(number % 97 == 0, F.lit(None)).otherwise(region).alias("region"),
    )
    orders = spark.range(ORDERS).select(
        number.alias("order_id"),
        ((number * 7919) % (CUSTOMERS + 50)).alias("customer_id"),
        F.date_add(F.lit("2024-01-01").cast("date"), ((number * 31) % 366).cast("int")).alias("day"),
        ((number * 37) % 20 + 1).cast("int").alias("quantity"),
        (((number * 104_729) % 99_900 + 100) / 100).cast("decimal(10,2)").alias("price"),
        F.when(number % 211 == 0, F.lit(None)).otherwise((number % 4) * 5).cast("int").alias("discount_percent"),
    )
    customers.write.mode("overwrite").parquet(os.path.join(folder, "customers"))
    orders.write.mode("overwrite").partitionBy("discount_percent").parquet(os.path.join(folder, "orders"))


def size_of_order(quantity):
    """The company's own words for sizes."""
    if quantity is None:
        return "unknown"
    return "single" if quantity == 1 else "small" if quantity < 10 else "large"


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(tempfile.gettempdir(), "sales-report-data")
    spark = SparkSession.builder.appName("sales report").getOrCreate()
    if not os.path.exists(os.path.join(folder, "orders", "_SUCCESS")):
        print(f"making the data in {folder}", file=sys.stderr)
        make_data(spark, folder)

    orders = spark.read.parquet(os.path.join(folder, "orders"))
    customers = spark.read.parquet(os.path.join(folder, "customers"))
    discount = F.coalesce(F.col("discount_percent"), F.lit(0))
    revenue = (F.col("quantity") * F.col("price") * (100 - discount) / 100).cast("decimal(14,2)")
    sales = orders.withColumn("revenue", revenue).withColumn("month", F.date_format("day", "yyyy-MM"))

    print("Revenue by region and quarter")
    by_region = (
        sales.join(customers, "customer_id", "left")
        .groupBy(F.coalesce("region", F.lit("(none)")).alias("region"), F.quarter("day").alias("quarter"))
        .agg(
            F.sum("revenue").alias("revenue"),
            F.count("*").alias("orders"),
            F.countDistinct("customer_id").alias("customers"),
        )
        .orderBy("region", "quarter")
    )
    by_region.show(100)

    print("Months, with the change from the month before")
    in_order = Window.orderBy("month")
    months = sales.groupBy("month").agg(F.sum("revenue").alias("revenue"), F.avg("quantity").alias("mean_quantity"))
    months.withColumn("change", F.col("revenue") - F.lag("revenue").over(in_order)).orderBy("month").show()

    print("Best three customers of each region")
    ranked = Window.partitionBy("region").orderBy(F.desc("revenue"), "name")
    (
        sales.join(customers, "customer_id")
        .filter(F.col("region").isNotNull())
        .groupBy("region", "name")
        .agg(F.sum("revenue").alias("revenue"))
        .withColumn("place", F.row_number().over(ranked))
        .filter("place <= 3")
        .orderBy("region", "place")
        .show()
    )

    print("Sizes of orders")
    size = F.udf(size_of_order, StringType())
    sales.groupBy(size("quantity").alias("size")).agg(
        F.count("*").alias("orders"), F.sum("revenue").alias("revenue")
    ).orderBy("size").show()

    print("Orders whose customer is unknown:", orders.join(customers, "customer_id", "left_anti").count())
    spark.stop()


if __name__ == "__main__":
    main()

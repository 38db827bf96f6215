"""Sessions of a web site's visitors, from its access log (CSV) and its page catalogue (JSON lines).

    web_sessions.py [FOLDER]

A visitor's clicks with less than 30 minutes between them are one session. FOLDER holds `access.csv` and `pages.json`; where
it does not, the job writes small ones.
"""

import csv
import json
import os
import sys
import tempfile
from urllib.parse import urlsplit

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

PAGES = ["/", "/products", "/products/één", "/cart", "/checkout", "/help?topic=a%20b", "/404"]
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17)",
    'odd "quoted", agent',
    "curl/8.5",
    "",
]


def make_data(folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "access.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["time", "visitor", "url", "status", "bytes", "agent"])
        for n in range(20_000):
            visitor, click = n % 400, n // 400
            minute = click * (7 + visitor % 11) + (visitor * 13) % 600
            day, hour = 1 + minute // 1440, (minute // 60) % 24
            page = PAGES[(n * n + visitor) % len(PAGES)]
            status = 404 if page == "/404" else 500 if n % 997 == 0 else 200
            size = "" if status == 500 else str((n * 7919) % 50_000)
            time = f"2024-03-{day:02d} {hour:02d}:{minute % 60:02d}:{n % 60:02d}"
            writer.writerow(
                [time, f"v{visitor:03d}", f"https://shop.example{page}", status, size, AGENTS[visitor % len(AGENTS)]]
            )
    with open(os.path.join(folder, "pages.json"), "w", encoding="utf-8") as file:
        for n, page in enumerate(PAGES[:-1]):
            tags = ["shop"] * (n in (1, 2, 3, 4)) + ["static"] * (n in (0, 5))
            entry = {
                "path": page.split("?")[0],
                "title": f"Page {n}",
                "tags": tags,
                "owner": {"team": "web" if n % 2 else "shop"},
            }
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def path_of(url):
    """The path of a URL, without its query."""
    return urlsplit(url).path or "/" if url else None


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(tempfile.gettempdir(), "web-sessions-data")
    if not os.path.exists(os.path.join(folder, "pages.json")):
        make_data(folder)
    spark = SparkSession.builder.appName("web sessions").config("spark.sql.session.timeZone", "UTC").getOrCreate()

    schema = "time timestamp, visitor string, url string, status int, bytes bigint, agent string"
    clicks = spark.read.csv(os.path.join(folder, "access.csv"), header=True, schema=schema, escape='"')
    pages = spark.read.json(os.path.join(folder, "pages.json"))
    pages.printSchema()

    path = F.udf(path_of, "string")
    clicks = clicks.withColumn("path", path("url"))

    visitor = Window.partitionBy("visitor").orderBy("time", "url", "bytes")
    gap = F.unix_timestamp("time") - F.lag(F.unix_timestamp("time")).over(visitor)
    sessions = (
        clicks.withColumn("starts", F.when(gap.isNull() | (gap > 30 * 60), 1).otherwise(0))
        .withColumn("session", F.sum("starts").over(visitor.rowsBetween(Window.unboundedPreceding, Window.currentRow)))
        .groupBy("visitor", "session")
        .agg(
            F.min("time").alias("began"),
            (F.unix_timestamp(F.max("time")) - F.unix_timestamp(F.min("time"))).alias("seconds"),
            F.count("*").alias("clicks"),
            F.max(F.col("path") == "/checkout").alias("checkout"),
            F.sum("bytes").alias("bytes"),
        )
    )
    print("Longest sessions")
    sessions.orderBy(F.desc("seconds"), "visitor", "session").show(5)

    print("Sessions by their number of clicks")
    sessions.groupBy(F.least("clicks", F.lit(6)).alias("clicks")).agg(
        F.count("*").alias("sessions"),
        F.round(F.avg("seconds"), 1).alias("mean_seconds"),
        F.count_if("checkout").alias("checkouts"),
    ).orderBy("clicks").show()

    print("Pages")
    (
        clicks.join(pages, "path", "left")
        .groupBy("path", "title", F.col("owner.team").alias("team"), F.array_contains("tags", "shop").alias("shop"))
        .agg(
            F.count("*").alias("clicks"),
            F.countDistinct("visitor").alias("visitors"),
            F.sum(F.when(F.col("status") >= 500, 1).otherwise(0)).alias("errors"),
        )
        .orderBy(F.desc("clicks"), "path")
        .show(truncate=False)
    )

    print("Agents")
    clicks.groupBy("agent").count().orderBy(F.desc("count"), F.asc_nulls_first("agent")).show(truncate=30)
    spark.stop()


if __name__ == "__main__":
    main()

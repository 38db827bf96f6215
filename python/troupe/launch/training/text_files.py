"""CSV, JSON and plain text, written and read, with and without a schema."""

from __future__ import annotations

from troupe.launch.training.job import Job, Workshop

_ROWS = 10_000


def csv(at: Workshop) -> None:
    path = at.path("csv")
    at.spark.table("visits").limit(_ROWS).drop("scores", "device").write.mode("overwrite").option("header", True).csv(
        path
    )
    at.spark.read.csv(path, header=True, inferSchema=True).groupBy("origin").agg({"paid": "sum"}).collect()
    at.spark.read.schema("visit bigint, user int, page bigint, day date").csv(path, header=True).filter(
        "page = 3"
    ).count()


def json(at: Workshop) -> None:
    path = at.path("json")
    at.spark.table("visits").limit(_ROWS).write.mode("overwrite").json(path)
    at.spark.read.json(path).groupBy("origin").count().collect()
    at.spark.read.schema("visit bigint, url string, device struct<os string, width int>").json(path).filter(
        "device.width > 5"
    ).count()


def text(at: Workshop) -> None:
    path = at.path("text")
    at.spark.table("visits").limit(_ROWS).select("url").write.mode("overwrite").text(path)
    at.spark.read.text(path).filter("value like '%7%'").count()


JOBS: tuple[Job, ...] = (csv, json, text)

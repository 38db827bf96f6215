"""Parquet: written by us with each codec, and by pyarrow in the forms that other writers leave: plain, dictionary, delta, nested."""

from __future__ import annotations

import datetime
import decimal

from troupe.launch.training.job import Job, Workshop

_ROWS = 20_000


def scans(at: Workshop) -> None:
    """Each column alone and filtered, so that every decoder meets NULLs, dictionaries and selections."""
    at.sql(
        "select count(visit), sum(user), max(day), max(moment), max(origin), max(url), sum(paid), sum(wide) from visits"
    )
    at.sql(
        "select sum(seconds), sum(weight), sum(small), sum(shorter), count(again), max(note) from visits where day > '2020-01-01'"
    )
    at.sql("select visit, scores, device from visits where page = 17 and device.width > 1000 limit 50")
    at.sql("select min(url), max(note) from visits where visit between 30000 and 30500")


def codecs(at: Workshop) -> None:
    table = at.spark.table("visits").limit(_ROWS)
    for codec in ("snappy", "zstd", "gzip", "none"):
        path = at.path(f"codec-{codec}")
        table.write.mode("overwrite").option("compression", codec).parquet(path)
        at.spark.read.parquet(path).selectExpr("sum(paid)", "count(note)", "max(url)").collect()


def partitions(at: Workshop) -> None:
    path = at.path("partitions")
    at.spark.table("users").write.mode("overwrite").partitionBy("city").parquet(path)
    at.spark.read.parquet(path).filter("city = 'Lima'").groupBy("country").count().collect()


def of_others(at: Workshop) -> None:
    """Pages that our writer does not make."""
    import pyarrow
    from pyarrow import parquet

    numbers = range(_ROWS)
    first = datetime.datetime(2021, 3, 4)
    table = pyarrow.table(
        {
            "i": pyarrow.array(numbers, pyarrow.int32()),
            "l": pyarrow.array([None if n % 5 == 0 else n * n for n in numbers], pyarrow.int64()),
            "d": pyarrow.array([n / 3 for n in numbers], pyarrow.float64()),
            "f": pyarrow.array([n / 5 for n in numbers], pyarrow.float32()),
            "b": pyarrow.array([n % 3 == 0 for n in numbers], pyarrow.bool_()),
            "s": pyarrow.array([None if n % 7 == 0 else f"word {n}" for n in numbers], pyarrow.string()),
            "k": pyarrow.array([f"k{n % 20}" for n in numbers], pyarrow.string()),
            "m": pyarrow.array([decimal.Decimal(n).scaleb(-2) for n in numbers], pyarrow.decimal128(12, 2)),
            "t": pyarrow.array(
                [first + datetime.timedelta(seconds=n) for n in numbers], pyarrow.timestamp("us", "UTC")
            ),
            "a": pyarrow.array([[n, n + 1] if n % 3 else [] for n in numbers], pyarrow.list_(pyarrow.int64())),
        }
    )
    shapes = (
        {"use_dictionary": True, "compression": "snappy"},
        {"use_dictionary": False, "compression": "zstd", "data_page_version": "2.0"},
        {
            "use_dictionary": False,
            "compression": "snappy",
            "column_encoding": {"i": "DELTA_BINARY_PACKED", "l": "DELTA_BINARY_PACKED"},
        },
        {"use_dictionary": True, "compression": "none", "write_page_index": True, "row_group_size": 5_000},
    )
    for number, shape in enumerate(shapes):
        path = at.path(f"other-{number}.parquet")
        parquet.write_table(table, path, **shape)
        read = at.spark.read.parquet(path)
        read.selectExpr(
            "sum(i)", "sum(l)", "sum(d)", "sum(f)", "count_if(b)", "max(s)", "max(k)", "sum(m)", "max(t)", "max(a)"
        ).collect()
        read.filter("i between 6000 and 6100 and k in ('k1', 'k3')").collect()


JOBS: tuple[Job, ...] = (scans, codecs, partitions, of_others)

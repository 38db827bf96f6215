"""The JVM's side of Python functions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from troupe.launch.training.job import Job, Workshop


def row_functions(at: Workshop) -> None:
    from troupe.sql import functions as F

    @F.udf("string")
    def shout(word: str | None) -> str | None:
        return None if word is None else word.title() + "!"

    @F.udf("bigint")
    def doubled(page: int) -> int:
        return page * 2

    at.spark.table("visits").limit(5000).select(shout("origin").alias("o"), doubled("page")).groupBy(
        "o"
    ).count().collect()


def batch_functions(at: Workshop) -> None:
    import pyarrow

    def whole(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield pyarrow.RecordBatch.from_arrays([batch.column(0)], ["page"])

    at.spark.table("visits").limit(5000).select("page").mapInArrow(whole, "page bigint").count()


def raising(at: Workshop) -> None:
    from troupe.sql import functions as F

    @F.udf("int")
    def broken(number: int) -> int:
        return 1 // (number - number)

    with contextlib.suppress(Exception):
        at.spark.range(3).select(broken("id")).collect()


JOBS: tuple[Job, ...] = (row_functions, batch_functions, raising)

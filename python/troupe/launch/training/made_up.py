"""The tables that the other jobs read: visits of a site, its users and its pages; columns of every type, NULLs, few and many
distinct values."""

from __future__ import annotations

from typing import Any

from troupe.launch.training.job import Job, Workshop

VISITS = 120_000  # more than what a single task computes, so that exchanges are trained too
USERS = 6_000
PAGES = 400


def visits(at: Workshop) -> None:
    _save(
        at,
        "visits",
        at.spark.range(VISITS).selectExpr(
            "id as visit",
            f"cast(id * 7919 % {USERS} as int) as user",
            f"id * 31 % {PAGES} as page",
            "date_add(date'2019-02-01', cast(id % 1500 as int)) as day",
            "timestamp_seconds(1550000000 + id * 61) as moment",
            "case id % 5 when 0 then 'search' when 1 then 'mail' when 2 then 'direct' when 3 then 'advert' end as origin",
            "concat('https://site.example/', id % 977, '/', id * 13 % 50021, '?ref=', id % 3) as url",
            "cast(id % 10007 / 100 as decimal(12,2)) as paid",
            "cast(id % 11 / 100 as decimal(12,2)) as discount",
            "cast(id % 997 as double) / 7 as seconds",
            "cast(id % 13 as float) as weight",
            "cast(id % 128 as tinyint) as small",
            "cast(id % 3000 as smallint) as shorter",
            "if(id % 9 = 0, null, id % 4 = 1) as again",
            "if(id % 4 = 0, null, concat('note number ', id)) as note",
            "array(id % 3, id % 5) as scores",
            "named_struct('os', concat('os', id % 6), 'width', cast(id % 2000 as int)) as device",
            "cast(id % 100003 as decimal(30,4)) as wide",
        ),
    )


def users(at: Workshop) -> None:
    _save(
        at,
        "users",
        at.spark.range(USERS).selectExpr(
            "cast(id as int) as user",
            "concat('User#', lpad(cast(id as string), 9, '0')) as name",
            "element_at(array('Oslo', 'Lima', 'Accra', 'Quito', 'Hanoi', 'Perth'), cast(id % 6 + 1 as int)) as city",
            "id % 25 as country",
            "cast(id * 17 % 99991 / 100 - 100 as decimal(15,2)) as balance",
            "date_add(date'1960-01-01', cast(id % 15000 as int)) as born",
            "if(id % 7 = 0, null, concat(id % 100, '-', id % 1000)) as phone",
        ),
    )


def pages(at: Workshop) -> None:
    _save(
        at,
        "pages",
        at.spark.range(PAGES).selectExpr(
            "id as page",
            "concat(element_at(array('red', 'green', 'blue', 'grey'), cast(id % 4 + 1 as int)), ' page ', id) as title",
            "id % 25 as country",
            "cast(id % 50 as int) as size",
            "id % 8 as section",
        ),
    )


def _save(at: Workshop, name: str, table: Any) -> None:
    path = at.path(name)
    table.write.mode("overwrite").parquet(path)
    at.spark.read.parquet(path).createOrReplaceTempView(name)


JOBS: tuple[Job, ...] = (visits, users, pages)

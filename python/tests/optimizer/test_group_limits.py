"""Conditions on ranks drop rows before they are moved and sorted, where nothing needs these rows."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

ROWS = 3_000


@pytest.fixture(scope="module")
def tables(spark):
    columns = {
        "g": [None if i % 11 == 0 else i * 7 % 13 for i in range(ROWS)],
        "v": [None if i % 17 == 0 else i * 31 % 97 for i in range(ROWS)],
        "i": list(range(ROWS)),
    }
    table = pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()})
    spark.conf.set("spark.troupe.singleTaskRows", "20")
    spark.createDataFrame(table).createOrReplaceTempView("t")
    connection = duckdb.connect()
    connection.register("t", table)
    return connection


def plan(spark, query: str) -> str:
    return spark.sql("EXPLAIN " + query).collect()[0][0]


def check(spark, tables, query: str) -> None:
    rows = [tuple(row) for row in spark.sql(query).collect()]
    assert sorted(map(repr, rows)) == sorted(map(repr, tables.execute(query).fetchall()))


WINDOW = "(PARTITION BY g ORDER BY v DESC NULLS LAST, i)"
PEERS = "(PARTITION BY g ORDER BY v NULLS FIRST)"


@pytest.mark.parametrize(
    "ranks, condition",
    [
        (f"row_number() OVER {WINDOW} AS r", "r <= 3"),
        (f"row_number() OVER {WINDOW} AS r", "4 > r AND i > 5"),
        (f"row_number() OVER {WINDOW} AS r", "r = 2"),
        (f"row_number() OVER {WINDOW} AS r", "r BETWEEN 2 AND 4"),
        (f"row_number() OVER {WINDOW} AS r", "r < 1"),
        (f"rank() OVER {PEERS} AS r", "r <= 5"),
        (f"dense_rank() OVER {PEERS} AS r", "r <= 2"),
        (f"rank() OVER {PEERS} AS r, row_number() OVER {PEERS} AS n", "r <= 2"),
    ],
)
def test_rows_behind_the_first_are_dropped_on_both_sides_of_the_exchange(spark, tables, ranks, condition):
    kept = "g, v, r" if "n" in ranks.split() else "*"
    query = f"SELECT {kept} FROM (SELECT *, {ranks} FROM t) WHERE {condition}"
    assert plan(spark, query).count("WindowGroupLimit") == 2
    check(spark, tables, query)


@pytest.mark.parametrize(
    "ranks, condition",
    [
        (f"row_number() OVER {WINDOW} AS r", "r >= 3"),
        (f"row_number() OVER {WINDOW} AS r", "r <= 3 OR i = 7"),
        (f"row_number() OVER {WINDOW} AS r", "r <= i"),
        (f"row_number() OVER {WINDOW} AS r, sum(i) OVER {PEERS} AS s", "r <= 3 AND s > 0"),
        (f"row_number() OVER {WINDOW} AS r, lead(i) OVER {WINDOW} AS s", "r <= 3 AND s > 0"),
        (f"cume_dist() OVER {PEERS} AS r", "r <= 1"),
    ],
)
def test_rows_stay_where_something_needs_them(spark, tables, ranks, condition):
    query = f"SELECT * FROM (SELECT *, {ranks} FROM t) WHERE {condition}"
    assert "WindowGroupLimit" not in plan(spark, query)
    check(spark, tables, query)

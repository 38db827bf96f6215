"""Whatever the optimiser makes of a query, the answer stays: the one without rules, and DuckDB's.

`TROUPE_QUERY_SEED` is the first seed and `TROUPE_QUERIES` how many there are; a failure prints both seed and query."""

from __future__ import annotations

import os
from collections import Counter

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from optimizer.random_queries import TABLES, query, rows

RULES = (
    "FoldConstants CollapseProjects PushDownFilters AntiJoinForNullCheck ReorderJoins PushDownSemiJoins PruneColumns "
    "ReduceBySemiJoin AggregateBeforeJoin ShareEqualPlans"
)
FIRST = int(os.environ.get("TROUPE_QUERY_SEED", "1"))
COUNT = int(os.environ.get("TROUPE_QUERIES", "150"))
MANY_ROWS = 20_000

# With inputs this small, each form of a plan must be asked for: one task or several, broadcast or shuffled.
FORMS = [
    {"spark.troupe.singleTaskRows": "100000", "spark.sql.autoBroadcastJoinThreshold": "10485760b"},
    {"spark.troupe.singleTaskRows": "20", "spark.sql.autoBroadcastJoinThreshold": "10485760b"},
    {"spark.troupe.singleTaskRows": "20", "spark.sql.autoBroadcastJoinThreshold": "-1"},
]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory, spark):
    connection = duckdb.connect()
    folder = tmp_path_factory.mktemp("tables")
    for number, (name, columns) in enumerate(TABLES.items()):
        types = pa.schema([(c, pa.string() if c.startswith("s") else pa.int64()) for c in columns])
        table = pa.table(rows(name, [40, 150, 300][number], FIRST), schema=types)
        path = str(folder / f"{name}.parquet")
        pq.write_table(table, path, row_group_size=64)
        connection.execute(f"create view {name} as select * from read_parquet('{path}')")
        spark.read.parquet(path).createOrReplaceTempView(name)
    yield connection
    connection.close()


def answer(spark, text: str, settings: dict[str, str]) -> Counter:
    for name, value in settings.items():
        spark.conf.set(name, value)
    return Counter(tuple(row) for row in spark.sql(text).collect())


def test_answers_do_not_depend_on_the_plan(spark, oracle):
    compared = 0
    for seed in range(FIRST, FIRST + COUNT):
        text = query(seed)
        cursor = oracle.execute(text)
        expected = [tuple(int(v) if isinstance(v, int) else v for v in r) for r in cursor.fetchmany(MANY_ROWS)]
        if len(expected) == MANY_ROWS:
            continue
        wanted = Counter(expected)
        compared += 1
        form = FORMS[seed % len(FORMS)]
        for excluded in ("", ",".join(RULES.split())):
            got = answer(spark, text, {**form, "spark.sql.optimizer.excludedRules": excluded})
            said = f"seed {seed}, form {form}, without rules: {excluded or 'none'}\n{text}"
            assert got == wanted, (
                f"{said}\nmissing {list((wanted - got).items())[:5]}\nextra {list((got - wanted).items())[:5]}"
            )
    assert compared > COUNT / 2

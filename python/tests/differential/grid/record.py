#!/usr/bin/env python3
"""Writes down what real PySpark answers in each cell of the function grid: see `../record.py` for how to run it.

JAVA_HOME=<java 17> <python with pyspark> python/tests/differential/grid/record.py [FUNCTION ...]
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ["TZ"] = "UTC"
time.tzset()

from differential import answer  # noqa: E402
from differential.grid import cells  # noqa: E402

ANSWERS = HERE / "answers.json"
LARGE = 20_000


def main(only: list[str]) -> None:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.log.level", "OFF")
        .getOrCreate()
    )
    found = json.loads(ANSWERS.read_text()) if only and ANSWERS.exists() else {}
    wanted = cells.cells()
    for name in set(found) - set(wanted):
        del found[name]
    for name, queries in wanted.items():
        if not only or name in only:
            found[name] = {query: _answer(spark, query) for query in queries}
    for name, queries in cells.column_cells(found).items():
        for query in queries:
            if query not in found.get(name, {}):
                found[name][query] = _answer(spark, query)
    names = sorted(found)
    with open(ANSWERS, "w", encoding="utf-8") as file:
        file.write("{\n")
        for name in names:
            body = ",\n ".join(
                f"{json.dumps(q, ensure_ascii=False)}: {json.dumps(a, ensure_ascii=False)}"
                for q, a in found[name].items()
            )
            file.write(f"{json.dumps(name)}: {{\n {body}\n}}{',' if name != names[-1] else ''}\n")
        file.write("}\n")
    print(f"{len(found)} functions, {sum(map(len, found.values()))} cells")
    spark.stop()


def _answer(spark, query: str) -> dict[str, object]:
    try:
        found = answer.outcome(spark.sql(query), ordered=True)
        return found if len(repr(found)) < LARGE else {"large": True}
    except Exception as error:
        return {"error": answer.describe(error)}


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Writes down what real PySpark answers: run with an interpreter that has `pyspark` 4.2 and a Java that it likes.

    JAVA_HOME=<java 17> <python with pyspark> python/tests/differential/record.py [MODULE ...]

Without arguments all modules of `cases` are recorded, with arguments those. Answers go to `answers/MODULE.json`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
os.environ["TZ"] = "UTC"
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
time.tzset()

from differential import answer, registry  # noqa: E402


def main(modules: list[str]) -> None:
    import pyspark
    from pyspark.sql import SparkSession, functions, types

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.log.level", "OFF")
        .getOrCreate()
    )
    answers: dict[str, dict[str, object]] = {}
    for case in registry.all_cases():
        if not modules or case.module in modules:
            answers.setdefault(case.module, {})[case.name] = answer.run(case, spark, functions, types)
    for module, found in answers.items():
        _write(HERE / "answers" / f"{module}.json", found)
        errors = sum("error" in a for a in found.values())
        print(f"{module}: {len(found)} answers, {errors} of them errors (PySpark {pyspark.__version__})")
    spark.stop()


def _write(file: Path, found: dict[str, object]) -> None:
    """One line a case, so that a change of one answer is one line of a change."""
    lines = [f"{json.dumps(name)}: {json.dumps(a, ensure_ascii=False)}" for name, a in found.items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Where Troupe is known to answer otherwise than PySpark: each is listed by name, and none is forgotten.

`known_differences.json` holds the names of cases and the SQL of grid cells. One that is not listed and answers
wrong fails the tests. After a change, running this file with the checkout's Python writes the list anew; what changes in it
shows what became better or worse.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = HERE / "known_differences.json"


def known() -> set[str]:
    return set(json.loads(LIST.read_text(encoding="utf-8")))


def main() -> None:
    """Asks Troupe all cases and cells, and writes down which differ."""
    sys.path.insert(0, str(HERE.parent))
    os.environ["TZ"] = "UTC"
    time.tzset()
    import tempfile

    from differential import answer, registry
    from differential.grid.record import ANSWERS
    from troupe.sql import SparkSession, functions, types

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "2")
        spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        differing = []
        for file in sorted((HERE / "answers").glob("*.json")):
            expected = json.loads(file.read_text(encoding="utf-8"))
            for case in registry.all_cases():
                if case.name in expected and not answer.matches(
                    expected[case.name], answer.run(case, spark, functions, types)
                ):
                    differing.append(case.name)
        for cells in json.loads(ANSWERS.read_text(encoding="utf-8")).values():
            for query, expected in cells.items():
                if "large" not in expected and not answer.matches(expected, answer.ask(spark, query)):
                    differing.append(query)
        spark.stop()
        os.chdir(HERE)
    LIST.write_text(json.dumps(sorted(differing), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(differing)} differences")


if __name__ == "__main__":
    main()

"""The page of functions that are left out is made from the registry's own list, and stays so.

Run this file as a script to write the page anew.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_LIST = _ROOT / "planner/src/main/resources/io/troupe/planner/function/left-out.tsv"
_PAGE = _ROOT / "docs/functions-left-out.md"

_HEAD = """# Functions of PySpark 4.2 that Troupe leaves out

Made from `planner/src/main/resources/io/troupe/planner/function/left-out.tsv` by `python python/tests/test_function_lists.py`.
Calling one of them fails with an error that says so.

| reason | functions |
|---|---|
"""


def page() -> str:
    with open(_LIST, encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file, delimiter="\t"), key=lambda row: (row["reason"], row["name"]))
    lines = []
    for reason, group in groupby(rows, key=lambda row: row["reason"]):
        names = ", ".join(f"`{row['name']}`" for row in group)
        lines.append(f"| {reason} | {names} |\n")
    return _HEAD + "".join(lines)


def test_the_page_of_left_out_functions_is_up_to_date():
    assert _PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    _PAGE.write_text(page(), encoding="utf-8")

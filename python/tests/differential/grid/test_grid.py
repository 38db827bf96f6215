"""Every function of the registry answers every cell of the grid as PySpark did (`record.py` wrote the answers down)."""

from __future__ import annotations

import json

import pytest

from differential import answer, known
from differential.grid import cells
from differential.grid.record import ANSWERS

KNOWN = known.known()
CELLS = cells.cells()
EXPECTED = json.loads(ANSWERS.read_text(encoding="utf-8"))
_SHOWN = 8


def test_every_function_has_cells_or_a_reason_not_to():
    assert set(cells.registry()) == set(CELLS) | cells.waived()


def test_every_cell_has_an_answer():
    columns = cells.column_cells(EXPECTED)
    wanted = {name: {*queries, *columns.get(name, ())} for name, queries in CELLS.items()}
    assert wanted == {name: set(answers) for name, answers in EXPECTED.items()}


@pytest.mark.parametrize("name", sorted(CELLS))
def test_function_answers_as_pyspark_does(name: str, spark):
    wrong = []
    for query, expected in EXPECTED[name].items():
        if "large" in expected:
            continue
        try:
            actual = answer.outcome(spark.sql(query), ordered=True)
        except Exception as error:
            actual = {"error": answer.describe(error), "message": str(error).splitlines()[0]}
        right = answer.matches(expected, {k: v for k, v in actual.items() if k != "message"})
        if not right and query not in KNOWN:
            wrong.append(f"{query}\n   expected {_short(expected)}\n   answered {_short(actual)}")
    assert not wrong, f"{len(wrong)} of {len(EXPECTED[name])} cells differ\n" + "\n".join(wrong[:_SHOWN])


def _short(found: dict) -> str:
    if "schema" in found:
        types = [field["type"] for field in found["schema"]["fields"]]
        return f"{types} {found['rows']}"[:400]
    return str(found)[:400]

"""Every case answers what PySpark answered (`record.py` wrote it down)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from differential import answer, known, registry

_ANSWERS = Path(__file__).resolve().parent / "answers"


def _expected() -> dict[str, object]:
    return {name: a for file in sorted(_ANSWERS.glob("*.json")) for name, a in json.loads(file.read_text()).items()}


EXPECTED = _expected()
KNOWN = known.known()
CASES = {case.name: case for case in registry.all_cases()}


def test_every_case_has_an_answer_and_every_answer_a_case():
    assert CASES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(CASES))
def test_answers_as_pyspark_does(name: str, spark, functions, types):
    actual = answer.run(CASES[name], spark, functions, types)
    right = answer.matches(EXPECTED[name], actual)
    if name in KNOWN and not right:
        pytest.xfail("a known difference")
    assert right, f"expected {EXPECTED[name]}\nanswered {actual}"

"""Translated functions give what Python gives, row for row, or leave the row to Python."""

from __future__ import annotations

import math
import os

import pytest

from troupe.sql import functions as F
from troupe.sql.types import StructType

from .random_functions import PARAMETERS, Generator
from .written import imported

SEEDS = range(int(os.environ.get("TRANSLATION_SEEDS", "6")))
FUNCTIONS = 40
LIMITS = {"smallint": 2**15, "int": 2**31, "bigint": 2**63}


def module_of(folder, name, text):
    module, _ = imported(folder, name, text)
    for value in vars(module).values():
        if callable(value):
            value.__module__ = "__main__"  # so that it travels by value: workers have no such module
    return module


def ends_well(function, row, promised):
    try:
        value = function(*row)
    except Exception:
        return False
    if promised == "double" and isinstance(value, int):
        return abs(value) <= 2**53
    return not isinstance(value, int) or -LIMITS.get(promised, math.inf) <= value < LIMITS.get(promised, math.inf)


def shown(rows):
    return [tuple(repr(value) for value in row) for row in rows]


def answers(spark, frame, called, translated):
    spark.conf.set("spark.troupe.udf.translate", str(translated).lower())
    return shown(frame.select(called.alias("r")).collect())


@pytest.mark.parametrize("seed", SEEDS)
def test_random_functions_give_what_python_gives(spark, tmp_path, seed):
    generator = Generator(seed)
    made = [generator.function(f"f{number}") for number in range(FUNCTIONS)]
    module = module_of(tmp_path, f"random_functions_{seed}", "\n\n".join(text for text, _, _ in made))
    schema = StructType.fromDDL(", ".join(f"{name} {kind}" for name, kind in PARAMETERS.items()))
    translated = 0
    for number, (text, promised, arrow) in enumerate(made):
        function = getattr(module, f"f{number}")
        rows = generator.rows(60)
        fates = [ends_well(function, row, promised) for row in rows]
        good = [row for row, well in zip(rows, fates, strict=True) if well]
        bad = [row for row, well in zip(rows, fates, strict=True) if not well]
        called = F.udf(function, promised, useArrow=arrow)(*PARAMETERS)
        frame = spark.createDataFrame(good, schema)
        expected = answers(spark, frame, called, translated=False)
        assert answers(spark, frame, called, translated=True) == expected, f"{text}\n-> {promised}, arrow={arrow}"
        # Rows that fail in Python fail here, or, as PySpark's pickles have it, become null.
        for row in bad[:2]:
            alone = spark.createDataFrame([row], schema)
            outcomes = [outcome(spark, alone, called, kept) for kept in (False, True)]
            assert outcomes[0] == outcomes[1], f"{text}\n{row} -> {promised}, arrow={arrow}"
        translated += "is translated" in explained(frame, called)
    assert translated >= FUNCTIONS // 2, f"only {translated} of {FUNCTIONS} were translated"


def outcome(spark, frame, called, translated):
    try:
        return answers(spark, frame, called, translated)
    except Exception as error:
        return type(error).__name__


def explained(frame, called):
    return frame.select(called)._request("explain", mode="simple")["text"]

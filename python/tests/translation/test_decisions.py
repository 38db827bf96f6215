"""Which functions are translated, what the plan says about it, and that no Python runs where none is needed."""

from __future__ import annotations

import json

import pytest

from troupe.sql import functions as F

from .written import imported

RATE = 3


@pytest.fixture(scope="module")
def frame(spark):
    rows = [(1, 2**40, 1.5, "Ab c"), (None, None, None, None), (-7, -5, float("nan"), "ßx y")]
    return spark.createDataFrame(rows, "i int, n bigint, x double, s string")


def explained(frame, column):
    return frame.select(column)._request("explain", mode="simple")["text"]


def workers_started(frame, column):
    """How many rows went to Python, as a query over the column measured it."""
    text = frame.select(column)._request("explain", mode="analyze")["text"]
    return "waited for Python" in text


def test_a_total_expression_runs_without_python_and_moves_into_filters(frame):
    positive = F.udf(lambda i: i is not None and i > 0, "boolean")
    text = frame.filter(positive("i"))._request("explain", mode="simple")["text"]
    assert "ArrowEvalPython" not in text
    assert "is translated to" in text
    assert frame.filter(positive("i")).count() == 1
    assert not workers_started(frame, positive("i"))


def test_rows_that_python_treats_differently_go_there_and_the_others_do_not(frame):
    present = frame.filter("x is not null")
    plus = F.udf(lambda x: x + 1.0, "double")
    assert "Python gets the rows where that is null" in explained(present, plus("x"))
    assert not workers_started(present, plus("x"))
    with pytest.raises(Exception, match="TypeError"):
        frame.select(plus("x")).collect()
    shout = F.udf(lambda s: s.upper(), "string")
    assert [r[0] for r in frame.filter("s is not null").select(shout("s")).collect()] == ["AB C", "SSX Y"]


def test_an_overflow_becomes_an_error_of_python_not_a_wrong_number(frame):
    square = F.udf(lambda n: n * n, "bigint")
    with pytest.raises(Exception, match="too large|overflow|out of|convert"):
        frame.filter("n > 0").select(square("n")).collect()
    assert frame.filter("n < 0").select(square("n")).collect()[0][0] == 25


def test_the_setting_turns_it_off(spark, frame):
    plus = F.udf(lambda x: x + 1.0, "double")
    spark.conf.set("spark.troupe.udf.translate", "false")
    try:
        text = explained(frame, plus("x"))
    finally:
        spark.conf.unset("spark.troupe.udf.translate")
    assert "spark.troupe.udf.translate is false" in text


def test_an_analysed_plan_tells_what_each_function_cost(frame):
    one = F.udf(lambda i: hash(i), "bigint")
    other = F.udf(lambda s: sorted(s or ""), "array<string>")
    text = frame.select(one("i"), other("s"), F.pandas_udf(lambda x: x + 1.0, "double")("x"))
    text = text._request("explain", mode="analyze")["text"]
    assert text.count("<lambda> took 3 rows in 1 batches; sent ") == 3
    assert "workers started: " in text
    assert "the built-in would do: (x#" in text


def looped(i):
    total = 0
    for k in range(i):
        total += k
    return total


@pytest.mark.parametrize(
    ("function", "kind", "reason"),
    [
        (lambda i: print(i), "int", "a call of print"),
        (lambda i: json.loads("[1]")[i], "int", "(a module) is no plain value"),
        (looped, "int", "a statement of kind For"),
        (lambda i: [i], "int", "a tuple, list or set is used as a value"),
        (lambda i: i / 2, "int", "it returns a float where int is promised"),
        (lambda i, j: i, "int", "it is not called as it is defined"),
        (len, "int", "not a function written in Python"),
        (lambda i: str(i / 2), "string", "the text of a float is Python's own"),
        (lambda i: i << 3, "int", "the operator LShift"),
    ],
)
def test_the_plan_says_why_a_function_stays_in_python(frame, function, kind, reason):
    text = explained(frame, F.udf(function, kind)("i"))
    assert "runs in Python: " in text
    assert reason in text


def test_constants_are_those_of_the_moment_when_the_function_is_first_used(frame):
    def scaled(by):
        return F.udf(lambda i: None if i is None else i * by * RATE, "bigint")

    assert [r[0] for r in frame.select(scaled(2)("i")).collect()] == [6, None, -42]


def test_defaults_and_named_arguments_are_bound_as_python_binds_them(frame):
    weighted = F.udf(lambda i, by=10, more=1: -1 if i is None else i * by + more, "bigint")
    got = frame.select(weighted("i"), weighted("i", more=F.lit(5)), weighted(by=F.lit(2), i="i")).collect()
    assert [tuple(r) for r in got] == [(11, 15, 3), (-1, -1, -1), (-69, -65, -13)]


def test_registered_functions_are_translated_in_sql(spark, frame):
    spark.udf.register("twice", lambda n: None if n is None else n / 2, "double")
    frame.createOrReplaceTempView("numbers")
    query = spark.sql("select twice(i) as h from numbers where twice(i) > 0")
    assert "is translated to" in query._request("explain", mode="simple")["text"]
    assert [r.h for r in query.collect()] == [0.5]


def test_functions_inside_functions_are_computed_from_the_inside(frame):
    opaque = F.udf(lambda i: sum([i or 0]), "int")
    plain = F.udf(lambda i: i + 1, "int")
    got = frame.select(plain(opaque(plain(F.coalesce("i", F.lit(0))))), opaque(plain(opaque("i")))).collect()
    assert [tuple(r) for r in got] == [(3, 2), (2, 1), (-5, -6)]


def test_source_that_was_edited_after_the_import_is_not_believed(frame, tmp_path):
    module, path = imported(tmp_path, "edited_module", "def f(i):\n    return i is None\n")
    path.write_text("def f(i):\n    return i is not None\n")
    assert "not what it was compiled from" in explained(frame, F.udf(module.f, "boolean")("i"))


def test_globals_of_a_module_must_be_constants_as_workers_import_it_anew(frame, tmp_path):
    text = "FIXED = 2\nSET = 2\n\n\n"
    text += "def fixed(i):\n    return i is None or i > FIXED\n\n\n"
    text += "def was_set(i):\n    return i is None or i > SET\n"
    module, _ = imported(tmp_path, "constants_module", text)
    module.SET = 3
    assert "is translated to" in explained(frame, F.udf(module.fixed, "boolean")("i"))
    assert "is not a constant of its module" in explained(frame, F.udf(module.was_set, "boolean")("i"))


def test_bytes_that_are_no_text_fail_as_in_python(spark):
    broken = spark.createDataFrame([(bytearray(b"a\xff"),)], "b binary").select(F.col("b").cast("string").alias("s"))
    with pytest.raises(Exception, match="PYTHON_EXCEPTION"):
        broken.select(F.udf(lambda s: s == "a", "boolean")("s")).collect()

from __future__ import annotations

import datetime
import decimal

import pytest
from client_trees import without_sites

from troupe.errors import IllegalArgumentException, PySparkTypeError, PySparkValueError
from troupe.sql import Window
from troupe.sql import functions as F
from troupe.sql.types import DecimalType, IntegerType

a, b = F.col("a"), F.col("b")

RENDERED = [
    (lambda: a + 1, "+(a, 1)"),
    (lambda: 1 - a, "-(1, a)"),
    (lambda: 2**a, "power(2, a)"),
    (lambda: a != 1, "!(=(a, 1))"),
    (lambda: (a == 1) | (b == 2), "or(=(a, 1), =(b, 2))"),
    (lambda: ~(a == 1), "!(=(a, 1))"),
    (lambda: a["k"], "a['k']"),
    (lambda: a.withField("x", b), "update_field(a, x, b)"),
    (lambda: a.dropFields("x", "y"), "drop_field(drop_field(a, x), y)"),
    (lambda: a[1:2], "substr(a, 1, 2)"),
    (lambda: a.isin([1, 2]), "in(a, 1, 2)"),
    (lambda: a.desc(), "a DESC NULLS LAST"),
    (lambda: a.alias("x", "y"), "a AS (x, y)"),
    (lambda: a.cast(DecimalType(10, 2)), "CAST(a AS DECIMAL(10,2))"),
    (lambda: a.try_cast("int"), "TRY_CAST(a AS INT)"),
    (lambda: a.between(1, 2), "and(>=(a, 1), <=(a, 2))"),
    (
        lambda: F.when(a == 1, "x").when(a == 2, b).otherwise(3),
        "CASE WHEN =(a, 1) THEN 'x' WHEN =(a, 2) THEN b ELSE 3 END",
    ),
    (
        lambda: F.sum(a).over(Window.partitionBy("b").orderBy("a")),
        "sum(a) OVER (PARTITION BY b ORDER BY a ASC NULLS FIRST)",
    ),
    (
        lambda: F.row_number().over(Window.orderBy(F.desc("a")).rowsBetween(Window.unboundedPreceding, 0)),
        "row_number() OVER (ORDER BY a DESC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
    ),
    (lambda: F.lit(2**40), "1099511627776L"),
    (lambda: F.lit(None), "NULL"),
    (lambda: F.lit("it's"), "'it\\'s'"),
    (lambda: F.lit(decimal.Decimal("1.20")), "1.20"),
    (lambda: F.lit(datetime.date(2020, 1, 2)), "2020-01-02"),
    (lambda: F.lit([1, 2]), "array(1, 2)"),
    (lambda: F.count("*"), "count(*)"),
    (lambda: F.lag("a", 1), "lag(a, 1, NULL)"),
    (lambda: F.from_json("a", "x int"), "from_json(a, 'x int')"),
    (lambda: F.log("a"), "ln(a)"),
    (lambda: F.expr("a + 1"), "a + 1"),
]


@pytest.mark.parametrize(("make", "shown"), RENDERED, ids=[shown for _, shown in RENDERED])
def test_a_column_shows_itself_as_in_spark(make, shown):
    assert repr(make()) == f"Column<'{shown}'>"


LITERALS = [
    (True, {"value": True, "type": "boolean"}),
    (1, {"value": 1, "type": "int"}),
    (1 << 31, {"value": 1 << 31, "type": "bigint"}),
    (1 << 63, {"value": str(1 << 63), "type": "decimal(19,0)"}),
    (float("nan"), {"value": "NaN", "type": "double"}),
    (decimal.Decimal("-12.340"), {"value": "-12.340", "type": "decimal(5,3)"}),
    (decimal.Decimal("0.001"), {"value": "0.001", "type": "decimal(3,3)"}),
    (decimal.Decimal("1E+3"), {"value": "1000", "type": "decimal(4,0)"}),
    (datetime.date(1970, 1, 2), {"value": 1, "type": "date"}),
    (
        datetime.datetime(1970, 1, 1, 0, 0, 1, tzinfo=datetime.UTC),
        {"value": 1_000_000, "type": "timestamp"},
    ),
    (datetime.timedelta(days=-1, microseconds=1), {"value": -86_399_999_999, "type": "interval day to second"}),
    (b"\x00\xff", {"value": "AP8=", "type": "binary"}),
    (datetime.time(0, 0, 1), {"value": 1_000_000_000, "type": "time(6)"}),
]


@pytest.mark.parametrize(("value", "expected"), LITERALS, ids=[str(v) for v, _ in LITERALS])
def test_a_constant_travels_with_its_type(value, expected):
    assert F.lit(value)._expr == {"e": "lit", **expected}


def test_a_value_that_no_type_holds_is_refused_where_it_is_written():
    with pytest.raises(PySparkTypeError, match="UNSUPPORTED_LITERAL"):
        F.lit(object())


def test_an_expression_knows_the_line_of_the_script():
    expr = (a / 0)._expr
    assert expr["site"].rsplit(":", 1)[0].endswith("test_columns.py")


def test_a_cast_takes_a_type_or_its_name():
    assert without_sites(a.cast(IntegerType())._expr)["to"] == "INT"
    assert without_sites(a.cast("int")._expr)["to"] == "int"


def test_columns_refuse_to_be_booleans_and_containers():
    with pytest.raises(PySparkValueError, match="CANNOT_CONVERT_COLUMN_INTO_BOOL"):
        bool(a)
    with pytest.raises(PySparkValueError, match="CANNOT_APPLY_IN_FOR_COLUMN"):
        _ = 1 in a
    with pytest.raises(PySparkTypeError, match="NOT_ITERABLE"):
        iter(a)


def test_otherwise_ends_a_case():
    done = F.when(a == 1, 1).otherwise(2)
    with pytest.raises(IllegalArgumentException):
        done.when(b == 1, 1)
    with pytest.raises(IllegalArgumentException):
        a.otherwise(1)


def test_names_star_and_numbers_become_the_right_trees():
    assert without_sites(F.col("t.*")._expr) == {"e": "star", "target": "t"}
    assert without_sites(F.substring("a", 1, "n")._expr["args"]) == [
        {"e": "col", "name": "a"},
        {"e": "lit", "value": 1, "type": "int"},
        {"e": "col", "name": "n"},
    ]


def test_a_lambda_is_called_once_with_variables():
    tree = without_sites(F.transform("a", lambda x, i: x + i)._expr)
    params = tree["args"][1]["params"]
    assert [p.split("_")[0] for p in params] == ["x", "y"]
    assert tree["args"][1]["body"]["args"] == [{"e": "lambdavar", "name": p} for p in params]


def test_a_lambda_must_return_a_column():
    with pytest.raises(PySparkValueError, match="HIGHER_ORDER_FUNCTION_SHOULD_RETURN_COLUMN"):
        F.transform("a", lambda x: 1)


def test_window_bounds_are_signed_offsets():
    frame = F.sum("a").over(Window.orderBy("a").rangeBetween(-3, Window.unboundedFollowing))._expr["frame"]
    assert frame == {"unit": "range", "lower": -3, "upper": "unbounded"}

"""The small tables that the cases share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal


def people(spark):
    rows = [
        (1, "Ada", "math", 36, 120.5, True),
        (2, "Grace", "navy", 85, 99.25, False),
        (3, "Édouard", "math", None, None, None),
        (4, "李雷", "school", 12, 0.0, True),
        (5, "ada", None, 36, -1.5, False),
        (6, None, "navy", 41, float("nan"), True),
        (7, "Zoë", "", 0, float("inf"), None),
    ]
    return spark.createDataFrame(rows, "id int, name string, dept string, age int, score double, active boolean")


def departments(spark):
    return spark.createDataFrame(
        [("math", "Göttingen"), ("navy", None), ("art", "Paris"), (None, "nowhere")], "dept string, city string"
    )


def money(spark):
    rows = [
        (1, Decimal("12.34"), Decimal("1.000000"), 10**12),
        (2, Decimal("-0.01"), Decimal("99999.999999"), -(10**12)),
        (3, None, Decimal("0.000001"), None),
        (4, Decimal("99999999.99"), None, 0),
        (5, Decimal("0.00"), Decimal("-3.500000"), 7),
    ]
    return spark.createDataFrame(rows, "id int, price decimal(10,2), rate decimal(18,6), units bigint")


def moments(spark):
    rows = [
        (1, dt.date(1995, 2, 28), dt.datetime(1995, 2, 28, 23, 59, 59, 999999)),
        (2, dt.date(2000, 2, 29), dt.datetime(2000, 2, 29, 0, 0, 0)),
        (3, dt.date(1969, 12, 31), dt.datetime(1969, 12, 31, 12, 30, 15, 5)),
        (4, None, None),
        (5, dt.date(2024, 12, 31), dt.datetime(2024, 12, 31, 8, 7, 6, 123000)),
        (6, dt.date(1582, 10, 15), dt.datetime(1582, 10, 15, 1, 2, 3)),
    ]
    return spark.createDataFrame(rows, "id int, d date, t timestamp")


def nested(spark):
    rows = [
        (1, [1, 2, None], {"a": 1, "b": None}, (7, "x"), [[1], []]),
        (2, [], {}, (None, None), []),
        (3, None, None, None, None),
        (4, [3, 3, 1], {"é": 9}, (8, "y"), [None, [4, 5]]),
    ]
    schema = "id int, xs array<int>, m map<string,int>, s struct<n:int,t:string>, xss array<array<int>>"
    return spark.createDataFrame(rows, schema)


def empty(spark):
    return spark.createDataFrame([], "id int, name string, amount decimal(8,2)")

"""What a case answered, as JSON: schema and rows, a text, or the condition of its error. Two answers can be compared."""

from __future__ import annotations

import datetime
import decimal
import math
from typing import Any

from differential.registry import Case

_RELATIVE = 1e-12


def run(case: Case, spark: Any, F: Any, T: Any) -> dict[str, Any]:
    """Runs one case and writes down the outcome, errors included."""
    before = spark.conf.get("spark.sql.session.timeZone")
    try:
        return outcome(case.program(spark, F, T), case.ordered)
    except Exception as error:
        return {"error": describe(error)}
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)
        for table in spark.catalog.listTables():
            if table.isTemporary:
                spark.catalog.dropTempView(table.name)


def outcome(result: Any, ordered: bool) -> dict[str, Any]:
    if hasattr(result, "collect") and hasattr(result, "schema"):
        rows = [[encode(value) for value in row] for row in result.collect()]
        return {"schema": result.schema.jsonValue(), "rows": rows if ordered else sorted(rows, key=repr)}
    if isinstance(result, str):
        return {"text": result}
    return {"value": encode(result)}


def describe(error: Exception) -> dict[str, Any]:
    """Class and condition: what a script can act on. Messages are compared where a case asks for them."""
    described: dict[str, Any] = {"class": type(error).__name__}
    if described["class"] == "Py4JJavaError":
        return {"class": "any", "condition": _java_condition(error)}
    condition = getattr(error, "getCondition", None)
    if condition is not None:
        described["condition"] = condition()
        state = getattr(error, "getSqlState", None)
        described["sqlState"] = state() if state else None
    return described


def _java_condition(error: Any) -> str | None:
    """PySpark shows some of the JVM's exceptions as they are; what counts of those is their condition."""
    cause = error.java_exception
    while cause is not None:
        if hasattr(cause, "getErrorClass") and "Spark" in cause.getClass().getName():
            return cause.getErrorClass()
        cause = cause.getCause()
    return None


def encode(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.datetime):
        return {"timestamp": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"interval": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, (bytes, bytearray)):
        return {"binary": bytes(value).hex()}
    if hasattr(value, "__fields__"):
        return {"row": [[name, encode(item)] for name, item in zip(value.__fields__, value, strict=True)]}
    if isinstance(value, dict):
        return {"map": sorted(([encode(k), encode(v)] for k, v in value.items()), key=repr)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return {"other": f"{type(value).__name__} {value}"}


def matches(expected: dict[str, Any], actual: dict[str, Any]) -> bool:
    """Whether an answer is the recorded one. Where PySpark gave a bare Java exception, any error will do that has the
    same condition, if there was one."""
    error = expected.get("error")
    if error is not None and error["class"] == "any":
        condition = error["condition"]
        return "error" in actual and (condition is None or actual["error"].get("condition") == condition)
    return same(expected, actual)


def same(expected: Any, actual: Any) -> bool:
    """Equal, floats up to the last bits: the order of a floating sum is not part of an answer."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if expected.keys() == {"float"} == actual.keys():
            return _same_float(float(expected["float"]), float(actual["float"]))
        return expected.keys() == actual.keys() and all(same(expected[k], actual[k]) for k in expected)
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    return type(expected) is type(actual) and expected == actual


def _same_float(a: float, b: float) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    if a == 0 and b == 0:
        return math.copysign(1, a) == math.copysign(1, b)
    return a == b or math.isclose(a, b, rel_tol=_RELATIVE)

"""`assertDataFrameEqual` and `assertSchemaEqual`, with PySpark's parameters, tolerances and messages."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from troupe.errors import PySparkAssertionError
from troupe.sql._types.atomic import DataType, DecimalType
from troupe.sql._types.nested import ArrayType, MapType, StructField, StructType
from troupe.sql._types.row import Row
from troupe.sql._types.variant import VariantVal
from troupe.sql.column import not_expected
from troupe.sql.dataframe import DataFrame

__all__ = ["assertDataFrameEqual", "assertSchemaEqual"]

_MARKS = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}


def assertSchemaEqual(
    actual: StructType,
    expected: StructType,
    ignoreNullable: bool = True,
    ignoreColumnOrder: bool = False,
    ignoreColumnName: bool = False,
) -> None:
    """Fails with a diff when two schemas differ."""
    __tracebackhide__ = True
    for name, schema in (("actual", actual), ("expected", expected)):
        if not isinstance(schema, StructType):
            raise not_expected("struct type", name, schema)
    if ignoreColumnOrder:
        actual, expected = (StructType(sorted(s.fields, key=lambda f: f.name)) for s in (actual, expected))
    if ignoreColumnName:
        actual, expected = (
            StructType([StructField(str(i), f.dataType, f.nullable) for i, f in enumerate(s.fields)])
            for s in (actual, expected)
        )
    if not (_same_but_nulls(actual, expected) if ignoreNullable else actual == expected):
        diff = "\n".join(difflib.ndiff(str(actual).splitlines(), str(expected).splitlines()))
        raise PySparkAssertionError(errorClass="DIFFERENT_SCHEMA", messageParameters={"error_msg": diff})


def _same_but_nulls(a: DataType, b: DataType) -> bool:
    if isinstance(a, StructType) and isinstance(b, StructType):
        return len(a) == len(b) and all(
            x.name == y.name and _same_but_nulls(x.dataType, y.dataType)
            for x, y in zip(a.fields, b.fields, strict=True)
        )
    if isinstance(a, ArrayType) and isinstance(b, ArrayType):
        return _same_but_nulls(a.elementType, b.elementType)
    if isinstance(a, MapType) and isinstance(b, MapType):
        return _same_but_nulls(a.keyType, b.keyType) and _same_but_nulls(a.valueType, b.valueType)
    if isinstance(a, DecimalType) and isinstance(b, DecimalType):
        return a == b
    return type(a) is type(b)


def assertDataFrameEqual(
    actual: Any,
    expected: Any,
    checkRowOrder: bool = False,
    rtol: float = 1e-5,
    atol: float = 1e-8,
    ignoreNullable: bool = True,
    ignoreColumnOrder: bool = False,
    ignoreColumnName: bool = False,
    ignoreColumnType: bool = False,
    maxErrors: int | None = None,
    showOnlyDiff: bool = False,
    includeDiffRows: bool = False,
) -> Any:
    """Fails with a diff of rows when two DataFrames, or lists of rows, differ."""
    __tracebackhide__ = True
    if actual is None and expected is None:
        return True
    for name, frame in (("actual", actual), ("expected", expected)):
        if not isinstance(frame, (DataFrame, list)):
            _check_pandas(name, frame)
    if not isinstance(actual, (DataFrame, list)) or not isinstance(expected, (DataFrame, list)):
        return _assert_pandas_equal(actual, expected, checkRowOrder, rtol, atol)
    if ignoreColumnOrder:
        actual, expected = (df.select(*sorted(df.columns)) for df in (actual, expected))
    if ignoreColumnName:
        actual, expected = (df.toDF(*map(str, range(len(df.columns)))) for df in (actual, expected))
    if ignoreColumnType:
        actual, expected = _as_texts(actual), _as_texts(expected)
    if isinstance(actual, DataFrame) and isinstance(expected, DataFrame):
        assertSchemaEqual(actual.schema, expected.schema, ignoreNullable)
    lists = [df.collect() if isinstance(df, DataFrame) else list(df) for df in (actual, expected)]
    if not checkRowOrder:
        lists = [sorted(rows, key=str) for rows in lists]
    pairs = _pairs(lists[0], lists[1], checkRowOrder, rtol, atol)
    _report(pairs, maxErrors, showOnlyDiff, includeDiffRows)
    return None


def _check_pandas(name: str, frame: Any) -> None:
    if type(frame).__module__.split(".")[0] != "pandas":
        raise PySparkAssertionError(
            errorClass="INVALID_TYPE_DF_EQUALITY_ARG",
            messageParameters={
                "expected_type": "Union[DataFrame, ps.DataFrame, List[Row]]",
                "arg_name": name,
                "actual_type": str(None if frame is None else type(frame)),
            },
        )


def _assert_pandas_equal(actual: Any, expected: Any, in_order: bool, rtol: float, atol: float) -> None:
    from pandas.testing import assert_frame_equal

    frames = [df.toPandas() if isinstance(df, DataFrame) else df for df in (actual, expected)]
    if not in_order:
        frames = [df.sort_values(by=list(df.columns), ignore_index=True) for df in frames]
    assert_frame_equal(frames[0], frames[1], rtol=rtol, atol=atol)


def _as_texts(df: Any) -> Any:
    from troupe.sql import functions as F

    def text(name: str) -> Any:
        number = F.col(name).cast("float")
        whole = F.col(name).cast("int")
        return F.when(number.isNotNull() & (number == whole), whole.cast("string")).otherwise(
            F.col(name).cast("string")
        )

    return df.select(*(text(c).alias(c) for c in df.columns))


def _close(a: Any, b: Any, rtol: float, atol: float) -> bool:
    if isinstance(a, Row) and isinstance(b, Row) or isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_close(x, y, rtol, atol) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_close(a[k], b[k], rtol, atol) for k in a)
    if isinstance(a, float) and isinstance(b, float):
        return not abs(a - b) > atol + rtol * abs(b)
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return not abs(a - b) > Decimal(atol) + Decimal(rtol) * abs(b)
    if isinstance(a, VariantVal) and isinstance(b, VariantVal):
        return _close(a.toPython(), b.toPython(), rtol, atol)
    return bool(a == b)


Pair = tuple[Any, Any, bool]


def _pairs(actual: list[Any], expected: list[Any], in_order: bool, rtol: float, atol: float) -> list[Pair]:
    """Rows side by side, and whether they agree. Sorted lists of unequal length are merged: a missing row is one difference."""
    if in_order or len(actual) == len(expected):
        return [(a, b, _close(a, b, rtol, atol)) for a, b in zip_longest(actual, expected)]
    pairs: list[Pair] = []
    i = j = 0
    while i < len(actual) or j < len(expected):
        a = actual[i] if i < len(actual) else None
        b = expected[j] if j < len(expected) else None
        same = i < len(actual) and j < len(expected) and _close(a, b, rtol, atol)
        takes_left = b is None or (a is not None and (same or str(a) <= str(b)))
        takes_right = a is None or (b is not None and (same or str(a) >= str(b)))
        pairs.append((a if takes_left else None, b if takes_right else None, same))
        i, j = i + takes_left, j + takes_right
    return pairs


def _report(pairs: list[Pair], most: int | None, only_differences: bool, with_rows: bool) -> None:
    __tracebackhide__ = True
    left: list[str] = []
    right: list[str] = []
    differing: list[tuple[Any, Any]] = []
    for a, b, same in pairs:
        if same and only_differences:
            continue
        if not same:
            differing.append((a, b))
        if a is not None or same:
            left.append(str(a))
        if b is not None or same:
            right.append(str(b))
        if not same and most is not None and len(differing) >= most:
            break
    if not differing:
        return
    share = len(differing) / len(pairs) * 100
    diff = "\n".join(_context_diff(left, right, n=len(pairs)))
    raise PySparkAssertionError(
        errorClass="DIFFERENT_ROWS",
        messageParameters={"error_msg": f"Results do not match: ( {share:.5f} % )\n{diff}"},
        data=differing if with_rows else None,
    )


def _context_diff(actual: list[str], expected: list[str], n: int = 3) -> Iterator[str]:
    """Both sides, `n` equal lines around each difference, differing lines marked as in difflib's context format."""
    for group in difflib.SequenceMatcher(None, actual, expected).get_grouped_opcodes(n):
        yield "*** actual ***"
        yield from _marked(actual, [(tag, first, last) for tag, first, last, _, _ in group], "delete")
        yield "\n"
        yield "*** expected ***"
        yield from _marked(expected, [(tag, first, last) for tag, _, _, first, last in group], "insert")


def _marked(lines: list[str], parts: list[tuple[str, int, int]], own: str) -> Iterator[str]:
    """Nothing where this side has no difference of its own, as difflib does."""
    if any(tag in ("replace", own) for tag, _, _ in parts):
        for tag, first, last in parts:
            yield from (_MARKS[tag] + line for line in lines[first:last])

"""JSON and CSV whose lines are the strings of an RDD, or of a DataFrame of one column, and not those of files."""

from __future__ import annotations

import csv
import json
from functools import reduce
from typing import TYPE_CHECKING, Any

from troupe.sql._types.atomic import BooleanType, DataType, DoubleType, LongType, NullType, StringType
from troupe.sql._types.nested import ArrayType, StructField, StructType

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession


def is_lines(path: Any) -> bool:
    from troupe.rdd.rdd import RDD
    from troupe.sql.dataframe import DataFrame

    return isinstance(path, (RDD, DataFrame))


def _strings(lines: RDD | DataFrame) -> RDD:
    from troupe.sql.dataframe import DataFrame

    if isinstance(lines, DataFrame):
        return lines.rdd.map(lambda row: row[0])
    return lines.map(lambda line: line.decode("utf-8") if isinstance(line, (bytes, bytearray)) else line)


def _texts(options: dict[str, Any]) -> dict[str, str]:
    from troupe.sql.conf import to_text

    return {name: str(to_text(value)) for name, value in options.items() if value is not None}


def json_of(spark: SparkSession, lines: RDD | DataFrame, schema: Any, options: dict[str, Any]) -> DataFrame:
    """The objects of JSON texts. Without a schema all of them are looked at, for one that holds them all."""
    from troupe.sql import functions as F

    texts = _strings(lines)
    if schema is not None:
        columns = StructType.fromJson(schema)
    else:
        kinds = texts.map(_shape).filter(lambda kind: isinstance(kind, StructType)).collect()
        found = _shown(reduce(_merged, kinds, StructType([])))
        columns = found if isinstance(found, StructType) else StructType([])
    given = spark.createDataFrame(texts.map(lambda text: (text,)), "value string")
    return given.select(F.from_json("value", columns, _texts(options)).alias("of")).select("of.*")


def csv_of(spark: SparkSession, lines: RDD | DataFrame, schema: Any, options: dict[str, Any]) -> DataFrame:
    """The records of CSV texts; columns are strings unless a schema names them."""
    from troupe.sql import functions as F

    texts, given = _strings(lines), _texts(options)
    header = given.pop("header", "false").lower() == "true"
    first = (texts.take(1) or [""])[0]
    if schema is not None:
        columns = StructType.fromJson(schema)
    else:
        cells = next(csv.reader([first], delimiter=given.get("sep", given.get("delimiter", ","))), [])
        columns = StructType(
            [StructField(cell if header else f"_c{i}", StringType(), True) for i, cell in enumerate(cells)]
        )
    if header:
        texts = texts.filter(lambda text: text != first)
    frame = spark.createDataFrame(texts.map(lambda text: (text,)), "value string")
    names = ", ".join(f"`{f.name}` {f.dataType.simpleString()}" for f in columns.fields)
    records = frame.select(F.from_csv("value", names, given).alias("of")).select("of.*")
    if schema is None and given.get("inferSchema", "false").lower() == "true":
        return _typed(records)
    return records


def _typed(records: DataFrame) -> DataFrame:
    """Columns as the narrowest of int, bigint, double, boolean, timestamp that all their values are."""
    from troupe.sql import functions as F

    kinds = ["int", "bigint", "double", "boolean", "timestamp"]
    fits = [
        F.every(F.col(f"`{name}`").isNull() | F.col(f"`{name}`").try_cast(kind).isNotNull())
        for name in records.columns
        for kind in kinds
    ]
    answers = list(records.agg(*fits).first() or [])
    typed = []
    for i, name in enumerate(records.columns):
        fitting = [kind for kind, fits_all in zip(kinds, answers[len(kinds) * i :], strict=False) if fits_all]
        typed.append(F.col(f"`{name}`").cast(fitting[0] if fitting else "string").alias(name))
    return records.select(*typed)


def _shape(text: str) -> DataType | None:
    """What type a JSON text has; None when it is none."""
    try:
        return _kind(json.loads(text))
    except ValueError:
        return None


def _kind(value: Any) -> DataType:
    if value is None:
        return NullType()
    if isinstance(value, bool):
        return BooleanType()
    if isinstance(value, int):
        return LongType() if -(1 << 63) <= value < 1 << 63 else DoubleType()
    if isinstance(value, float):
        return DoubleType()
    if isinstance(value, list):
        return ArrayType(reduce(_merged, map(_kind, value), NullType()))
    if isinstance(value, dict):
        return StructType([StructField(name, _kind(value[name]), True) for name in sorted(value)])
    return StringType()


def _merged(a: DataType, b: DataType) -> DataType:
    if a == b or isinstance(b, NullType):
        return a
    if isinstance(a, NullType):
        return b
    if isinstance(a, ArrayType) and isinstance(b, ArrayType):
        return ArrayType(_merged(a.elementType, b.elementType))
    if isinstance(a, StructType) and isinstance(b, StructType):
        left, right = {f.name: f.dataType for f in a}, {f.name: f.dataType for f in b}
        return StructType(
            [
                StructField(name, _merged(left.get(name, NullType()), right.get(name, NullType())), True)
                for name in sorted({**left, **right})
            ]
        )
    numbers = (LongType, DoubleType)
    return DoubleType() if isinstance(a, numbers) and isinstance(b, numbers) else StringType()


def _shown(kind: DataType) -> DataType:
    """What is null everywhere is a string."""
    if isinstance(kind, NullType):
        return StringType()
    if isinstance(kind, ArrayType):
        return ArrayType(_shown(kind.elementType))
    if isinstance(kind, StructType):
        return StructType([StructField(f.name, _shown(f.dataType), True) for f in kind])
    return kind

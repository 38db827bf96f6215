"""`from_avro` and `to_avro`. Avro is an external module of Spark, and no part of Troupe: a query that uses them is refused."""

from __future__ import annotations

from troupe.sql._external import call, check
from troupe.sql.column import Column

__all__ = ["from_avro", "to_avro"]

_COLUMN = "pyspark.sql.Column or str"


def from_avro(data: Column | str, jsonFormatSchema: str, options: dict[str, str] | None = None) -> Column:
    """The value of a binary column in Avro's format."""
    check("data", data, (Column, str), _COLUMN)
    check("jsonFormatSchema", jsonFormatSchema, (str,), "str")
    check("options", options, (dict, type(None)), "dict, optional")
    return call("from_avro", data, jsonFormatSchema)


def to_avro(data: Column | str, jsonFormatSchema: str = "") -> Column:
    """A column as binary in Avro's format."""
    check("data", data, (Column, str), _COLUMN)
    check("jsonFormatSchema", jsonFormatSchema, (str,), "str")
    return call("to_avro", data, *([jsonFormatSchema] if jsonFormatSchema else []))

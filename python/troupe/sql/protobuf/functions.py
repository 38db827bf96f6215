"""`from_protobuf` and `to_protobuf`. They are an external module of Spark, and no part of Troupe: a query that uses them is refused."""

from __future__ import annotations

from troupe.sql._external import call
from troupe.sql.column import Column

__all__ = ["from_protobuf", "to_protobuf"]


def from_protobuf(
    data: Column | str,
    messageName: str,
    descFilePath: str | None = None,
    options: dict[str, str] | None = None,
    binaryDescriptorSet: bytes | None = None,
) -> Column:
    """The value of a binary column that holds a message."""
    return call("from_protobuf", data, messageName)


def to_protobuf(
    data: Column | str,
    messageName: str,
    descFilePath: str | None = None,
    options: dict[str, str] | None = None,
    binaryDescriptorSet: bytes | None = None,
) -> Column:
    """A column as binary messages."""
    return call("to_protobuf", data, messageName)

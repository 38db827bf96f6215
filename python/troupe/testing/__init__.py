"""Helpers for tests of jobs: equality of DataFrames and of schemas, and the base classes that PySpark's own tests use."""

from troupe.testing.equality import assertDataFrameEqual, assertSchemaEqual
from troupe.testing.unittestutils import main

__all__ = ["assertDataFrameEqual", "assertSchemaEqual", "main"]

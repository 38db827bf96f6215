"""Helpers for tests of jobs: equality of DataFrames and of schemas."""

from troupe.testing.utils import assertDataFrameEqual, assertSchemaEqual

__all__ = ["assertDataFrameEqual", "assertSchemaEqual"]

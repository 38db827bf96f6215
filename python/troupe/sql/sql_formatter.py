"""PySpark's name for the formatter of SQL text."""

from troupe.sql._sql_formatter import SQLStringFormatter

__all__ = ["SQLStringFormatter"]

"""Structured logging: `PySparkLogger` writes each record as one JSON object."""

from troupe.logger.logger import SPARK_LOG_SCHEMA, PySparkLogger

__all__ = ["SPARK_LOG_SCHEMA", "PySparkLogger"]

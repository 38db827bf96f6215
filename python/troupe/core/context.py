"""`pyspark.core.context`."""

from troupe.context import SparkContext

__all__ = ["SparkContext"]

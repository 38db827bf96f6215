"""`pyspark.core.files`."""

from troupe.files import SparkFiles

__all__ = ["SparkFiles"]

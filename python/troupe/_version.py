"""The version of Troupe, and of the PySpark whose behaviour it has."""

__version__ = "0.1.0"
PYSPARK_VERSION = "4.2.0"

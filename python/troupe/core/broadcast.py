"""`pyspark.core.broadcast`."""

from troupe.broadcast import Broadcast

__all__ = ["Broadcast"]

"""`pyspark.core.rdd`."""

from troupe.rdd import RDD, Partitioner, PipelinedRDD, RDDBarrier, portable_hash
from troupe.rdd.numbers import BoundedFloat
from troupe.util import PythonEvalType

__all__ = ["RDD", "BoundedFloat", "Partitioner", "PipelinedRDD", "RDDBarrier", "PythonEvalType", "portable_hash"]

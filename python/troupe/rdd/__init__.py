"""Resilient distributed datasets: PySpark's RDD API on the engine's plans, exchanges and Python workers."""

from troupe.rdd.partitioning import Partitioner, portable_hash
from troupe.rdd.rdd import RDD, PipelinedRDD
from troupe.rdd.shapes import RDDBarrier

__all__ = ["RDD", "Partitioner", "PipelinedRDD", "RDDBarrier", "portable_hash"]

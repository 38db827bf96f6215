"""Resilient distributed datasets: PySpark's RDD API on the engine's plans, exchanges and Python workers."""

from troupe.rdd.partitioning import Partitioner, portable_hash
from troupe.rdd.rdd import RDD, PipelinedRDD

__all__ = ["RDD", "Partitioner", "PipelinedRDD", "portable_hash"]

"""`pyspark.cloudpickle`: the cloudpickle that functions travel with."""

from cloudpickle import CloudPickler, Pickler, dump, dumps, load, loads, register_pickle_by_value

__all__ = ["CloudPickler", "Pickler", "dump", "dumps", "load", "loads", "register_pickle_by_value"]

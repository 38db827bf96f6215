"""`pyspark.version`: the version of the API that is offered."""

from troupe._version import PYSPARK_VERSION as __version__

__all__ = ["__version__"]

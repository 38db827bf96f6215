"""Where Spark is: the folder that SPARK_HOME names, else that of this package."""

from __future__ import annotations

import os

__all__ = ["_find_spark_home"]


def _find_spark_home() -> str:
    return os.environ.get("SPARK_HOME") or os.path.dirname(os.path.abspath(__file__))


if __name__ == "__main__":
    print(_find_spark_home())

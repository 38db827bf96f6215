"""`troupe version`."""

from __future__ import annotations

import platform

from troupe._version import PYSPARK_VERSION, __version__
from troupe.launch import java


def main(words: list[str]) -> int:
    if words:
        print("usage: troupe version\n\nPrints the versions of Troupe, of the API it has, of Python and of Java.")
        return 0 if words[0] in ("-h", "--help") else 2
    found = java.search().usable
    print(f"troupe {__version__} (API of PySpark {PYSPARK_VERSION})")
    print(f"python {platform.python_version()}")
    print(f"java {found[0].full_version} at {found[0].home}" if found else f"java: no Java {java.REQUIRED} found")
    return 0

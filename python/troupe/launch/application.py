"""Starts an application's JVM, and loads what its first query needs while the JVM is on its way."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from troupe.launch import jvm

__all__ = ["begin"]


def begin(settings: Mapping[str, str]) -> jvm.Starting:
    """Starts the JVM and returns at once.

    :raises JvmStartError: when there is no Java that fits, or it cannot be executed
    """
    starting = jvm.spawn(settings)
    threading.Thread(target=_import_for_results, name="troupe-imports", daemon=True).start()
    return starting


def _import_for_results() -> None:
    import py4j.clientserver
    import py4j.protocol  # noqa: F401
    import pyarrow.ipc  # noqa: F401

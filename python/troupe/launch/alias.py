"""Makes the name `pyspark` mean Troupe in this process: `pyspark.sql.types` *is* `troupe.sql.types`, not a copy of it.

The finder answers for `pyspark` and everything below; each import of `pyspark.x` yields the very module `troupe.x`, so that
classes, `isinstance` checks and pickles agree whichever name a script used.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

_ALIAS = "pyspark"
_REAL = "troupe"


class _AliasLoader:
    """Hands out the real module; the import system's marks on it are put back as they were."""

    def __init__(self, real_name: str) -> None:
        self._real_name = real_name
        self._spec: importlib.machinery.ModuleSpec | None = None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = importlib.import_module(self._real_name)
        self._spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self._spec

    def get_code(self, fullname: str):  # type: ignore[no-untyped-def]
        """What `python -m pyspark.x` asks for."""
        loader = importlib.util.find_spec(self._real_name).loader  # type: ignore[union-attr]
        return loader.get_code(self._real_name)  # type: ignore[union-attr]


class _AliasFinder:
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != _ALIAS and not fullname.startswith(_ALIAS + "."):
            return None
        real_name = _REAL + fullname[len(_ALIAS) :]
        real = importlib.util.find_spec(real_name)
        if real is None:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, _AliasLoader(real_name), origin=real.origin)  # type: ignore[arg-type]
        spec.submodule_search_locations = real.submodule_search_locations
        return spec


def install() -> None:
    """Idempotent. A `pyspark` that is installed beside Troupe is hidden, not touched."""
    if not any(isinstance(finder, _AliasFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AliasFinder())  # type: ignore[arg-type]
        importlib.invalidate_caches()

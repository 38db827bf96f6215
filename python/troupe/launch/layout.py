"""Where the jars are: beside an installed package, or in the build folder of a checkout."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def checkout() -> Path | None:
    """The root of the source checkout that this package lies in; None for an installed package."""
    root = PACKAGE.parent.parent
    return root if (root / "pom.xml").is_file() and (root / "troupe").is_file() else None


class NotBuiltError(RuntimeError):
    """The jars are missing; the message names the command that makes them."""


@dataclass(frozen=True)
class Runtime:
    """A built class path, and the AOT cache that was trained on it with one particular Java, if there is one."""

    jars: tuple[Path, ...]
    folder: Path

    @property
    def class_path(self) -> str:
        return os.pathsep.join(str(jar) for jar in self.jars)

    def aot_cache(self, key: str) -> Path:
        """The cache for one Java and one set of flags. It may not exist: the JVM then starts without, only slower."""
        return self.folder / f"start-{key}.aot"


def stamp_file(root: Path) -> Path:
    return root / "build" / "runtime.json"


def runtime() -> Runtime:
    """The class path to start a JVM with, in a fixed order (an AOT cache is valid for one order only)."""
    root = checkout()
    folder = _built_folder(root) if root else PACKAGE
    jars = tuple(sorted((folder / "jars").glob("*.jar")))
    if not jars:
        remedy = f"{root / 'troupe'} build" if root else "pip install --force-reinstall troupe"
        raise NotBuiltError(f"Troupe's jars are not built: there are none in {folder / 'jars'}. Run: {remedy}")
    return Runtime(jars, _cache_folder(folder))


def _built_folder(root: Path) -> Path:
    try:
        stamp = json.loads(stamp_file(root).read_text())
    except (OSError, ValueError):
        return root / "build" / "none"
    return root / "build" / str(stamp["folder"])


def _cache_folder(folder: Path) -> Path:
    """Beside the jars, or the user's cache folder where the package is not writable."""
    if os.access(folder, os.W_OK):
        return folder
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "troupe"

"""Makes an installable wheel of a checkout: the Python package with the jars and the function registry inside."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from troupe.cli import environment
from troupe.cli.failure import CommandError
from troupe.cli.say import say, step
from troupe.launch import layout

_REGISTRY = "planner/src/main/resources/io/troupe/planner/function/registry.tsv"


def make(root: Path) -> Path:
    """Puts the wheel into `dist/`; nothing is written into the package's sources."""
    target = root / "dist"
    with tempfile.TemporaryDirectory(prefix="troupe-wheel-") as folder, step("making the wheel"):
        copy = Path(folder) / "python"
        copy.mkdir()
        shutil.copy2(root / "python" / "pyproject.toml", copy)
        shutil.copy2(root / "LICENSE", copy)
        shutil.copytree(root / "python" / "troupe", copy / "troupe", ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "troupe" / "jars").mkdir()
        for jar in layout.runtime().jars:
            shutil.copy2(jar, copy / "troupe" / "jars")
        shutil.copy2(root / _REGISTRY, copy / "troupe" / "sql")
        environment.pip(root, ["wheel", "--no-deps", "--wheel-dir", folder, str(copy)])
        made = list(Path(folder).glob("*.whl"))
        if len(made) != 1:
            raise CommandError(f"pip made {len(made)} wheels of {copy}, not one")
        target.mkdir(exist_ok=True)
        wheel = Path(shutil.copy2(made[0], target))
    say(f"{wheel} ({wheel.stat().st_size >> 20} MiB): pip install {wheel}")
    return wheel

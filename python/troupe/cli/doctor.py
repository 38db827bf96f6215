"""`troupe doctor`: what was found, what is wrong, and the remedy of each."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from troupe.cli import environment, stamps, startup_cache
from troupe.launch import flags, java, layout

_PACKAGES = {"py4j": True, "pyarrow": True, "cloudpickle": True, "numpy": True, "pandas": False}


@dataclass(frozen=True)
class Finding:
    """One line of the report. `level` is ok, note or wrong; a wrong one carries its remedy."""

    level: str
    text: str
    remedy: str = ""


def main(words: list[str]) -> int:
    if words:
        print(
            "usage: troupe doctor\n\nSays what was found, what is wrong, and the remedy. Exit code 1 when something is."
        )
        return 0 if words[0] in ("-h", "--help") else 2
    root = layout.checkout()
    checks: list[Callable[[Path | None], Iterator[Finding]]] = [_python, _packages, _java, _tools, _jars, _machine]
    wrong = 0
    for check in checks:
        for finding in check(root):
            mark = {"ok": "  ok   ", "note": "  note ", "wrong": "  WRONG"}[finding.level]
            print(f"{mark} {finding.text}")
            if finding.remedy:
                print(f"         remedy: {finding.remedy}")
            wrong += finding.level == "wrong"
    print(f"{wrong} thing{'s' if wrong != 1 else ''} wrong." if wrong else "All is well.")
    return 1 if wrong else 0


def _python(root: Path | None) -> Iterator[Finding]:
    yield Finding("ok", f"Python {platform.python_version()} at {sys.executable}")
    own = os.environ.get(environment.OWN_PYTHON)
    if own:
        yield Finding("note", f"{environment.OWN_PYTHON} is set: {own} is used as it is, nothing is installed into it")
    elif root is not None and not environment.is_ready(root):
        yield Finding("wrong", f"the virtual environment {root / '.venv'} is not set up", "./troupe build")


def _packages(root: Path | None) -> Iterator[Finding]:
    python = environment.python_of(root) if root else Path(sys.executable)
    inside = Path(sys.prefix).resolve() == (root / ".venv").resolve() if root else True
    if root and not inside and not os.environ.get(environment.OWN_PYTHON):
        if python.exists():
            asked = subprocess.run([str(python), "-m", "troupe.cli.main", "version"], capture_output=True, text=True)
            if asked.returncode != 0:
                yield Finding("wrong", f"{python} cannot import troupe", "rm -r .venv, then ./troupe build")
        return
    for package, needed in _PACKAGES.items():
        try:
            yield Finding("ok", f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            level = "wrong" if needed else "note"
            remedy = "./troupe build" if root else f"{sys.executable} -m pip install {package}"
            yield Finding(level, f"the Python package {package} is missing" + ("" if needed else " (optional)"), remedy)


def _java(root: Path | None) -> Iterator[Finding]:
    found = java.search()
    for reason in found.refused:
        yield Finding("note", f"passed over {reason}")
    if found.usable:
        yield Finding("ok", str(found.usable[0]))
    else:
        yield Finding("wrong", f"no Java {java.REQUIRED} or newer", "install a JDK 25 or set JAVA_HOME to one")


def _tools(root: Path | None) -> Iterator[Finding]:
    if root is None:
        return
    maven = shutil.which("mvn")
    if maven:
        yield Finding("ok", f"Maven at {maven}")
    else:
        yield Finding("note", "no Maven: the jars cannot be rebuilt", "install Maven 3.8 or newer")
    if not any(candidate.can_compile for candidate in java.search().usable):
        yield Finding("note", f"no JDK {java.REQUIRED} with javac: the jars cannot be rebuilt", "install a JDK 25")


def _jars(root: Path | None) -> Iterator[Finding]:
    try:
        runtime = layout.runtime()
    except layout.NotBuiltError as error:
        yield Finding("wrong", str(error), "./troupe build")
        return
    yield Finding("ok", f"{len(runtime.jars)} jars in {runtime.jars[0].parent}")
    if root is not None and not stamps.is_fresh(root):
        yield Finding("note", "the sources are newer than the jars", "the next ./troupe run builds them")
    usable = java.search().usable
    if not usable:
        return
    cache = runtime.aot_cache(flags.identity(usable[0].identity))
    if cache.exists():
        yield Finding("ok", f"start-up cache {cache.name}, {cache.stat().st_size >> 20} MiB")
    else:
        failed = cache.with_suffix(".failed")
        why = startup_cache.gist(failed.read_text()) if failed.exists() else "not made yet"
        yield Finding(
            "note",
            f"no start-up cache, starts take longer: {why}",
            "./troupe build --force" if root else "troupe build",
        )


def _machine(root: Path | None) -> Iterator[Finding]:
    memory = flags.machine_memory()
    yield Finding(
        "ok", f"{os.cpu_count()} cores, {memory / (1 << 30):.1f} GiB memory; a JVM takes {flags.memory({}) >> 20} MiB"
    )
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    enough = free > 1 << 30
    remedy = "" if enough else "free some space or set TMPDIR to a larger disk"
    yield Finding("ok" if enough else "wrong", f"{free / (1 << 30):.1f} GiB free in {folder}", remedy)

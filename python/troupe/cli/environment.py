"""The Python side of a checkout: a virtual environment with the packages of the lock files."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from troupe.cli.failure import CommandError
from troupe.cli.say import step

OWN_PYTHON = "TROUPE_PYTHON"


def python_of(root: Path) -> Path:
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _mark(root: Path, kind: str) -> Path:
    return root / ".venv" / ("troupe-ready" if kind == "runtime" else f"troupe-ready-{kind}")


def _lock(root: Path, kind: str) -> Path:
    return root / "python" / "requirements" / f"{kind}.lock"


def _wanted(root: Path, kind: str) -> str:
    return hashlib.sha256(_lock(root, kind).read_bytes()).hexdigest()


def is_ready(root: Path, kind: str = "runtime") -> bool:
    try:
        return _mark(root, kind).read_text() == _wanted(root, kind)
    except OSError:
        return False


def ensure(root: Path, kind: str = "runtime") -> None:
    """Makes the environment and installs one lock file's packages, unless that was done. Safe to interrupt: the mark of
    being ready is written last, and an environment without it is made anew."""
    if os.environ.get(OWN_PYTHON):
        return
    if kind != "runtime":
        ensure(root)
    if is_ready(root, kind):
        return
    folder = root / ".venv"
    if kind == "runtime" and not _mark(root, kind).exists():
        with step(f"making the virtual environment {folder}"):
            if folder.exists():
                shutil.rmtree(folder)
            _checked([sys.executable, "-m", "venv", str(folder)], "cannot make a virtual environment")
            _link_package(root)
    with step(f"installing the Python packages of {_lock(root, kind).name}"):
        install(root, ["--require-hashes", "-r", str(_lock(root, kind))])
    _write(_mark(root, kind), _wanted(root, kind))


def install(root: Path, what: list[str]) -> None:
    pip(root, ["install", *what])


def pip(root: Path, words: list[str]) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    python = os.environ.get(OWN_PYTHON) or str(python_of(root))
    _checked([python, "-m", "pip", words[0], *quiet, *words[1:]], f"pip {words[0]} failed")


def _link_package(root: Path) -> None:
    """`import troupe` finds the checkout's sources: nothing to reinstall after an edit."""
    asked = [str(python_of(root)), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    place = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    Path(place, "troupe-checkout.pth").write_text(str(root / "python") + "\n")


def _write(file: Path, text: str) -> None:
    temporary = file.with_name(file.name + ".tmp")
    temporary.write_text(text)
    temporary.replace(file)


def _checked(command: list[str], what: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
    if result.returncode != 0:
        last = "\n".join((result.stdout + result.stderr).strip().splitlines()[-12:])
        raise CommandError(f"{what}:\n{last}")

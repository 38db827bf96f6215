"""`troupe test`: every check and every test of a checkout, all of them even when one fails, summaries last."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from troupe.cli import environment, setup
from troupe.cli.failure import CommandError
from troupe.cli.say import say
from troupe.launch import java, layout

_SUREFIRE = re.compile(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)$")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Outcome:
    """How one runner ended, with the lines that it summed itself up in."""

    name: str
    passed: bool
    seconds: float
    summary: list[str] = field(default_factory=list)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe test", description="Formatters, linters, Java tests and Python tests."
    )
    parser.add_argument("--only", choices=["java", "python", "lint"], help="one part of it")
    parser.add_argument("rest", nargs="*", metavar="-- PYTEST OPTION", help="passed on to pytest")
    options = parser.parse_args(words)
    root = layout.checkout()
    if root is None:
        raise CommandError("this is an installed package; the tests are in a checkout of the sources")
    if shutil.which("mvn") is None:
        raise CommandError("the Java tests need Maven (`mvn`): install it")
    setup.ensure()
    environment.ensure(root, "test")
    runners: dict[str, list[Callable[[], Outcome]]] = {
        "lint": [lambda: _java_lint(root), lambda: _python_lint(root)],
        "java": [lambda: _java_tests(root)],
        "python": [lambda: _pytest(root, options.rest)],
    }
    outcomes = [run() for part, runs in runners.items() if options.only in (None, part) for run in runs]
    return _report(outcomes)


def _report(outcomes: Iterable[Outcome]) -> int:
    failed = [o for o in outcomes if not o.passed]
    print("\n" + "=" * 40)
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.name} ({outcome.seconds:.0f} s)")
    for outcome in outcomes:
        for line in outcome.summary:
            print(line)
    return 1 if failed else 0


def _java_lint(root: Path) -> Outcome:
    code, _, seconds = _run(_maven("-q", "-fae", "spotless:check", "checkstyle:check"), root)
    return Outcome("Java format and lint (spotless, checkstyle)", code == 0, seconds)


def _java_tests(root: Path) -> Outcome:
    """All modules are tested even when an early one fails, so the verdict is read from Surefire's own sums."""
    code, lines, seconds = _run(_maven("-Dmaven.test.failure.ignore=true", "test"), root)
    sums = [match.groups() for line in lines if (match := _SUREFIRE.search(line))]
    run, failures, errors, skipped = (sum(int(s[i]) for s in sums) for i in range(4))
    summary = f"Tests run: {run}, Failures: {failures}, Errors: {errors}, Skipped: {skipped}"
    passed = code == 0 and run > 0 and failures == 0 and errors == 0
    return Outcome(f"Java tests ({len(sums)} modules)", passed, seconds, [summary])


def _python_lint(root: Path) -> Outcome:
    python = sys.executable
    folders = ["python", "sample-jobs", "benchmarks"]
    present = [folder for folder in folders if (root / folder).is_dir()]
    config = ["--config", str(root / "python" / "pyproject.toml")]
    results = [
        _run([python, "-m", "ruff", "check", *config, *present], root),
        _run([python, "-m", "ruff", "format", "--check", *config, *present], root),
        _run([python, "-m", "mypy"], root / "python"),
    ]
    passed = all(code == 0 for code, _, _ in results)
    return Outcome("Python format, lint and types (ruff, mypy)", passed, sum(seconds for _, _, seconds in results))


def _pytest(root: Path, options: list[str]) -> Outcome:
    code, lines, seconds = _run([sys.executable, "-m", "pytest", *options], root / "python")
    last = [line for line in lines if re.search(r"\d+ (passed|failed|error|skipped)|no tests ran", line)][-1:]
    return Outcome("Python tests (pytest)", code == 0, seconds, last)


def _maven(*goals: str) -> list[str]:
    return ["mvn", "-B", "-ntp", *goals]


def _run(command: list[str], folder: Path) -> tuple[int, list[str], float]:
    """Runs a tool, showing its output as it comes; returns exit code, lines and seconds."""
    say("$ " + " ".join(command))
    compiler = java.find(to_compile=True) if command[0] == "mvn" else None
    variables = {**os.environ, "JAVA_HOME": str(compiler.home)} if compiler else dict(os.environ)
    began = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            lines.append(_COLOURS.sub("", line.rstrip("\n")))
    return process.returncode, lines, time.monotonic() - began

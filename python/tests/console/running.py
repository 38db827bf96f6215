"""Processes for the console's tests: the job, and a console over finished logs."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_COMMAND = [sys.executable, "-m", "troupe.cli.main"]
_JOB = Path(__file__).with_name("job.py")
_WAIT_SECONDS = 90


class Job:
    """The job of `job.py`, in a folder of its own."""

    def __init__(self, folder: Path, master: str) -> None:
        self.folder = folder
        self.logs = folder / "events"
        conf = ["--conf", f"spark.eventLog.dir={self.logs}", "--conf", "spark.ui.port=0"]
        with open(folder / "said", "wb") as said:
            self._process = subprocess.Popen(
                [*_COMMAND, "run", "--master", master, *conf, str(_JOB), str(folder)],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip
        self.url = self._await_url()

    def _await_url(self) -> str:
        end = time.monotonic() + _WAIT_SECONDS
        while not (self.folder / "url").exists():
            assert self._process.poll() is None and time.monotonic() < end, (self.folder / "said").read_text()
            time.sleep(0.02)
        return (self.folder / "url").read_text()

    def go(self) -> None:
        (self.folder / "go").touch()

    def end(self) -> None:
        self.go()
        (self.folder / "end").touch()
        assert self._process.wait(_WAIT_SECONDS) == 0, (self.folder / "said").read_text()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def console(folder: Path) -> Iterator[str]:
    """`troupe ui` over a folder; gives its address."""
    with subprocess.Popen(
        [*_COMMAND, "ui", str(folder), "--port", "0"], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            yield said.strip().rsplit(" ", 1)[1]
        finally:
            process.kill()


def ask(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def until(condition: Any, what: str, seconds: float = 30) -> Any:
    """The condition's first true value."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return value

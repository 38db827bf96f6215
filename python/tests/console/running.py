"""Processes for the console's tests: the job, and a console over finished logs."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cluster.gate import Gate

_COMMAND = [sys.executable, "-m", "troupe.cli.main"]
_JOB = Path(__file__).with_name("job.py")
_WAIT_SECONDS = 90


class Job:
    """The job of `job.py`, in a folder of its own."""

    def __init__(self, folder: Path, master: str) -> None:
        self.folder = folder
        self.logs = folder / "events"
        conf = ["--conf", f"spark.eventLog.dir={self.logs}", "--conf", "spark.ui.port=0"]
        self._gate = Gate(folder / "gate")
        with open(folder / "said", "wb") as said:
            self._process = subprocess.Popen(
                [*_COMMAND, "run", "--master", master, *conf, str(_JOB), str(self._gate.path)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
            )  # fmt: skip
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        assert self.url, (folder / "said").read_text()

    def go(self) -> None:
        self._gate.open()

    def end(self) -> None:
        self.go()
        self._process.communicate("\n", _WAIT_SECONDS)
        assert self._process.returncode == 0, (self.folder / "said").read_text()

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

"""Plays the job under a fault: starts it, waits until it is at the chosen row, and looks at what is left afterwards."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

from cluster.gate import Gate
from cluster.nodes import COMMAND, Nodes

#: Whether a run for many seeds was asked for; without, today's date is the only one.
ALL = "TROUPE_CHAOS_SEEDS" in os.environ
_FIRST = int(os.environ.get("TROUPE_CHAOS_FIRST", "1" if ALL else f"{date.today().toordinal()}"))
SEEDS = range(_FIRST, _FIRST + int(os.environ.get("TROUPE_CHAOS_SEEDS", "1")))

_JOB = Path(__file__).with_name("job.py")
_OVER = "round over"
_REACHED_SECONDS = 90


class Job:
    """A client process that runs the job once per :meth:`begin`."""

    def __init__(self, master: str, folder: Path, at: str, seed: int, *, fault: str = "none", rounds: int = 1) -> None:
        self.folder = folder
        self.log = folder / "client.log"
        self.reached = folder / "reached"
        os.mkfifo(self.reached)
        self._gate = Gate(folder / "gate")
        temporary = folder / "client"
        temporary.mkdir()
        words = ["run", "--master", master, str(_JOB), str(rounds), fault, at, str(seed), str(folder)]
        with open(self.log, "wb") as errors:
            self.process = subprocess.Popen(
                [*COMMAND, *words], cwd=folder, env={**os.environ, "TMPDIR": str(temporary)}, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip

    def begin(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def wait_until_reached(self) -> None:
        """Returns when the function is at the chosen row: the proof that the fault meets a job at work."""
        pipe = os.open(self.reached, os.O_RDONLY | os.O_NONBLOCK)
        client = os.pidfd_open(self.process.pid)
        try:
            ready, _, _ = select.select([pipe, client], [], [], _REACHED_SECONDS)
            assert pipe in ready, f"the job did not get to the chosen row: {self.said()}"
        finally:
            os.close(pipe)
            os.close(client)

    def go_on(self) -> None:
        """Lets the tasks go on that stand still since the chosen row was reached."""
        self._gate.open()

    def answers_within(self, seconds: float) -> bool:
        """Blocks until the job says something, or the time is over."""
        return bool(select.select([self.process.stdout], [], [], seconds)[0])

    def answer(self) -> list[str]:
        self.go_on()
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            if line.strip() == _OVER:
                return lines
            lines.append(line.rstrip("\n"))
        raise AssertionError(f"the job ended without an answer: {lines} {self.said()}")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0, self.said()
        assert left_in(self.folder / "client") == []

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@cache
def local_answer(seed: int, folder: Path) -> tuple[str, ...]:
    """What one machine answers without any fault."""
    quiet = folder / "local"
    quiet.mkdir()
    job = Job("local[2]", quiet, "nowhere", seed)
    job.begin()
    answer = job.answer()
    job.end()
    assert len(answer) == 10, answer
    return tuple(answer)


def left_in(folder: Path) -> list[str]:
    """Files in a temporary folder that should have gone with their process."""
    return [path.name for path in folder.iterdir() if not path.name.startswith("hsperfdata")]


def left_running(nodes: Nodes) -> list[str]:
    """Processes of the nodes' sessions that outlived them."""
    sessions = {process.pid for process in nodes.processes}
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) in sessions:
                    found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
    return found

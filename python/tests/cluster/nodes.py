"""Node processes on this machine, to be killed, paused and started again."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

COMMAND = [sys.executable, "-m", "troupe.cli.main"]
_ENDING_SECONDS = 30
_SAYING_SECONDS = 90


def free_ports(count: int) -> list[int]:
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in listening]
    for s in listening:
        s.close()
    return ports


class Nodes:
    """Nodes that know each other as seeds; each a process group of its own, so that it can be killed whole.

    ``options`` follow the command ``troupe node``, ``before`` precedes it. Each has a scratch folder ``node-PORT`` in the folder
    given, and writes ``node-PORT.log`` beside it. All are members when they are handed over.
    """

    def __init__(
        self, folder: Path, count: int = 3, *, cores: int = 2, options: Sequence[str] = (), before: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.ports = free_ports(count)
        self.before = before
        self.options = [*options, "--cores", str(cores)]
        self.logs = [folder / f"node-{port}.log" for port in self.ports]
        self._lines: list[list[str]] = [[] for _ in range(count)]
        self._spoke = threading.Condition()
        self.processes = [self._start(index) for index in range(count)]
        try:
            for index in range(count):
                self.wait_until_member(index)
        except AssertionError:
            self.stop()
            raise

    def _start(self, index: int) -> subprocess.Popen[bytes]:
        port = self.ports[index]
        seeds = ",".join(f"127.0.0.1:{each}" for each in self.ports)
        memory = [] if "--memory" in self.options else ["--memory", "1g"]
        words = ["node", "--port", str(port), "--seeds", seeds, "--scratch", str(self.scratch(index)), *memory]
        process = subprocess.Popen(
            [*self.before, *COMMAND, *words, *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(index, process.stdout), daemon=True).start()
        return process

    def _listen(self, index: int, output: IO[bytes]) -> None:
        """Writes down what a node says, and wakes those who wait for it."""
        with open(self.logs[index], "ab", buffering=0) as log:
            for line in output:
                log.write(line)
                with self._spoke:
                    self._lines[index].append(line.decode(errors="replace"))
                    self._spoke.notify_all()

    def wait_until_said(self, index: int, text: str, times: int = 1) -> None:
        """Blocks until a node has written so many lines with this text."""

        def heard() -> bool:
            return sum(text in line for line in self._lines[index]) >= times

        with self._spoke:
            assert self._spoke.wait_for(heard, _SAYING_SECONDS), f"node {index} did not say {text!r}: {self.said()}"

    def wait_until_member(self, index: int, times: int = 1) -> None:
        """Blocks until a node has become a member, for the first time or again."""
        self.wait_until_said(index, "node ready", times)

    def scratch(self, index: int) -> Path:
        folder = self.folder / f"node-{self.ports[index]}"
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def master(self) -> str:
        return "troupe://" + ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def signal(self, index: int, number: signal.Signals) -> None:
        os.killpg(self.processes[index].pid, number)

    def kill(self, index: int) -> None:
        self.signal(index, signal.SIGKILL)
        self.processes[index].wait()

    def restart(self, index: int) -> None:
        """Starts a node that has ended on its old address."""
        self.processes[index] = self._start(index)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGCONT)
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def said(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in self.logs)


def descendants(pid: int) -> dict[int, str]:
    """Command lines of all processes below one."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            try:
                found[child] = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            found.update(descendants(child))
    return found


def wait_for_end(pid: int) -> None:
    """Blocks until the process is gone: no polling, the kernel says so."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(descriptor):
        readable, _, _ = select.select([descriptor], [], [], _ENDING_SECONDS)
    assert readable, f"process {pid} is still there after {_ENDING_SECONDS} s"

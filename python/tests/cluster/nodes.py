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
_READY_SECONDS = 90
_READY = b"node ready"


def free_ports(count: int) -> list[int]:
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in listening]
    for s in listening:
        s.close()
    return ports


class Nodes:
    """Nodes that know each other as seeds; each a process group of its own, so that it can be killed whole.

    ``options`` follow the command ``troupe node``, ``before`` precedes it. Each has a scratch folder ``node-PORT`` in the folder
    given, and writes ``node-PORT.log`` beside it.
    """

    def __init__(
        self, folder: Path, count: int = 3, *, cores: int = 2, options: Sequence[str] = (), before: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.ports = free_ports(count)
        self.before = before
        self.options = [*options, "--cores", str(cores)]
        self.logs = [folder / f"node-{port}.log" for port in self.ports]
        self._joined = [0] * count
        self._said = threading.Condition()
        self.processes = [self._start(index) for index in range(count)]

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
        """Writes down what a node says, and counts how often it has become a member."""
        with open(self.logs[index], "ab", buffering=0) as log:
            for line in output:
                log.write(line)
                if _READY in line:
                    with self._said:
                        self._joined[index] += 1
                        self._said.notify_all()

    def wait_until_member(self, index: int, times: int = 1) -> None:
        """Blocks until a node has said so often that it is a member."""
        with self._said:
            assert self._said.wait_for(lambda: self._joined[index] >= times, _READY_SECONDS), self.said()

    def wait_until_members(self) -> Nodes:
        for index in range(len(self.processes)):
            self.wait_until_member(index)
        return self

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

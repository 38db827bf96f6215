"""The warm parent of an executor's workers: imports once what each of them needs, then forks one on each wish.

The JVM writes lines to its stdin, and reads JSON lines from its stdout:

| from the JVM | what happens | answer |
|---|---|---|
| `fork NAME [pandas]` | three named pipes, and a worker at their other ends | `{"name", "pid"}`, or `"unsafe"` or `"error"` |
| `opened NAME` | the JVM holds its ends: the template lets go of the pipes and their names | – |
| `kill PID` | SIGKILL to the worker and the processes that it started | – |

At the start it says `{"ready": pid}`; at the end of a worker, `{"ended": pid, "status": exit code or negated signal}`. When its stdin ends
it kills what it has forked, removes the folder of the pipes, and goes.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import signal
import sys
from typing import Any

PIPE_BYTES = 1 << 20
"""What a pipe may hold where the system allows it: a whole batch, so that neither side waits for the other's every read."""

_F_SETPIPE_SZ = 1031


class Template:
    """Forks, reaps and kills."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lines = os.dup(0)
        self._answers = os.dup(1)
        os.dup2(2, 1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self._wake, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        self._held: dict[str, list[int]] = {}
        self._children: set[int] = set()

    def serve(self) -> int:
        """Returns only in a forked worker; ends the process when the JVM is gone."""
        import select

        signal.set_wakeup_fd(self._waker)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._say({"ready": os.getpid()})
        rest = b""
        while True:
            readable, _, _ = select.select([self._lines, self._wake], [], [])
            if self._wake in readable:
                os.read(self._wake, 4096)
                self._reap()
            if self._lines not in readable:
                continue
            got = os.read(self._lines, 65536)
            if not got:
                self._end()
            *lines, rest = (rest + got).split(b"\n")
            for line in lines:
                if self._obey(line.decode().split()):
                    return 0

    def _obey(self, words: list[str]) -> bool:
        """Does what a line says; true in a worker that it has just forked."""
        if words[0] == "fork":
            return self._fork(words[1], "pandas" in words[2:])
        if words[0] == "opened":
            self._let_go(words[1])
        elif words[0] == "kill" and int(words[1]) in self._children:
            _kill_group(int(words[1]))
        return False

    def _fork(self, name: str, pandas: bool) -> bool:
        if pandas:
            with contextlib.suppress(ImportError):  # the function that needs it says so
                import pandas
        if len(os.listdir("/proc/self/task")) > 1:
            self._say({"name": name, "unsafe": "an imported module has started threads"})
            return False
        try:
            ends = self._pipes(name)
            gc.collect()
            gc.freeze()
            pid = os.fork()
        except OSError as error:
            self._say({"name": name, "error": f"fork: {error}"})
            return False
        if pid == 0:
            self._become_worker(ends)
            return True
        for end in ends:
            os.close(end)
        with contextlib.suppress(OSError):  # the worker does the same: whoever comes first
            os.setpgid(pid, pid)
        self._children.add(pid)
        self._say({"name": name, "pid": pid})
        return False

    def _pipes(self, name: str) -> list[int]:
        """The worker's ends. The template holds both ends until the JVM has opened its own, so that none sees an early end."""
        self._held[name] = held = []
        ends = []
        for suffix, way in ((".in", os.O_RDONLY), (".out", os.O_WRONLY), (".err", os.O_WRONLY)):
            path = os.path.join(self._folder, name + suffix)
            os.mkfifo(path, 0o600)
            held.append(os.open(path, os.O_RDWR | os.O_NONBLOCK))
            ends.append(os.open(path, way))
            with contextlib.suppress(OSError, ImportError):  # the system's own size does as well
                import fcntl

                fcntl.fcntl(held[-1], _F_SETPIPE_SZ, PIPE_BYTES)
        return ends

    def _become_worker(self, ends: list[int]) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        for held in self._held.values():
            for descriptor in held:
                os.close(descriptor)
        for descriptor in (self._lines, self._answers, self._wake, self._waker):
            os.close(descriptor)
        for target, end in enumerate(ends):
            os.dup2(end, target)
            os.close(end)

    def _let_go(self, name: str) -> None:
        for descriptor in self._held.pop(name, []):
            os.close(descriptor)
        for suffix in (".in", ".out", ".err"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self._folder, name + suffix))

    def _reap(self) -> None:
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._children.discard(pid)
            _kill_group(pid)  # children that it left behind
            self._say({"ended": pid, "status": os.waitstatus_to_exitcode(status)})

    def _say(self, answer: dict[str, Any]) -> None:
        try:
            os.write(self._answers, json.dumps(answer).encode() + b"\n")
        except BrokenPipeError:
            self._end()

    def _end(self) -> None:
        for pid in self._children:
            _kill_group(pid)
        shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(0)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Imports, forks, and in a forked process works."""
    from troupe.launch import alias

    alias.install()
    # Arrow's allocator would start a thread, and a process with threads must not fork.
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")

    import troupe.sql.types
    import troupe.worker.evaluate
    import troupe.worker.maps
    import troupe.worker.work  # noqa: F401
    from troupe.worker import loop

    Template(sys.argv[1]).serve()
    loop.main()


if __name__ == "__main__":
    main()

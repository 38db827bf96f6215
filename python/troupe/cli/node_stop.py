"""`troupe node stop`: asks a node of this machine to hand over what it holds and to end."""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from pathlib import Path

from troupe.cli.failure import CommandError
from troupe.cli.say import say


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe node stop",
        description="Ends a node of this machine in order: it takes no more tasks, other nodes copy what it holds, then it leaves.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the node's address (default %(default)s)")
    parser.add_argument("--port", type=int, default=7077, help="its port (default %(default)s)")
    parser.add_argument(
        "--wait", type=int, default=60, metavar="SECONDS", help="how long to wait for its end (default %(default)s)"
    )
    options = parser.parse_args(words)
    address = f"{options.host}:{options.port}"
    process = _process(address)
    say(f"asking the node at {address} (process {process}) to stop")
    os.kill(process, signal.SIGTERM)
    deadline = time.monotonic() + options.wait
    while _is_node(process):
        if time.monotonic() > deadline:
            raise CommandError(f"the node at {address} (process {process}) has not ended within {options.wait} s")
        time.sleep(0.05)
    say(f"the node at {address} has ended")
    return 0


def _process(address: str) -> int:
    """The process that left its mark for the address, if it still is a node and ours."""
    mark = Path(tempfile.gettempdir()) / f"troupe-node-{address.replace(':', '-')}.pid"
    nothing = CommandError(f"no node of this machine listens at {address} ({mark} names none)")
    try:
        if mark.stat().st_uid != os.getuid():
            raise CommandError(f"the node at {address} belongs to another user")
        process = int(mark.read_text(encoding="ascii"))
    except (OSError, ValueError):
        raise nothing from None
    if not _is_node(process):
        raise nothing
    return process


def _is_node(process: int) -> bool:
    """Whether a process is a node; where the system does not tell, whether it lives."""
    try:
        return b"io.troupe.driver.NodeMain" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        if Path("/proc/self").exists():
            return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True

#!/usr/bin/env python3
"""What the machinery around the data costs: decisions, messages between actors, empty tasks, bytes between processes.

    rates.py [decisions] [actors] [nodes] [sockets] [shuffle] [--tls] [--tasks 20000]

``decisions`` plays the driver's decision classes for 1,000 executors; ``actors`` runs one-task jobs and empty tasks on the real actors in
one JVM; ``nodes`` runs empty tasks on three node processes, through the public API; ``sockets`` sends bytes from one process to another
over loopback and does nothing else, which is what this machine can do at most; ``shuffle`` sends blocks so from one JVM to another
(``--tls``: encrypted). Without a name: all. Run with the interpreter of a checkout whose test classes are compiled
(``mvn -o -q test-compile``), on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT / "python"), str(_ROOT / "python" / "tests")]

from cluster.nodes import Nodes, descendants  # noqa: E402

_COMMAND = [sys.executable, "-m", "troupe.cli.main"]


def java(main: str, *arguments: str) -> list[str]:
    """A command that runs a benchmark of the Java rooms as the driver's JVM would run it."""
    from troupe.launch import flags, java, layout

    tests = [_ROOT / room / "target" / "test-classes" for room in ("actors-cluster", "actors-driver")]
    for folder in tests:
        if not folder.is_dir():
            raise SystemExit(f"{folder} is missing; run: mvn -o -q test-compile")
    path = os.pathsep.join([*map(str, tests), layout.runtime().class_path])
    return [str(java.find().command), *flags.jvm_flags(2 << 30), "-cp", path, main, *arguments]


def decisions(_: argparse.Namespace) -> None:
    subprocess.run([*_COMMAND, "simulate", "--cost", "--executors", "1000", "--tasks", "100000"], check=True)


def actors(_: argparse.Namespace) -> None:
    subprocess.run(java("io.troupe.driver.job.LocalLatencyBenchmark"), check=True)


_SOCKET_BYTES = 8 << 30
_PIECE = 1 << 20


def sockets(_: argparse.Namespace) -> None:
    """The machine's limit: nobody looks at the bytes."""
    for _ in range(3):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            sender = subprocess.Popen([sys.executable, "-c", _SENDER, str(listener.getsockname()[1])])
            connection, _ = listener.accept()
            with connection:
                began, before = time.perf_counter(), time.process_time()
                buffer, left = bytearray(_PIECE), _SOCKET_BYTES
                while left:
                    left -= connection.recv_into(buffer, min(left, _PIECE))
                seconds, spent = time.perf_counter() - began, time.process_time() - before
            sender.wait()
        gigabytes = _SOCKET_BYTES / 1e9
        print(f"{gigabytes / seconds:.2f} GB/s, receiver: {spent / gigabytes:.2f} CPU-s per GB")


_SENDER = f"""
import socket, sys, time
piece = bytes({_PIECE})
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
    for _ in range({_SOCKET_BYTES // _PIECE}):
        connection.sendall(piece)
print(f"sender: {{time.process_time() / {_SOCKET_BYTES / 1e9}:.2f}} CPU-s per GB", flush=True)
"""


def shuffle(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        keys = []
        if options.tls:
            subprocess.run([*_COMMAND, "cert", f"{folder}/keys"], check=True, stdout=subprocess.DEVNULL)
            keys = [f"{folder}/keys"]
        main = "io.troupe.cluster.transport.DataPlaneBenchmark"
        with subprocess.Popen(
            java(main, "serve", *keys), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout and server.stdin
            port = server.stdout.readline().strip()
            for _ in range(3):
                subprocess.run(java(main, "fetch", port, *keys), check=True)
            server.stdin.close()


def cpu_seconds(cluster: Nodes) -> float:
    """What this process, its driver and the nodes have spent so far."""
    everyone = [os.getpid(), *(process.pid for process in cluster.processes)]
    everyone += [each for process in tuple(everyone) for each in descendants(process)]
    ticks = 0
    for process in set(everyone):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def nodes(options: argparse.Namespace) -> None:
    from troupe.sql import SparkSession

    with tempfile.TemporaryDirectory() as folder:
        cluster = Nodes(Path(folder), 3, cores=2)
        try:
            spark = SparkSession.builder.master(cluster.master).config("spark.ui.enabled", "false").getOrCreate()
            for turn in range(5):
                empty = spark.range(100).repartition(options.tasks).filter(f"id % 7 = {8 + turn}")
                began, before = time.perf_counter(), cpu_seconds(cluster)
                assert empty.toArrow().num_rows == 0
                seconds, spent = time.perf_counter() - began, cpu_seconds(cluster) - before
                rate, cost = options.tasks / seconds, spent / options.tasks * 1e6
                print(f"turn {turn}: {options.tasks} tasks on three nodes: {rate:.0f} a second, {cost:.0f} CPU-µs each")
            times = []
            for _ in range(300):
                began = time.perf_counter()
                spark.range(1).collect()
                times.append(time.perf_counter() - began)
            print(f"one-task job on three nodes: p50 {statistics.median(times) * 1e3:.2f} ms")
            spark.stop()
        finally:
            cluster.stop()


_ALL = {each.__name__: each for each in (decisions, actors, nodes, sockets, shuffle)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="NAME", help=f"of {', '.join(_ALL)} (all)")
    parser.add_argument("--tls", action="store_true", help="shuffle: encrypted, with keys of `troupe cert`")
    parser.add_argument("--tasks", type=int, default=20_000, help="nodes: how many tasks (20000)")
    options = parser.parse_args()
    for name in options.what or _ALL:
        if name not in _ALL:
            parser.error(f"there is no {name}; there are {', '.join(_ALL)}")
        print(f"--- {name}", flush=True)
        _ALL[name](options)


if __name__ == "__main__":
    main()

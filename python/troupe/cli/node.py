"""`troupe node`: becomes a JVM that is a node of a cluster."""

from __future__ import annotations

import argparse
import json
import os
import sys

from troupe.cli.failure import CommandError
from troupe.launch import flags, java, jvm

MAIN_CLASS = "io.troupe.driver.NodeMain"


def main(words: list[str]) -> int:
    if words[:1] == ["stop"]:
        from troupe.cli import node_stop

        return node_stop.main(words[1:])
    options = _parser().parse_args(words)
    settings = _settings(options)
    from troupe.cli import setup

    setup.ensure(quiet_java=False)
    try:
        runs = java.find()
        arguments = jvm.jvm_arguments(runs, settings, "spark.executor.memory")
    except flags.BadMemoryError as error:
        raise CommandError(str(error)) from None
    os.environ["TROUPE_NODE_CONF"] = json.dumps(settings)
    os.environ.update(jvm.python_environment(settings))
    sys.stdout.flush()
    os.execv(str(runs.command), [str(runs.command), *arguments, MAIN_CLASS, *_words(options)])


def _words(options: argparse.Namespace) -> list[str]:
    """What the node itself reads; nothing here is secret."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    words = [
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--cores",
        str(options.cores),
        "--python-version",
        python,
        "--ui-port",
        str(options.ui_port),
    ]
    if options.insecure:
        words += ["--insecure", "true"]
    for option in ("seeds", "scratch", "patience", "grace", "tls"):
        value = getattr(options, option)
        if value not in (None, "", 0) or value == 0 and option == "grace":
            words += [f"--{option}", str(value)]
    return words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="troupe node",
        description="Starts a node. Nodes that name the same seeds form one cluster; the first seed begins it. "
        "`troupe node stop` ends one in order: others copy what it holds first.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address that others reach this node at (default %(default)s)"
    )
    parser.add_argument("--port", type=int, default=7077, help="its port (default %(default)s)")
    parser.add_argument("--seeds", default="", metavar="H:P,...", help="seed nodes (default: this node alone)")
    parser.add_argument("--cores", type=int, default=os.cpu_count(), help="task slots (default %(default)s)")
    parser.add_argument("--memory", default="", metavar="SIZE", help="memory of the JVM (default: half of the machine)")
    parser.add_argument("--scratch", default="", metavar="FOLDER,...", help="where spilled data goes (default: TMPDIR)")
    parser.add_argument(
        "--patience", type=int, default=0, metavar="SECONDS", help="how long to wait for a seed (default 60)"
    )
    parser.add_argument(
        "--grace",
        type=int,
        default=None,
        metavar="SECONDS",
        help="how long others may take to copy what it holds when it is told to stop (default 20)",
    )
    parser.add_argument(
        "--ui-port",
        type=int,
        default=8081,
        metavar="PORT",
        help="port of /metrics, /health and /ready, or the first of 16 to try; 0 for any, -1 for none (default %(default)s)",
    )
    parser.add_argument("--tls", default="", metavar="FOLDER", help="keys of the cluster, made by `troupe cert FOLDER`")
    parser.add_argument(
        "--insecure", action="store_true", help="let in whoever reaches a --host beyond this machine, without keys"
    )
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting, repeatable")
    return parser


def _settings(options: argparse.Namespace) -> dict[str, str]:
    if not 1 <= options.port <= 65535:
        raise CommandError(f"--port {options.port} is not a port (1 to 65535)", 2)
    if not -1 <= options.ui_port <= 65535:
        raise CommandError(f"--ui-port {options.ui_port} is not a port (0 to 65535, or -1)", 2)
    if options.cores is None or options.cores < 1:
        raise CommandError(f"--cores {options.cores}: a node needs at least one", 2)
    settings: dict[str, str] = {}
    for setting in options.conf:
        key, equals, value = setting.partition("=")
        if not equals:
            raise CommandError(f"--conf {setting!r} is not KEY=VALUE", 2)
        settings[key] = value
    _check_seeds(options.seeds)
    if options.memory:
        settings["spark.executor.memory"] = options.memory
    return settings


def _check_seeds(seeds: str) -> None:
    for seed in filter(None, seeds.split(",")):
        host, colon, port = seed.strip().rpartition(":")
        if not colon or not host or not port.isdigit() or not 0 < int(port) <= 65535:
            raise CommandError(f"--seeds: {seed!r} is not HOST:PORT", 2)

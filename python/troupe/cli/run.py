"""`troupe run`: a PySpark script, unmodified, in this very process."""

from __future__ import annotations

import os
import sys
from types import ModuleType, TracebackType

from troupe.cli.failure import CommandError
from troupe.launch import alias, submitted

_USAGE = """usage: troupe run [--master M] [--conf KEY=VALUE]... [--name NAME] [--driver-memory SIZE] [--tls FOLDER]
                  script.py [arguments...]

Runs a PySpark script; `import pyspark` and everything below it mean Troupe.

  --master M             local, local[n], local[*], or troupe://HOST:PORT[,HOST:PORT] of a cluster's nodes
  --conf KEY=VALUE       a setting, repeatable; what the script itself sets comes first
  --name NAME            the application's name
  --driver-memory SIZE   memory of the JVM, for instance 4g (default: half of the machine)
  --tls FOLDER           keys of the cluster, made by `troupe cert FOLDER`
  -                      in place of a script: read it from stdin"""

_SHORT = {
    "--master": "spark.master",
    "--name": "spark.app.name",
    "--driver-memory": "spark.driver.memory",
    "--tls": "troupe.tls.folder",
}


def parse(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Settings, and the script with its arguments. Everything after the script belongs to the script."""
    settings: dict[str, str] = {}
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        option, joined, value = rest.pop(0).partition("=")
        if option not in _SHORT and option not in ("--conf", "-c"):
            raise CommandError(f"unknown option {option}\n\n{_USAGE}", 2)
        if not joined:
            if not rest:
                raise CommandError(f"{option} needs a value\n\n{_USAGE}", 2)
            value = rest.pop(0)
        if option in _SHORT:
            settings[_SHORT[option]] = value
            continue
        key, equals, setting = value.partition("=")
        if not equals or not key.strip():
            raise CommandError(f"--conf {value!r} is not KEY=VALUE\n\n{_USAGE}", 2)
        settings[key.strip()] = setting
    return settings, rest


def main(words: list[str]) -> int:
    if words and words[0] in ("-h", "--help"):
        print(_USAGE)
        return 0
    settings, script = parse(words)
    if not script:
        raise CommandError(f"which script?\n\n{_USAGE}", 2)
    source, name = _read(script[0])
    from troupe.cli import setup

    setup.ensure()
    alias.install()
    submitted.submit(settings)
    return _execute(source, name, script)


def _read(script: str) -> tuple[bytes, str]:
    if script == "-":
        return sys.stdin.buffer.read(), "<stdin>"
    try:
        with open(script, "rb") as file:
            return file.read(), script
    except OSError as error:
        raise CommandError(f"cannot read the script {script}: {error.strerror}") from None


def _execute(source: bytes, name: str, script: list[str]) -> int:
    """Runs the code as `python script.py` would: same argv, path, `__main__`, and a traceback of the user's frames only."""
    module = ModuleType("__main__")
    module.__file__ = name
    module.__builtins__ = __builtins__  # type: ignore[attr-defined]
    sys.modules["__main__"] = module
    sys.argv = script
    sys.path[0] = "" if name == "<stdin>" else os.path.dirname(os.path.abspath(name))
    try:
        exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        shown = error.with_traceback(_own_frames(error.__traceback__))
        sys.excepthook(type(shown), shown, shown.__traceback__)
        return 1
    return 0


def _own_frames(trace: TracebackType | None) -> TracebackType | None:
    return trace.tb_next if trace is not None and trace.tb_next is not None else trace

"""`troupe shell`: a Python prompt with a session ready."""

from __future__ import annotations

from troupe.cli import run
from troupe.cli.failure import CommandError
from troupe.launch import alias, submitted

_USAGE = """usage: troupe shell [--master M] [--conf KEY=VALUE]... [--driver-memory SIZE]

An interactive Python with `spark` (a session) and `sc` ready; IPython where it is installed."""


def main(words: list[str]) -> int:
    if words and words[0] in ("-h", "--help"):
        print(_USAGE)
        return 0
    settings, rest = run.parse(words)
    if rest:
        raise CommandError(f"the shell takes no script; did you mean `troupe run {' '.join(rest)}`?\n\n{_USAGE}", 2)
    from troupe.cli import setup

    setup.ensure(quiet_java=False)
    alias.install()
    submitted.submit(settings)
    from troupe.sql import SparkSession

    spark = SparkSession.builder.appName(settings.get("spark.app.name", "troupe shell")).getOrCreate()
    names = {"spark": spark, "SparkSession": SparkSession, "__name__": "__main__"}
    banner = f"Troupe {spark.version} (PySpark's API). `spark` is ready: {spark.conf.get('spark.master', 'local[*]')}"
    try:
        _interact(names, banner)
    finally:
        spark.stop()
    return 0


def _interact(names: dict[str, object], banner: str) -> None:
    try:
        import IPython
    except ImportError:
        import code

        try:
            import readline
            import rlcompleter

            readline.set_completer(rlcompleter.Completer(names).complete)
            readline.parse_and_bind("tab: complete")
        except ImportError:
            banner += " (no line editing here)"
        code.interact(banner=banner, local=names, exitmsg="")
        return
    print(banner)
    IPython.start_ipython(argv=[], user_ns=names, display_banner=False)

"""`troupe build`: everything that the first `run` would set up, now."""

from __future__ import annotations

import argparse

from troupe.cli import environment, jars, setup, startup_cache
from troupe.cli.exclusive import exclusive
from troupe.cli.failure import CommandError
from troupe.cli.say import say
from troupe.launch import layout


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="troupe build", description="Sets up what is missing: Python packages, jars, start-up cache."
    )
    parser.add_argument("--force", action="store_true", help="build the jars and the cache even when they are fresh")
    parser.add_argument("--wheel", action="store_true", help="make an installable wheel in dist/ as well")
    options = parser.parse_args(words)
    root = layout.checkout()
    if root is None:
        if options.force or options.wheel:
            raise CommandError("this is an installed package: there are no sources to build from")
        setup.ensure()
        return 0
    if options.force:
        with exclusive(root / "build"):
            environment.ensure(root)
            jars.build(root)
            startup_cache.ensure(root)
    setup.ensure()
    if options.wheel:
        from troupe.cli import wheel

        wheel.make(root)
    say(f"ready: {jars.folder(root)}")
    return 0

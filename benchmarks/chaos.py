#!/usr/bin/env python3
"""Plays every chaos scenario for many seeds: real nodes, real SIGKILL and SIGSTOP, real Python workers that break.

    chaos.py [--seeds 20] [--first 1] [PYTEST OPTION ...]

Each seed picks the row at which the fault meets the job and the node that it hits. A failure prints the seed;
``--first SEED --seeds 1`` plays it again.
Run with the interpreter of a checkout in which ``troupe test`` has been run; takes about 4 minutes per seed on two busy cores.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

_PYTHON = Path(__file__).resolve().parents[1] / "python"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds (20)")
    parser.add_argument("--first", type=int, default=1, help="the first of them (1)")
    given, options = parser.parse_known_args()
    environment = {
        **os.environ,
        "TROUPE_CHAOS_SEEDS": str(given.seeds),
        "TROUPE_CHAOS_FIRST": str(given.first),
    }
    return subprocess.call(
        [sys.executable, "-m", "pytest", "-q", "tests/chaos", *options],
        cwd=_PYTHON,
        env=environment,
    )


if __name__ == "__main__":
    sys.exit(main())

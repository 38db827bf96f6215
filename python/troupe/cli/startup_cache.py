"""What makes a start quick: native libraries that are unpacked already, and the AOT cache, with which a JVM has its classes
loaded and linked.

The training run is a real start and real small jobs (`troupe.launch.training`), with the flags of every later start; only
the output flag differs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from troupe.cli import environment
from troupe.cli.say import say, step
from troupe.launch import flags, java, jvm, layout, native_libraries

_LIMIT_SECONDS = 400


def ensure(root: Path | None) -> None:
    """Makes the cache for the Java in use unless it exists, or failed before on these very jars. Never stops a job: without
    a cache everything works, only the start takes longer."""
    runs = java.find()
    runtime = layout.runtime()
    native_libraries.unpack(runtime)
    cache = runtime.aot_cache(flags.identity(runs.identity))
    failed = cache.with_suffix(".failed")
    if cache.exists():
        return
    cache.parent.mkdir(parents=True, exist_ok=True)
    temporary = cache.with_name(f".{os.getpid()}-{cache.name}")
    with step("training the start-up cache with small jobs"):
        problem = _train(root, temporary)
    if problem is None:
        temporary.replace(cache)
        failed.unlink(missing_ok=True)
    else:
        failed.write_text(problem)
        say(f"no start-up cache, starts will be slower: {gist(problem)} (all of it: {failed})")
    for left in cache.parent.glob(f".{os.getpid()}-{cache.name}*"):
        left.unlink()


def gist(problem: str) -> str:
    """The line that names the error; a traceback's last lines may be its details."""
    lines = problem.strip().splitlines() or ["for no stated reason"]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (errors or lines[-1:])[-1]


def _train(root: Path | None, output: Path) -> str | None:
    """None when the cache was written, else why not."""
    python = sys.executable
    if root is not None and not os.environ.get(environment.OWN_PYTHON):
        python = str(environment.python_of(root))
    variables = {**os.environ, jvm.TRAIN_VARIABLE: str(output)}
    try:
        result = subprocess.run(
            [python, "-m", "troupe.launch.training"],
            env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_LIMIT_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"the training job did not end within {_LIMIT_SECONDS} s"
    if output.exists():
        return None  # of steps that failed the cache knows nothing, which costs time but no answer
    if result.returncode != 0:
        return result.stderr.strip() or f"the training job ended with code {result.returncode}"
    return "the JVM wrote no cache:\n" + (result.stderr.strip() or "(it said nothing)")

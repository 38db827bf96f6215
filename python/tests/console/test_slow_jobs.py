"""A job made slow by a Python function, one by skew, one by spilling: the first finding names the cause."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SLOW = Path(__file__).with_name("slow.py")


@pytest.mark.parametrize(
    ("reason", "expected", "options"),
    [
        ("udf", ["pythonBound", "plod"], []),
        ("skew", ["skew", "of key 7"], []),
        ("spill", ["spill", "went to disk"], ["--conf", "spark.memory.fraction=0.02", "--driver-memory", "1g"]),
    ],
)
def test_the_first_finding_names_the_cause(reason: str, expected: list[str], options: list[str], tmp_path: Path):
    conf = [
        "--conf",
        f"spark.eventLog.dir={tmp_path}",
        "--conf",
        "spark.ui.port=0",
        "--conf",
        "spark.troupe.findings=always",
    ]
    command = [
        sys.executable,
        "-m",
        "troupe.cli.main",
        "run",
        "--master",
        "local[2]",
        *conf,
        *options,
        str(_SLOW),
        reason,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    for part in expected:
        assert part in done.stdout, done.stdout

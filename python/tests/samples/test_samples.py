"""Each sample job, run as a user runs it, prints what it prints under PySpark (`record.sh` wrote that down)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
JOBS = sorted(file.stem for file in (_HERE / "expected").glob("*.txt"))


def run_job(name: str, folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "troupe.cli.main", "run", *options, str(_ROOT / "sample-jobs" / f"{name}.py")]
    environment = {**os.environ, "TMPDIR": str(folder), "TZ": "UTC"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def test_every_sample_has_its_expected_output():
    assert sorted(file.stem for file in (_ROOT / "sample-jobs").glob("*.py")) == JOBS


@pytest.mark.parametrize("name", JOBS)
def test_prints_what_pyspark_prints(name: str, tmp_path: Path):
    assert run_job(name, tmp_path, "--master", "local[2]") == (_HERE / "expected" / f"{name}.txt").read_text()

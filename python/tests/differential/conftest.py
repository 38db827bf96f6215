"""One Troupe session for all cases, set as the recording session was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def spark():
    os.environ["TZ"] = "UTC"
    time.tzset()
    from troupe.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def functions():
    from troupe.sql import functions

    return functions


@pytest.fixture(scope="session")
def types():
    from troupe.sql import types

    return types


@pytest.fixture(autouse=True)
def _work_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

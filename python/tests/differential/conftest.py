"""One Troupe session for all cases, set as the recording session was."""

from __future__ import annotations

import os
import time

import pytest


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory):
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp("working"))  # relative paths mean the folder that the JVM was started in
    os.environ["TZ"] = "UTC"
    time.tzset()
    from troupe.sql import SparkSession

    session = (
        SparkSession.builder.master(os.environ.get("TROUPE_TEST_MASTER", "local[2]"))
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield session
    session.stop()
    os.chdir(before)


@pytest.fixture(scope="session")
def functions():
    from troupe.sql import functions

    return functions


@pytest.fixture(scope="session")
def types():
    from troupe.sql import types

    return types

"""One local session for the file of tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def spark():
    from troupe.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "3")
        .getOrCreate()
    )
    yield session
    session.stop()

"""One local session for each file of tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def spark():
    from troupe.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    yield session
    session.stop()

"""One local session for the tests of this folder."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def spark():
    from troupe.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    yield session
    session.stop()

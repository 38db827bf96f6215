"""Base classes of tests of Spark Connect: skipped, as Troupe has no such client."""

from __future__ import annotations

import functools
import unittest
from collections.abc import Callable
from typing import Any

from troupe.loose_version import LooseVersion
from troupe.testing.cases import PySparkBaseTestCase, PySparkErrorTestUtils
from troupe.testing.requirements import connect_requirement_message, should_test_connect
from troupe.testing.sqlutils import SQLTestUtils

__all__ = [
    "PlanOnlyTestFixture",
    "ReusedConnectTestCase",
    "ReusedMixedTestCase",
    "connect_requirement_message",
    "should_test_connect",
    "skip_if_server_version_is",
    "skip_if_server_version_is_greater_than_or_equal_to",
]


@unittest.skip(connect_requirement_message)
class PlanOnlyTestFixture(PySparkBaseTestCase, PySparkErrorTestUtils):
    """Plans of a Connect client without a server."""


@unittest.skip(connect_requirement_message)
class ReusedConnectTestCase(PySparkBaseTestCase, SQLTestUtils, PySparkErrorTestUtils):
    """One Connect session for the tests of a class."""


@unittest.skip(connect_requirement_message)
class ReusedMixedTestCase(ReusedConnectTestCase):
    """A Connect session beside a classic one."""


def skip_if_server_version_is(
    cond: Callable[[LooseVersion], bool], reason: str | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Skips a test when the session's version is such."""

    def decorated(f: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(f)
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            version = self.spark.version
            if cond(LooseVersion(version)):
                why = f" ({reason})" if reason else ""
                raise unittest.SkipTest(f"Skipping test {f.__name__} because server version is {version}{why}")
            return f(self, *args, **kwargs)

        return call

    return decorated


def skip_if_server_version_is_greater_than_or_equal_to(
    version: str, reason: str | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return skip_if_server_version_is(lambda v: v >= LooseVersion(version), reason)

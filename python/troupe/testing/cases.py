"""Base classes of tests: with an application of their own, and with one that the tests of a class share."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import unittest
from typing import Any, ClassVar

from troupe.conf import SparkConf
from troupe.errors import PySparkException
from troupe.errors.exceptions.base import QueryContextType

__all__ = ["PySparkBaseTestCase", "PySparkErrorTestUtils", "PySparkTestCase", "QuietTest", "ReusedPySparkTestCase"]

_MASTER = "local[4]"


class QuietTest:
    """Silences the driver's log within a `with`."""

    def __init__(self, sc: Any) -> None:
        self._sc = sc

    def __enter__(self) -> None:
        self._sc.setLogLevel("FATAL")

    def __exit__(self, *failure: Any) -> None:
        self._sc.setLogLevel("WARN")


class PySparkBaseTestCase(unittest.TestCase):
    """Shows where all threads are when a test run that has a time limit is ended."""

    @classmethod
    def setUpClass(cls) -> None:
        if os.environ.get("PYSPARK_TEST_TIMEOUT"):
            faulthandler.register(signal.SIGTERM, file=sys.__stderr__, all_threads=True)

    @classmethod
    def tearDownClass(cls) -> None:
        if os.environ.get("PYSPARK_TEST_TIMEOUT"):
            faulthandler.unregister(signal.SIGTERM)


class PySparkTestCase(PySparkBaseTestCase):
    """An application for each test."""

    def setUp(self) -> None:
        from troupe.context import SparkContext

        self._old_sys_path = list(sys.path)
        self.sc = SparkContext(_MASTER, type(self).__name__)

    def tearDown(self) -> None:
        self.sc.stop()
        sys.path = self._old_sys_path


class ReusedPySparkTestCase(PySparkBaseTestCase):
    """One application for the tests of a class."""

    sc: ClassVar[Any]

    @classmethod
    def conf(cls) -> SparkConf:
        """The application's settings: for subclasses to say otherwise."""
        return SparkConf()

    @classmethod
    def master(cls) -> str:
        return _MASTER

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        from troupe.context import SparkContext

        cls.sc = SparkContext(cls.master(), cls.__name__, conf=cls.conf())

    @classmethod
    def tearDownClass(cls) -> None:
        try:
            cls.sc.stop()
        finally:
            super().tearDownClass()

    def test_assert_classic_mode(self) -> None:
        from troupe.sql import is_remote

        self.assertFalse(is_remote())

    def quiet(self) -> QuietTest:
        return QuietTest(self.sc)


class PySparkErrorTestUtils:
    """For mixing into a test case: what an error must say."""

    def check_error(
        self: Any,
        exception: PySparkException,
        errorClass: str,
        messageParameters: dict[str, str] | None = None,
        query_context_type: QueryContextType | None = None,
        fragment: str | None = None,
        matchPVals: bool = False,
    ) -> None:
        """Holds an error to its condition, its parameters (as regular expressions when `matchPVals`) and its query context."""
        contexts = exception.getQueryContext()
        assert bool(contexts) == (query_context_type is not None), f"the error has the query context {contexts}"
        self.assertIsInstance(exception, PySparkException)
        self.assertEqual(errorClass, exception.getCondition(), f"expected {errorClass}, got {exception}")
        actual = exception.getMessageParameters()
        if matchPVals:
            self.assertEqual(set(messageParameters or {}), set(actual or {}), "message parameters differ")
            for key, pattern in (messageParameters or {}).items():
                self.assertRegex((actual or {})[key], pattern, f"of the message parameter {key}")
        else:
            self.assertEqual(messageParameters, actual, "message parameters differ")
        for context in contexts:
            self.assertEqual(query_context_type, context.contextType())
            if context.contextType() == QueryContextType.DataFrame:
                assert fragment is not None, "an error of a DataFrame call has a fragment to be checked"
                self.assertEqual(fragment, context.fragment())

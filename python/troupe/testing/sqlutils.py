"""Base classes of tests of SQL and DataFrames: a session, and what a test makes is gone after it."""

from __future__ import annotations

import contextlib
import glob
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, ClassVar

from troupe.find_spark_home import _find_spark_home
from troupe.sql.session import SparkSession
from troupe.sql.types import Row
from troupe.testing.cases import PySparkErrorTestUtils, ReusedPySparkTestCase

__all__ = ["SPARK_HOME", "ReusedSQLTestCase", "SQLTestUtils", "search_jar", "test_compiled"]

SPARK_HOME = _find_spark_home()

test_not_compiled_message = "Spark's own test classes are not part of Troupe"
test_compiled = False


def search_jar(
    project_relative_path: str, sbt_jar_name_prefix: str, mvn_jar_name_prefix: str, return_first: bool = False
) -> str | None:
    """The jar of one of Spark's projects below SPARK_HOME, None when it has not been built."""
    target = os.path.join(SPARK_HOME, project_relative_path, "target")
    found = [
        *glob.glob(os.path.join(target, "scala-*", f"{sbt_jar_name_prefix}*.jar")),
        *glob.glob(os.path.join(target, f"{mvn_jar_name_prefix}*.jar")),
    ]
    jars = [jar for jar in found if not jar.endswith(("javadoc.jar", "sources.jar", "tests.jar"))]
    if len(jars) > 1 and not return_first:
        raise RuntimeError(f"Found multiple JARs: {', '.join(jars)}; please remove all but one")
    return jars[0] if jars else None


class SQLTestUtils:
    """For mixing into a test case that has a session `spark`."""

    spark: ClassVar[Any]

    @contextlib.contextmanager
    def sql_conf(self, pairs: dict[str, Any]) -> Iterator[None]:
        """Settings for the time of a `with`."""
        assert isinstance(pairs, dict), "pairs should be a dictionary."
        before = {key: self.spark.conf.get(key, None) for key in pairs}
        for key, value in pairs.items():
            self.spark.conf.set(key, value)
        try:
            yield
        finally:
            for key, old in before.items():
                if old is None:
                    self.spark.conf.unset(key)
                else:
                    self.spark.conf.set(key, old)

    @contextlib.contextmanager
    def database(self, *databases: str) -> Iterator[None]:
        """Databases that are dropped at the end."""
        try:
            yield
        finally:
            self._drop("DATABASE", databases, " CASCADE")
            self.spark.catalog.setCurrentDatabase("default")

    @contextlib.contextmanager
    def table(self, *tables: str) -> Iterator[None]:
        """Tables that are dropped at the end."""
        try:
            yield
        finally:
            self._drop("TABLE", tables)

    @contextlib.contextmanager
    def view(self, *views: str) -> Iterator[None]:
        """Views that are dropped at the end."""
        try:
            yield
        finally:
            self._drop("VIEW", views)

    @contextlib.contextmanager
    def temp_view(self, *views: str) -> Iterator[None]:
        """Temporary views that are dropped at the end."""
        try:
            yield
        finally:
            for view in views:
                self.spark.catalog.dropTempView(view)

    @contextlib.contextmanager
    def temp_func(self, *functions: str) -> Iterator[None]:
        """Temporary functions that are dropped at the end."""
        try:
            yield
        finally:
            self._drop("TEMPORARY FUNCTION", functions)

    @contextlib.contextmanager
    def function(self, *functions: str) -> Iterator[None]:
        """Functions that are dropped at the end."""
        try:
            yield
        finally:
            self._drop("FUNCTION", functions)

    def _drop(self, kind: str, names: tuple[str, ...], how: str = "") -> None:
        for name in names:
            self.spark.sql(f"DROP {kind} IF EXISTS {name}{how}")

    @contextlib.contextmanager
    def temp_env(self, pairs: dict[str, str | None]) -> Iterator[None]:
        """Environment variables for the time of a `with`; None removes one."""
        assert isinstance(pairs, dict), "pairs should be a dictionary."
        before = {key: os.environ.get(key) for key in pairs}
        _set_variables(pairs)
        try:
            yield
        finally:
            _set_variables(before)

    @staticmethod
    def assert_close(a: Any, b: Any) -> None:
        """Holds numbers to the first columns of rows, up to 1e-6."""
        expected = [row[0] for row in b]
        assert len(a) == len(expected), f"{len(a)} numbers, {len(expected)} rows"
        for number, wanted in zip(a, expected, strict=True):
            assert abs(number - wanted) < 1e-6 if math.isfinite(number) else number == wanted, (number, wanted)


def _set_variables(pairs: dict[str, str | None]) -> None:
    for key, value in pairs.items():
        if value is None:
            os.environ.pop(key, None)
        else:
            os.environ[key] = value


class ReusedSQLTestCase(ReusedPySparkTestCase, SQLTestUtils, PySparkErrorTestUtils):
    """One session for the tests of a class, with a folder's name and a DataFrame of 100 rows to test with."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls._legacy_sc = cls.sc
        cls.spark = SparkSession(cls.sc)
        with tempfile.NamedTemporaryFile() as cls.tempdir:
            """Only its name is used: nothing is there when the tests begin."""
        cls.testData = [Row(key=i, value=str(i)) for i in range(100)]
        cls.df = cls.spark.createDataFrame(cls.testData)

    @classmethod
    def tearDownClass(cls) -> None:
        try:
            cls.spark.stop()
            shutil.rmtree(cls.tempdir.name, ignore_errors=True)
        finally:
            super().tearDownClass()

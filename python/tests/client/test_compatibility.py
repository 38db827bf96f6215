from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from troupe.errors import PySparkAssertionError
from troupe.sql.types import Row, StructType
from troupe.testing import assertDataFrameEqual, assertSchemaEqual

IMPORTS = """
from troupe.launch import alias; alias.install()
import pyspark
from pyspark import Row, SparkConf, SparkContext, StorageLevel
from pyspark.sql import Column, DataFrame, GroupedData, Observation, Row as R, SparkSession, Window, functions, types
from pyspark.sql import functions as F
from pyspark.sql.functions import col, pandas_udf, udf, upper
from pyspark.sql.functions import *
from pyspark.sql.types import *
from pyspark.sql.utils import AnalysisException
from pyspark.sql.window import Window as W, WindowSpec
from pyspark.sql.pandas.functions import PandasUDFType
from pyspark.errors import AnalysisException as A, PySparkException
from pyspark.testing import assertDataFrameEqual
from pyspark.storagelevel import StorageLevel as S
import pyspark.sql.functions, troupe.sql.functions
assert pyspark.sql.functions is troupe.sql.functions
assert (R, W, A, S) == (Row, Window, AnalysisException, StorageLevel)
assert pyspark.__version__ == "4.2.0"
import sys
assert "pandas" not in sys.modules and "pyarrow" not in sys.modules and "py4j" not in sys.modules
"""


def test_scripts_find_their_usual_imports_and_nothing_heavy_is_loaded():
    ran = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "module",
    [
        "troupe.sql.functions.builtin",
        "troupe.cloudpickle",
        "troupe.version",
        "troupe.util",
        "troupe.sql.streaming.state",
    ],
)
def test_less_usual_modules_exist(module):
    assert importlib.import_module(module)


def test_equal_rows_pass_within_tolerance_and_in_any_order():
    assertDataFrameEqual([Row(a=1.0), Row(a=2.0)], [Row(a=2.0 + 1e-9), Row(a=1.0)])
    with pytest.raises(PySparkAssertionError):
        assertDataFrameEqual([Row(a=1), Row(a=2)], [Row(a=2), Row(a=1)], checkRowOrder=True)


def test_differing_rows_are_shown_side_by_side():
    with pytest.raises(PySparkAssertionError) as raised:
        assertDataFrameEqual([Row(a=1), Row(a=2)], [Row(a=1), Row(a=3)], includeDiffRows=True)
    text = str(raised.value)
    assert "Results do not match: ( 50.00000 % )" in text
    assert "! Row(a=2)" in text
    assert "! Row(a=3)" in text
    assert raised.value.data == [(Row(a=2), Row(a=3))]


def test_a_missing_row_is_one_difference():
    with pytest.raises(PySparkAssertionError, match="33.33333"):
        assertDataFrameEqual([Row(a=1), Row(a=2), Row(a=3)], [Row(a=1), Row(a=3)])


def test_schemas_compare_with_and_without_nullability():
    one, other = StructType.fromDDL("a int not null"), StructType.fromDDL("a int")
    assertSchemaEqual(one, other)
    with pytest.raises(PySparkAssertionError, match="DIFFERENT_SCHEMA"):
        assertSchemaEqual(one, other, ignoreNullable=False)

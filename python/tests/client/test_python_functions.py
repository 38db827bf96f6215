from __future__ import annotations

import base64
import pickle
import threading
from collections.abc import Iterator

import pytest

from troupe.errors import PySparkNotImplementedError, PySparkPicklingError, PySparkTypeError, PySparkValueError
from troupe.sql import functions as F
from troupe.sql.types import IntegerType, LongType, Row, StructType
from troupe.util import PythonEvalType as Kind

pd = pytest.importorskip("pandas")


def _sent(column):
    tree = column._expr
    function, returns = pickle.loads(base64.b64decode(tree["command"]))
    return tree, function, returns


def test_a_function_travels_with_its_type_and_name(spark):
    @F.udf("int")
    def plus(a, b):
        return a + b

    tree, function, returns = _sent(plus("x", b=F.col("y")))
    assert function(1, 2) == 3
    assert returns == IntegerType()
    assert (tree["name"], tree["evalType"], tree["deterministic"]) == ("plus", Kind.SQL_ARROW_BATCHED_UDF, True)
    assert tree["args"][0]["name"] == "x"
    assert tree["named"]["b"]["name"] == "y"
    assert plus.returnType == IntegerType()
    assert plus.asNondeterministic().deterministic is False


def test_arrow_can_be_switched_off():
    assert F.udf(lambda x: x, useArrow=False)("a")._expr["evalType"] == Kind.SQL_BATCHED_UDF


def test_type_hints_tell_the_kind():
    def scalar(s: pd.Series) -> pd.Series:
        return s

    def batches(it: Iterator[pd.Series]) -> Iterator[pd.Series]:
        return it

    def aggregate(s: pd.Series) -> float:
        return s.mean()

    def several(it: Iterator[tuple[pd.Series, pd.Series]]) -> Iterator[pd.Series]:
        return it

    kinds = [F.pandas_udf(f, "double").evalType for f in (scalar, batches, aggregate, several)]
    assert kinds == [
        Kind.SQL_SCALAR_PANDAS_UDF,
        Kind.SQL_SCALAR_PANDAS_ITER_UDF,
        Kind.SQL_GROUPED_AGG_PANDAS_UDF,
        Kind.SQL_SCALAR_PANDAS_ITER_UDF,
    ]
    assert F.udf(scalar, "double").evalType == Kind.SQL_SCALAR_PANDAS_UDF


def test_a_function_without_hints_is_scalar():
    assert F.pandas_udf(lambda s: s, "double").evalType == Kind.SQL_SCALAR_PANDAS_UDF


def test_wrong_definitions_are_refused():
    with pytest.raises(PySparkTypeError, match="CANNOT_BE_NONE"):
        F.pandas_udf(lambda s: s)
    with pytest.raises(PySparkValueError, match="0-arg pandas_udfs"):
        F.pandas_udf(lambda: 1, "int")
    with pytest.raises(PySparkTypeError, match="NOT_EXPECTED_TYPE"):
        F.udf(1)

    def odd(s: pd.Series) -> Iterator[pd.Series]:
        return iter([s])

    with pytest.raises(PySparkNotImplementedError, match="UNSUPPORTED_SIGNATURE"):
        F.pandas_udf(odd, "int")


def test_a_variable_that_cannot_be_pickled_is_named():
    lock = threading.Lock()

    def guarded(x):
        with lock:
            return x

    with pytest.raises(PySparkPicklingError, match="'lock' of type lock"):
        F.udf(guarded)("a")


def test_maps_and_groups_send_their_function(spark, transport):
    transport.schema = StructType.fromDDL("k int, v double")
    df = spark.range(1)
    df.mapInPandas(lambda it: it, "k int")
    assert (transport.node["n"], transport.node["fn"]["evalType"]) == ("mapInPandas", Kind.SQL_MAP_PANDAS_ITER_UDF)
    df.groupBy("k").applyInPandas(lambda g: g, "k int, v double")
    assert transport.node["fn"]["evalType"] == Kind.SQL_GROUPED_MAP_PANDAS_UDF
    assert transport.node["grouping"] == [{"e": "col", "name": "k"}]

    def in_batches(it: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return it

    df.groupBy("k").applyInPandas(in_batches, "k int, v double")
    assert transport.node["fn"]["evalType"] == Kind.SQL_GROUPED_MAP_PANDAS_ITER_UDF
    df.groupBy("k").cogroup(spark.range(2).groupBy("k")).applyInPandas(lambda a, b: a, "k int")
    assert transport.node["n"] == "cogroupMap"
    with pytest.raises(PySparkTypeError, match="INVALID_RETURN_TYPE_FOR_PANDAS_UDF"):
        df.mapInPandas(lambda it: it, "int")


def test_foreach_shows_rows_to_the_function_and_returns_nothing(spark, transport):
    import pyarrow as pa

    seen = []
    transport.schema = StructType.fromDDL("a int, b string")
    df = spark.range(1)
    df.foreach(seen.append)
    sent = next(r["node"] for r in transport.requests if r["op"] == "plan" and r["node"]["n"] == "mapInArrow")
    function, _ = pickle.loads(base64.b64decode(sent["fn"]["command"]))
    batch = pa.record_batch({"a": pa.array([1, 2], pa.int32()), "b": ["x", None]})
    assert list(function(iter([batch]))) == []
    assert function._f.__self__ == [Row(a=1, b="x"), Row(a=2, b=None)]


def test_registered_functions_keep_their_name(spark, transport):
    registered = spark.udf.register("twice", lambda x: 2 * x, LongType())
    assert transport.last["op"] == "udf.register"
    assert transport.last["fn"]["name"] == "twice"
    assert transport.last["fn"]["evalType"] == Kind.SQL_BATCHED_UDF
    assert registered("a")._expr["id"] == transport.last["fn"]["id"]
    with pytest.raises(PySparkTypeError, match="CANNOT_SPECIFY_RETURN_TYPE_FOR_UDF"):
        spark.udf.register("again", registered, "int")

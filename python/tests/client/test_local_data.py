from __future__ import annotations

import base64
import datetime
import decimal

import numpy as np
import pyarrow as pa
import pytest

from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql.types import Row, StructType


def _sent(transport):
    node = transport.last["node"]
    with pa.ipc.open_stream(base64.b64decode(node["arrow"])) as reader:
        return reader.read_all(), StructType.fromJson(node["schema"])


SHAPES = [
    ([(1, "a"), (2, None)], None, "_1 bigint, _2 string"),
    ([(1, "a")], ["x"], "x bigint, _2 string"),
    ([{"b": 1, "a": "x"}], None, "a string, b bigint"),
    ([Row(b=1, a=2.0)], None, "b bigint, a double"),
    ([(1, 2)], "x int, y string", "x int, y string"),
    ([1, 2], "int", "value int"),
    ([([1, 2], {"k": decimal.Decimal("1.5")})], None, "_1 array<bigint>, _2 map<string, decimal(38,18)>"),
    ([], "a int", "a int"),
]


@pytest.mark.parametrize(("data", "schema", "expected"), SHAPES, ids=[e for _, _, e in SHAPES])
def test_rows_of_every_shape_become_a_table(spark, transport, data, schema, expected):
    spark.createDataFrame(data, schema, verifySchema=False)
    table, struct = _sent(transport)
    assert struct == StructType.fromDDL(expected)
    assert table.num_rows == len(data)


def test_values_travel_exactly(spark, transport):
    moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
    row = (decimal.Decimal("1.25"), moment, moment, b"x", datetime.timedelta(seconds=1), {"a": Row(x=None)})
    ddl = (
        "d decimal(10,1), t timestamp, n timestamp_ntz, b binary, i interval day to second, m map<string,struct<x:int>>"
    )
    spark.createDataFrame([row], ddl)
    table, _ = _sent(transport)
    sent = table.to_pylist()[0]
    assert sent["d"] == decimal.Decimal("1.3")
    assert sent["t"] == moment.astimezone(datetime.UTC)
    assert sent["n"] == moment
    assert sent["m"] == [("a", {"x": None})]


REFUSED = [
    ([], None, "CANNOT_INFER_EMPTY_SCHEMA"),
    ([(1, None)], None, "CANNOT_DETERMINE_TYPE"),
    ([1], None, "CANNOT_INFER_SCHEMA_FOR_TYPE"),
    ([("a",)], "x int", "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME"),
    ([(None,)], "x int not null", "FIELD_NOT_NULLABLE_WITH_NAME"),
    ([(1, 2)], "x int", "FIELD_STRUCT_LENGTH_MISMATCH"),
    ([(object(),)], None, "CANNOT_INFER_TYPE_FOR_FIELD"),
]


@pytest.mark.parametrize(("data", "schema", "condition"), REFUSED, ids=[c for _, _, c in REFUSED])
def test_data_that_does_not_fit_is_refused_with_pysparks_condition(spark, data, schema, condition):
    with pytest.raises((PySparkTypeError, PySparkValueError)) as raised:
        spark.createDataFrame(data, schema)
    assert raised.value.getCondition() == condition


def test_large_data_goes_through_the_data_channel(spark, transport, channel):
    spark.createDataFrame([(i,) for i in range(20_000)], ["x"])
    assert transport.last["node"]["upload"] == 77
    with pa.ipc.open_stream(b"".join(channel.uploaded)) as reader:
        assert reader.read_all().num_rows == 20_000


def test_arrow_and_numpy_keep_their_types(spark, transport):
    spark.createDataFrame(pa.table({"a": pa.array([1, None], pa.int16()), "b": pa.array(["x", "y"])}))
    assert _sent(transport)[1] == StructType.fromDDL("a smallint, b string")
    spark.createDataFrame(np.array([[1, 2], [3, 4]], dtype="int32"))
    assert _sent(transport)[1] == StructType.fromDDL("_1 int, _2 int")


def test_pandas_missing_values_become_nulls(spark, transport):
    pd = pytest.importorskip("pandas")
    transport.answers["conf.get"] = lambda request: {"ok": {"value": "America/New_York"}}
    frame = pd.DataFrame(
        {"a": [1.0, None], "b": ["x", None], "t": pd.to_datetime(["2020-01-01", None]), "c": pd.Categorical(["u", "v"])}
    )
    spark.createDataFrame(frame)
    table, struct = _sent(transport)
    assert struct == StructType.fromDDL("a double, b string, t timestamp, c string")
    assert table.to_pylist()[1] == {"a": None, "b": None, "t": None, "c": "v"}
    assert table.column("t")[0].as_py() == datetime.datetime(2020, 1, 1, 5, tzinfo=datetime.UTC)

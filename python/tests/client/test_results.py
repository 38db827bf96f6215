from __future__ import annotations

import datetime
import decimal

import pyarrow as pa
import pytest

from troupe.sql._arrow_types import to_arrow_schema
from troupe.sql._rows import rows, values
from troupe.sql.types import Row, StringType, StructType

SCHEMA = StructType.fromDDL(
    "i int, f double, b boolean, s string, bin binary, d date, t timestamp, n timestamp_ntz, dec decimal(10,2), "
    "dur interval day to second, arr array<int>, m map<string,int>, st struct<x:int,y:string>, ti time(6), v void"
)
MOMENT = datetime.datetime(1960, 1, 2, 3, 4, 5, 6)
FULL = [
    1,
    3.5,
    True,
    "é",
    b"ab",
    datetime.date(1, 1, 1),
    MOMENT.astimezone(datetime.UTC),
    MOMENT,
    decimal.Decimal("1.50"),
    datetime.timedelta(days=-1, microseconds=5),
    [1, None],
    [("a", 1), ("b", None)],
    {"x": 1, "y": None},
    datetime.time(1, 2, 3, 4),
    None,
]


def _table(count: int) -> pa.Table:
    arrow = to_arrow_schema(SCHEMA)
    columns = zip(*([FULL, [None] * len(FULL)] * count), strict=True)
    return pa.Table.from_arrays([pa.array(c, t) for c, t in zip(columns, arrow.types, strict=True)], schema=arrow)


def test_arrow_values_become_pysparks_python_values():
    full, empty = rows(_table(1), SCHEMA)
    assert full.i == 1
    assert full.b is True
    assert full.bin == b"ab"
    assert full.d == datetime.date(1, 1, 1)
    assert full.t == MOMENT
    assert full.n == MOMENT
    assert str(full.dec) == "1.50"
    assert full.m == {"a": 1, "b": None}
    assert full.st == Row(x=1, y=None)
    assert full.ti == datetime.time(1, 2, 3, 4)
    assert list(empty) == [None] * len(FULL)


def test_slices_and_chunks_give_the_same_rows():
    table = _table(5)
    expected = rows(table, SCHEMA)
    assert rows(table.slice(3, 4), SCHEMA) == expected[3:7]
    assert rows(pa.concat_tables([table.slice(0, 3), table.slice(3)]), SCHEMA) == expected


def test_dictionaries_are_decoded():
    encoded = pa.array(["a", None, "b", "a"]).dictionary_encode()
    assert values(encoded, StringType()) == ["a", None, "b", "a"]


def test_collect_and_the_iterator_read_the_stream(spark, transport, channel):
    schema = StructType.fromDDL("a int, b string")
    table = pa.table({"a": pa.array([1, 2], pa.int32()), "b": ["x", None]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=1):
            writer.write_batch(batch)
    content = sink.getvalue().to_pybytes()
    channel.frames = [content[i : i + 100] for i in range(0, len(content), 100)]
    transport.schema = schema
    df = spark.range(1)
    expected = [Row(a=1, b="x"), Row(a=2, b=None)]
    assert df.collect() == expected
    assert list(df.toLocalIterator()) == expected
    assert list(df.toLocalIterator(prefetchPartitions=True)) == expected
    assert df.first() == expected[0]
    assert df.toArrow().to_pylist() == table.to_pylist()


def test_pandas_results_have_pysparks_dtypes(spark, transport, channel):
    pytest.importorskip("pandas")
    transport.answers["conf.get"] = lambda request: {"ok": {"value": "America/New_York"}}
    transport.schema = StructType.fromDDL("i int, ni int, d date, t timestamp, m map<string,int>")
    instant = datetime.datetime(2020, 1, 2, 8, 4, 5, tzinfo=datetime.UTC)
    arrow = to_arrow_schema(transport.schema)
    columns = [[1, 2], [None, 5], [datetime.date(2020, 1, 2), None], [instant, None], [[("a", 1)], None]]
    table = pa.Table.from_arrays([pa.array(c, t) for c, t in zip(columns, arrow.types, strict=True)], schema=arrow)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    channel.frames = [sink.getvalue().to_pybytes()]
    frame = spark.range(1).toPandas()
    assert [str(t) for t in frame.dtypes] == ["int32", "float64", "object", "datetime64[us]", "object"]
    assert str(frame["t"][0]) == "2020-01-02 03:04:05"
    assert frame["m"][0] == {"a": 1}

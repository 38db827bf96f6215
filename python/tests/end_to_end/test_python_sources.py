"""Data sources that are written in Python, through the whole engine."""

import os
from pathlib import Path

import pytest

from troupe.errors import AnalysisException, PySparkRuntimeError, PySparkTypeError, PythonException
from troupe.sql import Row
from troupe.sql.datasource import (
    DataSource,
    DataSourceArrowWriter,
    DataSourceReader,
    DataSourceWriter,
    InputPartition,
    WriterCommitMessage,
)


def sources():
    """Classes that travel by value: workers do not see this folder."""

    class Message(WriterCommitMessage):
        def __init__(self, count):
            self.count = count

    class Reader(DataSourceReader):
        def __init__(self, options):
            self.options = options

        def partitions(self):
            return [InputPartition(i) for i in range(int(self.options.get("parts", 2)))]

        def read(self, partition):
            kind = self.options.get("rows", "tuples")
            for i in range(3):
                value = partition.value * 10 + i
                if kind == "tuples":
                    yield value, f"v{value}"
                elif kind == "rows":
                    yield Row(b=f"v{value}", a=value)
                elif kind == "short":
                    yield (value,)
                else:
                    yield value
            if kind == "batches":
                raise AssertionError("not reached")

    class Batches(DataSourceReader):
        def read(self, partition):
            import pyarrow as pa

            assert partition is None
            yield pa.RecordBatch.from_pydict({"a": [1, 2], "b": ["x", None]})

    class Writer(DataSourceWriter):
        def __init__(self, options, overwrite):
            self.path, self.overwrite = options["path"], overwrite

        def write(self, iterator):
            rows = list(iterator)
            if any(row.a < 0 for row in rows):
                raise ValueError("negative")
            return Message(len(rows))

        def commit(self, messages):
            with open(self.path, "w") as out:
                out.write(f"{sum(message.count for message in messages)} {self.overwrite}")

        def abort(self, messages):
            with open(self.path, "w") as out:
                out.write("aborted")

    class ArrowWriter(DataSourceArrowWriter, Writer):
        def write(self, iterator):
            return Message(sum(batch.num_rows for batch in iterator))

    class Numbers(DataSource):
        @classmethod
        def name(cls):
            return "numbers"

        def schema(self):
            return "a int, b string"

        def reader(self, schema):
            if self.options.get("rows") == "nothing":
                return None
            return Batches() if self.options.get("rows") == "batches" else Reader(self.options)

        def writer(self, schema, overwrite):
            kind = ArrowWriter if self.options.get("ARROW") else Writer
            return kind(self.options, overwrite)

    return Numbers


@pytest.fixture
def numbers(spark):
    spark.dataSource.register(sources())
    return spark.read.format("Numbers")


@pytest.mark.parametrize("rows", ["tuples", "rows"])
def test_a_source_is_read_by_parts(numbers, rows):
    df = numbers.option("rows", rows).option("PARTS", 3).load()
    assert df.rdd.getNumPartitions() == 3
    assert sorted(df.filter("a >= 12").collect()) == [Row(a=v, b=f"v{v}") for v in (12, 20, 21, 22)]


def test_a_source_that_is_not_divided_may_give_arrow_batches(numbers):
    assert numbers.option("rows", "batches").load().collect() == [Row(a=1, b="x"), Row(a=2, b=None)]


def test_a_read_may_name_the_columns_itself(numbers):
    df = numbers.schema("a bigint, b string").load()
    assert df.schema.simpleString() == "struct<a:bigint,b:string>"
    assert df.count() == 6


def test_what_is_wrong_with_a_source_is_said(numbers, spark):
    with pytest.raises(PythonException, match="DATA_SOURCE_RETURN_SCHEMA_MISMATCH"):
        numbers.option("rows", "short").load().collect()
    with pytest.raises(PythonException, match="DATA_SOURCE_INVALID_RETURN_TYPE"):
        numbers.option("rows", "numbers").load().collect()
    with pytest.raises(PySparkTypeError, match="DataSourceReader"):
        spark.read.format("numbers").option("rows", "nothing").load()
    with pytest.raises((AnalysisException, PySparkRuntimeError), match="letters"):
        spark.read.format("letters").load()


@pytest.mark.parametrize("arrow", [{}, {"arrow": "true"}])
def test_parts_are_written_by_tasks_and_committed_once(numbers, spark, tmp_path, arrow):
    path = os.fspath(tmp_path / "out")
    df = spark.createDataFrame([(i, "x") for i in range(10)], "a int, b string").repartition(3)
    df.write.format("numbers").options(**arrow).mode("append").save(path)
    assert Path(path).read_text() == "10 False"
    df.limit(4).write.format("numbers").options(**arrow).mode("overwrite").save(path)
    assert Path(path).read_text() == "4 True"


def test_a_write_that_fails_is_aborted(numbers, spark, tmp_path):
    path = os.fspath(tmp_path / "out")
    df = spark.createDataFrame([(-1, "x")], "a int, b string")
    with pytest.raises(PythonException, match="negative"):
        df.write.format("numbers").mode("append").save(path)
    assert Path(path).read_text() == "aborted"
    with pytest.raises(AnalysisException, match="append"):
        df.write.format("numbers").save(path)

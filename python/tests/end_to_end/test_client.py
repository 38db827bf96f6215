"""The client against a real JVM: values there and back, round trips, errors with the user's line."""

from __future__ import annotations

import datetime
import decimal
import gc

import pytest

from troupe.errors import AnalysisException, ArithmeticException, IllegalArgumentException, PySparkAssertionError
from troupe.sql import Observation, Row
from troupe.sql import functions as F
from troupe.sql.types import StructType

ALL_TYPES = (
    "i int, l bigint, s smallint, y tinyint, f float, d double, b boolean, t string, bin binary, dt date, ts timestamp, "
    "n timestamp_ntz, dec decimal(20,3), dur interval day to second, a array<int>, m map<string,bigint>, "
    "st struct<x:int,y:array<string>>"
)
ROW = (
    1,
    1 << 40,
    -5,
    7,
    0.5,
    -1e300,
    True,
    "naïve 😀",
    b"\x00\xff",
    datetime.date(1582, 10, 15),
    datetime.datetime(2020, 1, 2, 3, 4, 5, 678901),
    datetime.datetime(1960, 1, 2, 3, 4, 5, 6),
    decimal.Decimal("-12345678901234567.890"),
    datetime.timedelta(days=-3, microseconds=1),
    [1, None, 3],
    {"k": 5, "z": None},
    Row(x=1, y=["a", None]),
)


def test_every_type_comes_back_as_it_was_given(spark):
    df = spark.createDataFrame([ROW, (None,) * len(ROW)], ALL_TYPES)
    assert df.schema == StructType.fromDDL(ALL_TYPES)
    full, empty = df.collect()
    assert tuple(full) == ROW
    assert tuple(empty) == (None,) * len(ROW)
    assert df.first().st.y == ["a", None]


def test_an_uploaded_table_is_whole(spark):
    df = spark.createDataFrame([(i, f"name-{i % 100}") for i in range(50_000)], ["id", "name"])
    assert df.count() == 50_000
    assert df.agg(F.sum("id"), F.count_distinct("name")).first() == Row(sum=50_000 * 49_999 // 2, count=100)
    assert sum(1 for _ in df.toLocalIterator(prefetchPartitions=True)) == 50_000


def test_leaving_an_iterator_early_leaves_the_session_usable(spark):
    rows = spark.range(1_000_000).toLocalIterator()
    assert next(rows).id == 0
    del rows
    gc.collect()
    assert spark.range(10).count() == 10


def test_a_chain_of_methods_costs_one_round_trip_each(spark):
    before = spark._gateway.round_trips
    df = spark.range(10).withColumn("x", F.col("id") % 3).filter("x > 0").groupBy("x").agg(F.count("*").alias("n"))
    df = df.orderBy("x")
    assert spark._gateway.round_trips - before == 5
    assert df.collect() == [Row(x=1, n=3), Row(x=2, n=3)]


def test_a_wrong_name_fails_on_its_line_with_a_suggestion(spark):
    df = spark.range(3).withColumnRenamed("id", "price")
    with pytest.raises(AnalysisException) as raised:
        df.select("prise")
    assert raised.value.getCondition() == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    assert raised.value.getSqlState() == "42703"
    assert "`price`" in str(raised.value)
    assert "test_client.py" in str(raised.value)


def test_a_failure_while_running_has_its_class(spark):
    with pytest.raises(ArithmeticException) as raised:
        spark.range(3).select(F.lit(1) / F.col("id")).collect()
    assert raised.value.getCondition() == "DIVIDE_BY_ZERO"


def test_results_as_pandas_and_arrow(spark):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, None]})
    df = spark.createDataFrame(frame)
    assert df.toArrow().to_pylist() == [{"a": 1, "b": "x", "c": 1.5}, {"a": 2, "b": None, "c": None}]
    assert df.toPandas()["a"].tolist() == [1, 2]


def test_describe_and_the_like_are_made_of_plain_plans(spark):
    df = spark.createDataFrame([(1, "a", 1.0), (2, None, float("nan")), (3, "b", None)], ["i", "s", "d"])
    described = {r["summary"]: r for r in df.select("i", "s").describe().collect()}
    assert described["count"].s == "2"
    assert described["mean"].i == "2.0"
    assert described["max"].s == "b"
    assert df.na.fill({"d": 0.0, "s": "?"}).orderBy("i").select("s", "d").collect() == [
        ("a", 1.0),
        ("?", 0.0),
        ("b", 0.0),
    ]
    assert df.na.drop().count() == 1
    assert df.na.replace("a", "z", ["s"]).orderBy("i").first().s == "z"
    assert df.approxQuantile("i", [0.0, 0.5, 1.0], 0.0) == [1.0, 2.0, 3.0]
    assert df.stat.corr("i", "i") == pytest.approx(1.0)
    parts = df.randomSplit([1.0, 1.0], seed=5)
    assert sum(p.count() for p in parts) == 3


def test_views_sql_and_parameters(spark):
    spark.range(5).createOrReplaceTempView("numbers")
    assert spark.sql("select max(id) m from numbers where id < :top", {"top": 3}).first().m == 2
    assert spark.table("numbers").count() == 5
    assert spark.catalog.tableExists("numbers")
    assert spark.catalog.dropTempView("numbers") is True
    assert spark.catalog.dropTempView("numbers") is False


def test_settings(spark):
    spark.conf.set("spark.sql.shuffle.partitions", 3)
    assert spark.conf.get("spark.sql.shuffle.partitions") == "3"
    assert spark.conf.get("no.such.setting", "x") == "x"
    spark.conf.set("spark.sql.shuffle.partitions", 2)


def test_an_observation_tells_its_metrics(spark):
    observation = Observation("seen")
    df = spark.range(10).observe(observation, F.count(F.lit(1)).alias("rows"), F.max("id").alias("top"))
    assert df.count() == 10
    assert observation.get == {"rows": 10, "top": 9}
    with pytest.raises(PySparkAssertionError):
        df.observe(observation, F.count(F.lit(1)))


def test_an_observation_counts_the_rows_of_every_task_once(spark, tmp_path):
    seen = Observation("written")
    rows = spark.range(0, 300_000, 1, 7).observe(
        seen, F.count("*").alias("n"), (F.sum("id") / F.count("*")).alias("mean"), F.lit(5).alias("five")
    )
    rows.filter("id < 10").write.parquet(str(tmp_path / "out"))
    assert seen.get == {"n": 300_000, "mean": 149_999.5, "five": 5}


def test_metrics_asked_for_before_an_action_are_an_error_and_no_hang(spark):
    early = Observation("early")
    spark.range(3).observe(early, F.count("*").alias("n"))
    with pytest.raises(IllegalArgumentException, match="early"):
        assert early.get


def test_a_metric_that_is_no_aggregate_is_refused(spark):
    with pytest.raises(AnalysisException, match="aggregate"):
        spark.range(3).observe(Observation("x"), F.col("id"))

"""Python aggregates over windows and groups, with arguments of every kind."""

import pytest

from troupe.errors import AnalysisException
from troupe.sql import Window
from troupe.sql import functions as F


@pytest.fixture
def frame(spark):
    return spark.createDataFrame([(i % 3, float(i)) for i in range(12)], "k int, v double")


def functions():
    """Functions that travel by value: workers do not see this folder."""

    def total(v):
        return float(v.sum())

    def scaled(v, by):
        return float((v * by).sum())

    def counted(v):
        import pyarrow.compute as pc

        return pc.sum(v)

    return (
        F.pandas_udf(total, "double", F.PandasUDFType.GROUPED_AGG),
        F.pandas_udf(scaled, "double", F.PandasUDFType.GROUPED_AGG),
        F.arrow_udf(counted, "double", F.ArrowUDFType.GROUPED_AGG),
    )


total, scaled, counted = functions()
WINDOWS = {
    "whole": Window.partitionBy("k"),
    "running": Window.partitionBy("k").orderBy("v"),
    "rows": Window.partitionBy("k").orderBy("v").rowsBetween(-1, 1),
    "range": Window.partitionBy("k").orderBy("v").rangeBetween(-3, 0),
    "ahead": Window.partitionBy("k").orderBy("v").rowsBetween(2, 3),
    "everything": Window.orderBy("v").rowsBetween(-2, 0),
}


@pytest.mark.parametrize("name", list(WINDOWS))
def test_a_python_aggregate_over_a_window_is_the_built_in_one(frame, name):
    window = WINDOWS[name]
    columns = [
        F.coalesce(F.sum("v").over(window), F.lit(0.0)).alias("expected"),
        total("v").over(window).alias("pandas"),
        F.coalesce(counted("v").over(window), F.lit(0.0)).alias("arrow"),
    ]
    rows = frame.select("k", "v", *columns).collect()
    assert len(rows) == 12
    assert [(r.pandas, r.arrow) for r in rows] == [(r.expected, r.expected) for r in rows]


def test_aggregates_take_constants_expressions_and_keywords(spark, frame):
    rows = frame.groupBy("k").agg(scaled(F.col("v") + 1, F.lit(2.0)), total(F.lit(1.0)), scaled(by="v", v="v"))
    expected = frame.groupBy("k").agg(
        F.sum((F.col("v") + 1) * 2), F.count("*").cast("double"), F.sum(F.col("v") * F.col("v"))
    )
    assert sorted(map(tuple, rows.collect())) == sorted(map(tuple, expected.collect()))
    spark.udf.register("scaled", scaled)
    frame.createOrReplaceTempView("frame")
    found = spark.sql("select scaled(v, by => 2.0D) over (partition by k order by v) from frame where k = 0").collect()
    assert [row[0] for row in found] == [0.0, 6.0, 18.0, 36.0]
    with pytest.raises(AnalysisException, match="UNEXPECTED_POSITIONAL_ARGUMENT"):
        spark.sql("select scaled(v => v, 2.0D) from frame")


def test_stop_iteration_of_a_function_is_an_error(spark):
    def stops(x):
        raise StopIteration

    with pytest.raises(Exception, match="StopIteration"):
        spark.range(3).select(F.udf(stops, "long")("id")).collect()


def test_a_missing_package_names_the_interpreter_that_lacks_it(spark):
    def imports(x):
        import no_such_package

        return no_such_package.of(x)

    with pytest.raises(Exception, match="has no package 'no_such_package'"):
        spark.range(3).select(F.udf(imports, "long")("id")).collect()


def test_profiles_tell_the_calls_and_the_lines_of_a_function(spark, capsys):
    def builds(x):
        found = [x] * 100_000
        return len(found)

    try:
        for kind in ("perf", "memory"):
            spark.conf.set("spark.sql.pyspark.udf.profiler", kind)
            assert spark.range(3).select(F.udf(builds, "long")("id")).collect()[0][0] == 100_000
    finally:
        spark.conf.unset("spark.sql.pyspark.udf.profiler")
    spark.profile.show()
    told = capsys.readouterr().out
    assert "builds" in told
    assert "function calls" in told
    assert "MiB           3           found = [x] * 100_000" in told
    spark.profile.clear()
    spark.profile.show()
    assert capsys.readouterr().out == ""

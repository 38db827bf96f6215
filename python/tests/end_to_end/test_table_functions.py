"""Table functions in Python, through the whole engine."""

import pytest

from troupe.errors import AnalysisException, PythonException
from troupe.sql import Row
from troupe.sql import functions as F
from troupe.sql.types import StructType


def classes():
    """Classes that travel by value: workers do not see this folder."""

    class Pairs:
        def eval(self, a):
            for i in range(a):
                yield a, i

    class Counts:
        def __init__(self):
            self.rows = []

        def eval(self, row):
            self.rows.append(row["v"])

        def terminate(self):
            yield len(self.rows), self.rows

    class Echo:
        @staticmethod
        def analyze(a):
            return F.AnalyzeResult(StructType().add("x", a.dataType))

        def eval(self, a):
            yield (a,)

    class Doubled:
        def eval(self, a):
            import pyarrow as pa
            import pyarrow.compute as pc

            yield pa.table({"x": a, "y": pc.multiply(a, 2)})

    class Broken:
        def eval(self, a):
            raise ValueError(f"no {a}")

    return Pairs, Counts, Echo, Doubled, Broken


Pairs, Counts, Echo, Doubled, Broken = classes()


def test_gives_rows_for_constants_and_for_each_row_of_the_left_side(spark):
    pairs = F.udtf(Pairs, returnType="a int, i int")
    assert pairs(F.lit(2)).collect() == [Row(a=2, i=0), Row(a=2, i=1)]
    spark.udtf.register("pairs", pairs)
    rows = spark.sql("select id, i from range(4), lateral pairs(cast(id as int))").collect()
    assert sorted(rows) == [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
    kept = spark.sql("select id, i from range(2) left join lateral pairs(cast(id as int))").collect()
    assert kept == [(0, None), (1, 0)]


def test_partitions_and_orders_a_table_argument(spark):
    counts = F.udtf(Counts, returnType="n int, v array<int>")
    table = spark.createDataFrame([(1, 3), (2, 5), (1, 1), (1, 2)], "k int, v int").asTable()
    assert sorted(counts(table.partitionBy("k").orderBy("v")).collect()) == [(1, [5]), (3, [1, 2, 3])]
    assert counts(table.withSinglePartition().orderBy(F.col("v").desc())).collect() == [(4, [5, 3, 2, 1])]


def test_asks_analyze_for_the_columns(spark):
    echo = F.udtf(Echo)
    assert echo(F.lit("q")).schema == StructType().add("x", "string")
    spark.udtf.register("echo", echo)
    assert spark.sql("select * from echo(a => array(1, 2))").collect() == [Row(x=[1, 2])]
    with pytest.raises(AnalysisException, match="did not match the expected signature"):
        spark.sql("select * from echo(1, 2)")


def test_takes_and_gives_arrow(spark):
    doubled = F.arrow_udtf(Doubled, returnType="x bigint, y bigint")
    assert doubled(F.lit(3).cast("bigint")).collect() == [Row(x=3, y=6)]
    spark.udtf.register("doubled", doubled)
    with pytest.raises(AnalysisException, match="LATERAL_JOIN_WITH_ARROW_UDTF_UNSUPPORTED"):
        spark.sql("select * from range(3), lateral doubled(id)").collect()


def test_shows_the_users_lines_when_eval_fails(spark):
    with pytest.raises(PythonException, match=r"no 7(.|\n)*UDTF_EXEC_ERROR"):
        F.udtf(Broken, returnType="a int")(F.lit(7)).collect()

"""Python functions in plans, and data that comes from Python."""

import datetime as dt
from decimal import Decimal

from differential.cases.tables import people
from differential.registry import case


@case
def udf_lambda(spark, F, T):
    return people(spark).select("id", F.udf(lambda s: None if s is None else s[::-1], "string")("name").alias("r"))


@case
def udf_default_is_string(spark, F, T):
    return people(spark).select(F.udf(lambda x: x)("name").alias("n"), F.udf(lambda x: str(x))("age").alias("a"))


@case
def udf_decorator_two_arguments(spark, F, T):
    @F.udf(returnType=T.IntegerType())
    def add(a, b):
        return None if b is None else a + b

    return people(spark).select(add("id", "age"))


@case
def udf_of_decimal_date_timestamp(spark, F, T):
    df = spark.sql("select cast(1.25 as decimal(10,2)) d, date'2024-01-31' t, timestamp'2024-01-31 10:00:00' s")
    plus = F.udf(lambda d: d + Decimal("0.50"), "decimal(10,2)")
    day = F.udf(lambda t: t + dt.timedelta(days=1), "date")
    hour = F.udf(lambda s: s + dt.timedelta(hours=1), "timestamp")
    return df.select(plus("d"), day("t"), hour("s"))


@case
def udf_returns_array_and_struct(spark, F, T):
    words = F.udf(lambda s: (s or "").split("a"), "array<string>")
    both = F.udf(lambda i: (i, str(i)), "struct<n: int, s: string>")
    return people(spark).select(words("name").alias("w"), both("id").alias("b")).select("w", "b.n", "b.s")


@case
def udf_takes_array_map_struct(spark, F, T):
    df = spark.sql("select array(1, 2, null) a, map('x', 1) m, named_struct('p', 1, 'q', 'z') s")
    return df.select(
        F.udf(lambda a: sum(x or 0 for x in a), "int")("a"),
        F.udf(lambda m: m["x"], "int")("m"),
        F.udf(lambda s: f"{s.p}{s['q']}", "string")("s"),
    )


@case
def udf_in_filter(spark, F, T):
    return people(spark).filter(F.udf(lambda a: a is not None and a > 30, "boolean")("age")).select("id")


@case
def udf_in_group_key_and_input(spark, F, T):
    return (
        people(spark)
        .groupBy(F.udf(lambda i: i % 2, "int")("id").alias("odd"))
        .agg(F.sum(F.udf(lambda i: i * 10, "bigint")("id")))
    )


@case
def udf_nested_and_chained(spark, F, T):
    inc = F.udf(lambda x: x + 1, "int")
    return people(spark).select(
        inc(inc("id")), inc("id") + inc(F.col("id") * 2), F.upper(F.udf(lambda s: s or "-")("dept"))
    )


@case
def udf_closure_and_default(spark, F, T):
    table = {1: "one", 2: "two"}
    return people(spark).select(F.udf(lambda i, d="many": table.get(i, d))("id"))


@case
def udf_wrong_return_type(spark, F, T):
    return people(spark).select(F.udf(lambda i: "text", "int")("id"))


@case
def udf_registered_in_sql(spark, F, T):
    spark.udf.register("twice", lambda x: x * 2, "int")
    return spark.sql("select twice(id + 1) t from values (1), (2) as v(id)")


@case
def pandas_udf_series(spark, F, T):
    @F.pandas_udf("double")
    def half(s):
        return s / 2

    return people(spark).select("id", half("id"))


@case
def pandas_udf_two_columns(spark, F, T):
    @F.pandas_udf("string")
    def join(a, b):
        return a.astype(str) + "-" + b.fillna("?")

    return people(spark).select(join("id", "dept"))


@case
def pandas_udf_aggregate(spark, F, T):
    import pandas as pd

    @F.pandas_udf("double")
    def middle(v: pd.Series) -> float:
        return float(v.median())

    return people(spark).groupBy("active").agg(middle("id").alias("m"))


@case
def map_in_pandas(spark, F, T):
    def keep(batches):
        for batch in batches:
            yield batch[batch.id > 4][["id"]]

    return people(spark).mapInPandas(keep, "id int")


@case
def apply_in_pandas(spark, F, T):
    def largest(frame):
        return frame.sort_values("id").tail(1)[["dept", "id"]]

    return people(spark).filter("dept is not null").groupBy("dept").applyInPandas(largest, "dept string, id int")


@case
def create_from_tuples(spark, F, T):
    return spark.createDataFrame([(1, "a", 2.5), (2, None, None)], ["i", "s", "d"])


@case
def create_from_dicts(spark, F, T):
    return spark.createDataFrame([{"b": 1, "a": "x"}, {"a": None, "b": 2}])


@case
def create_from_rows(spark, F, T):
    row = T.Row
    return spark.createDataFrame([row(x=1, y=[1, 2]), row(x=2, y=[])])


@case
def create_infers_types(spark, F, T):
    return spark.createDataFrame(
        [
            (
                True,
                1,
                1.5,
                "s",
                b"b",
                dt.date(2020, 1, 2),
                dt.datetime(2020, 1, 2, 3, 4, 5),
                Decimal("1.5"),
                [1],
                {"k": 1},
                (1, "x"),
                None,
            )
        ],
        list("abcdefghijk"),
    )


@case
def create_single_values(spark, F, T):
    return spark.createDataFrame([1, 2, None], "int")


@case
def create_from_pandas(spark, F, T):
    import pandas as pd

    frame = pd.DataFrame(
        {
            "i": [1, 2],
            "f": [1.5, None],
            "s": ["a", None],
            "t": pd.to_datetime(["2024-01-02 03:04:05", None]),
            "b": [True, False],
        }
    )
    return spark.createDataFrame(frame)


@case
def create_from_arrow(spark, F, T):
    import pyarrow as pa

    return spark.createDataFrame(
        pa.table(
            {
                "i": pa.array([1, None], pa.int32()),
                "s": ["é", None],
                "l": [[1], []],
                "d": pa.array([Decimal("1.10"), None], pa.decimal128(5, 2)),
            }
        )
    )


@case
def to_pandas(spark, F, T):
    frame = people(spark).orderBy("id").toPandas()
    return [
        list(frame.columns),
        [str(t) for t in frame.dtypes],
        frame.id.tolist(),
        frame.name.isna().tolist(),
        frame.shape,
    ]


@case
def to_arrow(spark, F, T):
    table = people(spark).orderBy("id").toArrow()
    return [str(table.schema), table.num_rows, table.column("name").to_pylist()]


@case
def to_local_iterator(spark, F, T):
    return [r.id for r in people(spark).orderBy("id").toLocalIterator()]


@case
def foreach_partition_sums(spark, F, T):
    total = spark.sparkContext.accumulator(0)
    spark.range(10).foreach(lambda row: total.add(row.id))
    return total.value


@case
def collect_values_of_all_types(spark, F, T):
    return spark.sql(
        "select 1Y a, 1S b, 1 c, 1L d, 1.5F e, 1.5D f, 1.50 g, 's' h, X'01' i, true j, date'2024-01-01' k, timestamp'2024-01-01 01:02:03.000004' l, timestamp_ntz'2024-01-01 00:00:00' m, "
        "interval '1 02:03:04' day to second n, array(1, null) o, map('k', 1.5) p, named_struct('x', 1, 'y', array('z')) q, null r"
    )

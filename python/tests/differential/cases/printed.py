"""What is printed: show() in its forms, printSchema, representations."""

import contextlib
import io

from differential.cases.tables import departments, empty, moments, money, nested, people
from differential.registry import case


def printed(action):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        action()
    return out.getvalue()


@case
def show_plain(spark, F, T):
    return printed(people(spark).orderBy("id").show)


@case
def show_two_rows(spark, F, T):
    return printed(lambda: people(spark).orderBy("id").show(2))


@case
def show_all_rows_exactly(spark, F, T):
    return printed(lambda: people(spark).orderBy("id").show(7))


@case
def show_vertical(spark, F, T):
    return printed(lambda: people(spark).orderBy("id").show(2, vertical=True))


@case
def show_truncated(spark, F, T):
    df = spark.createDataFrame([("a" * 30, 1), ("短い文字列", 2), ("x" * 20, 3)], "long_text string, n int")
    return (
        printed(df.show)
        + printed(lambda: df.show(truncate=False))
        + printed(lambda: df.show(truncate=5))
        + printed(lambda: df.show(truncate=3))
    )


@case
def show_wide_characters(spark, F, T):
    return printed(spark.createDataFrame([("李雷", "é"), ("ｶﾅ", "🙂"), (None, "")], "`名前` string, b string").show)


@case
def show_empty(spark, F, T):
    return printed(empty(spark).show)


@case
def show_no_columns(spark, F, T):
    return printed(spark.range(2).select().show)


@case
def show_nested(spark, F, T):
    return printed(lambda: nested(spark).orderBy("id").show(truncate=False))


@case
def show_decimals_and_moments(spark, F, T):
    return printed(lambda: money(spark).orderBy("id").show()) + printed(
        lambda: moments(spark).orderBy("id").show(truncate=False)
    )


@case
def show_floats(spark, F, T):
    df = spark.createDataFrame(
        [(1.0, 1.0), (1e7, 1e7), (1.5e-5, 0.001), (123456789.125, 3.4028235e38), (float("nan"), float("inf")), (-0.0, 1e-10), (1e16, 0.1)],
        "d double, f float",
    )  # fmt: skip
    return printed(lambda: df.show(truncate=False))


@case
def show_binary_and_boolean(spark, F, T):
    df = spark.createDataFrame([(bytearray(b"\x01\xab"), True), (bytearray(b""), None)], "b binary, f boolean")
    return printed(df.show)


@case
def show_escapes(spark, F, T):
    return printed(spark.createDataFrame([("a\nb\tc",), ('q"\\',)], "s string").show)


@case
def show_intervals(spark, F, T):
    df = spark.sql(
        "select interval '1 02:03:04.5' day to second a, interval '2-3' year to month b, interval '5' hour c"
    )
    return printed(lambda: df.show(truncate=False))


@case
def show_timestamps_in_a_zone(spark, F, T):
    spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles")
    return printed(
        lambda: spark.sql("select timestamp'2024-03-10 12:00:00Z' t, timestamp_ntz'2024-03-10 12:00:00' n").show(
            truncate=False
        )
    )


@case
def show_bad_arguments(spark, F, T):
    return spark.range(1).show("three")


@case
def print_schema(spark, F, T):
    return printed(nested(spark).printSchema) + printed(money(spark).printSchema) + printed(moments(spark).printSchema)


@case
def print_schema_level(spark, F, T):
    return printed(lambda: nested(spark).printSchema(1))


@case
def schema_tree_of_expressions(spark, F, T):
    df = people(spark).select(
        F.lit(1).alias("one"), F.col("age") + 1, F.array("id"), F.struct("id", "name"), F.create_map("name", "age"), F.count("*").over(
            __import__(type(spark).__module__.split(".")[0] + ".sql.window", fromlist=["Window"]).Window.partitionBy("dept")
        ),
    )  # fmt: skip
    return printed(df.printSchema)


@case
def frame_repr(spark, F, T):
    return repr(people(spark)) + repr(nested(spark)) + str(departments(spark))


@case
def column_repr(spark, F, T):
    df = people(spark)
    columns = [
        df.id, F.col("a") + 1, F.upper("x"), F.lit("a"), F.col("a").alias("b"), F.col("a").cast("int"), F.when(F.col("a") > 1, 2).otherwise(3),
        F.col("a").isNull(), -F.col("a"), ~F.col("a"), F.col("a").desc(), F.col("a")[0], F.col("a").getField("b"), F.expr("a + 1"),
        F.sum("a"), F.col("a").like("x%"), F.col("a").isin(1, 2), (F.col("a") == 1) & (F.col("b") != 2), 1 - F.col("a"), F.col("a") % 2,
        F.col("a").between(1, 2), F.col("a").substr(1, 2), F.count("*"), F.col("*"), F.lit(1.5), F.lit(None), F.col("a").asc_nulls_last(),
    ]  # fmt: skip
    return "\n".join(map(repr, columns))


@case
def types_repr(spark, F, T):
    schema = T.StructType(
        [
            T.StructField("a", T.ArrayType(T.IntegerType(), False), False),
            T.StructField("m", T.MapType(T.StringType(), T.DecimalType(5, 2))),
        ]
    )
    return "\n".join(
        [
            repr(schema),
            schema.simpleString(),
            schema.json(),
            str(schema["a"]),
            repr(schema.fieldNames()),
            schema.treeString() if hasattr(schema, "treeString") else "",
        ]
    )


@case
def aggregated_names(spark, F, T):
    df = people(spark).groupBy("dept").agg(
        F.sum("age"), F.count_distinct("age"), F.avg(F.col("age") + 1), F.max(F.when(F.col("age") > 1, 1)), F.expr("count(distinct age, id)"),
        F.first("name", True), F.collect_set("id"), F.sum(F.col("age").cast("double")), F.count(F.lit(1)),
    )  # fmt: skip
    return "\n".join(df.columns)


@case
def sql_names(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    df = spark.sql(
        "select 1, 1.5, 'a', null, true, -age, age+1, age * (id - 2), not active, age is null, cast(age as bigint), age :: string, "
        "case when age > 1 then 'x' else 'y' end, substring(name, 1, 2), name || 'x', age between 1 and 2, name like 'A%', name in ('a', 'b'), "
        "date '2020-01-01', interval 1 day, array(1, 2)[0], named_struct('a', 1).a, count(*) over (), coalesce(age, 0), if(active, 1, 2), p.id "
        "from p"
    )
    return "\n".join(df.columns)

"""Window functions and frames."""

from differential.cases.tables import people
from differential.registry import case


def window_class(spark):
    root = type(spark).__module__.split(".")[0]
    return __import__(f"{root}.sql.window", fromlist=["Window"]).Window


def numbers(spark):
    rows = [
        ("a", 1, 10),
        ("a", 2, 10),
        ("a", 3, 20),
        ("a", 5, None),
        ("b", 1, 5),
        ("b", 1, 7),
        (None, 4, 1),
        (None, 9, 2),
    ]
    return spark.createDataFrame(rows, "k string, t int, v int")


@case
def ranking(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("v", "t")
    r = window_class(spark).partitionBy("k").orderBy("t")
    return numbers(spark).select(
        "k", "t", "v", F.row_number().over(w), F.rank().over(r), F.dense_rank().over(r), F.percent_rank().over(r), F.cume_dist().over(r),
        F.ntile(2).over(w),
    )  # fmt: skip


@case
def lag_and_lead(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("t", "v")
    return numbers(spark).select(
        "k", "t", F.lag("v").over(w), F.lead("v", 2).over(w), F.lag("v", 1, -1).over(w), F.lead("v", 1, 0).over(w),
    )  # fmt: skip


@case
def running_sum_default_frame(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("t")
    return numbers(spark).select("k", "t", "v", F.sum("v").over(w), F.count("*").over(w), F.max("v").over(w))


@case
def whole_partition(spark, F, T):
    w = window_class(spark).partitionBy("k")
    return numbers(spark).select(
        "k", "t", F.sum("v").over(w), F.avg("v").over(w), F.min("t").over(w), F.count("v").over(w)
    )


@case
def rows_between(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("t", "v").rowsBetween(-1, 1)
    return numbers(spark).select(
        "k", "t", "v", F.sum("v").over(w), F.first("v").over(w), F.last("v").over(w), F.collect_list("v").over(w)
    )


@case
def rows_following_only(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("t", "v").rowsBetween(1, window_class(spark).unboundedFollowing)
    return numbers(spark).select("k", "t", "v", F.sum("v").over(w), F.count("*").over(w))


@case
def range_between(spark, F, T):
    w = window_class(spark).partitionBy("k").orderBy("t").rangeBetween(-1, 1)
    return numbers(spark).select("k", "t", F.sum("v").over(w), F.count("*").over(w))


@case
def range_desc_with_nulls(spark, F, T):
    w = window_class(spark).orderBy(F.col("v").desc()).rangeBetween(-5, 0)
    return numbers(spark).select("k", "t", "v", F.count("*").over(w), F.sum("v").over(w))


@case
def first_last_nth(spark, F, T):
    w = (
        window_class(spark)
        .partitionBy("k")
        .orderBy("t", "v")
        .rowsBetween(window_class(spark).unboundedPreceding, window_class(spark).unboundedFollowing)
    )
    return numbers(spark).select(
        "k",
        "t",
        F.first("v", True).over(w),
        F.last("v", True).over(w),
        F.nth_value("v", 2).over(w),
        F.nth_value("v", 4, True).over(w),
    )


@case
def window_without_partition(spark, F, T):
    w = window_class(spark).orderBy("t", "v", "k")
    return numbers(spark).select("t", "v", F.row_number().over(w), F.sum("v").over(w))


@case
def window_in_expression(spark, F, T):
    w = window_class(spark).partitionBy("k")
    df = numbers(spark)
    return df.select("k", "t", (df.v / F.sum("v").over(w)).alias("share"), (F.max("t").over(w) - df.t).alias("left"))


@case
def window_over_aggregate(spark, F, T):
    w = window_class(spark).orderBy(F.desc("s"))
    return numbers(spark).groupBy("k").agg(F.sum("v").alias("s")).withColumn("r", F.rank().over(w))


@case
def top_one_per_group(spark, F, T):
    w = window_class(spark).partitionBy("dept").orderBy(F.col("age").desc_nulls_last(), "id")
    return people(spark).withColumn("r", F.row_number().over(w)).filter("r = 1").select("dept", "id")


@case
def named_window_sql(spark, F, T):
    numbers(spark).createOrReplaceTempView("n")
    return spark.sql("select k, t, v, sum(v) over w s, rank() over w r from n window w as (partition by k order by t)")


@case
def groups_frame_sql(spark, F, T):
    numbers(spark).createOrReplaceTempView("n")
    return spark.sql(
        "select k, t, sum(v) over (partition by k order by t rows between unbounded preceding and 1 preceding) s from n"
    )


@case
def qualify_sql(spark, F, T):
    numbers(spark).createOrReplaceTempView("n")
    return spark.sql("select k, t, v from n qualify row_number() over (partition by k order by t desc, v desc) = 1")


@case
def ignore_nulls_sql(spark, F, T):
    numbers(spark).createOrReplaceTempView("n")
    return spark.sql(
        "select k, t, lag(v) ignore nulls over (partition by k order by t, v) x, last_value(v) ignore nulls over (partition by k order by t, v) y from n"
    )


@case
def date_range_frame(spark, F, T):
    spark.sql("select date_add(date'2024-01-01', cast(id * id as int)) d, id from range(6)").createOrReplaceTempView(
        "n"
    )
    return spark.sql(
        "select d, sum(id) over (order by d range between interval 3 days preceding and current row) s from n"
    )


@case
def distinct_window_partitions(spark, F, T):
    a, b = window_class(spark).partitionBy("k").orderBy("t", "v"), window_class(spark).partitionBy("t").orderBy("v")
    return numbers(spark).select("k", "t", "v", F.row_number().over(a).alias("ra"), F.row_number().over(b).alias("rb"))


@case
def row_number_needs_order(spark, F, T):
    return numbers(spark).select(F.row_number().over(window_class(spark).partitionBy("k")))


@case
def window_in_filter_is_refused(spark, F, T):
    return numbers(spark).filter(F.row_number().over(window_class(spark).orderBy("t")) == 1)


@case
def empty_window_input(spark, F, T):
    return (
        numbers(spark)
        .filter("t > 100")
        .select(F.rank().over(window_class(spark).orderBy("t")), F.sum("v").over(window_class(spark).partitionBy("k")))
    )


@case
def bad_frame(spark, F, T):
    return numbers(spark).select(F.sum("v").over(window_class(spark).orderBy("t").rowsBetween(2, 1)))

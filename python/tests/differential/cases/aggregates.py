"""Grouping, aggregates, roll-ups and pivots."""

from differential.cases.tables import departments, empty, moments, money, nested, people
from differential.registry import case


@case
def group_by_null_key(spark, F, T):
    return people(spark).groupBy("dept").count()


@case
def group_by_many_aggregates(spark, F, T):
    return people(spark).groupBy("dept").agg(
        F.count("*"), F.count("age"), F.sum("age"), F.avg("age"), F.min("name"), F.max("name"), F.countDistinct("age"),
        F.sum("score"), F.max("score"), F.min("score"),
    )  # fmt: skip


@case
def group_by_expression(spark, F, T):
    return people(spark).groupBy((F.col("age") > 36).alias("old"), F.length("dept")).agg(F.sum("id").alias("s"))


@case
def global_aggregate(spark, F, T):
    return people(spark).agg(F.sum("age"), F.avg("score"), F.count("dept"), F.max("id"), F.first("name"), F.last("id"))


@case
def global_aggregate_of_nothing(spark, F, T):
    return empty(spark).agg(
        F.count("*"), F.sum("id"), F.avg("amount"), F.max("name"), F.collect_list("id"), F.count("id")
    )


@case
def group_aggregate_of_nothing(spark, F, T):
    return empty(spark).groupBy("name").agg(F.count("*"), F.sum("amount"))


@case
def dict_aggregate(spark, F, T):
    return people(spark).groupBy("active").agg({"age": "max", "id": "count"})


@case
def star_dict_aggregate(spark, F, T):
    return people(spark).agg({"*": "count"})


@case
def shorthand_aggregates(spark, F, T):
    return people(spark).select("active", "age", "id").groupBy("active").sum()


@case
def shorthand_with_names(spark, F, T):
    return people(spark).groupBy("dept").avg("age", "id")


@case
def shorthand_min_max_mean(spark, F, T):
    g = people(spark).groupBy("active")
    return [sorted(map(repr, d.collect())) for d in (g.min("age"), g.max("age"), g.mean("age"), g.count())]


@case
def decimal_sums(spark, F, T):
    return money(spark).agg(
        F.sum("price"), F.avg("price"), F.sum("rate"), F.avg("rate"), F.sum(F.col("price") * F.col("rate"))
    )


@case
def decimal_grouping(spark, F, T):
    return money(spark).groupBy((F.col("price") > 0).alias("p")).agg(F.min("price"), F.max("rate"), F.sum("units"))


@case
def date_aggregates(spark, F, T):
    return moments(spark).agg(F.min("d"), F.max("d"), F.min("t"), F.max("t"), F.count("d"))


@case
def distinct_aggregates(spark, F, T):
    df = people(spark)
    return df.groupBy("active").agg(F.sum_distinct("age"), F.count_distinct("dept", "age"), F.expr("avg(distinct age)"))


@case
def statistics(spark, F, T):
    df = people(spark).filter("age is not null")
    return df.agg(
        F.stddev("age"), F.stddev_pop("age"), F.variance("age"), F.var_pop("age"), F.skewness("age"), F.kurtosis("age"),
        F.corr("age", "id"), F.covar_samp("age", "id"), F.covar_pop("age", "id"),
    )  # fmt: skip


@case
def statistics_of_one_row(spark, F, T):
    return spark.range(1).agg(F.stddev("id"), F.variance("id"), F.var_pop("id"), F.skewness("id"), F.kurtosis("id"))


@case
def percentiles(spark, F, T):
    df = spark.range(11)
    return df.agg(
        F.percentile("id", 0.5), F.percentile("id", F.array(F.lit(0.25), F.lit(0.9))), F.median("id"),
        F.percentile_approx("id", 0.5), F.percentile_approx("id", [0.1, 0.9], 100),
    )  # fmt: skip


@case
def collect_sorted(spark, F, T):
    df = people(spark).groupBy("active")
    return df.agg(
        F.sort_array(F.collect_list("age")), F.sort_array(F.collect_set("age")), F.size(F.collect_list("dept"))
    )


@case
def boolean_aggregates(spark, F, T):
    return (
        people(spark)
        .groupBy("dept")
        .agg(F.bool_and("active"), F.bool_or("active"), F.every("active"), F.count_if("active"))
    )


@case
def bit_aggregates(spark, F, T):
    return spark.range(1, 8).agg(F.bit_and("id"), F.bit_or("id"), F.bit_xor("id"))


@case
def min_by_max_by(spark, F, T):
    return people(spark).agg(F.max_by("name", "age"), F.min_by("name", "age"), F.mode("dept"), F.any_value("id") > 0)


@case
def first_last_ignore_nulls(spark, F, T):
    df = spark.createDataFrame([(None,), (1,), (2,), (None,)], "a int").coalesce(1)
    return df.agg(F.first("a"), F.first("a", True), F.last("a"), F.last("a", ignorenulls=True))


@case
def having(spark, F, T):
    return people(spark).groupBy("dept").agg(F.count("*").alias("n")).filter("n > 1").select("dept")


@case
def aggregate_expression_of_aggregates(spark, F, T):
    return people(spark).groupBy("active").agg((F.sum("age") / F.count("*") + 1).alias("r"), F.round(F.avg("id"), 1))


@case
def rollup(spark, F, T):
    return people(spark).rollup("dept", "active").agg(F.count("*"), F.grouping_id(), F.grouping("dept"))


@case
def cube(spark, F, T):
    return people(spark).cube("dept", "active").agg(F.sum("id"), F.grouping("active"))


@case
def grouping_sets_sql(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    return spark.sql("select dept, active, count(*) c from p group by grouping sets ((dept), (active), ())")


@case
def pivot_with_values(spark, F, T):
    return people(spark).groupBy("active").pivot("dept", ["math", "navy"]).sum("id")


@case
def pivot_without_values(spark, F, T):
    return (
        people(spark)
        .filter("dept != ''")
        .groupBy("active")
        .pivot("dept")
        .agg(F.sum("id").alias("s"), F.count("id").alias("n"))
    )


@case
def unpivot(spark, F, T):
    return people(spark).unpivot("id", ["age", "score"], "what", "value")


@case
def crosstab(spark, F, T):
    return people(spark).filter("dept is not null").crosstab("dept", "age")


@case
def group_by_nested(spark, F, T):
    return nested(spark).groupBy("s", "xs").count()


@case
def group_by_nan_and_zero(spark, F, T):
    df = spark.createDataFrame([(float("nan"),), (float("nan"),), (0.0,), (-0.0,), (None,)], "x double")
    return df.groupBy("x").count()


@case
def sum_overflow_of_bigint(spark, F, T):
    return spark.createDataFrame([(2**63 - 1,), (1,)], "a bigint").agg(F.sum("a"))


@case
def sum_of_int_is_bigint(spark, F, T):
    return spark.createDataFrame([(2**31 - 1,), (2**31 - 1,)], "a int").agg(F.sum("a"), F.avg("a"))


@case
def filter_clause(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    return spark.sql("select count(*) filter (where age > 30), sum(age) filter (where active) from p")


@case
def approx_count_distinct(spark, F, T):
    return spark.range(20).agg(F.approx_count_distinct("id"))


@case
def group_by_all(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    return spark.sql("select dept, active, sum(id) from p group by all")


@case
def group_by_ordinal_and_alias(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    return spark.sql("select upper(dept) as d, count(*) from p group by 1 having d is not null")


@case
def histogram_and_listagg(spark, F, T):
    df = people(spark).coalesce(1).orderBy("id")
    return df.agg(
        F.expr("listagg(dept, ',') within group (order by dept)"), F.expr("string_agg(distinct dept)  is not null")
    )


@case
def join_then_group(spark, F, T):
    return (
        people(spark)
        .join(departments(spark), "dept", "left")
        .groupBy("city")
        .agg(F.count("*").alias("n"), F.avg("age"))
    )


@case
def try_sum_and_try_avg(spark, F, T):
    return spark.createDataFrame([(2**63 - 1,), (1,)], "a bigint").agg(F.try_sum("a"), F.try_avg("a"), F.product("a"))

"""Projection, filters, nulls, columns' methods, sorting and limits."""

from differential.cases.tables import departments, empty, money, nested, people
from differential.registry import case


@case
def select_star(spark, F, T):
    return people(spark)


@case
def select_expressions(spark, F, T):
    df = people(spark)
    return df.select("id", F.col("age") + 1, (df.score * 2).alias("twice"), -df.age, df["name"], F.lit("k").alias("c"))


@case
def select_expr(spark, F, T):
    return people(spark).selectExpr("id", "age * 2 as a2", "upper(name)", "score > 1 as big", "age is null")


@case
def generated_column_names(spark, F, T):
    df = people(spark)
    return df.select(
        df.age + df.id, df.age / 2, df.age % 5, F.upper("name"), F.coalesce("dept", F.lit("?")), df.age.cast("string"),
        (df.age > 3) & (df.id < 5), ~df.active, df.name.isNull(), F.when(df.age > 30, "old").otherwise("young"),
        df.name.substr(1, 2), df.age.between(1, 50), df.name.isin("Ada", "x"), df.name.like("A%"), F.concat("name", "dept"),
    )  # fmt: skip


@case
def filter_with_null_is_not_true(spark, F, T):
    return people(spark).filter("age > 20")


@case
def filter_column(spark, F, T):
    df = people(spark)
    return df.filter((df.age >= 36) | df.active.isNull()).select("id")


@case
def filter_three_valued_logic(spark, F, T):
    df = people(spark)
    return df.select(
        "id", (df.active & (df.age > 36)).alias("a"), (df.active | (df.age > 36)).alias("o"), (~df.active).alias("n")
    )


@case
def null_safe_equality(spark, F, T):
    df = people(spark)
    return df.select("id", df.dept.eqNullSafe(None), df.dept.eqNullSafe("math"), df.age.eqNullSafe(df.id))


@case
def nan_comparisons(spark, F, T):
    df = people(spark)
    return df.select("id", df.score > 1e300, df.score == float("nan"), F.isnan("score"), F.nanvl("score", F.lit(0.0)))


@case
def case_when_chain(spark, F, T):
    df = people(spark)
    return df.select(
        "id", F.when(df.age < 18, "child").when(df.age < 65, "adult").when(df.age.isNotNull(), "elder").alias("group")
    )


@case
def with_column_replaces_in_place(spark, F, T):
    return people(spark).withColumn("age", F.col("age") + 1).withColumn("new", F.lit(None)).select("age", "new", "id")


@case
def with_columns_and_renamed(spark, F, T):
    df = people(spark).withColumns({"x": F.col("id") * 10, "y": F.col("id") / 4})
    return df.withColumnRenamed("x", "tens").withColumnsRenamed({"y": "quarter", "nothere": "z"}).drop("name", "dept")


@case
def drop_missing_column_is_fine(spark, F, T):
    return people(spark).drop("nothere", "score", "active")


@case
def to_df_renames_all(spark, F, T):
    return departments(spark).toDF("a", "b")


@case
def alias_and_qualified_names(spark, F, T):
    df = people(spark).alias("p")
    return df.select("p.id", F.col("p.name").alias("n")).filter("id < 3")


@case
def backticks_in_names(spark, F, T):
    return spark.range(2).toDF("a.b").select("`a.b`", F.col("`a.b`") + 1)


@case
def case_insensitive_names(spark, F, T):
    return people(spark).select("ID", F.col("NaMe")).filter("Id = 1")


@case
def col_regex(spark, F, T):
    return people(spark).select(people(spark).colRegex("`a.*`"))


@case
def distinct_rows(spark, F, T):
    return people(spark).select("dept", "age").union(people(spark).select("dept", "age")).distinct()


@case
def drop_duplicates_subset(spark, F, T):
    return people(spark).select("dept").dropDuplicates(["dept"])


@case(ordered=True)
def sort_nulls_default(spark, F, T):
    return people(spark).orderBy("age", "id").select("id", "age")


@case(ordered=True)
def sort_desc_default(spark, F, T):
    return people(spark).orderBy(F.desc("age"), F.asc("id")).select("id", "age")


@case(ordered=True)
def sort_nulls_last(spark, F, T):
    df = people(spark)
    return df.orderBy(df.dept.asc_nulls_last(), df.id.desc()).select("id", "dept")


@case(ordered=True)
def sort_desc_nulls_first(spark, F, T):
    return people(spark).orderBy(F.desc_nulls_first("name")).select("id", "name")


@case(ordered=True)
def sort_doubles_with_nan(spark, F, T):
    return people(spark).orderBy("score").select("id", "score")


@case(ordered=True)
def sort_strings_by_bytes(spark, F, T):
    return people(spark).filter("name is not null").orderBy("name").select("name")


@case(ordered=True)
def sort_ascending_list(spark, F, T):
    return people(spark).orderBy(["dept", "id"], ascending=[False, True]).select("dept", "id")


@case(ordered=True)
def sort_by_expression(spark, F, T):
    return people(spark).orderBy(F.length("name").desc_nulls_last(), "id").select("id", "name")


@case(ordered=True)
def sort_arrays_and_structs(spark, F, T):
    return nested(spark).orderBy("xs", "s").select("id")


@case(ordered=True)
def limit_after_sort(spark, F, T):
    return people(spark).orderBy("id").limit(3).select("id")


@case(ordered=True)
def offset_and_limit(spark, F, T):
    return people(spark).orderBy("id").offset(2).limit(2).select("id")


@case
def limit_zero(spark, F, T):
    return people(spark).limit(0)


@case
def head_take_first_tail(spark, F, T):
    df = people(spark).orderBy("id").select("id")
    return [df.head(), df.head(2), df.take(1), df.first(), df.tail(2), df.count(), df.isEmpty(), df.limit(0).isEmpty()]


@case
def empty_inputs(spark, F, T):
    df = empty(spark)
    return df.filter("id > 1").select(F.col("id") + 1, "amount").orderBy("id")


@case
def empty_first_and_collect(spark, F, T):
    df = empty(spark)
    return [df.first(), df.head(), df.collect(), df.count(), df.head(1), df.columns, df.dtypes]


@case
def range_variants(spark, F, T):
    return [
        [r.id for r in df.collect()]
        for df in (spark.range(3), spark.range(2, 9, 3), spark.range(5, 0, -2), spark.range(0))
    ]


@case
def na_fill(spark, F, T):
    return people(spark).na.fill({"age": -1, "dept": "none", "score": 0.5}).fillna(False)


@case
def na_fill_by_type(spark, F, T):
    return people(spark).fillna(0).fillna("?")


@case
def na_drop(spark, F, T):
    df = people(spark)
    return [
        sorted(r.id for r in d.collect())
        for d in (df.dropna(), df.dropna("all"), df.dropna(thresh=5), df.dropna(subset=["dept"]))
    ]


@case
def na_replace(spark, F, T):
    return people(spark).replace(["Ada", "Zoë"], ["A", "Z"], "name").replace(36, 63).na.replace({0: 1}, subset=["age"])


@case
def describe(spark, F, T):
    return people(spark).select("id", "name", "age").describe()


@case
def summary(spark, F, T):
    return money(spark).select("id", "price", "units").summary()


@case
def dtypes_and_columns(spark, F, T):
    return [nested(spark).dtypes, money(spark).columns, people(spark).schema.simpleString()]


@case
def sample_extremes(spark, F, T):
    return [spark.range(50).sample(0.0).count(), spark.range(50).sample(1.0).count()]


@case
def transform_and_chain(spark, F, T):
    return people(spark).transform(lambda d: d.select("id")).transform(lambda d: d.filter("id > 5"))


@case
def cross_column_string_concat(spark, F, T):
    return people(spark).select(
        F.concat_ws("-", "name", "dept"), F.concat("name", "dept"), F.format_string("%s/%d", "name", "id")
    )


@case
def rows_behave(spark, F, T):
    row = people(spark).orderBy("id").first()
    return [row.name, row["age"], row[0], row.asDict(), repr(row), str(row), "dept" in row, list(row), row == row]


@case
def greatest_least_ignore_nulls(spark, F, T):
    df = people(spark)
    return df.select("id", F.greatest("id", "age"), F.least("id", "age"), F.greatest(F.lit(None).cast("int"), "age"))


@case
def literals_of_many_types(spark, F, T):
    import datetime as dt
    from decimal import Decimal

    return spark.range(1).select(
        F.lit(1), F.lit(2**40), F.lit(1.5), F.lit(True), F.lit("é"), F.lit(None), F.lit(dt.date(2020, 1, 2)),
        F.lit(dt.datetime(2020, 1, 2, 3, 4, 5, 6)), F.lit(Decimal("1.230")), F.lit(b"\x00\xff"), F.lit([1, 2]),
        F.lit(dt.timedelta(days=1, seconds=2)),
    )  # fmt: skip

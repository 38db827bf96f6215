"""Wrong programs: the class and condition of the error, and for some its whole message."""

from differential.cases.tables import departments, money, people
from differential.registry import case


@case
def unknown_column(spark, F, T):
    return people(spark).select("agee")


@case
def unknown_column_by_attribute(spark, F, T):
    return people(spark).agee


@case
def unknown_column_in_expression(spark, F, T):
    return people(spark).withColumn("x", F.col("nme") + 1)


@case
def unknown_column_in_filter(spark, F, T):
    return people(spark).filter("agee > 1")


@case
def unknown_column_in_group_by(spark, F, T):
    return people(spark).groupBy("departement").count()


@case
def unknown_column_in_sort(spark, F, T):
    return people(spark).orderBy("zzz")


@case
def unknown_table(spark, F, T):
    return spark.table("no_such_table")


@case
def unknown_function(spark, F, T):
    return people(spark).selectExpr("no_such_function(id)")


@case
def wrong_number_of_arguments(spark, F, T):
    return people(spark).selectExpr("substring(name)")


@case
def wrong_argument_type(spark, F, T):
    return people(spark).select(F.date_add(F.array("id"), 1))


@case
def sum_of_strings_that_are_no_numbers(spark, F, T):
    return people(spark).agg(F.sum("name"))


@case
def sum_of_booleans(spark, F, T):
    return people(spark).agg(F.sum("active"))


@case
def division_by_zero(spark, F, T):
    return people(spark).select(F.col("id") / F.lit(0))


@case
def modulo_by_zero(spark, F, T):
    return people(spark).select(F.col("id") % F.lit(0))


@case
def integer_overflow(spark, F, T):
    return people(spark).select(F.col("id") + F.lit(2**31 - 1))


@case
def bigint_overflow(spark, F, T):
    return spark.range(1, 3).select(F.col("id") * F.lit(2**62))


@case
def bad_cast(spark, F, T):
    return people(spark).select(F.col("name").cast("int"))


@case
def bad_date_cast(spark, F, T):
    return people(spark).select(F.col("name").cast("date"))


@case
def cast_overflow(spark, F, T):
    return people(spark).select(F.lit(300).cast("tinyint"))


@case
def decimal_cast_overflow(spark, F, T):
    return money(spark).select(F.col("price").cast("decimal(3,2)"))


@case
def impossible_cast(spark, F, T):
    return people(spark).select(F.col("active").cast("date"))


@case
def array_index_out_of_bounds(spark, F, T):
    return spark.range(1).selectExpr("array(1, 2)[5]")


@case
def element_at_out_of_bounds(spark, F, T):
    return spark.range(1).selectExpr("element_at(array(1, 2), 3)")


@case
def element_at_zero(spark, F, T):
    return spark.range(1).selectExpr("element_at(array(1, 2), 0)")


@case
def missing_map_key_is_null(spark, F, T):
    return spark.range(1).selectExpr("map('a', 1)['b']", "element_at(map('a', 1), 'b')", "try_element_at(array(1), 7)")


@case
def duplicate_map_key(spark, F, T):
    return spark.range(1).selectExpr("map('a', 1, 'a', 2)")


@case
def filter_needs_a_boolean(spark, F, T):
    return people(spark).filter(F.col("age") + 1)


@case
def filter_by_string_column(spark, F, T):
    return people(spark).filter(F.col("name"))


@case
def aggregate_in_where(spark, F, T):
    return people(spark).filter(F.sum("id") > 1)


@case
def column_not_grouped(spark, F, T):
    people(spark).createOrReplaceTempView("p")
    return spark.sql("select name, count(*) from p group by dept")


@case
def mixed_aggregate_without_group(spark, F, T):
    return people(spark).select("id", F.sum("age"))


@case
def nested_aggregate(spark, F, T):
    return people(spark).agg(F.sum(F.sum("age")))


@case
def syntax_error(spark, F, T):
    return spark.sql("selct 1")


@case
def syntax_error_in_expression(spark, F, T):
    return people(spark).selectExpr("id +")


@case
def syntax_error_message(spark, F, T):
    try:
        spark.sql("select a from\n  t wher x = 1 order")
    except Exception as error:
        return str(error)


@case
def unknown_column_message(spark, F, T):
    try:
        people(spark).select("agee")
    except Exception as error:
        return error.getMessageParameters()["objectName"] + " " + error.getMessageParameters()["proposal"]


@case
def division_by_zero_message(spark, F, T):
    try:
        spark.sql("select 1 / 0").collect()
    except Exception as error:
        return str(error).split("JVM stacktrace")[0].split("SQLQueryContext")[0]


@case
def duplicate_columns_are_ambiguous(spark, F, T):
    return people(spark).select("id", F.col("age").alias("id")).select("id")


@case
def struct_field_missing(spark, F, T):
    return spark.sql("select named_struct('a', 1) s").select("s.b")


@case
def union_of_incompatible_types(spark, F, T):
    return spark.sql("select array(1) x").union(spark.sql("select 1 x"))


@case
def bad_ddl(spark, F, T):
    return spark.createDataFrame([], "a in t")


@case
def unknown_type_name(spark, F, T):
    return people(spark).select(F.col("id").cast("integr"))


@case
def create_with_wrong_types(spark, F, T):
    return spark.createDataFrame([("x",)], "a int")


@case
def create_with_wrong_length(spark, F, T):
    return spark.createDataFrame([(1, 2)], "a int")


@case
def create_with_null_in_not_null(spark, F, T):
    return spark.createDataFrame([(None,)], T.StructType([T.StructField("a", T.IntegerType(), False)]))


@case
def create_from_nothing(spark, F, T):
    return spark.createDataFrame([])


@case
def and_with_python_operator(spark, F, T):
    df = people(spark)
    return df.filter(df.age > 1 and df.id > 2)


@case
def when_after_otherwise(spark, F, T):
    return F.when(F.col("a"), 1).otherwise(2).otherwise(3)


@case
def iterate_column(spark, F, T):
    return list(F.col("a"))


@case
def missing_path(spark, F, T):
    return spark.read.parquet("no/such/folder")


@case
def unknown_format(spark, F, T):
    return spark.read.format("nothing.like.this").load("x")


@case
def write_to_existing(spark, F, T):
    people(spark).select("id").write.parquet("out_exists")
    people(spark).select("id").write.parquet("out_exists")


@case
def bad_save_mode(spark, F, T):
    return people(spark).write.mode("sometimes").parquet("out_mode")


@case
def bad_config_value(spark, F, T):
    return spark.conf.set("spark.sql.shuffle.partitions", "many")


@case
def unknown_config(spark, F, T):
    return spark.conf.get("no.such.setting")


@case
def bad_time_zone(spark, F, T):
    return spark.conf.set("spark.sql.session.timeZone", "Mars/Olympus")


@case
def negative_limit(spark, F, T):
    return spark.range(3).limit(-1)


@case
def raise_error_function(spark, F, T):
    return spark.range(1).select(F.raise_error("my words"))


@case
def assert_true_fails(spark, F, T):
    return spark.range(1).select(F.assert_true(F.col("id") > 0, "must be positive"))


@case
def scalar_subquery_with_two_rows(spark, F, T):
    return spark.sql("select (select id from range(2)) x")


@case
def error_in_second_partition_only(spark, F, T):
    return spark.range(0, 100, 1, 4).select(F.lit(1) / (F.col("id") - 77))


@case
def python_udf_error(spark, F, T):
    return spark.range(3).select(F.udf(lambda x: 1 // (x - 1), "int")("id"))


@case
def column_of_other_frame(spark, F, T):
    return people(spark).select(departments(spark).city)


@case
def drop_requires_column_or_name(spark, F, T):
    return people(spark).drop(5)


@case
def bad_window_boundary_type(spark, F, T):
    return people(spark).selectExpr("sum(age) over (order by name range between 1 preceding and current row)")


@case
def parameter_missing(spark, F, T):
    return spark.sql("select :x")


@case
def recover_after_error(spark, F, T):
    try:
        spark.sql("select 1 / 0").collect()
    except Exception:
        pass
    return spark.range(2)

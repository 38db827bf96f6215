"""Joins of all kinds, and set operations."""

from differential.cases.tables import departments, empty, nested, people
from differential.registry import add, case


def _kind(how):
    def program(spark, F, T):
        return people(spark).select("id", "dept").join(departments(spark), "dept", how)

    return program


for _how in (
    "inner",
    "left",
    "right",
    "full",
    "outer",
    "left_outer",
    "leftsemi",
    "left_anti",
    "semi",
    "anti",
    "full_outer",
):
    add(f"using_{_how}", __name__, _kind(_how))


def _condition(how):
    def program(spark, F, T):
        p, d = people(spark).alias("p"), departments(spark).alias("d")
        return p.join(d, (F.col("p.dept") == F.col("d.dept")) & (F.col("p.age") > 20), how).select("p.*")

    return program


for _how in ("inner", "left", "left_semi", "left_anti"):
    add(f"condition_{_how}", __name__, _condition(_how))


@case
def right_with_residual(spark, F, T):
    p, d = people(spark).alias("p"), departments(spark).alias("d")
    return p.join(d, (F.col("p.dept") == F.col("d.dept")) & (F.col("p.age") > 40), "right").select(
        "p.id", "d.dept", "city"
    )


@case
def full_with_residual(spark, F, T):
    p, d = people(spark).alias("p"), departments(spark).alias("d")
    return p.join(d, (F.col("p.dept") == F.col("d.dept")) & (F.col("p.id") < 3), "full").select("p.id", "d.city")


@case
def null_safe_join(spark, F, T):
    p, d = people(spark), departments(spark)
    return p.join(d, p.dept.eqNullSafe(d.dept)).select("id", "city")


@case
def cross_join(spark, F, T):
    return people(spark).select("id").crossJoin(departments(spark))


@case
def inequality_join(spark, F, T):
    a, b = spark.range(4).toDF("a"), spark.range(4).toDF("b")
    return a.join(b, F.col("a") < F.col("b"))


@case
def inequality_left_join(spark, F, T):
    a, b = spark.range(4).toDF("a"), spark.range(4).toDF("b")
    return a.join(b, F.col("a") > F.col("b") + 1, "left")


@case
def join_on_several_columns(spark, F, T):
    a = spark.createDataFrame([(1, "x", 1), (1, "y", 2), (2, None, 3)], "k int, s string, v int")
    b = spark.createDataFrame([(1, "x", 10), (2, None, 30), (1, "y", 20)], "k int, s string, w int")
    return a.join(b, ["k", "s"], "full")


@case
def join_on_condition_list(spark, F, T):
    a, b = spark.range(5).toDF("a"), spark.range(5).toDF("b")
    return a.join(b, [a.a == b.b, a.a > 2])


@case
def join_with_type_coercion(spark, F, T):
    a = spark.createDataFrame([(1,), (2,)], "k int")
    b = spark.createDataFrame([(1.0, "one"), (2.5, "two and a half")], "k double, n string")
    return a.join(b, a.k == b.k).select(a.k, "n")


@case
def join_duplicates_multiply(spark, F, T):
    a = spark.createDataFrame([(1, "a"), (1, "b")], "k int, x string")
    b = spark.createDataFrame([(1, "c"), (1, "d"), (1, None)], "k int, y string")
    return a.join(b, "k")


@case
def self_join_by_alias(spark, F, T):
    df = people(spark)
    a, b = df.alias("a"), df.alias("b")
    return a.join(b, (F.col("a.age") == F.col("b.age")) & (F.col("a.id") < F.col("b.id"))).select(
        "a.id", F.col("b.id").alias("other")
    )


@case
def self_join_ambiguous(spark, F, T):
    df = people(spark)
    return df.join(df, df.id == df.id).select(df.id)


@case
def ambiguous_name(spark, F, T):
    return people(spark).join(departments(spark), people(spark)["id"] > 0, "cross").select("dept")


@case
def join_with_empty(spark, F, T):
    e = empty(spark).select("id", "amount")
    p = people(spark).select("id")
    return [
        [tuple(map(str, r)) for r in p.join(e, "id", how).orderBy("id").collect()]
        for how in ("inner", "left", "right", "full", "left_anti")
    ]


@case
def join_on_nested_key(spark, F, T):
    a, b = nested(spark).select("id", "s"), nested(spark).select(F.col("id").alias("i2"), "s")
    return a.join(b, "s").select("id", "i2")


@case
def join_on_floats(spark, F, T):
    a = spark.createDataFrame([(float("nan"), 1), (0.0, 2), (None, 3)], "x double, i int")
    b = spark.createDataFrame([(float("nan"), 4), (-0.0, 5), (None, 6)], "x double, j int")
    return a.join(b, "x").select("i", "j")


@case
def three_way_join(spark, F, T):
    a, b, c = (spark.range(6).toDF(n) for n in "abc")
    return a.join(b, a.a == b.b).join(c, (c.c == a.a) & (c.c > 2), "left")


@case
def natural_join_sql(spark, F, T):
    people(spark).select("id", "dept").createOrReplaceTempView("p")
    departments(spark).createOrReplaceTempView("d")
    return spark.sql("select * from p natural join d")


@case
def lateral_join_sql(spark, F, T):
    people(spark).select("id", "dept").createOrReplaceTempView("p")
    departments(spark).createOrReplaceTempView("d")
    return spark.sql("select p.id, x.n from p, lateral (select count(*) n from d where d.dept = p.dept) x")


@case
def broadcast_hint(spark, F, T):
    return people(spark).join(F.broadcast(departments(spark)), "dept").select("id", "city")


@case
def union_by_position(spark, F, T):
    a = spark.createDataFrame([(1, "a")], "x int, y string")
    b = spark.createDataFrame([(2.5, "b"), (None, None)], "p double, q string")
    return a.union(b).unionAll(a)


@case
def union_by_name(spark, F, T):
    a = spark.createDataFrame([(1, "a")], "x int, y string")
    b = spark.createDataFrame([("b", 2)], "y string, x int")
    return a.unionByName(b)


@case
def union_by_name_missing(spark, F, T):
    a = spark.createDataFrame([(1, "a")], "x int, y string")
    b = spark.createDataFrame([(2, 3.5)], "x int, z double")
    return a.unionByName(b, allowMissingColumns=True)


@case
def union_of_different_widths(spark, F, T):
    return spark.range(1).union(people(spark))


@case
def intersect(spark, F, T):
    return people(spark).select("dept").intersect(departments(spark).select("dept"))


@case
def intersect_all(spark, F, T):
    a = spark.createDataFrame([(1,), (1,), (1,), (None,)], "x int")
    b = spark.createDataFrame([(1,), (1,), (None,), (None,)], "x int")
    return a.intersectAll(b)


@case
def subtract(spark, F, T):
    return people(spark).select("dept").subtract(departments(spark).select("dept"))


@case
def except_all(spark, F, T):
    a = spark.createDataFrame([(1,), (1,), (1,), (None,), (2,)], "x int")
    b = spark.createDataFrame([(1,), (None,)], "x int")
    return a.exceptAll(b)


@case
def union_type_widening(spark, F, T):
    a = spark.sql("select cast(1 as decimal(5,2)) x, date'2020-01-01' d")
    b = spark.sql("select 123456789L x, timestamp'2020-01-01 01:00:00' d")
    return a.union(b)


@case
def missing_join_condition(spark, F, T):
    return spark.range(2).join(spark.range(2).toDF("b"))


@case
def bad_join_type(spark, F, T):
    return spark.range(2).join(spark.range(2), "id", "sideways")


@case
def using_column_missing_on_right(spark, F, T):
    return people(spark).join(departments(spark), "id")

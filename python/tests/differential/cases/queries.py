"""SQL texts over small views."""

from differential.cases.tables import departments, empty, money, nested, people
from differential.registry import add, case

_QUERIES = {
    "select_literal": "select 1 as one, 'x' as x",
    "values_table": "select * from values (1, 'a'), (2, null) as t(n, s) where n > 1",
    "cte": "with a as (select id from p where id < 3), b as (select id + 1 x from a) select * from a join b on a.id = b.x",
    "nested_cte": "with a as (with b as (select 1 x) select x + 1 y from b) select y from a",
    "recursive_cte": "with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select n from r",
    "scalar_subquery": "select id, (select max(age) from p) m from p where id = 1",
    "correlated_scalar": "select d.dept, (select count(*) from p where p.dept = d.dept) n from d",
    "correlated_scalar_sum": "select d.dept, (select sum(age) from p where p.dept = d.dept) n from d",
    "in_subquery": "select id from p where dept in (select dept from d)",
    "not_in_subquery_with_null": "select id from p where dept not in (select dept from d)",
    "not_in_subquery": "select id from p where dept not in (select dept from d where dept is not null)",
    "exists_subquery": "select id from p where exists (select 1 from d where d.dept = p.dept and city is not null)",
    "not_exists_subquery": "select id from p where not exists (select 1 from d where d.dept = p.dept)",
    "exists_or": "select id from p where id = 7 or exists (select 1 from d where d.dept = p.dept)",
    "in_select_list": "select id, dept in (select dept from d where dept is not null) x from p",
    "having_subquery": "select dept, count(*) n from p group by dept having count(*) >= (select count(*) from d) - 2",
    "derived_table": "select x.dept, x.n from (select dept, count(*) n from p group by dept) x where x.n > 1",
    "union_and_order": "select id from p where id < 3 union all select 99 order by id desc",
    "union_distinct": "select dept from p union select dept from d",
    "except_intersect": "(select dept from p except select dept from d) union all (select dept from p intersect select dept from d)",
    "minus": "select dept from d minus select dept from p",
    "distinct": "select distinct active from p",
    "order_by_ordinal": "select name, id from p order by 2 desc limit 2",
    "order_by_hidden": "select name from p order by age desc nulls last, id limit 3",
    "limit_offset": "select id from p order by id limit 2 offset 3",
    "case_simple": "select case dept when 'math' then 1 when 'navy' then 2 end c from p",
    "like_escape": "select 'a_b' like 'a!_b' escape '!' x, 'axb' like 'a!_b' escape '!' y",
    "lateral_view": "select id, x from n lateral view explode(xs) t as x",
    "lateral_view_outer": "select id, k, v from n lateral view outer explode(m) t as k, v",
    "lateral_view_posexplode": "select id, p, x from n lateral view posexplode(xs) t as p, x",
    "table_function": "select * from range(1, 4)",
    "explode_table_function": "select * from explode(array(1, 2))",
    "lateral_alias": "select age + 1 a, a * 2 b from p where age is not null",
    "rollup": "select dept, active, sum(id) s from p group by rollup(dept, active)",
    "cube": "select dept, count(*) from p group by cube(dept)",
    "grouping": "select dept, grouping(dept) g, grouping_id() i, count(*) from p group by grouping sets ((dept), ())",
    "grouping_in_order": "select dept, active, count(*) c from p group by rollup(dept, active) order by grouping(dept) + grouping(active) desc, case when grouping(active) = 0 then dept end, dept, active, grouping_id(dept, active)",
    "common_table_beside_its_source": "with a as (select dept, count(*) c from p group by dept), b as (select dept, max(id) m from p group by dept) select x.dept, x.c, y.m, z.c from a x, b y, a z, b w where x.dept = y.dept and y.dept = z.dept and z.dept = w.dept order by 1",
    "pivot": "select * from (select dept, active, id from p) pivot (sum(id) for active in (true, false))",
    "unpivot": "select * from (select id, age, id * 2 as twice from p) unpivot (v for k in (age, twice))",
    "join_using": "select * from p join d using (dept)",
    "full_join_using": "select dept, id, city from p full outer join d using (dept)",
    "semi_join": "select id from p left semi join d on p.dept = d.dept",
    "anti_join": "select id from p left anti join d on p.dept = d.dept",
    "cross_join": "select count(*) from p cross join d",
    "comma_join": "select p.id, d.city from p, d where p.dept = d.dept and p.age > 30",
    "star_except": "select * except (name, score) from p where id = 1",
    "qualified_star": "select d.* from p join d on p.dept = d.dept where id = 1",
    "aggregate_filter": "select dept, count(*) filter (where age > 30) c from p group by dept",
    "count_distinct": "select count(distinct dept, active), count(distinct age), sum(distinct age) from p",
    "group_by_case": "select case when age > 40 then 'old' else 'young' end g, count(*) from p group by 1",
    "window_function": "select id, rank() over (partition by dept order by age desc) r from p",
    "window_frame": "select id, sum(id) over (order by id rows between 1 preceding and 1 following) s from p",
    "interval_arithmetic": "select date'2024-01-31' + interval 1 month a, date'2024-01-01' + interval '1' day b, timestamp'2024-01-01 00:00:00' - interval '1:30' hour to minute c",
    "decimal_arithmetic": "select price * rate a, price / rate b, price + 1 c, price % 3 d, sum(price) over () e from m where id = 1",
    "empty_aggregate": "select count(*), sum(amount), max(name) from e",
    "empty_group": "select name, count(*) from e group by name",
    "empty_join": "select * from p join e on p.id = e.id",
    "nested_access": "select id, s.n, m['a'], xs[0], xss[0] from n where id in (1, 3)",
    "struct_star": "select id, s.* from n",
    "map_functions": "select id, map_keys(m), map_values(m), size(m) from n",
    "higher_order": "select id, filter(xs, x -> x > 1), transform(xs, x -> x + id), exists(xs, x -> x is null) from n",
    "named_arguments": "select mask('Abc1', upperChar => 'Z')",
    "identifier_quoting": "select `id` as `my id`, \"text\" from p where id = 1",
    "string_escapes": "select 'it''s', 'tab\\there', r'raw\\n', \"double\"",
    "comments": "select 1 /* one */ -- the end\n + 2 as x",
    "numeric_literals": "select 1Y, 1S, 1L, 1.5, 1.5BD, 1.5D, 1.5F, 1e3, .5, X'1F'",
    "null_ordering": "select age from p order by age asc nulls last, id limit 3",
    "group_by_having_alias": "select dept as x, count(*) as n from p group by x having n > 1",
    "between_dates": "select count(*) from m where price between 0 and 100 and rate is not null",
    "is_true": "select id, active is true a, active is not true b, active is unknown c from p",
    "coalesce_types": "select coalesce(age, score, 0) x from p",
    "simple_having": "select count(*) c from p having c > 100",
    "sort_by_aggregate": "select dept from p group by dept order by count(*) desc, dept nulls last",
    "multi_distinct": "select dept, count(distinct age) a, count(distinct active) b, sum(id) c from p group by dept",
    "inline_values_join": "select p.id, v.w from p join (values ('math', 1), ('navy', 2)) v(dept, w) on p.dept = v.dept",
    "tablesample_all": "select count(*) from p tablesample (100 percent)",
    "session_parameters": "set spark.sql.session.timeZone",
    "correlated_in": "select id from p where id in (select length(city) from d where d.dept = p.dept)",
    "correlated_exists_inequality": "select id from p a where exists (select 1 from p b where b.age > a.age and b.dept = a.dept)",
    "scalar_in_where": "select id from p where age > (select avg(age) from p)",
    "correlated_avg": "select id from p a where age >= (select avg(age) from p b where b.dept = a.dept)",
    "lateral_subquery": "select p.id, l.x from p, lateral (select p.age * 2 as x) l where p.id < 3",
    "left_join_lateral": "select p.id, l.city from p left join lateral (select city from d where d.dept = p.dept) l on true",
    "pipe_syntax": "from p |> where id < 4 |> select id, name |> order by id desc |> limit 2",
    "full_outer_on_false": "select p.id, d.city from p full join d on false where p.id is null",
    "duplicate_output_names": "select id, id from p where id = 1",
    "deep_expression": "select " + " + ".join(["id"] * 60) + " x from p where id = 1",
}  # fmt: skip


def _views(spark):
    for name, table in (("p", people), ("d", departments), ("m", money), ("n", nested), ("e", empty)):
        table(spark).createOrReplaceTempView(name)


def _query(text):
    def program(spark, F, T):
        _views(spark)
        return spark.sql(text)

    return program


for _name, _text in _QUERIES.items():
    add(_name, __name__, _query(_text), ordered=" order by " in _text and "over (" not in _text)


@case
def named_parameters(spark, F, T):
    _views(spark)
    return spark.sql("select id from p where age > :limit and dept = :dept", {"limit": 40, "dept": "navy"})


@case
def positional_parameters(spark, F, T):
    return spark.sql("select ? + ? x, ? s", [1, 2, "é"])


@case
def frame_parameters(spark, F, T):
    return spark.sql("select * from {f} where id < {n}", f=people(spark).select("id"), n=3)


@case
def view_life(spark, F, T):
    spark.range(2).createOrReplaceTempView("v1")
    before = spark.catalog.tableExists("v1")
    dropped = spark.catalog.dropTempView("v1")
    return [before, dropped, spark.catalog.tableExists("v1"), spark.catalog.dropTempView("v1")]


@case
def temp_view_exists_already(spark, F, T):
    spark.range(2).createTempView("v2")
    spark.range(2).createTempView("v2")


@case
def create_view_sql(spark, F, T):
    spark.sql("create or replace temporary view v3 as select id * 2 x from range(3)")
    return spark.table("v3")


@case
def view_sees_later_definition(spark, F, T):
    spark.range(2).createOrReplaceTempView("v4")
    df = spark.table("v4")
    spark.range(5).createOrReplaceTempView("v4")
    return [df.count(), spark.table("v4").count()]


@case
def table_life(spark, F, T):
    spark.sql("drop table if exists case_t")
    spark.sql("create table case_t (a int, b string) using parquet")
    spark.sql("insert into case_t values (1, 'x'), (2, null)")
    spark.sql("insert into case_t select 3, 'é'")
    rows = sorted(map(str, spark.table("case_t").collect()))
    spark.sql("insert overwrite case_t values (9, 'only')")
    after = list(map(str, spark.table("case_t").collect()))
    spark.sql("drop table case_t")
    return [rows, after]


@case
def describe_table(spark, F, T):
    _views(spark)
    return spark.sql("describe p")

"""SQL whose answer hangs on a rule that is easily missed: what is computed once, what is not computed at all, exact digits."""

from differential.registry import add

_QUERIES = {
    "range_near_the_largest_number": "select id from range(9223372036854775804, 9223372036854775807) order by id",
    "range_near_the_smallest_number": "select id from range(-9223372036854775806, -9223372036854775805)",
    "range_over_fractions": "select * from range(cast(0.1 as decimal(38, 18)), 4.0D, 1.3)",
    "range_by_zero": "select * from range(1, 4, 0)",
    "range_as_a_value": "select range(1, 3)",
    "exponentials_to_the_last_digit": "select exp(1.0) a, exp(-0.3) b, expm1(0.3) c, ln(150.7) d, log10(0.9) e, log2(99.5) f, log(3.3, 7.7) g",
    "powers_to_the_last_digit": "select pow(2.5, 3.3) a, pow(0.87, 1.1) b, cbrt(1.23) c, tanh(0.2469) d, tanh(-1.338) e",
    "moments_of_large_numbers": "select var_pop(x) v, covar_pop(x, x) c from values (100000003D), (100000004D) v(x)",
    "numbers_in_angle_brackets": "select to_char(-123, '9999PR') a, to_char(123, '9999PR') b, to_char(-12, '999.9PR') c, to_char(1, '000PR') d",
    "number_format_separators_apart": "select to_number('123,000', '999G')",
    "number_format_separator_behind_the_point": "select to_number('1', '9.9,9')",
    "number_format_without_digits": "select to_char(1, 'x')",
    "number_format_empty": "select to_number('1', '')",
    "number_format_two_points": "select try_to_number('1', '9.9.9')",
    "number_format_sign_inside": "select to_number('1', '9S9')",
    "number_format_dollar_inside": "select to_number('1', '9$9')",
    "common_table_of_random_numbers_is_one_table": "with q as (select rand() x from range(5)) select count(*) n from (select * from q union select * from q)",
    "common_table_of_uuids_is_one_table": "with q as (select uuid() x from range(5)) select count(*) n from q a join q b on a.x = b.x",
    "recursion_ends_with_the_limit": "with recursive t(n) as (select 1 union all select n + 1 from t) select * from t limit 3 offset 2",
    "recursion_over_a_recursion": "with recursive x(id) as (select 1 union all select id + 1 from x where id < 3), y(id) as (select * from x union all select * from x), z(id) as (select * from y union all select id + 1 from z where id < 10) select count(*) n, sum(id) s from z",
    "recursion_with_a_recursion_inside": "with recursive t(j) as (with recursive s(i) as (values (1) union all select i + 1 from s where i < 10) select i from s union all select j + 1 from t where j < 10) select count(*) n, sum(j) s from t",
    "recursion_in_an_aggregate": "with recursive x(n) as (select cast(1 as bigint) union all select count(*) from x) select * from x",
    "recursion_in_narrower_steps": "with recursive t(n) as (select 1L union all select cast(n + 1 as int) from t where n < 5) select * from t order by n",
    "in_stops_at_the_first_match": "select id in (0, 1 / id) x, case when id in (0, 1 / id) then 'in' end c from range(1)",
    "in_does_not_convert_behind_a_match": "select date'2017-12-12' in (date'2017-12-12', cast(1 as string)) x",
    "in_with_nulls_and_computed_items": "select id, id in (null, id + 1) a, id in (null, id * 2) b, id in (id + 1, id + 2) c from range(2) order by id",
    "map_keys_are_not_converted_with_loss": "select map_concat(map('a', 'b'), map(date'2020-01-01', date'2020-01-01')) m",
    "map_keys_are_widened": "select map_concat(map(1, 'b'), map(2L, 'c')) m",
    "range_frame_over_strings": "select count(*) over (order by cast(1 as string) range between current row and 1 following) n",
    "range_frame_over_booleans": "select count(*) over (order by true range between current row and 1 following) n",
    "aggregates_over_no_correlated_rows": "select a, (select collect_list(b) from values (1, 2) t(k, b) where k = a) l, (select collect_set(b) from values (1, 2) t(k, b) where k = a) s, (select count_if(b > 0) from values (1, 2) t(k, b) where k = a) c, (select max(b) from values (1, 2) t(k, b) where k = a) m from values (1), (5) t(a) order by a",
    "group_by_correlated_subquery": "select (select max(b) from values (1, 2), (2, 5) t(k, b) where k = g) v, count(*) n from values (1), (2), (2) t(g) group by (select max(b) from values (1, 2), (2, 5) t(k, b) where k = g) order by v",
    "group_by_exists": "select cast(exists (select 1 from values (1) t(k) where k = g) as int) v, count(*) n from values (1), (2), (2) t(g) group by cast(exists (select 1 from values (1) t(k) where k = g) as int) order by v",
    "group_by_in": "select sum(x) s, g in (select 1) i from values (1, 2), (2, 3) t(g, x) group by g in (select 1) order by s",
    "subquery_over_a_column_that_is_not_grouped": "select (select max(b) from values (1, 2) t(k, b) where k = h) v, count(*) n from values (1, 1), (2, 1) t(g, h) group by g",
    "correlated_query_with_a_common_table": "select c1, (with t as (select * from values (1, 2), (1, 5) t(c1, c2)) select sum(c2) from (select c1, c2 from t union select c2, c1 from t) r(c1, c2) where c1 = o.c1) s from values (0), (1) o(c1) order by c1",
    "numbers_under_a_sign_in_decimal_arithmetic": "select -1 * 12.34 a, 12.34 * -1 b, -3 + 1.25 c",
    "signs_and_functions_have_names_of_their_own": "select negative(3), -a, - 3 from values (1) t(a)",
    "conversions_of_nested_values_are_named_after_the_value": "select cast(array(1) as array<string>), cast(s as struct<b: string>), cast(1 as string) from (select named_struct('a', 1) s)",
    "items_of_written_arrays": "select array(1, 2)[0] a, array(1, null)[1] b, element_at(array(1, null), -2) c, get(array(1), 0) d, get(array(1), 5) e",
    "filter_by_a_text": "select 1 from values ('true') t(a) where a",
    "round_to_null_places": "select round(1.5D, cast(null as int)) a, bround(2.5D, cast(null as int)) b",
    "explode_outer_of_a_null_constant": "select explode_outer(cast(null as map<string, int>))",
    "inline_outer_of_a_null_constant": "select inline_outer(cast(null as array<struct<a: int, b: int>>))",
    "scalar_subquery_of_two_rows": "select (select a from values (1), (2) t(a)) x",
    "tomorrow_in_any_zone": "select timestamp'tomorrow' = timestamp'tomorrow EST' a, timestamp'today Zulu' = timestamp'today' b",
}


def _query(text):
    return lambda spark, F, T: spark.sql(text)


for _name, _text in _QUERIES.items():
    add(_name, __name__, _query(_text), ordered=" order by " in _text and "over (" not in _text)


def _spans(spark, F):
    rows = [
        ("a", 0),
        ("a", 299),
        ("a", 300),
        ("b", 720),
        ("b", None),
        ("a", -90),
        ("b", 1020),
        ("b", 1020),
        ("b", 1380),
    ]
    return spark.createDataFrame(rows, "k string, s long").select(
        "k", F.timestamp_seconds("s").alias("t"), F.lit(1).alias("v")
    )


_WINDOWS = {
    "tumbling_windows": lambda df, F: df.groupBy(F.window("t", "5 minutes")).agg(F.sum("v").alias("n")),
    "tumbling_windows_by_key": lambda df, F: (
        df.groupBy("k", F.window("t", "5 minutes").alias("w")).count().select("k", "w.*", "count")
    ),
    "sliding_windows": lambda df, F: df.groupBy(F.window(df.t, "7 minutes", "3 minutes", "1 minute")).count(),
    "windows_of_rows": lambda df, F: df.select("k", F.window("t", "1 hour"), "v"),
    "windows_added_to_rows": lambda df, F: df.withColumn("w", F.window("t", "1 day", "12 hours").start),
    "times_of_windows": lambda df, F: (
        df.groupBy(F.window("t", "5 minutes")).count().select(F.window_time("window"), "count")
    ),
    "windows_of_windows": lambda df, F: (
        df.groupBy(F.window("t", "5 minutes"))
        .count()
        .groupBy(F.window("window", "1 hour"))
        .agg(F.sum("count").alias("n"))
    ),
    "cube_of_windows": lambda df, F: df.cube("k", F.window("t", "1 hour")).count(),
    "pivot_of_windows": lambda df, F: df.groupBy(F.window("t", "1 hour")).pivot("k").sum("v"),
    "sessions": lambda df, F: df.groupBy(F.session_window("t", "5 minutes")).agg(F.sum("v").alias("n")),
    "sessions_by_key": lambda df, F: df.groupBy("k", F.session_window("t", "5 minutes")).count(),
    "sessions_of_rows": lambda df, F: df.select("k", F.session_window("t", "5 minutes")),
    "window_of_no_length": lambda df, F: df.groupBy(F.window("t", "0 minutes")).count(),
    "window_of_unknown_unit": lambda df, F: df.groupBy(F.window("t", "5 foo")).count(),
    "windows_of_numbers": lambda df, F: df.groupBy(F.window("v", "5 minutes")).count(),
    "window_that_slides_past_its_end": lambda df, F: df.groupBy(F.window("t", "5 minutes", "10 minutes")).count(),
    "rows_by_partition_number": lambda df, F: (
        df.select((F.unix_seconds("t") % 3).cast("int").alias("p"))
        .repartitionById(3, "p")
        .select("p", F.spark_partition_id().alias("n"))
        .distinct()
    ),
}

for _name, _windows in _WINDOWS.items():
    add(_name, __name__, lambda spark, F, T, windows=_windows: windows(_spans(spark, F), F))
add(
    "windows_in_sql",
    __name__,
    lambda spark, F, T: (
        _spans(spark, F).createOrReplaceTempView("spans"),
        spark.sql(
            "select window.start s, window(t, '5 minutes').end e, count(*) n from spans group by window(t, '5 minutes') having count(*) > 0"
        ),
    )[1],
)


_CALLS = {
    "json_of_strings": lambda s, F: s.read.json(
        s.sparkContext.parallelize(['{"a": 1, "n": null}', '{"b": "é", "c": {"d": [1, 2.5]}}'])
    ),
    "json_of_strings_with_a_schema": lambda s, F: s.read.schema("a int, z string").json(
        s.sparkContext.parallelize(['{"a": 1}'])
    ),
    "csv_of_strings": lambda s, F: s.read.csv(s.sparkContext.parallelize(["1,a", "2,"])),
    "csv_of_strings_with_a_header": lambda s, F: s.read.csv(
        s.sparkContext.parallelize(["a,b", "1,2.5", "3,4"], 1), header=True, inferSchema=True
    ),
    "range_in_slices": lambda s, F: s.range(0, 4, 1, 3).select("id", F.spark_partition_id().alias("p")),
    "built_in_function_in_the_catalog": lambda s, F: [
        s.catalog.functionExists("upper"),
        s.catalog.functionExists("no_such"),
        s.catalog.getFunction("upper").name,
    ],
    "unknown_function_in_the_catalog": lambda s, F: s.catalog.getFunction("no_such"),
    "sample_of_a_negative_fraction": lambda s, F: s.range(3).sample(-1.0),
    "sample_by_too_large_a_fraction": lambda s, F: s.range(3).sampleBy("id", {1: 2.0}),
    "sample_of_nothing": lambda s, F: s.range(3).sample(),
    "repartition_to_less_than_one": lambda s, F: s.range(3).repartition(-1),
    "summary_of_an_unknown_statistic": lambda s, F: s.range(3).summary("foo"),
    "setting_of_the_start": lambda s, F: s.conf.set("spark.sql.warehouse.dir", "x"),
}

for _name, _call in _CALLS.items():
    add(_name, __name__, lambda spark, F, T, call=_call: call(spark, F))

"""Single expressions: casts, arithmetic, decimals, strings, dates, timestamps, arrays, maps, structs."""

from differential.registry import expressions

expressions(
    __name__,
    [
        # casts
        "cast('12' as int)", "cast(' 12 ' as int)", "cast('1.9' as int)", "cast('abc' as int)", "try_cast('abc' as int)", "cast('' as int)",
        "cast(1.9 as int)", "cast(-1.9D as int)", "cast(1e10D as int)", "cast('1e3' as double)", "cast('NaN' as double)", "cast('inf' as double)",
        "cast('-Infinity' as float)", "cast(true as int)", "cast('true' as boolean)", "cast('yes' as boolean)", "cast('maybe' as boolean)",
        "cast(0 as boolean)", "cast(2.5D as boolean)", "cast(1.5 as string)", "cast(1e20D as string)", "cast(1.0D as string)", "cast(1e-5D as string)",
        "cast(cast(0.1 as float) as double)", "cast(100 as tinyint)", "cast(200 as tinyint)", "cast(true as string)", "cast(null as int)",
        "cast('2020-02-30' as date)", "cast('2020-2-3' as date)", "cast('2020' as date)", "cast('2020-01-01 10:00:00' as date)",
        "cast('2020-01-01T10:11:12.123456789' as timestamp)", "cast('2020-01-01 10:11:12+02:00' as timestamp)", "cast('10:11:12' as timestamp) is not null",
        "cast(date'2020-01-01' as timestamp)", "cast(timestamp'2020-01-01 23:59:59.9' as date)", "cast(timestamp'2020-01-01 00:00:01.5' as bigint)",
        "cast(timestamp'2020-01-01 00:00:01.5' as double)", "cast(1577836800 as timestamp)", "cast(1.5D as timestamp)", "cast(date'2020-01-01' as string)",
        "cast(timestamp'2020-01-01 10:00:00.120' as string)", "cast('12.345' as decimal(5,2))", "cast(12.345 as decimal(4,2))", "cast(123.45 as decimal(4,2))",
        "cast(1/3D as decimal(10,5))", "cast('1e2' as decimal(5,1))", "cast(array(1,2) as array<string>)", "cast(array(1,2) as string)",
        "cast(map('a',1) as string)", "cast(named_struct('a',1,'b',null) as string)", "cast('abc' as binary)", "cast(X'616263' as string)",
        "cast(12 as binary)", "cast('1 day' as interval)", "cast(interval '1' day as int)", "cast(300 as smallint)", "cast(-129 as tinyint)",
        "cast(9223372036854775807 as double)", "cast(9.3e18D as bigint)", "cast(float('nan') as int)", "int('7')", "string(7)", "double('7.5')",
        "cast(named_struct('a', 1) as struct<b: string>)", "1 :: double", "cast(timestamp_ntz'2020-01-01 10:00:00' as timestamp)", "cast(0.5 as int)",
        # arithmetic and types
        "1 + 1", "1 + 1L", "1 + 1.5", "1 + 1.5D", "1Y + 1S", "2147483647 + 1", "7 / 2", "7 div 2", "-7 div 2", "7 % 3", "-7 % 3", "7 % -3", "pmod(-7, 3)",
        "mod(7.5, 2)", "1.0 / 3", "1 / 3.0", "2.50 * 1.20", "1.1 + 2.22", "10.00 - 0.001", "1 / 0", "1 % 0", "1.0 / 0", "1D / 0", "try_divide(1, 0)",
        "try_add(2147483647, 1)", "0D / 0D", "-0.0D", "abs(-5)", "abs(-128Y)", "abs(-2147483648)", "-(-2147483648)", "negative(3)", "positive(3)",
        "cast(99999999999999999999999999999999999999 as decimal(38,0)) + 1", "cast(1 as decimal(38,18)) * cast(1 as decimal(38,18))",
        "cast(1 as decimal(20,10)) / cast(3 as decimal(20,10))", "cast(5 as decimal(10,0)) % cast(3 as decimal(5,2))", "1.5 > 1", "'1' = 1", "'a' = 1", "'1.5' > 1",
        "date'2020-01-01' = '2020-01-01'", "date'2020-01-01' < timestamp'2020-01-01 00:00:01'", "true and null", "false and null", "true or null", "not null",
        "null = null", "null <=> null", "1 <=> null", "1 in (1, null)", "2 in (1, null)", "null in (1)", "2 not in (1, null)", "5 between 1 and 5", "1 is distinct from null",
        "1 & 3", "1 | 2", "5 ^ 1", "~5", "shiftleft(1, 3)", "shiftright(-8, 1)", "shiftrightunsigned(-8, 1)", "1 << 4", "bit_count(255)", "getbit(5, 2)",
        "round(2.5)", "round(-2.5)", "round(3.14159, 2)", "round(1234.5, -2)", "round(2.5D)", "bround(2.5)", "bround(3.5D)", "ceil(1.2)", "ceil(-1.2D)", "floor(1.8)", "floor(-1.2D)",
        "ceil(1.234, 2)", "floor(-1.235, 2)", "round(1234567890123456789.5, 0)", "round(7, -1)", "round(cast(null as int))", "sqrt(2D)", "sqrt(-1D)", "cbrt(27D)", "exp(1D)", "ln(0D)", "log(2, 8)",
        "log10(1000)", "log2(8)", "log1p(0D)", "expm1(0D)", "pow(2, 10)", "power(2D, 0.5D)", "sin(0)", "cos(0D)", "tan(1D)", "atan2(1D, 1D)", "degrees(pi())", "radians(180)", "hypot(3, 4)", "e()",
        "signum(-3.5)", "sign(0)", "factorial(5)", "factorial(21)", "hex(255)", "hex('abc')", "unhex('616263')", "bin(10)", "conv('ff', 16, 10)", "conv('100', 2, 36)", "rint(2.5D)", "greatest(1, 2.5, null)",
        "least('b', 'a')", "nullif(1, 1)", "nvl(null, 2)", "nvl2(null, 1, 2)", "coalesce(null, null, 3)", "if(null, 1, 2)", "ifnull(null, 'x')", "width_bucket(5.3, 0.2, 10.6, 5)", "isnan(cast('nan' as double))",
        "nanvl(double('nan'), 1D)", "zeroifnull(null)", "nullifzero(0)", "equal_null(null, null)", "typeof(1.5)", "typeof(array(1, null))", "typeof(null)", "typeof(interval 1 day)", "crc32('abc')",
        # decimals' precision
        "typeof(1.10 + 2.345)", "typeof(1.10 * 2.345)", "typeof(1.10 / 2.345)", "typeof(1.10 % 2.345)", "typeof(cast(1 as decimal(38,10)) * cast(1 as decimal(38,10)))", "typeof(1 + 1.1)", "typeof(1L * 1.1)",
        "typeof(coalesce(1, 1.5))", "typeof(coalesce(1, '1'))", "typeof(coalesce(1, 1.5D))", "typeof(array(1, 1.5, 2L))", "typeof(if(true, 1, 1L))", "typeof(case when true then 1 else 1.55 end)",
        "typeof(date'2020-01-01' - date'2019-01-01')", "typeof(timestamp'2020-01-01' - timestamp'2019-01-01')", "typeof(round(1.235, 1))", "typeof(ceil(1.5))", "typeof(avg(1.50))", "typeof(sum(1.50))",
        # structures
        "array(1, 2, 3)", "array()", "array(1, null)[1]", "array(1, 2)[0]", "size(array(1, 2))", "size(null)", "cardinality(map(1, 2))", "array_contains(array(1, null), 2)", "array_contains(array(1), 1)",
        "sort_array(array(3, null, 1))", "sort_array(array('b', 'a'), false)", "array_sort(array(3, null, 1))", "array_distinct(array(1, 1, null, null))", "array_union(array(1, 2), array(2, 3))",
        "array_intersect(array(1, null), array(null, 1))", "array_except(array(1, 2, 2), array(1))", "array_join(array('a', null, 'b'), ',')", "array_join(array('a', null), ',', '?')", "array_position(array(3, 1), 1)",
        "array_remove(array(1, 2, 1), 1)", "array_repeat('x', 2)", "array_max(array(1, null, 3))", "array_min(array('b', 'a'))", "arrays_zip(array(1, 2), array('a'))", "flatten(array(array(1), array(2, 3)))",
        "reverse(array(1, 2))", "slice(array(1, 2, 3), 2, 2)", "slice(array(1, 2, 3), -2, 1)", "sequence(1, 5, 2)", "sequence(5, 1)", "sequence(date'2020-01-01', date'2020-03-01', interval 1 month)", "shuffle(array(1))",
        "concat(array(1), array(2))", "element_at(array(1, 2), -1)", "get(array(1), 3)", "array_append(array(1), 2)", "array_prepend(array(1), 0)", "array_insert(array(1, 3), 2, 2)", "array_compact(array(1, null))", "array_size(array(1))",
        "exists(array(1, 2), x -> x > 1)", "forall(array(1, 2), x -> x > 1)", "filter(array(1, 2, 3), x -> x % 2 = 1)", "filter(array('a', 'b'), (x, i) -> i > 0)", "transform(array(1, 2), x -> x * 2)",
        "transform(array(1, 2), (x, i) -> x + i)", "aggregate(array(1, 2, 3), 0, (a, x) -> a + x)", "aggregate(array(1, 2), 0, (a, x) -> a + x, a -> a * 10)", "zip_with(array(1, 2), array(3), (a, b) -> coalesce(a, 0) + coalesce(b, 0))",
        "array_sort(array(1, 3, 2), (a, b) -> b - a)", "map('a', 1, 'b', 2)", "map()", "map('a', 1)['a']", "map_keys(map('a', 1))", "map_values(map('a', 1))", "map_entries(map('a', 1))", "map_from_arrays(array('a'), array(1))",
        "map_from_entries(array(struct('a', 1)))", "map_concat(map('a', 1), map('b', 2))", "map_contains_key(map('a', 1), 'a')", "map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)", "transform_values(map('a', 1), (k, v) -> v + 1)",
        "transform_keys(map('a', 1), (k, v) -> upper(k))", "map_zip_with(map('a', 1), map('a', 2), (k, x, y) -> x + y)", "str_to_map('a:1,b:2')", "named_struct('a', 1, 'b', 'x')", "struct(1, 'x')", "named_struct('a', named_struct('b', 2)).a.b",
        "to_json(named_struct('a', 1, 'b', array(1, 2)))", "from_json('{\"a\": 1, \"b\": \"x\"}', 'a int, b string')", "from_json('oops', 'a int')", "get_json_object('{\"a\": {\"b\": [1, 2]}}', '$.a.b[1]')", "json_array_length('[1, 2]')",
        "json_object_keys('{\"a\": 1}')", "schema_of_json('{\"a\": [1.5]}')", "to_csv(named_struct('a', 1, 'b', 'x,y'))", "from_csv('1,x', 'a int, b string')", "json_tuple('{\"a\": 1}', 'a', 'b')",
        "explode(array(1, 2))", "explode_outer(cast(null as array<int>))", "posexplode(array('a', 'b'))", "explode(map('a', 1))", "inline(array(struct(1, 'a'), struct(2, 'b')))", "stack(2, 1, 2, 3)",
    ],
)  # fmt: skip

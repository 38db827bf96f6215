"""Single expressions over strings, dates and timestamps, in UTC and in a zone with summer time."""

from differential.registry import add, expressions

expressions(
    __name__,
    [
        "upper('straße')", "lower('ÀÉÎ')", "initcap('hello wORLD é')", "length('李雷🙂')", "char_length('a ')", "octet_length('é')", "bit_length('é')", "substring('hello', 2, 3)", "substring('hello', -3)", "substring('hello', 0, 2)",
        "substring('hello', 10)", "substring('李雷é', 2, 1)", "substr('abc', 2)", "left('héllo', 2)", "right('héllo', 2)", "trim('  a ')", "ltrim('  a ')", "rtrim('  a ')", "trim(both 'x' from 'xxaxx')", "trim(leading 'x' from 'xxax')",
        "btrim('xyax', 'xy')", "lpad('é', 3, 'ab')", "rpad('é', 3)", "lpad('hello', 2)", "repeat('ab', 3)", "repeat('a', -1)", "reverse('aé李')", "replace('aXbX', 'X', 'é')", "replace('abc', '', 'x')", "translate('abcé', 'aé', 'x')",
        "concat('a', null)", "concat('a', 1, true)", "concat_ws(',', 'a', null, 'b')", "concat_ws(',', array('a', 'b'), 'c')", "'a' || 'b'", "instr('hello', 'l')", "locate('l', 'hello', 4)", "position('é' in 'aé')", "contains('abc', 'b')",
        "startswith('abc', 'a')", "endswith('abc', 'c')", "'abc' like 'a%'", "'abc' like 'a_c'", "'a%c' like 'a\\\\%c'", "'ABC' ilike 'a%'", "'abc' rlike '^a.c$'", "'abc' like any ('x%', 'a%')", "'abc' not like 'b%'", "regexp_extract('a1b22', '([a-z])([0-9]+)', 2)",
        "regexp_extract('abc', 'x(.)', 1)", "regexp_extract_all('a1b22', '[0-9]+', 0)", "regexp_replace('a1b2', '[0-9]', '#')", "regexp_replace('ab', '(a)(b)', '$2$1')", "regexp_count('abab', 'ab')", "regexp_instr('xab', 'ab')", "regexp_substr('xab', 'a.')",
        "regexp_like('ab', 'b')", "split('a,b,,c', ',')", "split('a1b2', '[0-9]', 2)", "split('', ',')", "split_part('a.b.c', '.', 2)", "split_part('a.b.c', '.', -1)", "ascii('é')", "chr(233)", "char(65)", "base64('abc')", "unbase64('YWJj')", "encode('é', 'UTF-8')",
        "decode(X'C3A9', 'UTF-8')", "decode(2, 1, 'one', 2, 'two', 'other')", "md5('abc')", "sha1('abc')", "sha2('abc', 256)", "soundex('Robert')", "levenshtein('kitten', 'sitting')", "format_number(1234567.891, 2)", "format_number(0.5, 0)", "format_string('%05d|%s|%.2f', 42, 'x', 1.5D)",
        "printf('%s', null)", "overlay('hello' placing 'XX' from 2)", "find_in_set('b', 'a,b')", "elt(2, 'a', 'b')", "space(3)", "mask('Ab1é')", "quote('it''s')", "to_number('1,234.5', '9,999.9')", "to_char(1234.5, '9,999.9')", "try_to_number('x', '9')", "luhn_check('79927398713')", "substring_index('a.b.c', '.', 2)",
        "substring_index('a.b.c', '.', -2)", "parse_url('http://a.b/c?d=e#f', 'QUERY', 'd')", "parse_url('http://a.b/c', 'HOST')", "url_encode('a b/é')", "url_decode('a+b%2F')", "hash('abc')", "hash(1, 2L, null)", "hash(1.5D, date'2020-01-01')", "xxhash64('abc')", "xxhash64(1)", "hash(array(1, 2))", "hash(cast(1.5 as decimal(10,2)))",
        "'é' < 'f'", "'B' < 'a'", "'a' < 'a '", "lower(null)", "length(null)", "upper('ﬁ')", "lower('İ')", "char_length('')", "sentences('Hi there. You?')", "collation('a')", "is_valid_utf8('a')", "randstr(0, 1)", "uniform(1, 1, 0)",
        # dates
        "date'2024-02-29' + 1", "date'2024-03-01' - 1", "date'2024-01-31' + interval 1 month", "add_months(date'2024-01-31', 1)", "add_months(date'2024-02-29', 12)", "date_add(date'2024-12-31', 1)", "date_sub('2024-01-01', 1)", "datediff(date'2024-03-01', date'2024-02-28')",
        "date'2024-03-01' - date'2024-02-28'", "months_between(date'2024-03-31', date'2024-02-29')", "months_between('2024-03-15 12:00:00', '2024-02-10')", "last_day(date'2023-02-05')", "next_day(date'2024-01-01', 'TU')", "next_day(date'2024-01-01', 'xx')", "trunc(date'2024-05-17', 'MM')", "trunc(date'2024-05-17', 'Q')",
        "trunc(date'2024-05-17', 'week')", "date_trunc('hour', timestamp'2024-05-17 13:45:59')", "date_trunc('quarter', timestamp'2024-05-17 13:45:59')", "date_trunc('nonsense', timestamp'2024-05-17 13:45:59')", "year(date'2024-05-17')", "month('2024-05-17')", "dayofmonth(date'2024-05-17')", "dayofweek(date'2024-05-19')",
        "weekday(date'2024-05-19')", "dayofyear(date'2024-12-31')", "weekofyear(date'2024-12-30')", "quarter(date'2024-12-30')", "hour(timestamp'2024-05-17 13:45:59')", "minute(timestamp'2024-05-17 13:45:59')", "second(timestamp'2024-05-17 13:45:59.9')", "extract(year from date'2024-05-17')", "extract(week from date'2021-01-03')",
        "extract(second from timestamp'2024-05-17 13:45:59.123')", "date_part('dow', date'2024-05-19')", "extract(yearofweek from date'2021-01-03')", "make_date(2024, 2, 29)", "make_date(2023, 2, 29)", "try_make_timestamp(2023, 2, 30, 0, 0, 0)", "make_timestamp(2024, 2, 29, 1, 2, 3.5)", "make_interval(0, 1, 0, 2)", "make_dt_interval(1, 2, 3, 4.5)",
        "make_ym_interval(1, 2)", "date_format(timestamp'2024-05-07 13:05:09.120', 'yyyy-MM-dd HH:mm:ss.SSS')", "date_format(date'2024-05-07', 'EEEE, d MMM yy')", "date_format(date'2024-05-07', 'Q D E u')", "date_format(timestamp'2024-05-07 00:05:00', 'h:mm a')", "to_date('07/05/2024', 'dd/MM/yyyy')", "to_date('nope')", "try_to_date('nope')",
        "to_timestamp('2024-05-07 13:05', 'yyyy-MM-dd HH:mm')", "to_timestamp('2024-13-07')", "try_to_timestamp('2024-13-07')", "unix_timestamp('2024-05-07 00:00:00')", "unix_timestamp('07.05.2024', 'dd.MM.yyyy')", "from_unixtime(0)", "from_unixtime(1715040000, 'yyyy/MM/dd')", "to_unix_timestamp(timestamp'1970-01-01 00:00:01')", "timestamp_seconds(1.5)",
        "timestamp_millis(1500)", "timestamp_micros(-1)", "unix_date(date'1970-01-02')", "unix_seconds(timestamp'1970-01-01 00:00:01')", "unix_millis(timestamp'1969-12-31 23:59:59.999')", "unix_micros(timestamp'1970-01-01 00:00:01')", "date_from_unix_date(-1)", "timestamp'2024-05-07 10:00:00' + interval 90 minutes", "timestamp'2024-03-31 10:00:00' - interval 1 month",
        "timestamp'2024-05-07 10:00:00' - timestamp'2024-05-06 09:59:58.5'", "interval '1' day + interval '2' hour", "interval '1-2' year to month * 2", "interval '3' day / 2", "interval 1 day > interval 23 hours", "-interval '1' day", "interval 1 year 2 months", "interval '1 02:03:04.000005' day to second", "timestampadd(month, 1, timestamp'2024-01-31 00:00:00')",
        "timestampdiff(day, date'2024-01-01', date'2024-03-01')", "dateadd(day, 3, date'2024-01-01')", "from_utc_timestamp('2024-05-07 00:00:00', 'Asia/Tokyo')", "to_utc_timestamp('2024-05-07 00:00:00', 'Asia/Tokyo')", "convert_timezone('Europe/Berlin', 'Asia/Tokyo', timestamp_ntz'2024-05-07 00:00:00')", "current_timezone()",
        "date'0001-01-01'", "date'9999-12-31'", "date'1582-10-10'", "timestamp'1900-01-01 00:00:00'", "timestamp'9999-12-31 23:59:59.999999'", "timestamp_ntz'2024-05-07 10:00:00'", "timestamp_ltz'2024-05-07 10:00:00'", "typeof(timestamp_ntz'2024-05-07 10:00:00')", "dayname(date'2024-05-07')", "monthname(date'2024-05-07')", "date'2024-05-07' is null",
        "window(timestamp'2024-05-07 10:07:00', '5 minutes')", "session_window(timestamp'2024-05-07 10:07:00', '5 minutes') is null", "localtimestamp() is not null", "current_date() >= date'2024-01-01'", "now() = current_timestamp()", "date'2024-99-01'", "timestamp'nope'", "datediff('2024-03-01', 'x')",
    ],
)  # fmt: skip

_ZONED = [
    "timestamp'2024-03-10 02:30:00'", "timestamp'2024-11-03 01:30:00'", "cast(timestamp'2024-03-10 10:00:00Z' as string)", "timestamp'2024-03-09 12:00:00' + interval 1 day", "timestamp'2024-03-09 12:00:00' + interval 24 hours",
    "date_trunc('day', timestamp'2024-11-03 20:00:00Z')", "hour(timestamp'2024-07-01 00:00:00Z')", "cast(timestamp'2024-07-01 03:00:00Z' as date)", "unix_timestamp('2024-07-01 00:00:00')", "from_unixtime(0)", "to_date(timestamp'2024-07-01 03:00:00Z')",
    "cast(date'2024-07-01' as timestamp)", "cast(timestamp'2024-07-01 03:00:00Z' as timestamp_ntz)", "date_format(timestamp'2024-07-01 03:00:00Z', 'yyyy-MM-dd HH:mm:ss XXX z')", "timestamp'1883-11-18 12:00:00'", "make_timestamp(2024, 3, 10, 2, 30, 0)", "current_timezone()",
]  # fmt: skip


def _in_los_angeles(text):
    def program(spark, F, T):
        spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles")
        return spark.range(1).selectExpr(text)

    return program


for _text in _ZONED:
    add(f"Los Angeles: {_text}", __name__, _in_los_angeles(_text))

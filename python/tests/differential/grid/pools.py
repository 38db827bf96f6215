"""The values that each kind of argument takes: typical, empty or zero, extreme, non-ASCII, null; and one of a wrong type."""

POOLS = {
    "I": ["3", "0", "-1", "2147483647", "(-2147483647 - 1)", "cast(null as int)"],
    "L": ["7L", "0L", "-12L", "9223372036854775807L", "cast(null as bigint)"],
    "D": ["1.5D", "0D", "-2.75D", "double('NaN')", "double('-Infinity')", "1e300D", "cast(null as double)"],
    "M": ["12.34", "0.00", "-0.05", "cast(99999999.99 as decimal(10,2))", "cast(null as decimal(10,2))"],
    "S": ["'Spark SQL'", "''", "'Ünï 李雷🙂'", "' 42 '", "'2024-02-29'", "cast(null as string)"],
    "B": ["true", "false", "cast(null as boolean)"],
    "b": ["X'537061726B'", "X''", "X'FF00'", "cast(null as binary)"],
    "d": ["date'2024-02-29'", "date'1969-12-31'", "date'0001-01-01'", "date'9999-12-31'", "cast(null as date)"],
    "t": [
        "timestamp'2024-02-29 13:14:15.678901'",
        "timestamp'1969-12-31 23:59:59.999999'",
        "timestamp'1600-01-01 00:00:00'",
        "cast(null as timestamp)",
    ],
    "n": ["timestamp_ntz'2024-02-29 13:14:15'", "cast(null as timestamp_ntz)"],
    "A": ["array(3, 1, null, 3)", "array()", "array(cast(null as int))", "cast(null as array<int>)"],
    "Z": ["array('b', 'a', null)", "array('é', '')", "cast(array() as array<string>)", "cast(null as array<string>)"],
    "P": ["map('a', 1, 'b', null)", "map('é', 5)", "cast(map() as map<string,int>)", "cast(null as map<string,int>)"],
}

WRONG = {letter: "array(1)" for letter in POOLS} | {"A": "'no array'", "Z": "5", "P": "array(1)"}

# Columns that aggregates are fed with: the pool as a table, with its typical value twice.
TABLE_ROWS = {
    "I": ["3", "3", "0", "-1", "100", "null"],
    "L": ["7", "7", "-12", "9000000000", "0", "null"],
    "D": ["1.5", "1.5", "-2.75", "0", "1000.25", "null"],
    "M": ["12.34", "12.34", "-0.05", "0", "99999999.99", "null"],
    "S": ["'1'", "'1'", "'-2.5'", "'0'", "'30'", "null"],
    "B": ["true", "false", "true", "null", "true", "true"],
    "d": ["date'2024-02-29'", "date'2024-02-29'", "date'1969-12-31'", "date'9999-12-31'", "date'0001-01-01'", "null"],
    "t": [
        "timestamp'2024-02-29 13:14:15.678901'",
        "timestamp'1969-12-31 23:59:59.999999'",
        "null",
        "timestamp'1600-01-01 00:00:00'",
        "timestamp'2024-02-29 13:14:15.678901'",
        "timestamp'2030-01-01 00:00:00'",
    ],
}
TYPES = {
    "I": "int", "L": "bigint", "D": "double", "M": "decimal(10,2)", "S": "string", "B": "boolean", "d": "date", "t": "timestamp",
}  # fmt: skip

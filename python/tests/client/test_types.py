from __future__ import annotations

import array
import datetime
import decimal
import pickle

import pytest

from troupe.errors import ParseException, PySparkTypeError, PySparkValueError
from troupe.sql.types import (
    ArrayType,
    BinaryType,
    ByteType,
    DayTimeIntervalType,
    DecimalType,
    IntegerType,
    LongType,
    MapType,
    Row,
    ShortType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    VariantVal,
    YearMonthIntervalType,
    _infer_type,
    _make_type_verifier,
    _merge_type,
    _parse_datatype_string,
    row_maker,
)

DDL = [
    ("int", IntegerType()),
    ("array<string>", ArrayType(StringType())),
    ("decimal", DecimalType(10, 0)),
    ("interval day to second", DayTimeIntervalType()),
    ("interval year", YearMonthIntervalType(0)),
    ("`a b` timestamp_ntz", StructType([StructField("a b", TimestampNTZType())])),
    (
        "a: int NOT NULL, b map<string, decimal(10,2)> COMMENT 'it\\'s'",
        StructType(
            [
                StructField("a", IntegerType(), False),
                StructField("b", MapType(StringType(), DecimalType(10, 2)), True, {"comment": "it's"}),
            ]
        ),
    ),
    ("struct<x: bigint>", StructType([StructField("x", LongType())])),
]


@pytest.mark.parametrize(("text", "expected"), DDL, ids=[t for t, _ in DDL])
def test_ddl_names_types_and_columns(text, expected):
    assert _parse_datatype_string(text) == expected


@pytest.mark.parametrize("text", ["a foo", "a int b", "struct<a>", "array<int", "", "a int,"])
def test_wrong_ddl_is_a_parse_error_at_its_place(text):
    with pytest.raises(ParseException):
        _parse_datatype_string(text)


def test_json_round_trip_keeps_every_detail():
    schema = _parse_datatype_string(
        "a tinyint not null, b struct<c: array<map<date, binary>>>, d varchar(3), e time(3), f string collate UNICODE_CI"
    )
    assert StructType.fromJson(schema.jsonValue()) == schema
    assert schema.jsonValue()["fields"][4]["metadata"] == {"__COLLATIONS": {"f": "icu.UNICODE_CI"}}


def test_tree_and_ddl_texts_are_sparks():
    schema = _parse_datatype_string("a int not null, `b c` array<struct<x: decimal(5,1)>>")
    assert schema.treeString() == (
        "root\n"
        " |-- a: integer (nullable = false)\n"
        " |-- b c: array (nullable = true)\n"
        " |    |-- element: struct (containsNull = true)\n"
        " |    |    |-- x: decimal(5,1) (nullable = true)\n"
    )
    assert schema.toDDL() == "a INT NOT NULL,`b c` ARRAY<STRUCT<x: DECIMAL(5,1)>>"
    assert schema.simpleString() == "struct<a:int,b c:array<struct<x:decimal(5,1)>>>"


def test_rows_have_names_and_stay_tuples():
    row = Row(name="Ada", age=36)
    assert repr(row) == "Row(name='Ada', age=36)"
    assert (row.name, row["age"], row[0]) == ("Ada", 36, "Ada")
    assert row == ("Ada", 36)
    assert "name" in row
    assert "Ada" not in row
    assert Row("a", "b")(1, 2) == Row(a=1, b=2)
    assert repr(Row("a", 1)) == "<Row('a', 1)>"
    assert Row(a=Row(b=[Row(c=1)])).asDict(True) == {"a": {"b": [{"c": 1}]}}
    with pytest.raises(AttributeError):
        _ = row.missing


def test_rows_made_in_bulk_are_rows_and_pickle_as_rows():
    row = row_maker(("a", "count", "a"))((1, 2, 3))
    assert isinstance(row, Row)
    assert (row.a, row["count"], row[2]) == (1, 2, 3)
    copied = pickle.loads(pickle.dumps(row))
    assert type(copied) is Row
    assert repr(copied) == repr(row) == "Row(a=1, count=2, a=3)"


INFERRED = [
    (1, "bigint"),
    (True, "boolean"),
    (decimal.Decimal("1.5"), "decimal(38,18)"),
    (datetime.datetime(2020, 1, 1), "timestamp"),
    (datetime.timedelta(1), "interval day to second"),
    ([1, None], "array<bigint>"),
    ([1, "x"], "array<string>"),
    ({"a": 1, "b": None}, "map<string,bigint>"),
    ((1, "x"), "struct<_1:bigint,_2:string>"),
    (Row(b=1, a=2), "struct<b:bigint,a:bigint>"),
    (array.array("i", [1]), "array<int>"),
    (b"x", "binary"),
]


@pytest.mark.parametrize(("value", "expected"), INFERRED, ids=[str(e) for _, e in INFERRED])
def test_types_are_inferred_from_values(value, expected):
    assert _infer_type(value).simpleString() == expected


def test_types_that_do_not_merge_are_refused():
    assert _merge_type(LongType(), StringType()) == StringType()
    with pytest.raises(PySparkTypeError, match="CANNOT_MERGE_TYPE"):
        _merge_type(LongType(), ArrayType(LongType()))


REFUSED = [
    (IntegerType(), "x", PySparkTypeError, "FIELD_DATA_TYPE_UNACCEPTABLE"),
    (IntegerType(), True, PySparkTypeError, "FIELD_DATA_TYPE_UNACCEPTABLE"),
    (ByteType(), 128, PySparkValueError, "VALUE_OUT_OF_BOUNDS"),
    (ShortType(), -(1 << 15) - 1, PySparkValueError, "VALUE_OUT_OF_BOUNDS"),
    (DecimalType(), 1, PySparkTypeError, "FIELD_DATA_TYPE_UNACCEPTABLE"),
    (BinaryType(), "x", PySparkTypeError, "FIELD_DATA_TYPE_UNACCEPTABLE"),
    (MapType(StringType(), IntegerType()), {None: 1}, PySparkValueError, "FIELD_NOT_NULLABLE_WITH_NAME"),
    (StructType([StructField("a", LongType())]), (1, 2), PySparkValueError, "FIELD_STRUCT_LENGTH_MISMATCH"),
]


@pytest.mark.parametrize(("kind", "value", "error", "condition"), REFUSED, ids=[c + str(k) for k, _, _, c in REFUSED])
def test_a_value_of_another_type_is_refused(kind, value, error, condition):
    with pytest.raises(error) as raised:
        _make_type_verifier(kind)(value)
    assert raised.value.getCondition() == condition


def test_variants_decode_what_they_encode():
    text = '{"a":[1,-70000,2.5,"x",null,true],"b":{"c":"é"}}'
    assert VariantVal.parseJson(text).toJson() == text

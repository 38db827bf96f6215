"""Data types from JSON and from DDL text, and back to DDL; all in the client, without asking the JVM."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from troupe.errors import ParseException, PySparkTypeError, PySparkValueError
from troupe.errors.exceptions.captured import failure, from_answer
from troupe.sql._types import atomic, intervals
from troupe.sql._types.atomic import CharType, DataType, DecimalType, StringType, TimeType, VarcharType
from troupe.sql._types.intervals import DayTimeIntervalType, YearMonthIntervalType
from troupe.sql._types.nested import ArrayType, MapType, StructField, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType
from troupe.sql._types.spatial import GeographyType, GeometryType

_PLAIN: dict[str, type[DataType]] = {
    cls.typeName(): cls
    for cls in (
        atomic.StringType,
        atomic.BinaryType,
        atomic.BooleanType,
        atomic.DecimalType,
        atomic.FloatType,
        atomic.DoubleType,
        atomic.ByteType,
        atomic.ShortType,
        atomic.IntegerType,
        atomic.LongType,
        atomic.DateType,
        atomic.TimeType,
        atomic.TimestampType,
        atomic.TimestampNTZType,
        atomic.NullType,
        intervals.CalendarIntervalType,
        intervals.YearMonthIntervalType,
        intervals.DayTimeIntervalType,
        VariantType,
    )
}
_NESTED: dict[str, Any] = {"array": ArrayType, "map": MapType, "struct": StructType}

_DECIMAL = re.compile(r"decimal\(\s*(\d+)\s*,\s*(-?\d+)\s*\)")
_CHAR = re.compile(r"char\(\s*(\d+)\s*\)")
_VARCHAR = re.compile(r"varchar\(\s*(\d+)\s*\)")
_TIME = re.compile(r"time\(\s*(\d+)\s*\)")
_GEOGRAPHY = re.compile(r"geography\(([^,)]+),\s*([^)]+)\)")
_GEOMETRY = re.compile(r"geometry\(([^)]+)\)")
_COLLATED = re.compile(r"string\s+collate\s+(\w+)")
_DAY_TIME = re.compile(r"interval (day|hour|minute|second)( to (day|hour|minute|second))?")
_YEAR_MONTH = re.compile(r"interval (year|month)( to (year|month))?")


def _interval(cls: Any, match: re.Match[str]) -> DataType:
    numbers = cls._inverted_fields
    first, last = numbers[match.group(1)], numbers.get(match.group(3))
    return cls(first) if last is None else cls(first, last)


def _parse_datatype_json_string(json_string: str) -> DataType:
    return _parse_datatype_json_value(json.loads(json_string))


def _parse_datatype_json_value(
    json_value: dict[str, Any] | str, fieldPath: str = "", collationsMap: dict[str, str] | None = None
) -> DataType:
    collated = collationsMap is not None and fieldPath in collationsMap
    name = json_value["type"] if isinstance(json_value, dict) else json_value
    if collated and name != "string":
        raise PySparkTypeError(
            errorClass="INVALID_JSON_DATA_TYPE_FOR_COLLATIONS", messageParameters={"jsonType": str(name)}
        )
    if isinstance(json_value, dict):
        if name == "udt":
            return UserDefinedType.fromJson(json_value)
        if name == "struct":
            return StructType.fromJson(json_value)
        if name in _NESTED:
            return _NESTED[name].fromJson(json_value, fieldPath, collationsMap)
        raise PySparkValueError(errorClass="UNSUPPORTED_DATA_TYPE", messageParameters={"data_type": str(name)})
    if collated and collationsMap is not None:
        return StringType(collationsMap[fieldPath])
    return _parse_json_name(name)


def _parse_json_name(name: str) -> DataType:
    if name in _PLAIN:
        return _PLAIN[name]()
    if m := _DECIMAL.match(name):
        return DecimalType(int(m.group(1)), int(m.group(2)))
    if m := _TIME.match(name):
        return TimeType(int(m.group(1)))
    if m := _DAY_TIME.match(name):
        return _interval(DayTimeIntervalType, m)
    if m := _YEAR_MONTH.match(name):
        return _interval(YearMonthIntervalType, m)
    if m := _COLLATED.match(name):
        return StringType(m.group(1))
    if m := _CHAR.match(name):
        return CharType(int(m.group(1)))
    if m := _VARCHAR.match(name):
        return VarcharType(int(m.group(1)))
    if m := _GEOGRAPHY.match(name):
        return GeographyType._from_crs(m.group(1), m.group(2))
    if m := _GEOMETRY.match(name):
        return GeometryType._from_crs(m.group(1))
    raise PySparkValueError(errorClass="CANNOT_PARSE_DATATYPE", messageParameters={"msg": str(name)})


def _parse_datatype_string(s: str) -> DataType:
    """The type that a DDL text names: a type (`int`, `array<string>`) or a list of columns (`a int, b string`)."""
    return _Ddl(s).parse()


_TOKEN = re.compile(
    r"\s*(?:(?P<word>[^\W\d]\w*|\d+\w*[^\W\d]\w*)|(?P<number>-?\d+)|(?P<quoted>`(?:[^`]|``)+`)"
    r"|(?P<text>'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\")|(?P<mark>[<>(),:!])|(?P<bad>\S))",
    re.UNICODE,
)

_DDL_NAMES: dict[str, type[DataType]] = {
    "boolean": atomic.BooleanType,
    "tinyint": atomic.ByteType,
    "byte": atomic.ByteType,
    "smallint": atomic.ShortType,
    "short": atomic.ShortType,
    "int": atomic.IntegerType,
    "integer": atomic.IntegerType,
    "bigint": atomic.LongType,
    "long": atomic.LongType,
    "float": atomic.FloatType,
    "real": atomic.FloatType,
    "double": atomic.DoubleType,
    "date": atomic.DateType,
    "timestamp": atomic.TimestampType,
    "timestamp_ltz": atomic.TimestampType,
    "timestamp_ntz": atomic.TimestampNTZType,
    "binary": atomic.BinaryType,
    "void": atomic.NullType,
    "variant": VariantType,
}


_AFTER_TYPE = ("not", "comment", "collate", "default")


def check_type_name(text: str) -> None:
    """Raises for a type name that Spark does not know; other mistakes are the JVM's to explain."""
    try:
        _Ddl(text).parse()
    except ParseException as error:
        if error.getCondition() == "UNSUPPORTED_DATATYPE":
            raise


class _Ddl:
    """A recursive-descent parser of type names and column lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            (str(m.lastgroup), m.group(str(m.lastgroup)), m.start(str(m.lastgroup)))
            for m in _TOKEN.finditer(text.rstrip())
        ]
        self.at = 0

    def parse(self) -> DataType:
        start = self.at
        try:
            columns = self._columns(closing=None)
            return StructType(columns)
        except ParseException as as_columns:
            self.at = start
            try:
                single = self._type()
                self._end()
                return single
            except ParseException:
                if len(self.tokens) == 1 or (len(self.tokens) > 1 and self.tokens[1][1] in "<("):
                    raise
                raise as_columns from None

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _next(self) -> tuple[str, str, int]:
        if self.at >= len(self.tokens):
            self._fail("end of input", len(self.text))
        self.at += 1
        return self.tokens[self.at - 1]

    def _fail(self, near: str, position: int) -> NoReturn:
        shown = near if near == "end of input" else f"'{near}'"
        before = self.text[:position]
        line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1)
        raise from_answer(
            {
                "class": "ParseException",
                "condition": "PARSE_SYNTAX_ERROR",
                "sqlState": "42601",
                "message": f"[PARSE_SYNTAX_ERROR] Syntax error at or near {shown}. SQLSTATE: 42601 "
                f"(line {line}, pos {column})\n\n== SQL ==\n{self.text}\n{'-' * column}^^^\n",
                "parameters": {"error": shown, "hint": ""},
            }
        )

    def _expect(self, mark: str) -> None:
        _, value, position = self._next()
        if value.lower() != mark:
            self._fail(value, position)

    def _take(self, word: str) -> bool:
        if self._peek().lower() == word:
            self.at += 1
            return True
        return False

    def _end(self) -> None:
        if self.at < len(self.tokens):
            _, value, position = self.tokens[self.at]
            self._fail(value, position)

    def _columns(self, closing: str | None) -> list[StructField]:
        fields: list[StructField] = []
        if closing is not None and self._take(closing):
            return fields
        while True:
            fields.append(self._column())
            if self._take(","):
                continue
            if closing is None:
                self._end()
            else:
                self._expect(closing)
            return fields

    def _column(self) -> StructField:
        kind, value, position = self._next()
        if kind == "quoted":
            name = value[1:-1].replace("``", "`")
        elif kind == "word":
            name = value
        else:
            self._fail(value, position)
        self._take(":")
        data_type = self._type()
        nullable, metadata = True, {}
        if self._take("not"):
            self._expect("null")
            nullable = False
        if self._take("comment"):
            kind, value, position = self._next()
            if kind != "text":
                self._fail(value, position)
            metadata["comment"] = re.sub(r"\\(.)", r"\1", value[1:-1])
        return StructField(name, data_type, nullable, metadata)

    def _numbers(self, least: int, most: int) -> list[int]:
        numbers: list[int] = []
        if self._peek() != "(":
            return numbers
        self._expect("(")
        while True:
            kind, value, position = self._next()
            if kind != "number" or len(numbers) == most:
                self._fail(value, position)
            numbers.append(int(value))
            if self._take(")"):
                break
            self._expect(",")
        if len(numbers) < least:
            self._fail(")", self.tokens[self.at - 1][2])
        return numbers

    def _type(self) -> DataType:
        kind, value, position = self._next()
        word = value.lower()
        if kind != "word":
            self._fail(value, position)
        if word in ("array", "map", "struct"):
            return self._nested_type(word)
        if word in ("decimal", "dec", "numeric"):
            return DecimalType(*self._numbers(1, 2))
        if word in ("char", "character", "varchar"):
            numbers = self._numbers(1, 1)
            if not numbers:
                self._fail(value, position)
            return VarcharType(numbers[0]) if word == "varchar" else CharType(numbers[0])
        if word == "string":
            return StringType(self._next()[1]) if self._take("collate") else StringType()
        if word == "time":
            return TimeType(*self._numbers(1, 1))
        if word == "interval":
            return self._interval_type(position)
        if word in _DDL_NAMES and self._peek() != "(":
            return _DDL_NAMES[word]()
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "word" and self._peek().lower() not in _AFTER_TYPE:
            self._fail(*self.tokens[self.at][1:])
        shown = f'"{value.upper()}"'
        raise failure(
            "ParseException", "UNSUPPORTED_DATATYPE", "0A000", f"Unsupported data type {shown}.", typeName=shown
        )

    def _nested_type(self, word: str) -> DataType:
        self._expect("<")
        if word == "struct":
            return StructType(self._columns(closing=">"))
        first = self._type()
        if word == "array":
            self._expect(">")
            return ArrayType(first)
        self._expect(",")
        second = self._type()
        self._expect(">")
        return MapType(first, second)

    def _interval_type(self, position: int) -> DataType:
        first = self._peek().lower()
        for cls in (DayTimeIntervalType, YearMonthIntervalType):
            numbers = cls._inverted_fields
            if first in numbers:
                self.at += 1
                if not self._take("to"):
                    return cls(numbers[first])
                last = self._next()[1].lower()
                if last not in numbers or numbers[last] <= numbers[first]:
                    self._fail(last, position)
                return cls(numbers[first], numbers[last])
        return intervals.CalendarIntervalType()


_PLAIN_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


def _quote_if_needed(name: str) -> str:
    return name if _PLAIN_NAME.match(name) else "`" + name.replace("`", "``") + "`"


def _type_sql(dt: DataType) -> str:
    if isinstance(dt, ArrayType):
        return f"ARRAY<{_type_sql(dt.elementType)}>"
    if isinstance(dt, MapType):
        return f"MAP<{_type_sql(dt.keyType)}, {_type_sql(dt.valueType)}>"
    if isinstance(dt, StructType):
        return "STRUCT<" + ", ".join(_field_sql(f, ": ") for f in dt.fields) + ">"
    return dt.simpleString().upper()


def _field_sql(field: StructField, between: str) -> str:
    comment = field.metadata.get("comment")
    shown = "" if comment is None else " COMMENT '" + str(comment).replace("\\", "\\\\").replace("'", "\\'") + "'"
    required = "" if field.nullable else " NOT NULL"
    return f"{_quote_if_needed(field.name)}{between}{_type_sql(field.dataType)}{required}{shown}"


def _to_ddl(schema: StructType) -> str:
    return ",".join(_field_sql(f, " ") for f in schema.fields)

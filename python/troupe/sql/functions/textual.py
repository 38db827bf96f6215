"""Functions of text and of text formats whose arguments follow rules of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from troupe.errors import PySparkValueError
from troupe.sql import _expr
from troupe.sql._expr import Expr, enum_to_value
from troupe.sql._types.atomic import DataType
from troupe.sql._types.nested import ArrayType, StructType
from troupe.sql.column import Column, not_expected, to_expr
from troupe.sql.functions.special import ColumnOrName, _constant, _make


def _or_constant(value: Any, default: Any) -> Expr:
    """A column that the caller gave, or the constant that stands for none."""
    return _constant(default) if value is None else to_expr(value)


def _trim(fn: str, col: ColumnOrName, trim: ColumnOrName | None) -> Column:
    first = [] if trim is None else [to_expr(trim)]
    return _make(fn, *first, to_expr(col))


def trim(col: ColumnOrName, trim: ColumnOrName | None = None) -> Column:
    """The text without spaces, or without the given characters, at both ends."""
    return _trim("trim", col, trim)


def ltrim(col: ColumnOrName, trim: ColumnOrName | None = None) -> Column:
    """The text without spaces, or without the given characters, at its start."""
    return _trim("ltrim", col, trim)


def rtrim(col: ColumnOrName, trim: ColumnOrName | None = None) -> Column:
    """The text without spaces, or without the given characters, at its end."""
    return _trim("rtrim", col, trim)


def mask(
    col: ColumnOrName,
    upperChar: ColumnOrName | None = None,
    lowerChar: ColumnOrName | None = None,
    digitChar: ColumnOrName | None = None,
    otherChar: ColumnOrName | None = None,
) -> Column:
    """The text with its letters and digits replaced."""
    return _make(
        "mask",
        to_expr(col),
        _or_constant(upperChar, "X"),
        _or_constant(lowerChar, "x"),
        _or_constant(digitChar, "n"),
        _or_constant(otherChar, None),
    )


def sentences(
    string: ColumnOrName, language: ColumnOrName | None = None, country: ColumnOrName | None = None
) -> Column:
    """The text as sentences of words."""
    return _make("sentences", to_expr(string), _or_constant(language, ""), _or_constant(country, ""))


def str_to_map(
    text: ColumnOrName, pairDelim: ColumnOrName | None = None, keyValueDelim: ColumnOrName | None = None
) -> Column:
    """A map from text of pairs."""
    return _make("str_to_map", to_expr(text), _or_constant(pairDelim, ","), _or_constant(keyValueDelim, ":"))


def overlay(src: ColumnOrName, replace: ColumnOrName, pos: ColumnOrName | int, len: ColumnOrName | int = -1) -> Column:
    """The text with a part replaced."""
    trees = []
    for arg_name, value in (("pos", enum_to_value(pos)), ("len", enum_to_value(len))):
        if not isinstance(value, (int, str, Column)):
            raise not_expected("Column, int or str", arg_name, value)
        trees.append(_constant(value) if isinstance(value, int) else to_expr(value))
    return _make("overlay", to_expr(src), to_expr(replace), *trees)


def sha2(col: ColumnOrName, numBits: int) -> Column:
    """The SHA-2 digest as hexadecimal text."""
    if numBits not in (0, 224, 256, 384, 512):
        raise PySparkValueError(
            errorClass="VALUE_NOT_ALLOWED",
            messageParameters={"arg_name": "numBits", "allowed_values": "[0, 224, 256, 384, 512]"},
        )
    return _make("sha2", to_expr(col), _constant(numBits))


def _options(options: Mapping[str, Any] | None) -> list[Expr]:
    """Options as a map constant; empty when there are none."""
    if not options:
        return []
    pairs: list[Expr] = []
    for key, value in options.items():
        if value is not None:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            pairs += [_expr.literal(str(key)), _expr.literal(shown)]
    return [_expr.call("map", pairs)]


def from_json(
    col: ColumnOrName, schema: ArrayType | StructType | Column | str, options: Mapping[str, str] | None = None
) -> Column:
    """A value from JSON text."""
    shape = _constant(schema.json()) if isinstance(schema, DataType) else _constant(schema)
    return _make("from_json", to_expr(col), shape, *_options(options))


def to_json(col: ColumnOrName, options: Mapping[str, str] | None = None) -> Column:
    """JSON text of a value."""
    return _make("to_json", to_expr(col), *_options(options))


def schema_of_json(json: Column | str, options: Mapping[str, str] | None = None) -> Column:
    """The schema of JSON text, as DDL."""
    return _schema_of("schema_of_json", "json", json, options)


def from_csv(col: ColumnOrName, schema: Column | str, options: Mapping[str, str] | None = None) -> Column:
    """A struct from CSV text."""
    if not isinstance(schema, (str, Column)):
        raise not_expected("Column or str", "schema", schema)
    return _make("from_csv", to_expr(col), _constant(schema), *_options(options))


def to_csv(col: ColumnOrName, options: Mapping[str, str] | None = None) -> Column:
    """CSV text of a struct."""
    return _make("to_csv", to_expr(col), *_options(options))


def schema_of_csv(csv: Column | str, options: Mapping[str, str] | None = None) -> Column:
    """The schema of CSV text, as DDL."""
    return _schema_of("schema_of_csv", "csv", csv, options)


def _schema_of(fn: str, arg_name: str, value: Any, options: Mapping[str, str] | None) -> Column:
    value = enum_to_value(value)
    if not isinstance(value, (str, Column)):
        raise not_expected("Column or str", arg_name, value)
    return _make(fn, _constant(value), *_options(options))


def json_tuple(col: ColumnOrName, *fields: str) -> Column:
    """Several fields of a JSON object, as columns."""
    if not fields:
        raise PySparkValueError(errorClass="CANNOT_BE_EMPTY", messageParameters={"item": "field"})
    return _make("json_tuple", to_expr(col), *map(_constant, fields))


def _cipher(fn: str, input: ColumnOrName, key: ColumnOrName, *rest: tuple[ColumnOrName | None, str]) -> Column:
    return _make(fn, to_expr(input), to_expr(key), *(_or_constant(value, default) for value, default in rest))


def aes_encrypt(
    input: ColumnOrName,
    key: ColumnOrName,
    mode: ColumnOrName | None = None,
    padding: ColumnOrName | None = None,
    iv: ColumnOrName | None = None,
    aad: ColumnOrName | None = None,
) -> Column:
    """The input encrypted with AES."""
    return _cipher("aes_encrypt", input, key, (mode, "GCM"), (padding, "DEFAULT"), (iv, ""), (aad, ""))


def aes_decrypt(
    input: ColumnOrName,
    key: ColumnOrName,
    mode: ColumnOrName | None = None,
    padding: ColumnOrName | None = None,
    aad: ColumnOrName | None = None,
) -> Column:
    """The input decrypted with AES."""
    return _cipher("aes_decrypt", input, key, (mode, "GCM"), (padding, "DEFAULT"), (aad, ""))


def try_aes_decrypt(
    input: ColumnOrName,
    key: ColumnOrName,
    mode: ColumnOrName | None = None,
    padding: ColumnOrName | None = None,
    aad: ColumnOrName | None = None,
) -> Column:
    """The input decrypted with AES, NULL when it cannot be."""
    return _cipher("try_aes_decrypt", input, key, (mode, "GCM"), (padding, "DEFAULT"), (aad, ""))


def variant_get(v: ColumnOrName, path: Column | str, targetType: str) -> Column:
    """A part of a variant as a type."""
    return _make("variant_get", to_expr(v), _constant(path), _constant(targetType))


def try_variant_get(v: ColumnOrName, path: Column | str, targetType: str) -> Column:
    """A part of a variant as a type, NULL when it is not of it."""
    return _make("try_variant_get", to_expr(v), _constant(path), _constant(targetType))

"""Data types with parts: arrays, maps, structs, variants, user-defined types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from troupe.errors import (
    PySparkIndexError,
    PySparkKeyError,
    PySparkTypeError,
    PySparkValueError,
)
from troupe.sql._types.atomic import JVM_INT_MAX, DataType, StringType
from troupe.sql._types.row import Row, _create_row

_COLLATIONS_METADATA_KEY = "__COLLATIONS"
_ESCAPES = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b", "\v": "\\v", "\a": "\\a"})


def _lower(flag: bool) -> str:
    return "true" if flag else "false"


class ArrayType(DataType):
    """A list of values of one type."""

    def __init__(self, elementType: DataType, containsNull: bool = True) -> None:
        assert isinstance(elementType, DataType), f"elementType {elementType} should be an instance of {DataType}"
        self.elementType = elementType
        self.containsNull = containsNull

    def simpleString(self) -> str:
        return f"array<{self.elementType.simpleString()}>"

    def _as_nullable(self) -> ArrayType:
        return ArrayType(self.elementType._as_nullable(), containsNull=True)

    toNullable = _as_nullable

    def __repr__(self) -> str:
        return f"ArrayType({self.elementType}, {self.containsNull})"

    def jsonValue(self) -> dict[str, Any]:
        return {
            "type": self.typeName(),
            "elementType": self.elementType.jsonValue(),
            "containsNull": self.containsNull,
        }

    @classmethod
    def fromJson(
        cls, json: dict[str, Any], fieldPath: str = "", collationsMap: dict[str, str] | None = None
    ) -> ArrayType:
        from troupe.sql._types.parse import _parse_datatype_json_value

        path = "element" if fieldPath == "" else fieldPath + ".element"
        return ArrayType(_parse_datatype_json_value(json["elementType"], path, collationsMap), json["containsNull"])

    def needConversion(self) -> bool:
        return self.elementType.needConversion()

    def toInternal(self, obj: Any) -> Any:
        return obj and [self.elementType.toInternal(v) for v in obj] if self.needConversion() else obj

    def fromInternal(self, obj: Any) -> Any:
        return obj and [self.elementType.fromInternal(v) for v in obj] if self.needConversion() else obj

    def _tree(self, prefix: str, depth: int, out: list[str]) -> None:
        if depth > 0:
            name = self.elementType._tree_name()
            out.append(f"{prefix}-- element: {name} (containsNull = {_lower(self.containsNull)})\n")
            self.elementType._tree(f"{prefix}    |", depth - 1, out)


class MapType(DataType):
    """Keys of one type to values of another."""

    def __init__(self, keyType: DataType, valueType: DataType, valueContainsNull: bool = True) -> None:
        assert isinstance(keyType, DataType), f"keyType {keyType} should be an instance of {DataType}"
        assert isinstance(valueType, DataType), f"valueType {valueType} should be an instance of {DataType}"
        self.keyType = keyType
        self.valueType = valueType
        self.valueContainsNull = valueContainsNull

    def simpleString(self) -> str:
        return f"map<{self.keyType.simpleString()},{self.valueType.simpleString()}>"

    def _as_nullable(self) -> MapType:
        return MapType(self.keyType._as_nullable(), self.valueType._as_nullable(), valueContainsNull=True)

    toNullable = _as_nullable

    def __repr__(self) -> str:
        return f"MapType({self.keyType}, {self.valueType}, {self.valueContainsNull})"

    def jsonValue(self) -> dict[str, Any]:
        return {
            "type": self.typeName(),
            "keyType": self.keyType.jsonValue(),
            "valueType": self.valueType.jsonValue(),
            "valueContainsNull": self.valueContainsNull,
        }

    @classmethod
    def fromJson(
        cls, json: dict[str, Any], fieldPath: str = "", collationsMap: dict[str, str] | None = None
    ) -> MapType:
        from troupe.sql._types.parse import _parse_datatype_json_value

        dot = "" if fieldPath == "" else fieldPath + "."
        key = _parse_datatype_json_value(json["keyType"], dot + "key", collationsMap)
        value = _parse_datatype_json_value(json["valueType"], dot + "value", collationsMap)
        return MapType(key, value, json["valueContainsNull"])

    def needConversion(self) -> bool:
        return self.keyType.needConversion() or self.valueType.needConversion()

    def toInternal(self, obj: Any) -> Any:
        if not obj or not self.needConversion():
            return obj
        return {self.keyType.toInternal(k): self.valueType.toInternal(v) for k, v in obj.items()}

    def fromInternal(self, obj: Any) -> Any:
        if not obj or not self.needConversion():
            return obj
        return {self.keyType.fromInternal(k): self.valueType.fromInternal(v) for k, v in obj.items()}

    def _tree(self, prefix: str, depth: int, out: list[str]) -> None:
        if depth > 0:
            out.append(f"{prefix}-- key: {self.keyType._tree_name()}\n")
            self.keyType._tree(f"{prefix}    |", depth - 1, out)
            name = self.valueType._tree_name()
            out.append(f"{prefix}-- value: {name} (valueContainsNull = {_lower(self.valueContainsNull)})\n")
            self.valueType._tree(f"{prefix}    |", depth - 1, out)


def _collated_paths(dt: DataType, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(dt, StringType) and not dt.isUTF8BinaryCollation():
        yield path, f"{StringType.collationProvider(dt.collation)}.{dt.collation}"
    elif isinstance(dt, ArrayType):
        yield from _collated_paths(dt.elementType, path + ".element")
    elif isinstance(dt, MapType):
        yield from _collated_paths(dt.keyType, path + ".key")
        yield from _collated_paths(dt.valueType, path + ".value")


def _without_collations(dt: DataType) -> DataType:
    if isinstance(dt, ArrayType):
        return ArrayType(_without_collations(dt.elementType), dt.containsNull)
    if isinstance(dt, MapType):
        return MapType(_without_collations(dt.keyType), _without_collations(dt.valueType), dt.valueContainsNull)
    return StringType() if isinstance(dt, StringType) else dt


def _collations(metadata: dict[str, Any] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, value in (metadata or {}).get(_COLLATIONS_METADATA_KEY, {}).items():
        provider, _, name = value.partition(".")
        if provider.lower() not in StringType.providers:
            raise PySparkValueError(
                errorClass="COLLATION_INVALID_PROVIDER",
                messageParameters={"provider": provider, "supportedProviders": ", ".join(StringType.providers)},
            )
        found[path] = name
    return found


class StructField(DataType):
    """A named part of a struct."""

    def __init__(
        self, name: str, dataType: DataType, nullable: bool = True, metadata: dict[str, Any] | None = None
    ) -> None:
        assert isinstance(dataType, DataType), f"dataType {dataType} should be an instance of {DataType}"
        assert isinstance(name, str), f"field name {name} should be a string"
        self.name = name
        self.dataType = dataType
        self.nullable = nullable
        self.metadata = metadata or {}

    def simpleString(self) -> str:
        return f"{self.name}:{self.dataType.simpleString()}"

    def __repr__(self) -> str:
        return f"StructField('{self.name}', {self.dataType}, {self.nullable})"

    def getCollationsMap(self, metadata: dict[str, Any] | None) -> dict[str, str]:
        """Collation by the path of the text that has it, from a field's metadata."""
        return _collations(metadata)

    def schemaCollationValue(self, dt: DataType) -> str:
        """The collation as `provider.name`."""
        assert isinstance(dt, StringType), f"{dt} is no text and has no collation"
        return f"{dt.collationProvider(dt.collation)}.{dt.collation}"

    def getCollationMetadata(self) -> dict[str, str]:
        return dict(_collated_paths(self.dataType, self.name))

    def jsonValue(self) -> dict[str, Any]:
        collations = self.getCollationMetadata()
        metadata = {**self.metadata, _COLLATIONS_METADATA_KEY: collations} if collations else self.metadata
        shown = _without_collations(self.dataType) if collations else self.dataType
        return {"name": self.name, "type": shown.jsonValue(), "nullable": self.nullable, "metadata": metadata}

    @classmethod
    def fromJson(cls, json: dict[str, Any]) -> StructField:
        from troupe.sql._types.parse import _parse_datatype_json_value

        metadata = json.get("metadata")
        collations = _collations(metadata)
        if metadata and collations:
            metadata = {k: v for k, v in metadata.items() if k != _COLLATIONS_METADATA_KEY}
        parsed = _parse_datatype_json_value(json["type"], json["name"], collations)
        return StructField(json["name"], parsed, json.get("nullable", True), metadata)

    def needConversion(self) -> bool:
        return self.dataType.needConversion()

    def toInternal(self, obj: Any) -> Any:
        return self.dataType.toInternal(obj)

    def fromInternal(self, obj: Any) -> Any:
        return self.dataType.fromInternal(obj)

    def typeName(self) -> str:  # type: ignore[override]
        raise PySparkTypeError(errorClass="INVALID_TYPENAME_CALL", messageParameters={})

    def _tree(self, prefix: str, depth: int, out: list[str]) -> None:
        if depth > 0:
            name = self.name.translate(_ESCAPES)
            out.append(f"{prefix}-- {name}: {self.dataType._tree_name()} (nullable = {_lower(self.nullable)})\n")
            self.dataType._tree(f"{prefix}    |", depth - 1, out)


class StructType(DataType):
    """A row's type: named fields in order."""

    def __init__(self, fields: list[StructField] | None = None) -> None:
        self.fields: list[StructField] = fields or []
        self.names: list[str] = [f.name for f in self.fields]
        assert all(isinstance(f, StructField) for f in self.fields), "fields should be a list of StructField"
        self._plan_conversion()

    def _plan_conversion(self) -> None:
        self._needConversion = [f.needConversion() for f in self.fields]
        self._needSerializeAnyField = any(self._needConversion)

    def add(
        self,
        field: str | StructField,
        data_type: str | DataType | None = None,
        nullable: bool = True,
        metadata: dict[str, Any] | None = None,
    ) -> StructType:
        if not isinstance(field, StructField):
            if data_type is None:
                raise PySparkValueError(
                    errorClass="ARGUMENT_REQUIRED",
                    messageParameters={
                        "arg_name": "data_type",
                        "condition": "passing name of struct_field to create",
                    },
                )
            if isinstance(data_type, str):
                from troupe.sql._types.parse import _parse_datatype_json_value

                data_type = _parse_datatype_json_value(data_type)
            field = StructField(field, data_type, nullable, metadata)
        self.fields.append(field)
        self.names.append(field.name)
        self._plan_conversion()
        return self

    def __iter__(self) -> Iterator[StructField]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __getitem__(self, key: str | int | slice) -> Any:
        if isinstance(key, str):
            for field in self.fields:
                if field.name == key:
                    return field
            raise PySparkKeyError(errorClass="KEY_NOT_EXISTS", messageParameters={"key": str(key)})
        if isinstance(key, int):
            try:
                return self.fields[key]
            except IndexError:
                raise PySparkIndexError(
                    errorClass="INDEX_OUT_OF_RANGE", messageParameters={"arg_name": "StructType", "index": str(key)}
                ) from None
        if isinstance(key, slice):
            return StructType(self.fields[key])
        raise PySparkTypeError(
            errorClass="NOT_EXPECTED_TYPE",
            messageParameters={
                "expected_type": "int, slice or str",
                "arg_name": "key",
                "arg_type": type(key).__name__,
            },
        )

    def simpleString(self) -> str:
        return "struct<" + ",".join(f.simpleString() for f in self.fields) + ">"

    def _as_nullable(self) -> StructType:
        return StructType([StructField(f.name, f.dataType._as_nullable(), True, f.metadata) for f in self.fields])

    toNullable = _as_nullable

    def __repr__(self) -> str:
        return "StructType([" + ", ".join(str(f) for f in self.fields) + "])"

    def jsonValue(self) -> dict[str, Any]:
        return {"type": self.typeName(), "fields": [f.jsonValue() for f in self.fields]}

    @classmethod
    def fromJson(cls, json: dict[str, Any]) -> StructType:
        return StructType([StructField.fromJson(f) for f in json["fields"]])

    def fieldNames(self) -> list[str]:
        return list(self.names)

    def needConversion(self) -> bool:
        return True

    def toInternal(self, obj: Any) -> Any:
        if obj is None:
            return None
        if isinstance(obj, dict):
            values = [obj.get(n) for n in self.names]
        elif isinstance(obj, (tuple, list)):
            values = list(obj)
        elif hasattr(obj, "__dict__"):
            values = [obj.__dict__.get(n) for n in self.names]
        else:
            raise PySparkValueError(errorClass="UNEXPECTED_TUPLE_WITH_STRUCT", messageParameters={"tuple": str(obj)})
        if not self._needSerializeAnyField:
            return tuple(values)
        return tuple(
            f.toInternal(v) if c else v for f, v, c in zip(self.fields, values, self._needConversion, strict=False)
        )

    def fromInternal(self, obj: Any) -> Any:
        if obj is None or isinstance(obj, Row):
            return obj
        if self._needSerializeAnyField:
            obj = [
                f.fromInternal(v) if c else v for f, v, c in zip(self.fields, obj, self._needConversion, strict=False)
            ]
        return _create_row(self.names, obj)

    def _tree(self, prefix: str, depth: int, out: list[str]) -> None:
        for field in self.fields:
            field._tree(prefix, depth, out)

    def treeString(self, maxDepth: int = JVM_INT_MAX) -> str:
        out = ["root\n"]
        self._tree(" |", maxDepth if maxDepth > 0 else JVM_INT_MAX, out)
        return "".join(out)

    def toDDL(self) -> str:
        from troupe.sql._types.parse import _to_ddl

        return _to_ddl(self)

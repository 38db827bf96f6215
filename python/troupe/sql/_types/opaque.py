"""Data types whose values are stored as those of another type: variants and user-defined types."""

from __future__ import annotations

import base64
import json
from typing import Any

from troupe.errors import PySparkNotImplementedError, PySparkTypeError, PySparkValueError
from troupe.sql._types.atomic import AtomicType, DataType


class VariantType(AtomicType):
    """A value whose type is known only with the value."""

    def needConversion(self) -> bool:
        return True

    def fromInternal(self, obj: Any) -> Any:
        if obj is None or not all(key in obj for key in ("value", "metadata")):
            return None
        from troupe.sql._types.variant import VariantVal

        return VariantVal(obj["value"], obj["metadata"])

    def toInternal(self, variant: Any) -> Any:
        return None if variant is None else {"value": variant.value, "metadata": variant.metadata}


class UserDefinedType(DataType):
    """A Python class that is stored as another type; subclasses say how."""

    @classmethod
    def typeName(cls) -> str:
        return cls.__name__.lower()

    @classmethod
    def sqlType(cls) -> DataType:
        raise PySparkNotImplementedError(errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "sqlType()"})

    @classmethod
    def module(cls) -> str:
        raise PySparkNotImplementedError(errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "module()"})

    @classmethod
    def scalaUDT(cls) -> str:
        return ""

    def needConversion(self) -> bool:
        return True

    @classmethod
    def _cachedSqlType(cls) -> DataType:
        if "_cached_sql_type" not in cls.__dict__:
            cls._cached_sql_type = cls.sqlType()  # type: ignore[attr-defined]
        return cls._cached_sql_type  # type: ignore[attr-defined]

    def toInternal(self, obj: Any) -> Any:
        return None if obj is None else self._cachedSqlType().toInternal(self.serialize(obj))

    def fromInternal(self, obj: Any) -> Any:
        value = self._cachedSqlType().fromInternal(obj)
        return None if value is None else self.deserialize(value)

    def serialize(self, obj: Any) -> Any:
        raise PySparkNotImplementedError(errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "toInternal()"})

    def deserialize(self, datum: Any) -> Any:
        raise PySparkNotImplementedError(errorClass="NOT_IMPLEMENTED", messageParameters={"feature": "fromInternal()"})

    def simpleString(self) -> str:
        return "udt"

    def json(self) -> str:
        return json.dumps(self.jsonValue(), separators=(",", ":"), sort_keys=True)

    def jsonValue(self) -> dict[str, Any]:
        import cloudpickle

        return {
            "type": "udt",
            "pyClass": f"{self.module()}.{type(self).__name__}",
            "serializedClass": base64.b64encode(cloudpickle.dumps(type(self))).decode("utf8"),
            "sqlType": self.sqlType().jsonValue(),
        }

    @classmethod
    def fromJson(cls, json: dict[str, Any]) -> UserDefinedType:
        module, _, name = str(json["pyClass"]).rpartition(".")
        found = getattr(__import__(module, globals(), locals(), [name]), name, None)
        if found is None:
            raise PySparkValueError(
                errorClass="UNSUPPORTED_OPERATION",
                messageParameters={"operation": "unpickling user defined types"},
            )
        if not (isinstance(found, type) and issubclass(found, UserDefinedType)):
            raise PySparkTypeError(
                errorClass="FIELD_TYPE_MISMATCH",
                messageParameters={"obj": str(found), "data_type": "UserDefinedType"},
            )
        return found()

    @classmethod
    def cachedSqlType(cls) -> DataType:
        return cls._cachedSqlType()

"""Shapes on the earth and in the plane: their types and values. The engine has no functions of them yet."""

from __future__ import annotations

from typing import Any, ClassVar

from troupe.errors import IllegalArgumentException
from troupe.sql._types.atomic import AtomicType

# The reference systems that Spark 4.2 knows.
_CARTESIAN = {0: "SRID:0", 3857: "EPSG:3857", 4326: "OGC:CRS84"}
_GEOGRAPHIC = {4326: "OGC:CRS84"}


class SpatialType(AtomicType):
    """Types of shapes: each has a reference system, or any when values differ in it."""

    MIXED_SRID = -1
    MIXED_CRS = "SRID:ANY"
    DEFAULT_CRS = "OGC:CRS84"
    DEFAULT_SRID = 4326
    _systems: ClassVar[dict[int, str]] = {}

    def __init__(self, srid: int | str) -> None:
        """`srid` is the number of a reference system, or "ANY"."""
        if srid == "ANY":
            self.srid, self._crs = self.MIXED_SRID, self.MIXED_CRS
        elif isinstance(srid, int) and srid in self._systems:
            self.srid, self._crs = srid, self._systems[srid]
        else:
            raise IllegalArgumentException(errorClass="ST_INVALID_SRID_VALUE", messageParameters={"srid": str(srid)})

    @classmethod
    def _of_crs(cls, crs: str) -> Any:
        if crs.lower() == cls.MIXED_CRS.lower():
            return cls("ANY")
        for srid, name in cls._systems.items():
            if name == crs:
                return cls(srid)
        raise IllegalArgumentException(errorClass="ST_INVALID_CRS_VALUE", messageParameters={"crs": str(crs)})

    def _shown(self) -> str:
        return "any" if self.srid == self.MIXED_SRID else str(self.srid)

    def simpleString(self) -> str:
        return f"{self.typeName()}({self._shown()})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._shown().upper()})"

    def needConversion(self) -> bool:
        return True

    def _value(self, kind: Any, obj: Any) -> Any:
        return kind(obj["bytes"], obj["srid"]) if obj is not None and {"srid", "bytes"} <= obj.keys() else None

    def _parts(self, kind: Any, obj: Any) -> Any:
        if obj is None:
            return None
        assert isinstance(obj, kind)
        return {"srid": obj.srid, "wkb": obj.wkb}


class GeographyType(SpatialType):
    """Shapes on the earth's surface."""

    DEFAULT_ALG = "SPHERICAL"
    _systems = _GEOGRAPHIC

    def __init__(self, srid: int | str) -> None:
        super().__init__(srid)
        self._alg = self.DEFAULT_ALG

    @classmethod
    def _from_crs(cls, crs: str, alg: str) -> GeographyType:
        if alg != cls.DEFAULT_ALG:
            raise IllegalArgumentException(errorClass="ST_INVALID_ALGORITHM_VALUE", messageParameters={"alg": str(alg)})
        return cls._of_crs(crs)

    def jsonValue(self) -> str:
        return f"geography({self._crs}, {self._alg})"

    def fromInternal(self, obj: Any) -> Geography | None:
        return self._value(Geography, obj)

    def toInternal(self, geography: Any) -> Any:
        return self._parts(Geography, geography)


class GeometryType(SpatialType):
    """Shapes in a plane."""

    _systems = _CARTESIAN

    @classmethod
    def _from_crs(cls, crs: str) -> GeometryType:
        return cls._of_crs(crs)

    def jsonValue(self) -> str:
        return f"geometry({self._crs})"

    def fromInternal(self, obj: Any) -> Geometry | None:
        return self._value(Geometry, obj)

    def toInternal(self, geometry: Any) -> Any:
        return self._parts(Geometry, geometry)


class _Shape:
    """A shape in the Well-Known Binary format (OGC Simple Feature Access) and the number of its reference system."""

    def __init__(self, wkb: bytes, srid: int) -> None:
        self.wkb = wkb
        self.srid = srid

    @classmethod
    def fromWKB(cls, wkb: bytes, srid: int) -> Any:
        return cls(wkb, srid)

    def getSrid(self) -> int:
        return self.srid

    def getBytes(self) -> bytes:
        return self.wkb

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.wkb!r}, {self.srid})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return (self.wkb, self.srid) == (other.wkb, other.srid)

    __hash__ = None  # type: ignore[assignment]


class Geography(_Shape):
    """A shape on the earth's surface."""


class Geometry(_Shape):
    """A shape in a plane."""

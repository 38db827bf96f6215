"""Values of the VARIANT type in Python."""

from __future__ import annotations

import json
from typing import Any

from troupe.sql._types.variant_decode import decode, encode_json


class VariantVal:
    """A variant in its binary form (value and dictionary of keys)."""

    def __init__(self, value: bytes, metadata: bytes) -> None:
        self.value = value
        self.metadata = metadata

    def __str__(self) -> str:
        return self.toJson()

    def __repr__(self) -> str:
        return f"VariantVal({self.value!r}, {self.metadata!r})"

    def toPython(self) -> Any:
        return decode(self.value, self.metadata)

    def toJson(self, zone_id: str = "UTC") -> str:
        return encode_json(self.toPython(), zone_id)

    @classmethod
    def parseJson(cls, json_str: str) -> VariantVal:
        from troupe.sql._types.variant_decode import encode

        return VariantVal(*encode(json.loads(json_str)))

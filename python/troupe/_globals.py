"""A mark for arguments that were not given, where None is a value."""

from __future__ import annotations

from typing import Any

__all__ = ["_NoValue", "_NoValueType"]


class _NoValueType:
    _instance: _NoValueType | None = None

    def __new__(cls) -> _NoValueType:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __reduce__(self) -> Any:
        return type(self), ()

    def __repr__(self) -> str:
        return "<no value>"


_NoValue = _NoValueType()

"""Row: a tuple whose values have names."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable
from typing import Any

from troupe.errors import (
    PySparkAttributeError,
    PySparkKeyError,
    PySparkRuntimeError,
    PySparkTypeError,
    PySparkValueError,
)


def _create_row(fields: Any, values: Iterable[Any]) -> Row:
    row = tuple.__new__(Row, values)
    row.__dict__["__fields__"] = fields
    return row


class Row(tuple):
    """A row of a DataFrame. `Row(name="Ada", age=36)` is a row; `Row("name", "age")` is a shape that makes rows."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Row:
        if args and kwargs:
            raise PySparkValueError(errorClass="CANNOT_SET_TOGETHER", messageParameters={"arg_list": "args and kwargs"})
        if kwargs:
            return _create_row(list(kwargs), kwargs.values())
        return tuple.__new__(cls, args)

    def asDict(self, recursive: bool = False) -> dict[str, Any]:
        if not hasattr(self, "__fields__"):
            raise PySparkTypeError(
                errorClass="CANNOT_CONVERT_TYPE", messageParameters={"from_type": "Row", "to_type": "dict"}
            )
        values: Iterable[Any] = map(_as_dicts, self) if recursive else self
        return dict(zip(self.__fields__, values, strict=False))

    def __contains__(self, item: Any) -> bool:
        if hasattr(self, "__fields__"):
            return item in self.__fields__
        return super().__contains__(item)

    def __call__(self, *args: Any) -> Row:
        if len(args) > len(self):
            raise PySparkValueError(
                errorClass="TOO_MANY_VALUES",
                messageParameters={"expected": str(len(self)), "item": "fields", "actual": str(len(args))},
            )
        return _create_row(self, args)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, (int, slice)):
            return super().__getitem__(item)
        try:
            return super().__getitem__(self.__fields__.index(item))
        except IndexError:
            raise PySparkKeyError(errorClass="KEY_NOT_EXISTS", messageParameters={"key": str(item)}) from None
        except ValueError:
            raise PySparkValueError(item) from None

    def __getattr__(self, item: str) -> Any:
        if not item.startswith("__"):
            try:
                return self[self.__fields__.index(item)]
            except (IndexError, ValueError):
                pass  # not a field: the error below names it
        raise PySparkAttributeError(errorClass="ATTRIBUTE_NOT_SUPPORTED", messageParameters={"attr_name": item})

    def __setattr__(self, key: str, value: Any) -> None:
        if key != "__fields__":
            raise PySparkRuntimeError(errorClass="READ_ONLY", messageParameters={"object": "Row"})
        self.__dict__[key] = value

    def __reduce__(self) -> Any:
        if hasattr(self, "__fields__"):
            return _create_row, (self.__fields__, tuple(self))
        return tuple.__reduce__(self)

    def __repr__(self) -> str:
        if hasattr(self, "__fields__"):
            return "Row(" + ", ".join(f"{k}={v!r}" for k, v in zip(self.__fields__, tuple(self), strict=False)) + ")"
        return "<Row(" + ", ".join(map(repr, self)) + ")>"


def _as_dicts(value: Any) -> Any:
    if isinstance(value, Row):
        return value.asDict(True)
    if isinstance(value, list):
        return [_as_dicts(v) for v in value]
    if isinstance(value, dict):
        return {k: _as_dicts(v) for k, v in value.items()}
    return value


@functools.lru_cache(maxsize=256)
def row_maker(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Row]:
    """A function from a sequence of values to a Row with these names, without Python code per row.

    The rows are of a class made for these names, whose fields are descriptors: `row.x` costs no search.
    """
    taken = set(dir(Row))
    members: dict[str, Any] = {
        name: property(operator.itemgetter(i))
        for i, name in reversed(list(enumerate(names)))
        if name not in taken and not name.startswith("__")
    }
    members["__fields__"] = list(names)
    members["__module__"] = Row.__module__
    shaped = type("Row", (Row,), members)
    return functools.partial(tuple.__new__, shaped)

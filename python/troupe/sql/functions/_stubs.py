"""Writes `__init__.pyi`, so that editors and type checkers know functions that are made on first use.

Run `python -m troupe.sql.functions._stubs` after the registry changed; a test fails while the file is out of date.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from troupe.sql import functions
from troupe.sql.functions import _registry

FILE = Path(__file__).with_name("__init__.pyi")

_HEAD = '''"""Made by `python -m troupe.sql.functions._stubs` from the registry of functions: do not edit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from troupe.sql.column import Column
from troupe.sql.dataframe import DataFrame
from troupe.sql.functions import partitioning as partitioning
from troupe.sql.types import ArrayType, DataType, StringType, StructType
from troupe.sql.udf import UserDefinedFunction as UserDefinedFunction
from troupe.sql.udtf import AnalyzeArgument as AnalyzeArgument
from troupe.sql.udtf import AnalyzeResult as AnalyzeResult
from troupe.sql.udtf import OrderingColumn as OrderingColumn
from troupe.sql.udtf import PartitioningColumn as PartitioningColumn
from troupe.sql.udtf import SelectedColumn as SelectedColumn
from troupe.sql.udtf import SkipRestOfInputTableException as SkipRestOfInputTableException
from troupe.sql.udtf import UserDefinedTableFunction as UserDefinedTableFunction

ColumnOrName = Column | str
Part = Column | str | None

'''


def text() -> str:
    """The content of the stub file."""
    lines = [_HEAD]
    for name in functions.__getattr__("__all__"):
        value = getattr(functions, name)
        if isinstance(value, type):
            lines.append(_class(name, value))
        elif name in _registry.entries() and name not in vars(functions)["_HAND_WRITTEN"]:
            lines.append(_generated(_registry.entries()[name]))
        else:
            lines.append(_written(name, value))
    return "".join(lines)


def _class(name: str, value: type) -> str:
    if value.__module__ in ("troupe.sql.udf", "troupe.sql.udtf"):
        return ""  # the head imports it
    constants = [k for k, v in vars(value).items() if isinstance(v, int) and not k.startswith("_")]
    return f"class {name}:\n" + "".join(f"    {c}: int\n" for c in constants) + "\n"


def _generated(entry: _registry.Entry) -> str:
    params = ", ".join(
        f"{p.name}: {p.annotation}{_optional(p.default)}" + (f" = {p.default}" if p.default is not None else "")
        for p in _registry.parameters(entry.signature)
    )
    return f"def {entry.python}({params}) -> Column: ...\n"


def _optional(default: str | None) -> str:
    return " | None" if default == "None" else ""


def _written(name: str, value: Any) -> str:
    signature = inspect.signature(value)
    params: list[str] = []
    for p in signature.parameters.values():
        star = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")  # type: ignore[call-overload]
        if p.kind is p.KEYWORD_ONLY and not any(q.startswith("*") for q in params):
            params.append("*")
        default = "" if p.default is p.empty else f" = {p.default!r}"
        optional = _optional("None") if p.default is None and "None" not in str(p.annotation) else ""
        params.append(f"{star}{p.name}: {p.annotation}{optional}{default}")
    return f"def {name}({', '.join(params)}) -> {signature.return_annotation}: ...\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")

"""The registry of functions, the one file that Java and Python share, and Python functions made from its signatures."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKAGED = Path(__file__).resolve().parent.parent / "registry.tsv"
_IN_CHECKOUT = (
    Path(__file__).resolve().parents[4] / "planner/src/main/resources/io/troupe/planner/function/registry.tsv"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the registry. `python` is empty for a function that only SQL offers."""

    name: str
    kind: str
    python: str
    signature: str
    doc: str


@functools.cache
def entries() -> dict[str, Entry]:
    """The functions that Python offers, by their Python name."""
    path = _PACKAGED if _PACKAGED.is_file() else _IN_CHECKOUT
    found = {}
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            entry = Entry(*line.rstrip("\n").split("\t"))
            if entry.python:
                found[entry.python] = entry
    return found


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a signature; `default` is source text, None when there is none."""

    name: str
    annotation: str
    default: str | None

    @property
    def variadic(self) -> bool:
        return self.name.startswith("*")

    @property
    def converter(self) -> str:
        """The function that makes a tree of an argument: names become columns, or constants, as PySpark has it."""
        if "ColumnOrName" not in self.annotation:
            return "_column" if self.annotation == "Column" else "_constant"
        if "float" in self.annotation:
            return "_column_or_double"
        return "_column" if self.annotation == "ColumnOrName" else "_column_or_constant"


def parameters(signature: str) -> list[Parameter]:
    """The parameters of a signature; commas inside brackets do not separate."""
    parts: list[str] = []
    depth, start = 0, 0
    for i, char in enumerate(signature):
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            parts.append(signature[start:i])
            start = i + 1
    parts.append(signature[start:])
    found = []
    for part in filter(None, (p.strip() for p in parts)):
        name, _, rest = part.partition(": ")
        annotation, _, default = rest.partition(" = ")
        found.append(Parameter(name, annotation, default or None))
    return found


def source(entry: Entry) -> str:
    """Python source of the function: each argument converted, absent trailing ones left out."""
    params = parameters(entry.signature)
    head = ", ".join(
        f"{p.name}: {p.annotation!r}" + (f" = {p.default}" if p.default is not None else "") for p in params
    )
    lines = [f"def {entry.python}({head}) -> 'Column':", f"    {entry.doc!r}"]
    fixed = [p for p in params if not p.variadic and p.default != "None"]
    required = ", ".join(f"{p.converter}({p.name})" for p in fixed)
    variadic = next((p for p in params if p.variadic), None)
    if variadic is not None:
        more = f"*map({variadic.converter}, {variadic.name[1:]})"
        required = f"{required}, {more}" if required else more
    lines.append(f"    _args = [{required}]")
    for p in params:
        if p.default == "None":
            lines += [f"    if {p.name} is not None:", f"        _args.append({p.converter}({p.name}))"]
    lines.append(f"    return _Column(_call({entry.name!r}, _args))")
    return "\n".join(lines)


def make(entry: Entry, tools: dict[str, Any]) -> Callable[..., Any]:
    """The function itself, as if it were written in `troupe.sql.functions`."""
    scope = dict(tools)
    exec(compile(source(entry), f"<troupe function {entry.python}>", "exec", dont_inherit=True), scope)
    made = scope[entry.python]
    made.__module__ = "troupe.sql.functions"
    return made

"""What PySpark offers by name: its modules' public names, and how each is called.

Run as a script by an environment that has PySpark, it writes `public_names.txt`, one name a line with its parameters. What
several modules offer stands with the first of them. The test reads the same facts from Troupe.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import types
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("public_names.txt")

MODULES = [
    "",
    "accumulators",
    "conf",
    "errors",
    "profiler",
    "resource",
    "resultiterable",
    "serializers",
    "sql",
    "sql.catalog",
    "sql.column",
    "sql.conf",
    "sql.dataframe",
    "sql.datasource",
    "sql.functions",
    "sql.functions.partitioning",
    "sql.group",
    "sql.merge",
    "sql.observation",
    "sql.readwriter",
    "sql.session",
    "sql.streaming",
    "sql.streaming.state",
    "sql.tvf",
    "sql.types",
    "sql.udf",
    "sql.udtf",
    "sql.variant_utils",
    "sql.window",
    "statcounter",
    "status",
    "storagelevel",
    "testing",
]


def _parameters(value: Any) -> str:
    """The parameters in brackets: stars, names, and `=` where a default stands; nothing for what is no function."""
    if not callable(value):
        return ""
    try:
        parameters = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return "(?)"
    star = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    shown = [star.get(p.kind, "") + p.name + ("=" if p.default is not p.empty else "") for p in parameters]
    return f"({', '.join(shown)})"


def _members(cls: type) -> dict[str, str]:
    members = {}
    for name in dir(cls):
        owner = next((base for base in cls.__mro__ if name in vars(base)), object)
        if name.startswith("_") or not owner.__module__.startswith(("pyspark", "troupe")):
            continue
        value = inspect.getattr_static(cls, name)
        members[name] = _parameters(value.__func__ if isinstance(value, (classmethod, staticmethod)) else value)
    return members


def described(package: str, module: str, names: list[str] | None = None) -> dict[str, str]:
    """Public names of a module with their parameters, `Class.method` among them; of the given names, those that it has."""
    loaded = importlib.import_module(f"{package}.{module}" if module else package)
    exported = getattr(loaded, "__all__", None)
    found: dict[str, str] = {}
    for name in names or exported or dir(loaded):
        value = getattr(loaded, name, None)
        if value is None or name.startswith("_") or isinstance(value, types.ModuleType):
            continue
        if names is None and exported is None and not (getattr(value, "__module__", None) or "").startswith(package):
            continue
        if isinstance(value, type):
            found[name] = ""
            found |= {f"{name}.{member}": shown for member, shown in _members(value).items()}
        else:
            found[name] = _parameters(value)
    return found


def main() -> None:
    lines, seen = [], set()
    for module in MODULES:
        for name, shown in described("pyspark", module).items():
            if (name, shown) not in seen:
                seen.add((name, shown))
                lines.append(f"{module or '.'} {name}{shown}\n")
    FILE.write_text("".join(lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} names\n")


if __name__ == "__main__":
    main()

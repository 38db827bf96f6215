"""Collects the cases: small PySpark programs whose answers real PySpark gave once and every later run must repeat."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Program = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class Case:
    """One program. It gets a session, the functions module and the types module, and returns a DataFrame, a text or a list."""

    name: str
    module: str
    program: Program
    ordered: bool


_cases: dict[str, Case] = {}


def case(program: Program | None = None, *, ordered: bool = False) -> Any:
    """Marks a program as a case. `ordered` when the rows' order is part of the answer."""

    def register(p: Program) -> Program:
        add(p.__name__, p.__module__, p, ordered)
        return p

    return register(program) if program else register


def add(name: str, module: str, program: Program, ordered: bool = False) -> None:
    short = module.rsplit(".", 1)[-1]
    full = f"{short}.{name}"
    if full in _cases:
        raise ValueError(f"two cases are called {full}")
    _cases[full] = Case(full, short, program, ordered)


def expressions(module: str, texts: list[str]) -> None:
    """A case for each SQL expression, evaluated over one row."""
    for text in texts:
        add(text, module, lambda spark, F, T, text=text: spark.range(1).selectExpr(text))


def all_cases() -> list[Case]:
    import differential.cases as package

    for found in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"differential.cases.{found.name}")
    return list(_cases.values())

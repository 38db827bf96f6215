"""Values around a function that can be written into its term: those that the worker will see as well."""

from __future__ import annotations

import ast
import builtins
import types
from typing import Any

from troupe.sql._bodies.opaque import OpaqueError

Term = dict[str, Any]

BUILTINS = {"len", "str", "int", "float", "bool", "abs", "min", "max"}
"""Functions of Python that terms know."""

_LONG = range(-(1 << 63), 1 << 63)


def constant(value: Any, what: str) -> Term:
    """A plain value as a term."""
    kind = type(value)
    if value is None:
        return {"t": "none"}
    if kind is bool:
        return {"t": "bool", "v": value}
    if kind is int and value in _LONG:
        return {"t": "int", "v": value}
    if kind is float:
        return {"t": "float", "v": repr(value)}
    if kind is str and _is_text(value):
        return {"t": "str", "v": value}
    if kind in (tuple, list, set, frozenset):
        return {"t": "items", "items": [constant(item, what) for item in value]}
    raise OpaqueError(f"{what} is no plain value that a column can hold")


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


class Surroundings:
    """The closure and the globals of a function, as they are when it is pickled."""

    def __init__(self, func: types.FunctionType, module: ast.Module) -> None:
        self._func = func
        self._module = module
        # A function that can be imported is pickled as its name: the worker's module then has its own globals.
        self._by_name = func.__module__ not in (None, "__main__") and "<" not in func.__qualname__
        self._cells = dict(zip(func.__code__.co_freevars, func.__closure__ or (), strict=True))

    def is_builtin(self, name: str) -> bool:
        """Whether a name means Python's own function."""
        return (
            name in BUILTINS
            and name not in self._cells
            and name not in self._func.__globals__
            and self._func.__globals__.get("__builtins__") in (builtins, vars(builtins))
        )

    def value(self, name: str) -> Term:
        """What a name that is no local stands for."""
        if name in self._cells:
            try:
                return constant(self._cells[name].cell_contents, f"the value of {name!r}")
            except ValueError:
                raise OpaqueError(f"{name!r} has no value yet") from None
        if name not in self._func.__globals__:
            raise OpaqueError(f"it uses {name!r}")
        value = self._func.__globals__[name]
        found = constant(value, f"{name!r} (a {type(value).__name__})")
        if self._by_name and not self._is_fixed(name, value):
            raise OpaqueError(f"{name!r} is not a constant of its module, whose copy on the executor may differ")
        return found

    def default(self, node: ast.expr | None, value: Any, name: str) -> Term:
        """The default of a parameter."""
        if self._by_name and not (isinstance(node, ast.Constant) and _same(node.value, value)):
            raise OpaqueError(f"the default of {name!r} is not a constant")
        return constant(value, f"the default of {name!r}")

    def _is_fixed(self, name: str, value: Any) -> bool:
        """Whether importing the module anew gives the name the same value: it is bound once, to a constant."""
        bound = [
            node
            for node in ast.walk(self._module)
            if (isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
            or (isinstance(node, ast.Global) and name in node.names)
            or (isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) in (name, "*"))
            or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name)
        ]
        for statement in self._module.body:
            if isinstance(statement, ast.Assign) and statement.targets == bound:
                given = statement.value
                return isinstance(given, ast.Constant) and _same(given.value, value)
        return False


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and repr(one) == repr(other)

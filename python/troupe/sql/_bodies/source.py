"""The syntax tree of a function.

Source text lies: a file may have changed since it was imported, a line may hold several lambdas. So a tree is believed
only when compiling it gives the very code object that the function has: same instructions, constants, names and positions.
Bytecode itself is never read, as it differs between versions of Python.
"""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import linecache
import types
from collections.abc import Callable, Iterator
from typing import Any

from troupe.sql._bodies.opaque import OpaqueError

Definition = ast.Lambda | ast.FunctionDef

_FUTURES = functools.reduce(
    lambda flags, name: flags | getattr(__future__, name).compiler_flag, __future__.all_feature_names, 0
)


def definition_of(func: Callable[..., Any]) -> tuple[Definition, ast.Module]:
    """The tree that the function was compiled from, and the module's.

    :raises OpaqueError: when there is none that can be trusted
    """
    if not isinstance(func, types.FunctionType):
        raise OpaqueError(f"it is a {type(func).__name__}, not a function written in Python")
    code = func.__code__
    if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        raise OpaqueError("it is a generator or a coroutine")
    lines = linecache.getlines(code.co_filename, func.__globals__)
    if not lines:
        raise OpaqueError(f"its source text is not at hand ({code.co_filename})")
    module = _parsed("".join(lines), code.co_filename)
    for node in _candidates(module, code):
        if _compiled(node, code, _imports(module)) == code:
            return node, module
    raise OpaqueError(f"its source text in {code.co_filename} is not what it was compiled from")


@functools.lru_cache(maxsize=16)
def _parsed(text: str, filename: str) -> ast.Module:
    try:
        return ast.parse(text, filename)
    except (SyntaxError, ValueError) as error:
        raise OpaqueError(f"its source text in {filename} is no Python: {error}") from error


def _candidates(module: ast.Module, code: types.CodeType) -> Iterator[Definition]:
    for node in ast.walk(module):
        if isinstance(node, ast.Lambda):
            if code.co_name == "<lambda>" and node.lineno == code.co_firstlineno:
                yield node
        elif isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            if min([node.lineno, *(d.lineno for d in node.decorator_list)]) == code.co_firstlineno:
                yield node


def _imports(module: ast.Module) -> list[ast.stmt]:
    """What the module imports outside of functions and classes: a method of a name so bound compiles in a way of its own."""
    found: list[ast.stmt] = []
    blocks: list[ast.AST] = [module]
    while blocks:
        for node in ast.iter_child_nodes(blocks.pop()):
            if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module != "__future__"):
                found.append(node)
            elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ):
                blocks.append(node)
    return found


def _compiled(node: Definition, code: types.CodeType, imports: list[ast.stmt]) -> types.CodeType | None:
    """What the definition compiles to where the names are free or global that are so in `code`."""
    statement: ast.stmt = node if isinstance(node, ast.FunctionDef) else ast.copy_location(ast.Expr(node), node)
    if code.co_flags & inspect.CO_NESTED:
        statement = _enclosed(statement, code.co_freevars)
    try:
        whole = compile(
            ast.Module([*imports, statement], []),
            code.co_filename,
            "exec",
            flags=code.co_flags & _FUTURES,
            dont_inherit=True,
        )
    except (SyntaxError, ValueError, RecursionError):
        return None
    return next((found for found in _codes(whole) if found == code), None)


def _enclosed(statement: ast.stmt, names: tuple[str, ...]) -> ast.stmt:
    """The statement within a function that has the names as parameters."""
    arguments = [ast.arg(name) for name in names]
    outer = ast.FunctionDef(
        name="enclosing",
        args=ast.arguments([], arguments, None, [], [], None, []),
        body=[statement],
        decorator_list=[],
        type_params=[],
    )
    return ast.fix_missing_locations(ast.copy_location(outer, statement))


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes(constant)

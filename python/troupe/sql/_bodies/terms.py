"""From syntax trees to terms: assignments, `if` and `return` become one expression."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from troupe.sql._bodies.constants import Surroundings, Term, constant
from troupe.sql._bodies.opaque import OpaqueError
from troupe.sql._bodies.source import Definition

_MOST_NODES = 500
"""A longer body would cost more as an expression, whose branches repeat what follows them, than Python does."""

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_UNARY: dict[type[ast.unaryop], str] = {ast.USub: "-", ast.UAdd: "+", ast.Not: "not", ast.Invert: "~"}

Locals = dict[str, int]
"""Numbers of the local variables that have a value."""


def read(func: Any, found: tuple[Definition, ast.Module]) -> dict[str, Any]:
    """The body of a function: names of its parameters, defaults by position, and its term."""
    node, module = found
    return _Reader(func, node, module).body()


class _Reader:
    def __init__(self, func: Any, node: Definition, module: ast.Module) -> None:
        self._func = func
        self._node = node
        self._around = Surroundings(func, module)
        self._parameters = self._named()
        self._locals = set(func.__code__.co_varnames) | set(func.__code__.co_cellvars)
        self._variables = 0
        self._nodes = 0

    def body(self) -> dict[str, Any]:
        body = self._node.body
        term = self._statements(body, {}) if isinstance(body, list) else self._term(body, {})
        return {"params": self._parameters, "defaults": self._defaults(), "term": term}

    def _named(self) -> list[str]:
        given = self._node.args
        if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs:
            raise OpaqueError("it has parameters other than plain ones")
        return [parameter.arg for parameter in given.args]

    def _defaults(self) -> list[Term]:
        values = self._func.__defaults__ or ()
        nodes: list[Any] = self._node.args.defaults
        if len(nodes) != len(values):
            raise OpaqueError("its defaults were changed")
        names = self._parameters[len(self._parameters) - len(values) :]
        return [self._around.default(*given) for given in zip(nodes, values, names, strict=True)]

    def _statements(self, statements: list[ast.stmt], known: Locals) -> Term:
        if not statements:
            return {"t": "none"}
        first, rest = statements[0], statements[1:]
        match first:
            case ast.Return(value=value):
                return {"t": "none"} if value is None else self._term(value, known)
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                return self._statements(rest, known)
            case ast.If(test=test, body=body, orelse=otherwise):
                return {
                    "t": "if",
                    "test": self._term(test, known),
                    "then": self._statements(body + rest, known),
                    "else": self._statements(otherwise + rest, known),
                }
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return self._assigned(name, self._term(value, known), rest, known)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                return self._assigned(name, self._term(value, known), rest, known)
            case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
                before = ast.copy_location(ast.Name(name, ast.Load()), target)
                return self._assigned(
                    name, self._binary(first, op, self._term(before, known), self._term(value, known)), rest, known
                )
        raise self._opaque(first, f"a statement of kind {type(first).__name__}")

    def _assigned(self, name: str, value: Term, rest: list[ast.stmt], known: Locals) -> Term:
        self._variables += 1
        number = self._variables
        return {"t": "let", "var": number, "value": value, "body": self._statements(rest, {**known, name: number})}

    def _term(self, node: ast.expr, known: Locals) -> Term:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise OpaqueError(f"it is longer than {_MOST_NODES} parts")
        read: Callable[[Any, Locals], Term] | None = getattr(self, f"_read_{type(node).__name__}", None)
        if read is None:
            raise self._opaque(node, f"an expression of kind {type(node).__name__}")
        return read(node, known)

    def _read_Constant(self, node: ast.Constant, known: Locals) -> Term:
        return constant(node.value, f"line {node.lineno}: {node.value!r}")

    def _read_Name(self, node: ast.Name, known: Locals) -> Term:
        if node.id in known:
            return {"t": "var", "var": known[node.id]}
        if node.id in self._parameters:
            return {"t": "arg", "i": self._parameters.index(node.id)}
        if node.id in self._locals:
            raise self._opaque(node, f"{node.id!r}, which may have no value yet")
        return self._around.value(node.id)

    def _read_UnaryOp(self, node: ast.UnaryOp, known: Locals) -> Term:
        value = self._term(node.operand, known)
        if isinstance(node.op, ast.USub) and value["t"] == "int" and value["v"] != -(1 << 63):
            return {"t": "int", "v": -value["v"]}
        return {"t": "unary", "op": _UNARY[type(node.op)], "of": value}

    def _read_BinOp(self, node: ast.BinOp, known: Locals) -> Term:
        return self._binary(node, node.op, self._term(node.left, known), self._term(node.right, known))

    def _binary(self, at: Any, op: ast.operator, left: Term, right: Term) -> Term:
        if type(op) not in _BINARY:
            raise self._opaque(at, f"the operator {type(op).__name__}")
        return {"t": "binary", "op": _BINARY[type(op)], "left": left, "right": right}

    def _read_BoolOp(self, node: ast.BoolOp, known: Locals) -> Term:
        op = "and" if isinstance(node.op, ast.And) else "or"
        *first, term = [self._term(value, known) for value in node.values]
        for left in reversed(first):
            term = {"t": op, "left": left, "right": term}
        return term

    def _read_Compare(self, node: ast.Compare, known: Locals) -> Term:
        terms = [self._term(value, known) for value in (node.left, *node.comparators)]
        *pairs, term = [
            {"t": "compare", "op": _COMPARE[type(op)], "left": terms[i], "right": terms[i + 1]}
            for i, op in enumerate(node.ops)
        ]
        for left in reversed(pairs):
            term = {"t": "and", "left": left, "right": term}
        return term

    def _read_IfExp(self, node: ast.IfExp, known: Locals) -> Term:
        return {
            "t": "if",
            "test": self._term(node.test, known),
            "then": self._term(node.body, known),
            "else": self._term(node.orelse, known),
        }

    def _read_Tuple(self, node: ast.Tuple | ast.List | ast.Set, known: Locals) -> Term:
        return {"t": "items", "items": [self._term(item, known) for item in node.elts]}

    _read_List = _read_Set = _read_Tuple

    def _read_JoinedStr(self, node: ast.JoinedStr, known: Locals) -> Term:
        return {"t": "call", "fn": "format", "args": [self._term(part, known) for part in node.values]}

    def _read_FormattedValue(self, node: ast.FormattedValue, known: Locals) -> Term:
        if node.format_spec is not None or node.conversion not in (-1, ord("s")):
            raise self._opaque(node, "a format of its own")
        return {"t": "call", "fn": "str", "args": [self._term(node.value, known)]}

    def _read_Call(self, node: ast.Call, known: Locals) -> Term:
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self._opaque(node, f"a call with named arguments: {ast.unparse(node)}")
        match node.func:
            case ast.Name(id=name) if name not in self._locals and self._around.is_builtin(name):
                return {"t": "call", "fn": name, "args": [self._term(value, known) for value in node.args]}
            case ast.Attribute(value=value, attr=name):
                arguments = [self._term(argument, known) for argument in node.args]
                return {"t": "method", "fn": name, "on": self._term(value, known), "args": arguments}
        raise self._opaque(node, f"a call of {ast.unparse(node.func)}")

    def _read_Subscript(self, node: ast.Subscript, known: Locals) -> Term:
        value = self._term(node.value, known)
        part = node.slice
        if isinstance(part, ast.Slice):
            if part.step is not None:
                raise self._opaque(node, "a slice with a step")
            ends = [None if end is None else self._term(end, known) for end in (part.lower, part.upper)]
            return {"t": "slice", "of": value, "lower": ends[0], "upper": ends[1]}
        return {"t": "item", "of": value, "index": self._term(part, known)}

    def _opaque(self, node: Any, what: str) -> OpaqueError:
        return OpaqueError(f"line {node.lineno}: {what}")

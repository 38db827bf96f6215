"""Random Python functions of a row, as source text, and values that such functions trip over."""

from __future__ import annotations

import random

PARAMETERS = {"i": "int", "n": "bigint", "x": "double", "y": "float", "s": "string", "t": "string", "p": "boolean"}
VALUES = {
    "i": [None, 0, 1, -1, 2, 3, -7, 10, 2**31 - 1, -(2**31)],
    "n": [None, 0, 1, -1, 5, -8, 2**53, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 3037000500],
    "x": [None, 0.0, -0.0, 1.0, -1.5, 2.5, 0.1, 1e308, -1e308, 5e-324, 2.0**53, float("nan"), float("inf"), float("-inf")],
    "y": [None, 0.0, -0.0, 1.5, -2.25, 1e38, float("nan"), float("inf")],
    "s": [None, "", " ", "a", "abc", "aaa", "ABC", "a b", " x ", "\tq\n", "straße", "İx", "ǆ", "\u00a0z\u2003", "e\u0301", "😀a",
          "ﬁ", "a\x00b"],
    "t": [None, "", "a", "b", "aa", "A", "ß", "10", "-3", "None", "\x1fk\x0b"],
    "p": [None, True, False],
}  # fmt: skip
RETURNS = {
    "int": ["bigint", "int", "smallint", "double", "string"],
    "float": ["double", "float"],
    "bool": ["boolean", "string"],
    "str": ["string"],
}


class Generator:
    """Writes functions; what a part is to be is known on the way down, so that most run without type errors."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._locals: dict[str, list[str]] = {}

    def rows(self, count: int) -> list[tuple]:
        return [tuple(self._random.choice(values) for values in VALUES.values()) for _ in range(count)]

    def function(self, name: str) -> tuple[str, str, bool]:
        """The text of a function, the type that it promises, and whether its values travel as Arrow."""
        kind = self._random.choice(list(RETURNS))
        self._locals = {}
        lines = [f"def {name}({', '.join(PARAMETERS)}):"]
        lines += ["    " + line for line in self._block(kind, 2)]
        return "\n".join(lines) + "\n", self._random.choice(RETURNS[kind]), self._random.random() < 0.7

    def _block(self, kind: str, depth: int) -> list[str]:
        shape = self._random.randrange(6) if depth > 0 else 0
        if shape < 2:
            return [f"return {self._maybe_none(kind)}"]
        if shape == 2:
            name = f"v{len(self._locals)}"
            held = self._random.choice(list(RETURNS))
            line = f"{name} = {self._value(held, 2)}"
            before = dict(self._locals)
            self._locals[name] = [held]
            rest = self._block(kind, depth - 1)
            self._locals = before
            return [line, *rest]
        if shape == 3:
            name = self._random.choice(list(PARAMETERS))
            guard = f"if {name} is None:"
            return [guard, "    return " + self._constant(kind), *self._block(kind, depth - 1)]
        branch = ["    " + line for line in self._block(kind, depth - 1)]
        return [f"if {self._value('bool', 2)}:", *branch, *self._block(kind, depth - 1)]

    def _maybe_none(self, kind: str) -> str:
        value = self._value(kind, 3)
        return f"None if {self._value('bool', 1)} else {value}" if self._random.random() < 0.15 else value

    def _constant(self, kind: str) -> str:
        choice = self._random.choice
        return {
            "int": lambda: str(choice([0, 1, -1, 2, 7, 100, 2**31, 2**40, 2**62])),
            "float": lambda: choice(["0.0", "1.5", "-2.0", "0.1", "1e300", "9007199254740993.0"]),
            "bool": lambda: choice(["True", "False"]),
            "str": lambda: repr(choice(["", "a", " ", "ab", "B", "é", "x y"])),
        }[kind]()

    def _leaf(self, kind: str) -> str:
        named = {"int": ["i", "n"], "float": ["x", "y"], "bool": ["p"], "str": ["s", "t"]}[kind]
        held = [name for name, kinds in self._locals.items() if kind in kinds]
        return self._random.choice(named * 2 + held * 3 + [self._constant(kind)])

    def _value(self, kind: str, depth: int) -> str:
        if depth <= 0 or self._random.random() < 0.15:
            return self._leaf(kind)
        return getattr(self, f"_{kind}")(depth - 1)

    def _int(self, depth: int) -> str:
        a, b = self._value("int", depth), self._value("int", depth)
        positive = self._random.choice(["2", "3", "10", "i", "n"])
        text = self._value("str", depth)
        return self._random.choice([
            f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} // {positive})", f"({a} % {positive})", f"(-{a})",
            f"abs({a})", f"len({text})", f"({a} & {b})", f"({a} | 5)", f"(~{a})", f"({a} ** 2)", f"min({a}, {b})",
            f"max({a}, {b}, 3)", f"{text}.find('a')", f"({a} or {b})", f"int({self._value('float', depth)})",
            f"({a} if {self._value('bool', depth)} else {b})", f"(1 + {self._value('bool', depth)})",
        ])  # fmt: skip

    def _float(self, depth: int) -> str:
        a, b = self._value("float", depth), self._value("float", depth)
        whole = self._value("int", depth)
        return self._random.choice([
            f"({a} + {b})", f"({a} - {whole})", f"({a} * {b})", f"({a} / {b})", f"({whole} / {self._value('int', depth)})",
            f"(-{a})", f"abs({a})", f"float({whole})", f"max({a}, {b})", f"min({a}, {b})",
            f"({a} if {self._value('bool', depth)} else {b})", f"({a} and {b})",
        ])  # fmt: skip

    def _bool(self, depth: int) -> str:
        kind = self._random.choice(["int", "float", "str"])
        a, b = self._value(kind, depth), self._value(kind, depth)
        operator = self._random.choice(["<", "<=", ">", ">=", "==", "!="])
        text = self._value("str", depth)
        q, r = self._value("bool", depth), self._value("bool", depth)
        name = self._random.choice(list(PARAMETERS))
        return self._random.choice([
            f"({a} {operator} {b})", f"({self._value('int', depth)} {operator} {self._value('float', depth)})",
            f"({q} and {r})", f"({q} or {r})", f"(not {q})", f"({name} is None)", f"({name} is not None)",
            f"({a} in ({a}, {b}))", f"({self._value('str', depth)} in {text})", f"{text}.startswith('a')",
            f"{text}.endswith({self._value('str', depth)})", f"bool({a})", f"(0 < {self._value('int', depth)} <= 10)",
            f"({name} == None)", f"({text} not in ('a', 'b', None))",
        ])  # fmt: skip

    def _str(self, depth: int) -> str:
        a, b = self._value("str", depth), self._value("str", depth)
        return self._random.choice([
            f"({a} + {b})", f"{a}.upper()", f"{a}.lower()", f"{a}.strip()", f"{a}.lstrip('a ')", f"{a}.rstrip()",
            f"{a}.replace('a', {b})", f"{a}.split(' ')[0]", f"{a}.split('a')[-1]", f"{a}[0]", f"{a}[-2]", f"{a}[1:3]",
            f"{a}[:2]", f"{a}[-2:]", f"str({self._value('int', depth)})", "f'<{i}|{s}|{p}>'",
            f"({a} if {self._value('bool', depth)} else {b})", f"str({self._value('bool', depth)})", f"({a} or {b})",
        ])  # fmt: skip

"""Shows an expression tree as Spark's `Column.toString` does."""

from __future__ import annotations

import datetime
from typing import Any

from troupe.sql._expr import Expr

_SHOWN_NAMES = {"not": "!", "isnull": "isNull", "isnotnull": "isNotNull", "isnan": "isNaN"}
_EPOCH_DAY = datetime.date(1970, 1, 1).toordinal()


def render(expr: Expr) -> str:
    return _RENDERERS[expr["e"]](expr)


def _joined(items: list[Expr]) -> str:
    return ", ".join(map(render, items))


def _call(expr: Expr) -> str:
    args, fn = expr["args"], expr["fn"]
    if fn == "getitem":
        return f"{render(args[0])}[{render(args[1])}]"
    return f"{_SHOWN_NAMES.get(fn, fn)}({_joined(args)})"


def _literal(expr: Expr) -> str:
    value, kind = expr["value"], expr["type"]
    if value is None:
        return "NULL"
    if kind == "string":
        return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "bigint":
        return f"{value}L"
    if kind == "date":
        return datetime.date.fromordinal(value + _EPOCH_DAY).isoformat()
    if kind == "timestamp":
        moment = datetime.datetime.fromtimestamp(value // 1_000_000)
        fraction = f"{value % 1_000_000:06d}".rstrip("0") or "0"
        return f"{moment:%Y-%m-%d %H:%M:%S}.{fraction}"
    return str(value)


def _star(expr: Expr) -> str:
    target = expr.get("target")
    return f"{target}.*" if target else "*"


def _alias(expr: Expr) -> str:
    names = expr["names"]
    shown = names[0] if len(names) == 1 else "(" + ", ".join(names) + ")"
    return f"{render(expr['child'])} AS {shown}"


def _cast(expr: Expr) -> str:
    word = "TRY_CAST" if expr.get("mode") == "try" else "CAST"
    return f"{word}({render(expr['child'])} AS {expr['to'].upper()})"


def _case(expr: Expr) -> str:
    branches = "".join(f" WHEN {render(c)} THEN {render(v)}" for c, v in expr["branches"])
    otherwise = expr.get("else")
    return f"CASE{branches}" + (f" ELSE {render(otherwise)}" if otherwise is not None else "") + " END"


def _sort(expr: Expr) -> str:
    direction = "ASC" if expr["asc"] else "DESC"
    return f"{render(expr['child'])} {direction} NULLS {'FIRST' if expr['nullsFirst'] else 'LAST'}"


def _bound(bound: Any, side: str) -> str:
    if bound == "unbounded":
        return f"UNBOUNDED {side}"
    if bound == "current":
        return "CURRENT ROW"
    return f"{abs(bound)} {'PRECEDING' if bound < 0 else 'FOLLOWING'}"


def _window(expr: Expr) -> str:
    parts = []
    if expr["partitionBy"]:
        parts.append("PARTITION BY " + _joined(expr["partitionBy"]))
    if expr["orderBy"]:
        parts.append("ORDER BY " + _joined(expr["orderBy"]))
    frame = expr.get("frame")
    if frame:
        lower, upper = _bound(frame["lower"], "PRECEDING"), _bound(frame["upper"], "FOLLOWING")
        parts.append(f"{frame['unit'].upper()} BETWEEN {lower} AND {upper}")
    return f"{render(expr['fn'])} OVER ({' '.join(parts)})"


def _lambda(expr: Expr) -> str:
    params = expr["params"]
    shown = params[0] if len(params) == 1 else "(" + ", ".join(params) + ")"
    return f"{shown} -> {render(expr['body'])}"


def _drop_fields(expr: Expr) -> str:
    shown = render(expr["child"])
    for field in expr["names"]:
        shown = f"drop_field({shown}, {field})"
    return shown


def _in_subquery(expr: Expr) -> str:
    return f"in({_joined(expr['values'])}, subquery)"


_RENDERERS: dict[str, Any] = {
    "call": _call,
    "lit": _literal,
    "col": lambda expr: expr["name"],
    "star": _star,
    "colregex": lambda expr: expr["pattern"],
    "alias": _alias,
    "cast": _cast,
    "case": _case,
    "sort": _sort,
    "window": _window,
    "lambda": _lambda,
    "lambdavar": lambda expr: expr["name"],
    "sql": lambda expr: expr["text"],
    "udf": lambda expr: f"{expr['name']}({_joined(expr['args'])})",
    "withField": lambda expr: f"update_field({render(expr['child'])}, {expr['name']}, {render(expr['value'])})",
    "dropFields": _drop_fields,
    "subquery": lambda expr: f"{expr['kind']}()",
    "insubquery": _in_subquery,
    "namedArg": lambda expr: f"{expr['name']} => {render(expr['value'])}",
}

"""The cells of the function grid: for each function of the registry, calls with every value of each argument's pool."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from differential.grid import pools, signatures

REGISTRY = Path(__file__).resolve().parents[4] / "planner/src/main/resources/io/troupe/planner/function/registry.tsv"
_PLACE = re.compile(r"(?<![A-Za-z_'0-9])([ILDMSBbdtnAZP])(?![A-Za-z_'0-9])")


def registry() -> dict[str, str]:
    """Name to kind, for what SQL can call."""
    with open(REGISTRY, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["name"]: row["kind"] for row in rows if row["kind"] != "special"}


def _entries(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in filter(None, text.splitlines()):
        names, _, forms = line.partition(": ") if ": " in line else (line.rstrip(":"), "", "")
        for name in names.rstrip(":").split():
            yield name, [form.strip() for form in forms.split(" | ")] if forms else [""]


def waived() -> set[str]:
    return {name for name, _ in _entries(signatures.WAIVED)}


def cells() -> dict[str, list[str]]:
    """Function to its SQL queries."""
    found: dict[str, list[str]] = {}
    kinds = (
        (signatures.SCALAR, _scalar),
        (signatures.AGGREGATE, _aggregate),
        (signatures.HIGHER_ORDER, _higher_order),
        (signatures.GENERATOR, _generator),
    )
    for text, build in kinds:
        for name, forms in _entries(text):
            queries = found.setdefault(name, [])
            for form in forms:
                queries.extend(q for q in build(name, form) if q not in queries)
    return {name: queries for name, queries in found.items() if queries and name not in waived()}


_UNIFORM = "ILDSBbdt"


def column_cells(answers: dict[str, dict[str, dict]]) -> dict[str, list[str]]:
    """The same calls with one argument as a column of all its values that gave no error: a batch instead of a constant."""
    found: dict[str, list[str]] = {}
    for text, build in ((signatures.SCALAR, _templates), (signatures.HIGHER_ORDER, _higher_order_template)):
        for name, forms in _entries(text):
            for template in (template for form in forms for template in build(name, form)):
                found.setdefault(name, []).extend(_columns(template, answers.get(name, {})))
    return found


def _columns(template: str, answers: dict[str, dict]) -> Iterator[str]:
    places = _places(template)
    for index, place in enumerate(places):
        pool = pools.POOLS[place.group(1)]
        good = [v for v in pool if "schema" in answers.get(f"select {_filled(template, places, index, v)} as x", {})]
        if place.group(1) not in _UNIFORM or len(good) < 2:
            continue
        rows = ", ".join(f"({i}, {value})" for i, value in enumerate(good * 2))
        yield f"select i, {_filled(template, places, index, 'c')} as x from (values {rows}) as t(i, c) order by i"


def _places(template: str) -> list[re.Match[str]]:
    return [place for place in _PLACE.finditer(template) if template[: place.start()].count("'") % 2 == 0]


def _filled(template: str, places: list[re.Match[str]], changed: int, value: str) -> str:
    """The template with typical values in all places but one."""
    parts, at = [], 0
    for index, place in enumerate(places):
        parts.append(template[at : place.start()])
        parts.append(value if index == changed else pools.POOLS[place.group(1)][0])
        at = place.end()
    return "".join(parts) + template[at:]


def _variants(template: str) -> Iterator[str]:
    """The template with typical values, then with each value of one argument at a time, then with wrong types."""
    places = _places(template)
    yield _filled(template, places, -1, "")
    for index, place in enumerate(places):
        for value in pools.POOLS[place.group(1)][1:]:
            yield _filled(template, places, index, value)
    for index, place in enumerate(places):
        yield _filled(template, places, index, pools.WRONG[place.group(1)])


def _templates(name: str, form: str) -> Iterator[str]:
    if re.search(r"[a-z]\(", form) and form.split("(")[0] in ("extract", "overlay", "timestampadd", "timestampdiff"):
        yield form
    elif not re.match(r"\w", name) or name == "div":
        yield form.replace("_", name) if "_" in form else form
    elif name in ("and", "or"):
        yield form.replace(" ", f" {name} ")
    elif name in ("like", "ilike", "rlike", "regexp"):
        yield form.replace(" ", f" {name} ", 1)
    else:
        yield f"{name}({', '.join(_words(form))})"


def _scalar(name: str, form: str) -> Iterator[str]:
    for template in _templates(name, form):
        for text in _variants(template):
            yield f"select {text} as x"


def _words(form: str) -> list[str]:
    """Arguments of a form: parted by blanks, but not inside quotes or brackets."""
    words, word, depth, quoted = [], "", 0, False
    for character in form + " ":
        quoted ^= character == "'"
        depth += (character in "([") - (character in ")]") if not quoted else 0
        if character == " " and depth == 0 and not quoted:
            words.append(word)
            word = ""
        else:
            word += character
    return [word for word in words if word]


def _generator(name: str, form: str) -> Iterator[str]:
    for text in _variants(f"{name}({', '.join(_words(form))})"):
        yield f"select {text}"


def _higher_order_template(name: str, form: str) -> Iterator[str]:
    yield f"{name}({form})"


def _higher_order(name: str, form: str) -> Iterator[str]:
    for text in _variants(f"{name}({form})"):
        yield f"select {text} as x"


def _aggregate(name: str, form: str) -> Iterator[str]:
    """The pool as a table of six rows: all of it, nothing of it, one row, and with DISTINCT."""
    words = _words(form)
    arguments: list[str] = []
    names: list[str] = []
    rows: list[list[str]] = [[] for _ in range(6)]
    for i, word in enumerate(words):
        if word not in pools.TABLE_ROWS:
            arguments.append(word)
            continue
        arguments.append(f"c{i}")
        names.append(f"c{i}")
        values = pools.TABLE_ROWS[word]
        for r in range(6):
            rows[r].append(f"cast({values[(r + i) % 6]} as {pools.TYPES[word]})")
    call = f"{name}({', '.join(arguments)})"
    if name in ("collect_list", "collect_set", "array_agg"):
        call = f"sort_array({call})"
    if not names:
        names, rows = ["c0"], [["1"], ["2"], ["null"], ["4"], ["5"], ["6"]]
    table = f"(values {', '.join('(' + ', '.join(r) + ')' for r in rows)}) as t({', '.join(names)})"
    one = f"(values ({', '.join(rows[0])})) as t({', '.join(names)})"
    yield f"select {call} as x from {table}"
    yield f"select {call} as x from {table} where {names[0]} is null and {names[0]} is not null"
    yield f"select {call} as x from {one}"
    yield f"select {names[0]} is null as k, {call} as x from {table} group by 1 order by 1"
    if name in ("sum", "avg", "count", "min", "max", "collect_set"):
        yield f"select {call.replace(name + '(', name + '(distinct ', 1)} as x from {table}"

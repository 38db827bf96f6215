"""Random queries in the SQL that Spark and DuckDB share, over tables with nulls, skew and keys that meet. Integers and text only:
an answer is the same to the last digit or wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass

WORDS = ["a", "b", "ab", "bc", "", "zz", "Ab"]

# Columns are i… (integers) and s… (text); each table is a list of rows.
TABLES = {"t0": ["i0", "i1", "i2", "s0"], "t1": ["i0", "i1", "s0", "s1"], "t2": ["i0", "i1", "i2", "i3"]}


def rows(table: str, count: int, seed: int) -> dict[str, list]:
    """The columns of a table, with nulls and a frequent value in each."""
    columns: dict[str, list] = {}
    chance = random.Random(f"{table} {seed}")
    for name in TABLES[table]:
        spread = chance.choice([3, 20, count])
        nulls = chance.choice([0.0, 0.05, 0.3])
        values = []
        for _ in range(count):
            if chance.random() < nulls:
                values.append(None)
            elif name.startswith("s"):
                values.append(chance.choice(WORDS))
            else:
                values.append(1 if chance.random() < 0.2 else chance.randrange(spread))
        columns[name] = values
    return columns


@dataclass(frozen=True)
class Relation:
    """A FROM item with the columns that it gives, each as it is written outside."""

    sql: str
    columns: tuple[str, ...]


class Writer:
    """Writes one query; all choices come from the seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.aliases = 0

    def alias(self) -> str:
        self.aliases += 1
        return f"q{self.aliases}"

    def pick(self, columns, kind: str = "") -> str | None:
        fitting = [c for c in columns if c.split(".")[-1].startswith(kind)]
        return self.chance.choice(fitting) if fitting else None

    def literal(self, column: str) -> str:
        if column.split(".")[-1].startswith("s"):
            return f"'{self.chance.choice(WORDS)}'"
        return str(self.chance.randrange(-1, 22))

    def condition(self, columns, depth: int = 1) -> str:
        kind = self.chance.randrange(11)
        column = self.pick(columns)
        if depth and kind < 3:
            joint = self.chance.choice(["and", "or"])
            return f"({self.condition(columns, depth - 1)} {joint} {self.condition(columns, depth - 1)})"
        if kind == 3:
            return f"not ({self.condition(columns, 0)})"
        if kind == 4:
            return f"{column} is {self.chance.choice(['', 'not '])}null"
        if kind == 5:
            return f"{column} in ({self.literal(column)}, {self.literal(column)}, {self.literal(column)})"
        if kind == 6 and column.split(".")[-1].startswith("s"):
            return f"{column} like '{self.chance.choice(['a%', '%b', '%b%'])}'"
        if kind == 7 and (number := self.pick(columns, "i")):
            return f"{number} + {self.pick(columns, 'i')} > {self.chance.randrange(30)}"
        if kind == 8:
            return f"case when {self.condition(columns, 0)} then {column} else null end = {self.literal(column)}"
        if kind == 9:
            return f"coalesce({column}, {self.literal(column)}) = {self.literal(column)}"
        return f"{column} {self.chance.choice(['=', '<', '>', '<=', '>=', '<>'])} {self.literal(column)}"

    def table(self) -> Relation:
        name, alias = self.chance.choice(list(TABLES)), self.alias()
        return Relation(f"{name} {alias}", tuple(f"{alias}.{c}" for c in TABLES[name]))

    def grouped(self, source: Relation, having: bool = True) -> Relation:
        keys = [c for c in source.columns if self.chance.random() < 0.4][:3]
        items, names = [], []
        for key in keys:
            names.append(f"{key.split('.')[-1][0]}{len(names)}")
            items.append(f"{key} as {names[-1]}")
        for _ in range(self.chance.randrange(1, 3)):
            column = self.pick(source.columns, "i") or "1"
            call = self.chance.choice(["count", "sum", "min", "max", "count(distinct"])
            names.append(f"i{len(names)}")
            closing = ")" if call.endswith("distinct") else ""
            items.append(f"{call}{' ' if closing else '('}{column}) as {names[-1]}")
        where = f" where {self.condition(source.columns)}" if self.chance.random() < 0.4 else ""
        by = ""
        if keys:
            sets = self.chance.random() < 0.15 and not any("distinct" in i for i in items)
            by = f" group by {'rollup' if sets else ''}({', '.join(keys)})" if sets else f" group by {', '.join(keys)}"
            if sets:
                # Without rows, DuckDB gives the grand total and Spark nothing.
                by += " having count(*) > 0"
            elif having and self.chance.random() < 0.3:
                by += f" having count(*) > {self.chance.randrange(4)}"
        alias = self.alias()
        return Relation(
            f"(select {', '.join(items)} from {source.sql}{where}{by}) {alias}", tuple(f"{alias}.{n}" for n in names)
        )

    def item(self, depth: int) -> Relation:
        kind = self.chance.randrange(10)
        if depth <= 0 or kind < 4:
            return self.table()
        if kind < 7:
            return self.grouped(self.source(depth - 1))
        if kind == 7:
            return self.union(depth - 1)
        if kind == 8:
            return self.windowed(self.source(depth - 1))
        return self.derived(self.source(depth - 1))

    def narrowed(self, source: Relation) -> tuple[list[str], list[str]]:
        """Up to four columns, and names for them."""
        chosen = self.chance.sample(source.columns, min(4, len(source.columns)))
        return chosen, [f"{c.split('.')[-1][0]}{n}" for n, c in enumerate(chosen)]

    def derived(self, source: Relation) -> Relation:
        chosen, names = self.narrowed(source)
        alias = self.alias()
        items = ", ".join(f"{c} as {n}" for c, n in zip(chosen, names, strict=True))
        distinct = "distinct " if self.chance.random() < 0.4 else ""
        where = f" where {self.condition(source.columns)}" if self.chance.random() < 0.6 else ""
        return Relation(
            f"(select {distinct}{items} from {source.sql}{where}) {alias}", tuple(f"{alias}.{n}" for n in names)
        )

    def windowed(self, source: Relation) -> Relation:
        chosen, names = self.narrowed(source)
        alias = self.alias()
        items = ", ".join(f"{c} as {n}" for c, n in zip(chosen, names, strict=True))
        order = f"order by {self.pick(source.columns)} nulls first"
        number = self.pick(source.columns, "i") or "1"
        call = self.chance.choice(
            [f"rank() over (partition by {chosen[0]} {order})", f"sum({number}) over (partition by {chosen[0]})"]
        )
        return Relation(
            f"(select {items}, {call} as i9 from {source.sql}) {alias}", tuple(f"{alias}.{n}" for n in [*names, "i9"])
        )

    def union(self, depth: int) -> Relation:
        parts = []
        for _ in range(2):
            source = self.source(depth)
            numbers = [self.pick(source.columns, "i") or "0" for _ in range(2)]
            where = f" where {self.condition(source.columns)}" if self.chance.random() < 0.5 else ""
            parts.append(f"select {numbers[0]} as i0, {numbers[1]} as i1 from {source.sql}{where}")
        alias = self.alias()
        joint = self.chance.choice(["union all", "union all", "union", "intersect", "except"])
        return Relation(f"({parts[0]} {joint} {parts[1]}) {alias}", (f"{alias}.i0", f"{alias}.i1"))

    def join_condition(self, left, right) -> str | None:
        kind = self.chance.choice("iiis")
        pairs = []
        for _ in range(self.chance.choice([1, 1, 2])):
            a, b = self.pick(left, kind), self.pick(right, kind)
            if a and b:
                pairs.append(f"{a} = {b}")
        if not pairs:
            return None
        if self.chance.random() < 0.25:
            pairs.append(self.condition([*left, *right]))
        return " and ".join(pairs)

    def source(self, depth: int) -> Relation:
        """One item, or a chain of joins. At most one join per level multiplies rows much: tables are small."""
        whole = self.item(depth)
        for _ in range(self.chance.choice([0, 1, 1, 2]) if depth else self.chance.choice([0, 1])):
            other = self.item(depth - 1)
            on = self.join_condition(whole.columns, other.columns)
            if on is None:
                continue
            kind = self.chance.choice(
                ["join", "join", "left join", "right join", "full join", "left semi", "left anti"]
            )
            if kind in ("left semi", "left anti"):
                word = "exists" if kind == "left semi" else "not exists"
                alias = self.alias()
                chosen, names = self.narrowed(whole)
                items = ", ".join(f"{c} as {n}" for c, n in zip(chosen, names, strict=True))
                whole = Relation(
                    f"(select {items} from {whole.sql} where {word} (select 1 from {other.sql} where {on})) {alias}",
                    tuple(f"{alias}.{n}" for n in names),
                )
            else:
                whole = Relation(f"{whole.sql} {kind} {other.sql} on {on}", (*whole.columns, *other.columns))
        return whole

    def subquery_condition(self, columns) -> str:
        """A condition with a subquery that may read the outer row."""
        inner = self.item(0)
        number = self.pick(inner.columns, "i")
        outer = self.pick(columns, "i")
        key = self.pick(inner.columns, "i")
        correlated = (
            f"{key} = {self.pick(columns, 'i')}" if self.chance.random() < 0.7 else self.condition(inner.columns)
        )
        kind = self.chance.randrange(4)
        if kind == 0:
            return f"{outer} in (select {number} from {inner.sql} where {self.condition(inner.columns)})"
        if kind == 1:
            return f"{outer} not in (select {number} from {inner.sql} where {self.condition(inner.columns)})"
        if kind == 2:
            call = self.chance.choice(["max", "min", "count", "sum"])
            return f"{outer} >= (select {call}({number}) from {inner.sql} where {correlated})"
        return f"{self.chance.choice(['', 'not '])}exists (select 1 from {inner.sql} where {correlated})"

    def query(self) -> str:
        if self.chance.random() < 0.2:
            return self.common_table()
        source = self.source(2)
        columns = source.columns
        where = []
        if self.chance.random() < 0.6:
            where.append(self.condition(columns))
        if self.chance.random() < 0.4 and self.pick(columns, "i"):
            where.append(self.subquery_condition(columns))
        filtered = f" where {' and '.join(where)}" if where else ""
        if self.chance.random() < 0.4:
            key = self.pick(columns)
            number = self.pick(columns, "i") or "1"
            return f"select {key} as k, count(*) as n, sum({number}) as s from {source.sql}{filtered} group by {key}"
        chosen, names = self.narrowed(source)
        items = ", ".join(f"{c} as {n}" for c, n in zip(chosen, names, strict=True))
        text = f"select {items} from {source.sql}{filtered}"
        if self.chance.random() < 0.3:
            order = ", ".join(f"{n} {self.chance.choice(['asc', 'desc'])} nulls first" for n in names)
            text += f" order by {order} limit {self.chance.choice([1, 10, 100])}"
        return text

    def common_table(self) -> str:
        body = self.grouped(self.source(1), having=False)
        names = [c.split(".")[-1] for c in body.columns]
        kind = self.chance.choice(["join", "left join"])
        key = self.chance.choice(names)
        items = ", ".join([f"a.{n} as a{n}" for n in names] + [f"b.{self.chance.choice(names)} as b0"])
        a, b = [f"a.{n}" for n in names], [f"b.{n}" for n in names]
        return (
            f"with c as (select * from {body.sql}) select {items} from c a {kind} c b on a.{key} = b.{key}"
            f" where {self.condition(a)} and {self.condition([*a, *b])}"
        )


def query(seed: int) -> str:
    return Writer(seed).query()

#!/usr/bin/env python3
"""Group-by and join queries, and queries over one wide table, under Troupe, DuckDB and DataFusion; the answers are compared.

    analytics.py make FOLDER [--rows 1000000]                 write the Parquet files (needs duckdb)
    analytics.py run FOLDER ENGINE=PYTHON … [--repeat 2]      each engine in a process of that interpreter

ENGINE is troupe, duckdb or datafusion. Prints the best later time of each query in seconds, and how often each engine's time
is the first engine's. The group-by tables have keys of few, many and nearly unique values; the wide one has 105 columns, of
which most are read by no query.
"""

import argparse
import decimal
import json
import os
import subprocess
import sys
import time

SUITES = {
    "grouping": {
        "sum by a few keys": "select id1, sum(v1) as v from g group by id1",
        "sum by two keys": "select id1, id2, sum(v1) as v from g group by id1, id2",
        "several by many keys": "select id3, sum(v1) as a, sum(v3) as b, count(*) as n from g group by id3",
        "integer keys": "select id4, sum(v1) as a, sum(v2) as b, sum(v3) as c from g group by id4",
        "many integer keys": "select id6, sum(v1) as a, sum(v2) as b, max(v3) as c from g group by id6",
        "largest of each": "select id6, v from (select id6, v3 as v, row_number() over (partition by id6 order by v3 desc) r "
        "from g) t where r <= 2",
        "range by many keys": "select id3, max(v1) - min(v2) as d from g group by id3",
        "six keys": "select id1, id2, id3, id4, id5, id6, sum(v3) as s, count(*) as n from g group by id1, id2, id3, id4, id5, id6",
        "distinct": "select count(distinct id6) as a, count(distinct id3) as b from g",
    },
    "joining": {
        "small": "select count(*) as n, sum(g.v1) as a, sum(s.w) as b from g join s on g.id4 = s.id4",
        "medium": "select count(*) as n, sum(g.v1) as a, sum(m.w) as b from g join m on g.id5 = m.id5",
        "outer medium": "select count(*) as n, sum(g.v1) as a, sum(m.w) as b from g left join m on g.id5 = m.id5",
        "by text": "select count(*) as n, sum(m.w) as b from g join m on g.id3 = m.id3",
        "big": "select count(*) as n, sum(g.v1) as a, sum(b.w) as c from g join b on g.id6 = b.id6",
        "grouped": "select s.t, sum(g.v3) as a from g join m on g.id5 = m.id5 join s on g.id4 = s.id4 where m.w < 20 group by s.t",
        "semi": "select count(*) as n from g where id6 in (select id6 from b where w < 5)",
        "anti": "select count(*) as n from g where not exists (select 1 from b where b.id6 = g.id6 and b.w > 50)",
    },
    "wide": {
        "count": "select count(*) as n from w",
        "count with condition": "select count(*) as n from w where c7 <> 0",
        "sums": "select sum(c1) as a, count(*) as n, max(c2) as b from w",
        "distinct users": "select count(distinct visitor) as n from w",
        "distinct phrases": "select count(distinct phrase) as n from w",
        "top regions": "select c3, count(*) as n, count(distinct visitor) as u from w group by c3 order by n desc, c3 limit 10",
        "top users": "select visitor, count(*) as n from w group by visitor order by n desc, visitor limit 10",
        "top users and phrases": "select visitor, phrase, count(*) as n from w group by visitor, phrase order by n desc, visitor, "
        "phrase limit 10",
        "one visitor": "select count(*) as n from w where visitor = 4711",
        "like": "select count(*) as n from w where url like '%item7%'",
        "like and group": "select phrase, min(url) as m, count(*) as n from w where url like '%item77%' and phrase <> '' group "
        "by phrase order by n desc, phrase limit 10",
        "wide top n": "select * from w where url like '%item77%' order by moment, visitor, c1, c2, c3 limit 10",
        "phrase top n": "select phrase from w where phrase <> '' order by moment, phrase limit 10",
        "long texts": "select c3, sum(length(url)) as l, count(*) as n from w where url <> '' group by c3 having count(*) "
        "> 100 order by l desc, c3 limit 25",
        "many sums": "select " + ", ".join(f"sum(c1 + {n}) as s{n}" for n in range(40)) + " from w",
        "by expression": "select c1 - 1 as a, c1 - 2 as b, c1 - 3 as c, count(*) as n from w group by c1 - 1, c1 - 2, c1 - 3 "
        "order by n desc, a limit 10",
        "dashboard": "select url, count(*) as n from w where c3 = 17 and day between 10 and 40 and c7 = 0 group by url "
        "order by n desc, url limit 10",
    },
}


def make(folder, rows):
    import duckdb

    os.makedirs(folder, exist_ok=True)
    base = duckdb.connect()
    base.execute("select setseed(0.5)")
    group = (
        f"select 'id' || lpad((random() * 100)::int::varchar, 3, '0') id1, 'id' || (random() * 100)::int id2,"
        f" 'id' || lpad((random() * {rows // 100})::int::varchar, 10, '0') id3, (random() * 100)::int id4,"
        f" (random() * {rows // 1000})::int id5, (random() * {rows // 10})::int id6, (random() * 5)::int v1, (random() * 15)::int v2,"
        f" (random() * 100000)::int::decimal(9, 2) v3 from range({rows})"
    )
    wide = ", ".join(f"(hash(r * {n}) % {[2, 50, 1000, 100000][n % 4]})::int c{n}" for n in range(1, 100))
    tables = {
        "g": group,
        "s": "select r::int id4, 'group ' || r % 7 t, (r * 37 % 100)::int w from range(80) t(r)",
        "m": f"select r::int id5, 'id' || lpad(r::varchar, 10, '0') id3, (r * 31 % 100)::int w from range({rows // 1000 * 9 // 10}) t(r)",
        "b": f"select r::int id6, (r * 29 % 100)::int w from range({rows // 10 * 9 // 10}) t(r)",
        "w": f"select r % 86400 moment, (r // {max(1, rows // 60)})::int as day, (hash(r) % {rows // 5})::bigint as visitor,"
        " 'http://example.org/item' || hash(r * 3) % 20000 || '/page' || hash(r * 5) % 50 as url,"
        f" case when r % 3 = 0 then 'phrase ' || hash(r * 7) % 30000 else '' end as phrase, r, {wide} from range({rows}) t(r)",
    }
    for name, text in tables.items():
        base.execute(f"copy ({text}) to '{folder}/{name}.parquet' (format parquet, row_group_size 122880)")


def opened(engine, folder):
    """A function from a query's text to its rows."""
    paths = {name: f"{folder}/{name}.parquet" for name in "gsmbw"}
    if engine == "duckdb":
        import duckdb

        base = duckdb.connect()
        base.execute("set threads = 2")
        for name, path in paths.items():
            base.execute(f"create view {name} as select * from read_parquet('{path}')")
        return lambda text: base.execute(text).fetchall()
    if engine == "datafusion":
        import datafusion

        context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(2))
        for name, path in paths.items():
            context.register_parquet(name, path)
        return lambda text: [tuple(r.values()) for b in context.sql(text).collect() for r in b.to_pylist()]
    from troupe.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g").getOrCreate()
    for name, path in paths.items():
        spark.read.parquet(path).createOrReplaceTempView(name)
    return lambda text: [tuple(row) for row in spark.sql(text).collect()]


def plain(value):
    return float(value) if isinstance(value, (int, decimal.Decimal)) else value


def measure(engine, folder, repeat):
    run = opened(engine, folder)
    answers = {}
    for suite, queries in SUITES.items():
        for name, text in queries.items():
            times = []
            for _ in range(repeat + 1):
                began = time.perf_counter()
                rows = run(text)
                times.append(time.perf_counter() - began)
            digest = sorted(repr([plain(value) for value in row]) for row in rows)
            answers[f"{suite}: {name}"] = (min(times[1:] or times), len(digest), hash_of(digest))
    print(json.dumps(answers))


def hash_of(lines):
    import hashlib

    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compare(folder, engines, repeat):
    results = {}
    for engine in engines:
        name, python = engine.split("=", 1)
        command = [python, __file__, "measure", folder, name, "--repeat", str(repeat)]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        results[name] = json.loads(output.splitlines()[-1])
    first = next(iter(results))
    print(
        f"{'':<32}"
        + "".join(f"{name:>12}" for name in results)
        + "".join(f"{first + '/' + n:>20}" for n in list(results)[1:])
    )
    totals = dict.fromkeys(results, 0.0)
    for query, (best, _, digest) in results[first].items():
        line = f"{query:<32}"
        for name, answers in results.items():
            totals[name] += answers[query][0]
            line += f"{answers[query][0]:>12.3f}"
        line += "".join(f"{best / results[n][query][0]:>20.2f}" for n in list(results)[1:])
        different = [n for n in results if results[n][query][2] != digest]
        print(line + (f"   other answer: {different}" if different else ""))
    print(f"{'total':<32}" + "".join(f"{total:>12.3f}" for total in totals.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["make", "run", "measure"])
    parser.add_argument("folder")
    parser.add_argument("engines", nargs="*")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    if options.action == "make":
        make(options.folder, options.rows)
    elif options.action == "measure":
        measure(options.engines[0], options.folder, options.repeat)
    else:
        compare(options.folder, options.engines, options.repeat)


if __name__ == "__main__":
    sys.exit(main())

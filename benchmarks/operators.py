#!/usr/bin/env python3
"""Aggregation, join, sort, window, and Parquet read and write, each over few, many and skewed keys, against other engines.

    operators.py make FOLDER [--rows 10000000]              write the Parquet file (needs duckdb)
    operators.py run FOLDER ENGINE=PYTHON … [--repeat 2]    each engine in a process of that interpreter

ENGINE is troupe, duckdb, datafusion, polars or pyarrow (only Parquet). Prints the best time of each case in seconds and the
first engine's time as a multiple of each other's; answers that differ are named. A case that an engine cannot do is a dash.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time

KEYS = ("few", "many", "skewed")
QUERIES = {
    "aggregate {k}": "select count(*) as n, sum(s) as a, max(c) as b from "
    "(select {k}, sum(amount) as s, count(*) as c, max(price) as p from facts group by {k}) t",
    "aggregate text": "select count(*) as n, max(s) as a from (select name, sum(amount) as s from facts group by name) t",
    "join {k}": "select count(*) as n, sum(f.amount) as a, sum(d.weight) as b from facts f join {k}_keys d on f.{k} = d.{k}",
    "sort top {k}": "select {k}, price, id from facts order by {k} desc, price, id limit 100",
    "sort all {k}": "select sum(p) as a, count(*) as n from "
    "(select lag(price) over (order by {k}, id) as p from facts) t where p > 5000",
    "window {k}": "select sum(r) as a, max(r) as b from "
    "(select row_number() over (partition by {k} order by price, id) as r from facts) t where r % 3 = 0",
}
READ = "select sum(id) as a, sum(few) as b, sum(many) as c, sum(skewed) as d, sum(amount) as e, max(price) as f, max(name) as g from facts"


def cases():
    """Name and query text."""
    for name, text in QUERIES.items():
        for key in KEYS if "{k}" in name else ("",):
            yield name.format(k=key), text.format(k=key)
    yield "parquet read", READ


def make(folder, rows):
    import duckdb

    os.makedirs(folder, exist_ok=True)
    base = duckdb.connect()
    base.execute("select setseed(0.25)")
    groups = rows // 10
    tables = {
        "facts": f"select r as id, (random() * 20)::int as few, (random() * {groups})::int as many,"
        f" (pow(random(), 12) * {groups})::int as skewed, (random() * 1000)::int as amount, round(random() * 10000, 2) as price,"
        f" 'name ' || (random() * {rows // 100})::int as name from range({rows}) t(r)",
        "few_keys": "select r::int as few, (r * 37 % 100)::int as weight from range(20) t(r)",
        "many_keys": f"select r::int as many, (r * 31 % 100)::int as weight from range({groups}) t(r)",
        "skewed_keys": f"select r::int as skewed, (r * 29 % 100)::int as weight from range({groups}) t(r)",
    }
    for name, text in tables.items():
        base.execute(f"copy ({text}) to '{folder}/{name}.parquet' (format parquet, row_group_size 122880)")


TABLES = ("facts", "few_keys", "many_keys", "skewed_keys")


def path(folder, table):
    return os.path.join(folder, f"{table}.parquet")


class Troupe:
    def __init__(self, folder):
        from troupe.sql import SparkSession

        self.spark = SparkSession.builder.master("local[2]").getOrCreate()
        for table in TABLES:
            self.spark.read.parquet(path(folder, table)).createOrReplaceTempView(table)

    def query(self, text):
        return [tuple(row) for row in self.spark.sql(text).collect()]

    def write(self, source, target):
        self.spark.read.parquet(source).write.parquet(target)


class Duckdb:
    def __init__(self, folder):
        import duckdb

        self.base = duckdb.connect()
        self.base.execute("set threads = 2")
        for table in TABLES:
            self.base.execute(f"create view {table} as select * from read_parquet('{path(folder, table)}')")

    def query(self, text):
        return self.base.execute(text).fetchall()

    def write(self, source, target):
        self.base.execute(f"copy (select * from read_parquet('{source}')) to '{target}' (format parquet)")


class Datafusion:
    def __init__(self, folder):
        import datafusion

        self.context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(2))
        for table in TABLES:
            self.context.register_parquet(table, path(folder, table))

    def query(self, text):
        return [tuple(row.values()) for batch in self.context.sql(text).collect() for row in batch.to_pylist()]

    def write(self, source, target):
        self.context.read_parquet(source).write_parquet(target, compression="snappy")


class Polars:
    def __init__(self, folder):
        import polars

        self.polars = polars
        self.context = polars.SQLContext({table: polars.scan_parquet(path(folder, table)) for table in TABLES})

    def query(self, text):
        return self.context.execute(text).collect(engine="streaming").rows()

    def write(self, source, target):
        self.polars.scan_parquet(source).sink_parquet(target, compression="snappy")


class Pyarrow:
    def __init__(self, folder):
        import pyarrow

        pyarrow.set_cpu_count(2)
        self.file = path(folder, "facts")

    def query(self, text):
        from pyarrow import parquet

        if text != READ:
            raise NotImplementedError
        parquet.read_table(self.file)
        return []

    def write(self, source, target):
        from pyarrow import parquet

        parquet.write_table(parquet.read_table(source), target)


ENGINES = {kind.__name__.lower(): kind for kind in (Troupe, Duckdb, Datafusion, Polars, Pyarrow)}


def timed(action, repeat):
    """Best seconds and the last result; None and the reason when the engine cannot."""
    times = []
    try:
        for _ in range(repeat + 1):
            began = time.perf_counter()
            result = action()
            times.append(time.perf_counter() - began)
    except Exception as failure:
        return None, f"{type(failure).__name__}: {failure}"[:200]
    return min(times), result


def digest(rows):
    """Ten digits of each number: sums of doubles depend on the order of their terms."""
    return sorted([f"{float(v):.10g}" if isinstance(v, (int, float)) else str(v) for v in row] for row in rows)


def measure(engine, folder, repeat):
    subject = ENGINES[engine](folder)
    report = {}
    for name, text in cases():
        seconds, rows = timed(lambda text=text: subject.query(text), repeat)
        report[name] = (seconds, digest(rows) if seconds is not None else rows)
    target = os.path.join(folder, f"written-by-{engine}.parquet")

    def write():
        shutil.rmtree(target, ignore_errors=True)
        if os.path.isfile(target):
            os.unlink(target)
        subject.write(path(folder, "facts"), target)

    report["parquet read and write"] = (timed(write, repeat)[0], None)
    print(json.dumps(report))


def compare(folder, engines, repeat):
    results = {}
    for engine in engines:
        name, python = engine.split("=", 1)
        command = [python, __file__, "measure", folder, name, "--repeat", str(repeat)]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        results[name] = json.loads(output.splitlines()[-1])
    first, *others = results
    print(f"| case | {first} s | " + " | ".join(f"{name} s (ratio)" for name in others) + " |")
    print("|---" * (len(results) + 1) + "|")
    for case, (mine, answer) in results[first].items():
        cells = [f"{mine:.2f}" if mine is not None else "–"]
        different = []
        for name in others:
            theirs, other = results[name][case]
            usable = theirs is not None and mine is not None
            cells.append(f"{theirs:.2f} ({mine / theirs:.2f})" if usable else "–")
            if usable and other and answer and other != answer:
                different.append(name)
        print(f"| {case} | " + " | ".join(cells) + " |" + (f" other answer: {different}" if different else ""))
        if mine is None:
            print(f"{first} cannot: {answer}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["make", "run", "measure"])
    parser.add_argument("folder")
    parser.add_argument("engines", nargs="*")
    parser.add_argument("--rows", type=int, default=10_000_000)
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

"""What the road to Python costs by itself, beside the limits that no engine can pass.

    .venv/bin/python benchmarks/python_roads.py [--rows 4000000]

* raw pipe: one process writes bytes, another reads them;
* bare Python: a process without any engine reads Arrow batches from a pipe, adds one to a pandas Series, writes the batches back;
* pandas UDF: the same function in a query over the same number of rows, on one slot;
* identity: `mapInArrow` that passes batches through, for 2 and for 100 columns of longs: bytes there and back by the time that they took.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

_BARE = """
import sys
import pyarrow as pa
source, sink = sys.stdin.buffer, sys.stdout.buffer
reader = pa.ipc.open_stream(source)
schema = pa.schema([pa.field("0", pa.float64())])
with pa.ipc.new_stream(sink, schema) as writer:
    for batch in reader:
        result = batch.column(0).to_pandas() + 1.0
        writer.write_batch(pa.RecordBatch.from_arrays([pa.Array.from_pandas(result, type=pa.float64())], schema=schema))
"""
_BATCH = 10_000


def best(run, times: int = 3) -> float:
    found = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found = min(found, time.perf_counter() - begin)
    return found


def raw_pipe(size: int) -> float:
    """Bytes per second through a pipe with pieces of 1 MiB."""
    code = "import os\nwhile os.read(0, 1 << 20): pass"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    piece = b"x" * (1 << 20)
    begin = time.perf_counter()
    for _ in range(size >> 20):
        child.stdin.write(piece)
    child.stdin.close()
    child.wait()
    return size / (time.perf_counter() - begin)


def bare_python(rows: int) -> float:
    """Seconds that a process without an engine needs for the rows."""
    import numpy as np
    import pyarrow as pa

    column = np.arange(rows, dtype="float64")
    content = io.BytesIO()
    with pa.ipc.new_stream(content, pa.schema([pa.field("0", pa.float64())])) as writer:
        for start in range(0, rows, _BATCH):
            writer.write_batch(pa.record_batch([pa.array(column[start : start + _BATCH])], names=["0"]))
    encoded = content.getvalue()
    child = subprocess.Popen([sys.executable, "-c", _BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdin.write(encoded[:8])  # its imports are no part of the road
    child.stdin.flush()
    time.sleep(2)

    def feed() -> None:
        child.stdin.write(encoded[8:])
        child.stdin.close()

    begin = time.perf_counter()
    writer_thread = threading.Thread(target=feed)
    writer_thread.start()
    got = sum(batch.num_rows for batch in pa.ipc.open_stream(child.stdout))
    seconds = time.perf_counter() - begin
    writer_thread.join()
    child.wait()
    assert got == rows, got
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=4_000_000)
    args = parser.parse_args()
    from troupe.sql import SparkSession
    from troupe.sql import functions as F

    print(f"raw pipe                 {raw_pipe(2 << 30) / 1e9:8.2f} GB/s")
    bare = min(bare_python(args.rows) for _ in range(3))
    print(f"bare Python              {bare:8.3f} s   {args.rows / bare:14,.0f} rows/s")
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()

    @F.pandas_udf("double")
    def plus_one(s):
        return s + 1.0

    numbers = spark.range(args.rows).select(F.col("id").cast("double").alias("q"))
    floor = best(lambda: numbers.select(F.sum(F.col("q") + 1)).collect())
    udf = best(lambda: numbers.select(F.sum(plus_one("q"))).collect())
    print(f"pandas UDF               {udf:8.3f} s   {args.rows / udf:14,.0f} rows/s   {udf / bare:.2f} x bare Python")
    print(f"the query without it     {floor:8.3f} s")
    for columns in (2, 100):
        rows = args.rows * 4 // columns
        wide = spark.range(rows).select(*[(F.col("id") + i).alias(f"c{i}") for i in range(columns)])
        last = F.sum(f"c{columns - 1}")
        floor = best(lambda wide=wide, last=last: wide.select(last).collect(), 2)
        through = wide.mapInArrow(lambda batches: batches, wide.schema)
        took = best(lambda through=through, last=last: through.select(last).collect(), 2)
        moved = rows * columns * 8
        print(f"identity, {columns:3} columns    {took:8.3f} s   {moved / took / 1e9:8.2f} GB/s each way")
    spark.stop()
    os._exit(0)


if __name__ == "__main__":
    main()

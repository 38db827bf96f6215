"""The worker process, spoken to through its pipes as the JVM does."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudpickle
import pyarrow as pa
import pytest

from troupe.sql.types import DoubleType, LongType, StringType, StructField, StructType
from troupe.util import PythonEvalType as Kind

_LIMIT = 60


class Worker:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "troupe.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        kind, payload = self.read()
        assert kind == b"H"
        assert json.loads(payload)["pid"] == self.process.pid

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(struct.pack(">ic", len(payload), kind) + payload)
        self.process.stdin.flush()

    def read(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None
        header = self.process.stdout.read(5)
        if len(header) < 5:
            return b"", b""
        length, kind = struct.unpack(">ic", header)
        return kind, self.process.stdout.read(length)

    def teach(self, number: int, function: Any, returns: Any) -> None:
        self.send(b"F", struct.pack(">q", number) + cloudpickle.dumps((function, returns)))

    def batch(self, **columns: Any) -> None:
        data = pa.RecordBatch.from_pydict(columns)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, data.schema) as writer:
            writer.write_batch(data)
        self.send(b"B", sink.getvalue().to_pybytes())

    def results(self) -> tuple[list[Any], bytes, Any]:
        """The result batches, and the closing frame's kind and content."""
        batches = []
        while True:
            kind, payload = self.read()
            if kind == b"B":
                batches.append(pa.ipc.open_stream(payload).read_next_batch())
            elif kind != b"A":
                return batches, kind, json.loads(payload) if payload else None


@pytest.fixture
def worker() -> Iterator[Worker]:
    started = Worker()
    yield started
    started.process.kill()
    started.process.wait(_LIMIT)
    for pipe in (started.process.stdin, started.process.stdout, started.process.stderr):
        if pipe is not None and not pipe.closed:
            pipe.close()


def _schema(*fields: tuple[str, Any]) -> Any:
    return json.loads(StructType([StructField(name, dt) for name, dt in fields]).json())


def _evaluate(kind: int, *fields: tuple[str, Any]) -> bytes:
    call = {"fn": 1, "kind": kind, "args": [{"column": i} for i in range(len(fields))], "names": [None] * len(fields)}
    return json.dumps({"mode": "evaluate", "zone": "UTC", "columns": _schema(*fields), "calls": [call]}).encode()


def test_row_function_is_applied_to_each_row_and_sees_nulls_as_none(worker: Worker) -> None:
    worker.teach(1, lambda x: None if x is None else x + 1.0, DoubleType())
    worker.send(b"I", _evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", DoubleType())))
    worker.batch(x=[1.0, None, 3.5])
    worker.send(b"E")
    batches, kind, stats = worker.results()
    assert [b.column(0).to_pylist() for b in batches] == [[2.0, None, 4.5]]
    assert kind == b"E"
    assert stats["rows"] == 3


def test_pandas_function_sees_series(worker: Worker) -> None:
    pytest.importorskip("pandas")
    worker.teach(1, lambda s: s.str.upper(), StringType())
    worker.send(b"I", _evaluate(Kind.SQL_SCALAR_PANDAS_UDF, ("s", StringType())))
    worker.batch(s=["a", "é", None])
    worker.send(b"E")
    batches, kind, _ = worker.results()
    assert batches[0].column(0).to_pylist() == ["A", "É", None]
    assert kind == b"E"


def test_exception_carries_the_users_traceback_and_the_row_and_the_worker_lives(worker: Worker) -> None:
    worker.teach(1, lambda x: 10 // x, LongType())
    for _ in range(2):
        worker.send(b"I", _evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", LongType())))
        worker.batch(x=[5, 0, 2])
        worker.send(b"E")
        _, kind, failure = worker.results()
        assert kind == b"X"
        assert failure["type"] == "ZeroDivisionError"
        assert failure["row"] == "0"
        assert "10 // x" in failure["traceback"] or "<lambda>" in failure["traceback"]
        assert "troupe/worker" not in failure["traceback"]


def test_print_and_writes_to_descriptor_one_go_to_stderr(worker: Worker) -> None:
    def noisy(x: int) -> int:
        import os

        print("hello from the function")
        os.write(1, b"rubbish")
        return x

    worker.teach(1, noisy, LongType())
    worker.send(b"I", _evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", LongType())))
    worker.batch(x=[7])
    worker.send(b"E")
    batches, kind, _ = worker.results()
    assert batches[0].column(0).to_pylist() == [7]
    assert kind == b"E"
    assert worker.process.stdin is not None
    worker.process.stdin.close()
    assert worker.process.stderr is not None
    noise = worker.process.stderr.read()
    assert b"hello from the function" in noise
    assert b"rubbish" in noise
    assert worker.process.wait(_LIMIT) == 0


def test_exit_in_a_function_fails_the_work_not_the_worker(worker: Worker) -> None:
    worker.teach(1, lambda x: sys.exit(3), LongType())
    worker.send(b"I", _evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", LongType())))
    worker.batch(x=[7])
    worker.send(b"E")
    _, kind, failure = worker.results()
    assert kind == b"X"
    assert failure["type"] == "SystemExit"
    assert worker.process.poll() is None


def test_groups_are_separated_by_their_offsets(worker: Worker) -> None:
    pytest.importorskip("pandas")
    returns = StructType([StructField("k", LongType()), StructField("total", DoubleType())])

    def total(frame: Any) -> Any:
        return frame.groupby("k", as_index=False).agg(total=("v", "sum"))

    worker.teach(1, total, returns)
    work = {
        "mode": "groups",
        "zone": "UTC",
        "columns": _schema(("k", LongType()), ("v", DoubleType())),
        "fn": 1,
        "kind": Kind.SQL_GROUPED_MAP_PANDAS_UDF,
        "keys": [0],
        "arguments": [0, 1],
        "acknowledge": True,
    }
    worker.send(b"I", json.dumps(work).encode())
    worker.send(b"O", struct.pack("<3i", 0, 2, 3))
    worker.batch(k=[1, 1, 2], v=[1.0, 2.0, 5.0])
    worker.send(b"E")
    batches, kind, _ = worker.results()
    assert kind == b"E"
    assert [b.to_pydict() for b in batches] == [{"k": [1, 2], "total": [3.0, 5.0]}]


def test_each_piece_of_work_ends_with_a_mark_behind_all_that_it_printed(worker: Worker) -> None:
    def loud(x: int) -> int:
        print("row", x)
        os.write(2, b"no end of line")
        return x

    worker.teach(1, loud, LongType())
    for _ in range(2):
        worker.send(b"I", _evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", LongType())))
        worker.batch(x=[7])
        worker.send(b"E")
        assert worker.results()[1] == b"E"
        assert worker.process.stderr is not None
        assert worker.process.stderr.readline() == b"row 7\n"
        assert worker.process.stderr.readline() == b"no end of line\x1e\x1e\n"


def test_a_sampler_finds_functions_where_they_spend_their_time_and_only_if_it_is_wanted(worker: Worker) -> None:
    def spin(x: int) -> int:
        def deeper() -> int:
            return sum(range(20_000))

        ends = time.monotonic() + 0.15
        while time.monotonic() < ends:
            deeper()
        return x

    worker.teach(1, spin, LongType())
    for wanted in (True, False):
        work = json.loads(_evaluate(Kind.SQL_ARROW_BATCHED_UDF, ("x", LongType())))
        worker.send(b"I", json.dumps({**work, "sample": wanted}).encode())
        worker.batch(x=[1, 2])
        worker.send(b"E")
        _, kind, stats = worker.results()
        assert kind == b"E"
        if not wanted:
            assert "stacks" not in stats
            continue
        stacks = stats["stacks"]
        within = {stack: nanos for stack, nanos in stacks.items() if ".deeper (test_worker.py:" in stack}
        assert all(".spin (test_worker.py:" in stack.split(";")[0] for stack in within)
        assert 0.1e9 < sum(within.values()) <= sum(stacks.values())


def test_the_template_has_pandas_before_it_forks_a_worker_that_needs_it(tmp_path) -> None:
    pytest.importorskip("pandas")
    template = subprocess.Popen(
        [sys.executable, "-m", "troupe.worker.template", str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert template.stdin is not None
    assert template.stdout is not None
    with template.stdin as wishes, template.stdout as answers:
        assert "ready" in json.loads(answers.readline())
        for name, wish, there in (("plain", "fork plain", False), ("frames", "fork frames pandas", True)):
            print(wish, file=wishes)
            forked = json.loads(answers.readline())
            assert forked["name"] == name
            maps = Path(f"/proc/{forked['pid']}/maps").read_text()
            assert ("/pandas/_libs/" in maps) == there
    assert template.wait(_LIMIT) == 0


def test_what_groups_return_keeps_its_order_and_types_when_types_change_between_them(worker: Worker) -> None:
    pd = pytest.importorskip("pandas")
    returns = StructType([StructField("k", LongType()), StructField("t", StringType())])

    def last(frame: Any) -> Any:
        key = int(frame["k"].iloc[0])
        if key == 2:
            return pd.DataFrame()
        # Objects, 32-bit numbers and pandas' own text by turns; the index is not that of the group.
        kept = frame.tail(1).astype({"k": "int32"} if key == 3 else {"k": "object"} if key == 4 else {"k": "int64"})
        frame.loc[:, "t"] = "overwritten after it was returned"
        return kept

    worker.teach(1, last, returns)
    work = {
        "mode": "groups",
        "zone": "UTC",
        "columns": _schema(("k", LongType()), ("t", StringType())),
        "fn": 1,
        "kind": Kind.SQL_GROUPED_MAP_PANDAS_UDF,
        "keys": [0],
        "arguments": [0, 1],
        "acknowledge": True,
    }
    worker.send(b"I", json.dumps(work).encode())
    worker.send(b"O", struct.pack("<7i", 0, 2, 3, 4, 6, 7, 8))
    worker.batch(k=[1, 1, 2, 3, 4, 4, 5, 6], t=["a", "b", "c", "d", None, "f", "g", None])
    worker.send(b"E")
    batches, kind, failure = worker.results()
    assert kind == b"E", failure
    rows = [row for batch in batches for row in batch.to_pylist()]
    assert [(row["k"], row["t"]) for row in rows] == [(1, "b"), (3, "d"), (4, "f"), (5, "g"), (6, None)]

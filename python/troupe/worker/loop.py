"""The worker's life: say hello, then one piece of work after the other until the JVM closes the pipe."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import platform
import signal
import struct
import sys
import threading
import time
import traceback
from typing import Any

from troupe.worker import attachments
from troupe.worker.frames import ClosedPipeError, Frames
from troupe.worker.rowerror import RowError
from troupe.worker.stacks import sampled

_MARK = b"\x1e\x1e\n"
_marks = 2


def main() -> None:
    """Serves until stdin ends."""
    frames = _take_pipes()
    attachments.serve_from(frames)
    os.register_at_fork(after_in_child=frames.forsake)
    faulthandler.enable(file=sys.stderr, all_threads=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(os.getppid())
    import pyarrow

    hello = {"pid": os.getpid(), "python": platform.python_version(), "pyarrow": pyarrow.__version__}
    frames.write(b"H", json.dumps(hello).encode())
    commands: dict[int, Any] = {}
    with contextlib.suppress(ClosedPipeError, BrokenPipeError):
        while True:
            _serve(frames, commands)
    sys.stderr.flush()
    os._exit(0)


def _take_pipes() -> Frames:
    """Keeps the pipes for frames alone: whatever user code reads or prints must not meet them.

    A copy of stderr is kept too, for the mark at the end of each piece of work.
    """
    global _marks
    _marks = os.dup(2)
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return Frames(source, sink)


def _end_with(parent: int) -> None:
    """A worker whose JVM was killed ends, even in the middle of a function that never reads."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="troupe-parent-watch", daemon=True).start()


class _Input:
    """The batches of one piece of work. Remembers whether the end was read."""

    def __init__(self, frames: Frames, acknowledges: bool) -> None:
        self._frames = frames
        self._acknowledges = acknowledges
        self.ended = False
        self.batches = 0
        self.rows = 0
        self.nanos = 0
        """Time spent waiting for the JVM."""

    def next(self) -> tuple[Any, list[int] | None] | None:
        """The next record batch with its group offsets (None unless grouped), or None at the end."""
        import pyarrow as pa

        if self.ended:
            return None
        offsets = None
        while True:
            begin = time.perf_counter_ns()
            kind, payload = self._frames.read()
            self.nanos += time.perf_counter_ns() - begin
            if kind == b"E":
                self.ended = True
                return None
            if kind == b"O":
                offsets = list(memoryview(payload).cast("i"))
            elif kind == b"B":
                batch = pa.ipc.open_stream(pa.py_buffer(payload)).read_next_batch()
                if self._acknowledges:
                    self._frames.write(b"A")
                self.batches += 1
                self.rows += batch.num_rows
                return batch, offsets
            else:
                raise RuntimeError(f"a frame of kind {kind!r} in the middle of the input")

    def drain(self) -> None:
        """Reads up to the end, so that the next piece of work starts at its own frame."""
        while not self.ended:
            kind, _ = self._frames.read()
            self.ended = kind == b"E"


class _Output:
    """Sends result batches; knows how long the pipe took."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self.nanos = 0

    def write(self, batch: Any) -> None:
        import pyarrow as pa

        begin = time.perf_counter_ns()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        self._frames.write(b"B", sink.getvalue())
        self.nanos += time.perf_counter_ns() - begin


def _serve(frames: Frames, commands: dict[int, Any]) -> None:
    kind, payload = frames.read()
    if kind == b"F":
        (number,) = struct.unpack_from(">q", payload)
        commands[number] = bytes(payload[8:])
        return
    if kind == b"E":
        return
    if kind != b"I":
        raise ClosedPipeError(f"a frame of kind {kind!r} where work was expected")
    work = json.loads(bytes(payload))
    source, sink = _Input(frames, work.get("acknowledge", False)), _Output(frames)
    begin = time.perf_counter_ns()
    try:
        from troupe import accumulators
        from troupe.taskcontext import TaskContext
        from troupe.worker.work import run

        TaskContext._begin(work)
        accumulators.begin_task()
        with sampled(work.get("sample", False)) as stacks:
            shares = run(work, commands, source, sink)
            source.drain()
    except (ClosedPipeError, BrokenPipeError):
        raise
    except BaseException as error:  # noqa: B036 - SystemExit and KeyboardInterrupt of user code end the work, not the worker
        _end_of_work()
        answer = json.dumps(_described(error)).encode("utf-8", "replace")
        frames.write(b"X", answer)
        source.drain()
        return
    _end_of_work()
    stats: dict[str, Any] = {
        "rows": source.rows,
        "batches": source.batches,
        "nanos": time.perf_counter_ns() - begin - source.nanos - sink.nanos,
        "functions": shares,
        "encodeNanos": sink.nanos,
    }
    if stacks:
        stats["stacks"] = stacks
    if (updates := accumulators.end_task()) is not None:
        stats["accumulators"] = updates
    frames.write(b"E", json.dumps(stats).encode())


def _end_of_work() -> None:
    """All that the work printed is in the pipe, and a mark behind it, before the JVM hears that the work is done."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # user code may have replaced or closed them
            stream.flush()
    with contextlib.suppress(OSError):  # the JVM has gone
        os.write(_marks, _MARK)


def _described(error: BaseException) -> dict[str, Any]:
    """The user's own traceback: frames of this package above the function are left out."""
    row = None
    if isinstance(error, RowError):
        row = error.row
        error = error.cause
    told: BaseException | None = error
    while told is not None:
        trace = _users(told.__traceback__)
        # What this package raised because a function failed is told after the function's own lines.
        told.__traceback__ = trace if trace is not None or told.__cause__ is not None else told.__traceback__
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    if isinstance(error, ModuleNotFoundError):
        lines.append(
            f"The Python of this executor, {sys.executable} on {platform.node()}, has no package {error.name!r}: install it "
            "there, or send it along with spark.sparkContext.addPyFile.\n"
        )
    return {
        "type": type(error).__name__,
        "message": str(error)[:10_000],
        "traceback": "".join(lines)[:50_000],
        "row": row,
        "condition": _condition(error),
    }


def _users(trace: Any) -> Any:
    """The part of a traceback that starts in the user's code; None when there is none."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    ours = tuple(os.path.join(package, room, "") for room in ("worker", "rdd"))
    while trace is not None and os.path.abspath(trace.tb_frame.f_code.co_filename).startswith(ours):
        trace = trace.tb_next
    return trace


def _condition(error: BaseException) -> str | None:
    get = getattr(error, "getCondition", None)
    if get is None:
        return None
    condition = get()
    return condition if isinstance(condition, str) else None

"""Grouped-aggregate functions over windows: each row has a frame within its group."""

from __future__ import annotations

from typing import Any

from troupe.worker.evaluate import Columns, _aggregate, _plain, _result, parsed_types
from troupe.worker.functions import Functions
from troupe.worker.values import to_array


def window(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """One value per row; rows that follow each other with the same frame share one call."""
    types = parsed_types(work)
    calls = [_Framed(call) for call in work["calls"]]
    while (item := source.next()) is not None:
        batch, offsets = item
        results: list[list[Any]] = [[] for _ in calls]
        bounds = offsets or [0, batch.num_rows]
        for start, end in zip(bounds, bounds[1:], strict=False):
            group = Columns(batch.slice(start, end - start), types, functions.zone)
            for call, found in zip(calls, results, strict=True):
                call.over(group, types, functions, found)
        arrays = [
            to_array(found, functions.get(call.function).returns, functions.zone)
            for found, call in zip(results, calls, strict=True)
        ]
        sink.write(_result(arrays))


class _Framed:
    """A call, and where its frames are."""

    def __init__(self, call: dict[str, Any]) -> None:
        lower, upper, *arguments = call["args"]
        self._bounds = lower["column"], upper["column"]
        self._call = {**call, "args": arguments, "names": call["names"][2:]}
        self.function = call["fn"]

    def over(self, group: Columns, types: list[Any], functions: Functions, found: list[Any]) -> None:
        """Adds the value of each row of a group."""
        known: tuple[Any, Any] | None = None
        value: Any = None
        for frame in zip(*(group.values(position) for position in self._bounds), strict=True):
            if frame != known:
                known = frame
                first, last = (frame[0] - 1, frame[1]) if frame[0] is not None else (0, 0)
                part = Columns(group.batch.slice(first, last - first), types, functions.zone)
                value = _plain(_aggregate(self._call, part, functions))
            found.append(value)

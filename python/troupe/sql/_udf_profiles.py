"""Measures users' functions line by line or call by call, in the workers, when `spark.sql.pyspark.udf.profiler` asks for it.

What a worker measured comes back in an accumulator.
"""

from __future__ import annotations

import functools
import linecache
import pstats
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from troupe.accumulators import Accumulator, AccumulatorParam
from troupe.errors import PySparkValueError
from troupe.sql.profiler import ProfilerCollector

if TYPE_CHECKING:
    from troupe.sql.session import SparkSession

SETTING = "spark.sql.pyspark.udf.profiler"


class _Measured:
    """What `pstats.Stats` reads: call statistics that were taken elsewhere."""

    def __init__(self, stats: dict[Any, Any]) -> None:
        self.stats = stats

    def create_stats(self) -> None:
        """They are made already."""


def _added(first: dict[Any, Any], second: dict[Any, Any]) -> dict[Any, Any]:
    """The sum of two measurements of calls."""
    if not first or not second:
        return first or second
    return pstats.Stats(_Measured(first)).add(pstats.Stats(_Measured(second))).stats  # type: ignore[attr-defined, arg-type]


class _ProfilesParam(AccumulatorParam[Any]):
    """`{(kind, function): measurement}`: calls as `cProfile` has them, lines as `{code: {line: [bytes, times]}}`."""

    def zero(self, value: Any) -> Any:
        return {}

    def addInPlace(self, value1: Any, value2: Any) -> Any:
        for key, measured in value2.items():
            if key[0] == "perf":
                value1[key] = _added(value1.get(key, {}), measured)
                continue
            for code, lines in measured.items():
                known = value1.setdefault(key, {}).setdefault(code, {})
                for line, (grown, times) in lines.items():
                    before = known.get(line, (0, 0))
                    known[line] = before[0] + grown, before[1] + times
        return value1


class AccumulatedProfiles(ProfilerCollector):
    """The profiles of a session's functions."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._accumulator: Accumulator[Any] | None = None

    def accumulator(self) -> Accumulator[Any]:
        if self._accumulator is None:
            from troupe import accumulators

            self._accumulator = accumulators.made(self._session.sparkContext, {}, _ProfilesParam())
        return self._accumulator

    @property
    def _profile_results(self) -> dict[int | str, dict[str, Any]]:
        found: dict[int | str, dict[str, Any]] = {}
        for (kind, function), measured in ({} if self._accumulator is None else self._accumulator.value).items():
            shown = pstats.Stats(_Measured(measured)) if kind == "perf" else _lines(measured)  # type: ignore[arg-type]
            found.setdefault(function, {})[kind] = shown
        return found

    def _clear(self, kind: str, id: int | str | None) -> None:
        if self._accumulator is not None:
            for key in [k for k in self._accumulator.value if k[0] == kind and id in (None, k[1])]:
                del self._accumulator._value[key]


def _lines(measured: dict[Any, dict[int, tuple[int, int]]]) -> str:
    """The lines of a function with what each of them took."""
    text = []
    for (file, first, name), lines in measured.items():
        text += [f"Filename: {file}", f"Function: {name}", ""]
        text += ["Line #    Increment  Occurrences   Line Contents", "=" * 60]
        for line in range(first, max(lines, default=first) + 1):
            code = linecache.getline(file, line).rstrip("\n")
            if line in lines:
                grown, times = lines[line]
                text.append(f"{line:6} {round(grown / 2**20, 1) + 0.0:9.1f} MiB {times:11}   {code}")
            else:
                text.append(f"{line:6} {'':13} {'':11}   {code}")
        text.append("")
    return "\n".join(text)


def kind_of(session: SparkSession | None) -> str | None:
    """Which profile the session wants: "perf", "memory" or none.

    :raises PySparkValueError: VALUE_NOT_ALLOWED for anything else
    """
    wanted = None if session is None else session.conf._known(SETTING, "")
    if wanted in (None, ""):
        return None
    if wanted not in ("perf", "memory"):
        raise PySparkValueError(
            errorClass="VALUE_NOT_ALLOWED",
            messageParameters={"arg_name": SETTING, "allowed_values": "['perf', 'memory']"},
        )
    return wanted


def profiled(function: Callable[..., Any], kind: str, number: int, profiles: Accumulator[Any]) -> Callable[..., Any]:
    """The function, measured at each call."""
    run = _timed if kind == "perf" else _weighed

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        result, measured = run(function, args, kwargs)
        profiles.add({(kind, number): measured})
        return result

    return wrapper


def _timed(function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, Any]:
    import cProfile

    profile = cProfile.Profile()
    result = profile.runcall(function, *args, **kwargs)
    profile.create_stats()
    return result, profile.stats  # type: ignore[attr-defined]


def _weighed(function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, Any]:
    """Charges the growth of traced memory between two lines to the first of them."""
    import tracemalloc

    code = function.__code__
    lines: dict[int, tuple[int, int]] = {}
    last: list[Any] = [None, 0]

    def charge(line: int | None) -> None:
        now = tracemalloc.get_traced_memory()[0]
        if last[0] is not None:
            grown, times = lines.get(last[0], (0, 0))
            lines[last[0]] = grown + now - last[1], times + 1
        last[:] = line, tracemalloc.get_traced_memory()[0]

    def local(frame: Any, event: str, _: Any) -> Any:
        if event in ("line", "return"):
            charge(frame.f_lineno if event == "line" else None)
        return local

    before = sys.gettrace()
    tracemalloc.start()
    sys.settrace(lambda frame, event, arg: local if frame.f_code is code else None)
    try:
        result = function(*args, **kwargs)
    finally:
        sys.settrace(before)
        tracemalloc.stop()
    return result, {(code.co_filename, code.co_firstlineno, code.co_name): lines}

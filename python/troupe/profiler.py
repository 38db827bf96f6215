"""Profiles of RDDs' functions: with `spark.python.profile`, each RDD that an action runs has a profiler of its own.

A profiler travels to the workers with the function and runs it there; what it measures comes back by an accumulator.
"""

from __future__ import annotations

import atexit
import cProfile
import os
import pstats
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from troupe.accumulators import AccumulatorParam

if TYPE_CHECKING:
    from troupe.context import SparkContext

__all__ = ["BasicProfiler", "Profiler"]

_RULE = "=" * 60


class Profiler:
    """What a profiler offers; derive from it to measure in another way, and give the class to the SparkContext."""

    def __init__(self, ctx: SparkContext) -> None:
        """Made on the driver. What is kept must be picklable: the profiler is sent to the workers."""

    def profile(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """In the worker: calls the function and measures it."""
        raise NotImplementedError

    def stats(self) -> pstats.Stats | None:
        """On the driver: what was measured, None if nothing ran."""
        raise NotImplementedError

    def show(self, id: int) -> None:
        stats = self.stats()
        if stats:
            print(_RULE, f"Profile of RDD<id={id}>", _RULE, sep="\n")
            stats.sort_stats("time", "cumulative").print_stats()

    def dump(self, id: int, path: str) -> None:
        os.makedirs(path, exist_ok=True)
        stats = self.stats()
        if stats:
            stats.dump_stats(os.path.join(path, f"rdd_{id}.pstats"))


class PStatsParam(AccumulatorParam[Any]):
    """Adds the measurements of tasks."""

    @staticmethod
    def zero(value: Any) -> None:
        return None

    @staticmethod
    def addInPlace(value1: Any, value2: Any) -> Any:
        if value1 is None or value2 is None:
            return value2 if value1 is None else value1
        return value1.add(value2)


class BasicProfiler(Profiler):
    """Measures with cProfile."""

    def __init__(self, ctx: SparkContext) -> None:
        super().__init__(ctx)
        self._accumulator = ctx.accumulator(None, PStatsParam())

    def profile(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        measured = cProfile.Profile()
        result = measured.runcall(func, *args, **kwargs)
        stats = pstats.Stats(measured)
        stats.stream = None  # type: ignore[attr-defined]  # the worker's stdout cannot be sent
        self._accumulator.add(stats.strip_dirs())
        return result

    def stats(self) -> pstats.Stats | None:
        found = self._accumulator.value
        if found is None:
            return None
        shown = pstats.Stats()
        shown.add(found)
        return shown


class ProfilerCollector:
    """The profilers of a context, by the number of the RDD; what was measured is shown, or written, at the latest when it stops."""

    def __init__(self, profiler_cls: type[Profiler], dump_path: str | None = None) -> None:
        self.profiler_cls = profiler_cls
        self.profile_dump_path = dump_path
        self.profilers: list[tuple[int, Profiler]] = []
        atexit.register(self.end)

    def new_profiler(self, ctx: SparkContext) -> Profiler:
        return self.profiler_cls(ctx)

    def add_profiler(self, id: int, profiler: Profiler) -> None:
        self.profilers.append((id, profiler))

    def show_profiles(self) -> None:
        """Shows each once."""
        profilers, self.profilers = self.profilers, []
        for id, profiler in profilers:
            profiler.show(id)

    def dump_profiles(self, path: str) -> None:
        """Writes each once, as a file of its own."""
        profilers, self.profilers = self.profilers, []
        for id, profiler in profilers:
            profiler.dump(id, path)

    def end(self) -> None:
        """The context stops, or the process ends: what was not asked for until now is shown, or written."""
        atexit.unregister(self.end)
        if self.profile_dump_path:
            self.dump_profiles(self.profile_dump_path)
        else:
            self.show_profiles()

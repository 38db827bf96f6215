"""Profiles of Python functions: where their time and memory went, by the number of the function."""

from __future__ import annotations

import io
import os
import pstats
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkValueError

__all__ = ["Profile", "ProfilerCollector"]

_KINDS = ["perf", "memory"]
_RULE = "=" * 60


def _not_allowed(argument: str, allowed: list[Any]) -> PySparkValueError:
    return PySparkValueError(
        errorClass="VALUE_NOT_ALLOWED", messageParameters={"arg_name": argument, "allowed_values": str(allowed)}
    )


class ProfilerCollector(ABC):
    """What was measured: for each function a `pstats.Stats` under "perf", a text under "memory"."""

    @property
    @abstractmethod
    def _profile_results(self) -> dict[int | str, dict[str, Any]]:
        """The measurements by function; the collector's own dictionary, not a copy."""

    def _of(self, kind: str, id: int | str | None) -> list[tuple[int | str, Any]]:
        found = {key: result[kind] for key, result in self._profile_results.items() if result.get(kind) is not None}
        if id is not None:
            return [(id, found[id])] if id in found else []
        return sorted(found.items(), key=lambda item: (isinstance(item[0], int), item[0]))

    def _show(self, kind: str, id: int | str | None, show: Callable[[Any], Any]) -> None:
        for key, result in self._of(kind, id):
            name = f"Profile of {key}" if isinstance(key, str) else f"Profile of UDF<id={key}>"
            print(_RULE, name, _RULE, sep="\n")
            show(result)

    def show_perf_profiles(self, id: int | str | None = None) -> None:
        self._show("perf", id, lambda stats: stats.sort_stats("time", "cumulative").print_stats())

    def show_memory_profiles(self, id: int | str | None = None) -> None:
        self._show("memory", id, print)

    def dump_perf_profiles(self, path: str, id: int | str | None = None) -> None:
        for key, stats in self._of("perf", id):
            os.makedirs(path, exist_ok=True)
            stats.dump_stats(os.path.join(path, f"udf_{key}_perf.pstats"))

    def dump_memory_profiles(self, path: str, id: int | str | None = None) -> None:
        for key, text in self._of("memory", id):
            os.makedirs(path, exist_ok=True)
            with open(os.path.join(path, f"udf_{key}_memory.txt"), "w", encoding="utf-8") as file:
                file.write(text)

    def _clear(self, kind: str, id: int | str | None) -> None:
        for key in [id] if id is not None else list(self._profile_results):
            self._profile_results.get(key, {}).pop(kind, None)
            if not self._profile_results.get(key, True):
                del self._profile_results[key]

    def clear_perf_profiles(self, id: int | str | None = None) -> None:
        self._clear("perf", id)

    def clear_memory_profiles(self, id: int | str | None = None) -> None:
        self._clear("memory", id)

    @property
    def _perf_profile_results(self) -> dict[int | str, Any]:
        return dict(self._of("perf", None))

    @property
    def _memory_profile_results(self) -> dict[int | str, Any]:
        return dict(self._of("memory", None))


class Profile:
    """`spark.profile`: shows, writes and forgets profiles, of both kinds when no `type` is given."""

    def __init__(self, profiler_collector: Any) -> None:
        self.profiler_collector = profiler_collector

    def _each(self, action: str, type: str | None, *arguments: Any) -> None:
        if type not in (None, *_KINDS):
            raise _not_allowed("type", _KINDS)
        for kind in _KINDS if type is None else [type]:
            getattr(self.profiler_collector, f"{action}_{kind}_profiles")(*arguments)

    def show(self, id: int | str | None = None, *, type: str | None = None) -> None:
        self._each("show", type, id)

    def dump(self, path: str, id: int | str | None = None, *, type: str | None = None) -> None:
        self._each("dump", type, path, id)

    def clear(self, id: int | str | None = None, *, type: str | None = None) -> None:
        self._each("clear", type, id)

    def render(self, id: int | str, *, type: str | None = None, renderer: Any = None) -> Any:
        """A picture of one function's profile: a flame graph for "perf", or what `renderer` makes of the measurement."""
        kind = type or "perf"
        if kind not in _KINDS:
            raise _not_allowed("type", _KINDS)
        result = getattr(self.profiler_collector, f"_{kind}_profile_results").get(id)
        render = renderer if callable(renderer) else _RENDERERS.get((kind, renderer))
        if render is None:
            raise _not_allowed("(type, renderer)", list(_RENDERERS))
        return None if result is None else render(result)


def _flame_graph(stats: pstats.Stats) -> str:
    try:
        from flameprof import render  # type: ignore[import-not-found]
    except ImportError:
        raise PySparkValueError(
            errorClass="PACKAGE_NOT_INSTALLED",
            messageParameters={"package_name": "flameprof", "minimum_version": "0.4"},
        ) from None
    out = io.StringIO()
    render(stats.stats, out)  # type: ignore[attr-defined]
    return out.getvalue()


_RENDERERS: dict[tuple[str, str | None], Callable[[Any], Any]] = {
    ("perf", None): _flame_graph,
    ("perf", "flameprof"): _flame_graph,
}

"""What runs, shown while the user waits: a bar per running stage on a terminal or in a notebook, nothing elsewhere."""

from __future__ import annotations

import contextlib
import html
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

Stage = dict[str, Any]

_FIRST_AFTER_SECONDS = 0.5
_EVERY_SECONDS = 0.2
_LINES_AFTER_SECONDS = 10.0
_LINES_EVERY_SECONDS = 30.0
_MOST_BARS = 4
_BAR_WIDTH = 24


class Display(Protocol):
    """Where bars are drawn: first when the user has waited for `first_after` seconds, then every `every` seconds."""

    first_after: float
    every: float

    def draw(self, stages: list[Stage]) -> None: ...

    def clear(self) -> None: ...


class TerminalBars:
    """Bars at the bottom of a terminal, drawn over each time and taken away at the end."""

    first_after = _FIRST_AFTER_SECONDS
    every = _EVERY_SECONDS

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._lines = 0

    def draw(self, stages: list[Stage]) -> None:
        width = shutil.get_terminal_size().columns - 1
        lines = [describe(stage)[:width] for stage in stages[:_MOST_BARS]]
        if len(stages) > _MOST_BARS:
            lines.append(f"… and {len(stages) - _MOST_BARS} more stages"[:width])
        self._write(self._erase() + "".join(line + "\n" for line in lines))
        self._lines = len(lines)

    def clear(self) -> None:
        if self._lines:
            self._write(self._erase())
            self._lines = 0

    def _erase(self) -> str:
        return "\x1b[1A\x1b[2K" * self._lines

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # a closed terminal loses its bars, nothing else
            self._stream.write(text)
            self._stream.flush()


class NotebookBars:
    """Bars in a notebook's output, drawn over each time and taken away at the end."""

    first_after = _FIRST_AFTER_SECONDS
    every = _EVERY_SECONDS

    def __init__(self) -> None:
        self._handle: Any = None

    def draw(self, stages: list[Stage]) -> None:
        from IPython.display import HTML, display

        content = HTML("".join(_html_bar(stage) for stage in stages[:_MOST_BARS]))
        if self._handle is None:
            self._handle = display(content, display_id=True)
        else:
            self._handle.update(content)

    def clear(self) -> None:
        if self._handle is not None:
            from IPython.display import HTML

            self._handle.update(HTML(""))
            self._handle = None


class LogLines:
    """Plain lines, now and then, where nothing can be drawn over: files, pipes, job schedulers."""

    first_after = _LINES_AFTER_SECONDS
    every = _LINES_EVERY_SECONDS

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def draw(self, stages: list[Stage]) -> None:
        clock = time.strftime("%H:%M:%S")
        lines = [f"{clock} stage {s['query']}.{s['stage']}: {_figures(s)}\n" for s in stages[:_MOST_BARS]]
        with contextlib.suppress(OSError, ValueError):  # a closed file loses its lines, nothing else
            self._stream.write("".join(lines))
            self._stream.flush()

    def clear(self) -> None:
        pass  # lines stay


def describe(stage: Stage) -> str:
    """A stage's bar with its tasks, speed, share of Python and time left, as one line."""
    done, tasks = stage["done"], max(1, stage["tasks"])
    filled = _BAR_WIDTH * done // tasks
    bar = "━" * filled + "╸" * (filled < _BAR_WIDTH) + "─" * max(0, _BAR_WIDTH - filled - 1)
    return f"stage {stage['query']}.{stage['stage']} {bar} {_figures(stage)}"


def _figures(stage: Stage) -> str:
    done, tasks, seconds = stage["done"], max(1, stage["tasks"]), stage["seconds"]
    parts = [f"{done:,}/{stage['tasks']:,} tasks, {stage['running']:,} running"]
    if stage["failed"]:
        parts.append(f"{stage['failed']:,} failed")
    if stage["rows"] and seconds > 0:
        parts.append(f"{_short(stage['rows'] / seconds)} rows/s")
    if stage["pythonShare"] >= 0.01:
        parts.append(f"Python {stage['pythonShare']:.0%}")
    if done:
        parts.append(f"{seconds * (tasks - done) / done:.0f} s left")
    return " · ".join(parts)


def _short(number: float) -> str:
    for unit in ("", " k", " M", " G"):
        if number < 1000:
            return f"{number:.3g}{unit}"
        number /= 1000
    return f"{number:.3g} T"


def _html_bar(stage: Stage) -> str:
    label = html.escape(f"stage {stage['query']}.{stage['stage']}")
    return (
        f'<div><progress max="{stage["tasks"]}" value="{stage["done"]}" aria-label="{label}"></progress> '
        f"{label}: {html.escape(_figures(stage))}</div>"
    )


def display_of_process() -> Display | None:
    """A notebook's cells, else bars on stderr when it is a terminal, else lines there; None where there is no stderr."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and "ipykernel" in sys.modules and ipython.get_ipython() is not None:
        return NotebookBars()
    stream = sys.stderr
    try:
        if stream is None:
            return None
        return TerminalBars(stream) if stream.isatty() else LogLines(stream)
    except ValueError:  # it is closed
        return None


class ProgressWatch:
    """Draws while at least one call waits. Its thread starts with the first wait and sleeps between waits."""

    def __init__(self, ask: Callable[[], list[Stage]], display: Display) -> None:
        self._ask = ask
        self._display = display
        self._waiting = 0
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        self._closed = False
        self.after: Callable[[float], None] | None = None
        """Told how long the user waited, after each wait."""

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Within it the user waits."""
        with self._changed:
            self._waiting += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="troupe-progress", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        began = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1
                if self._waiting == 0:
                    self._display.clear()
                    self._changed.notify_all()
            if self.after is not None:
                self.after(time.monotonic() - began)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed or self._changed.wait_for(self._is_idle, self._display.first_after):
                    if self._closed:
                        return
                    continue
            self._draw_until_idle()

    def _is_idle(self) -> bool:
        return self._waiting == 0 or self._closed

    def _draw_until_idle(self) -> None:
        while True:
            began = time.monotonic()
            try:
                stages = self._ask()
            except Exception:  # the JVM ended: whoever waits for it is told by its own call
                return
            with self._changed:
                if self._is_idle():
                    return
                self._display.draw(stages)
                left = self._display.every - (time.monotonic() - began)
                if self._changed.wait_for(self._is_idle, max(0.01, left)):
                    return

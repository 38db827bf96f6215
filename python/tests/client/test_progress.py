"""Progress is drawn while the user waits, on terminals only, and leaves nothing behind."""

from __future__ import annotations

import io
import threading

from troupe import _progress

STAGE = {
    "query": 3, "stage": 1, "tasks": 40, "running": 2, "done": 10, "failed": 0,
    "rows": 5_000_000, "bytes": 1, "seconds": 2.5, "pythonShare": 0.45,
}  # fmt: skip


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_tells_tasks_speed_python_share_and_time_left():
    text = _progress.describe(STAGE)
    assert text.startswith("stage 3.1 ━━━━━━╸")
    assert "10/40 tasks, 2 running" in text
    assert "2 M rows/s" in text
    assert "Python 45%" in text
    assert "8 s left" in text


def test_bars_are_drawn_over_and_taken_away(monkeypatch):
    terminal = Terminal()
    bars = _progress.TerminalBars(terminal)
    bars.draw([STAGE, STAGE])
    bars.draw([STAGE])
    bars.clear()
    assert terminal.getvalue().count("\x1b[1A\x1b[2K") == 3
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")


def test_a_stream_that_is_no_terminal_gets_no_bars(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert _progress.display_of_process() is None
    monkeypatch.setattr("sys.stderr", Terminal())
    assert isinstance(_progress.display_of_process(), _progress.TerminalBars)


def test_a_watch_draws_what_runs_until_the_wait_ends(monkeypatch):
    monkeypatch.setattr(_progress, "_FIRST_AFTER_SECONDS", 0.0)
    drawn, cleared = threading.Event(), threading.Event()

    class Recorder:
        def draw(self, stages):
            assert stages == [STAGE]
            drawn.set()

        def clear(self):
            cleared.set()

    watch = _progress.ProgressWatch(lambda: [STAGE], Recorder())
    with watch.waiting():
        assert drawn.wait(10)
        assert not cleared.is_set()
    assert cleared.is_set()
    watch.close()


def test_short_calls_draw_nothing():
    class Refusing:
        def draw(self, stages):
            raise AssertionError("a short call was drawn")

        def clear(self):
            pass

    watch = _progress.ProgressWatch(lambda: [STAGE], Refusing())
    for _ in range(100):
        with watch.waiting():
            pass
    watch.close()

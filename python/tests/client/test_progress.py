"""Progress is drawn while the user waits, on terminals only, and leaves nothing behind."""

from __future__ import annotations

import io
import threading

import pytest

from troupe import _findings, _progress

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


def test_a_stream_that_is_no_terminal_gets_lines_and_no_bars(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    assert _progress.display_of_process() is None
    plain = io.StringIO()
    monkeypatch.setattr("sys.stderr", plain)
    lines = _progress.display_of_process()
    assert isinstance(lines, _progress.LogLines)
    lines.draw([STAGE])
    lines.clear()
    assert "stage 3.1: 10/40 tasks, 2 running" in plain.getvalue()
    assert "\x1b" not in plain.getvalue()
    monkeypatch.setattr("sys.stderr", Terminal())
    assert isinstance(_progress.display_of_process(), _progress.TerminalBars)


def test_a_watch_draws_what_runs_until_the_wait_ends():
    drawn, cleared = threading.Event(), threading.Event()

    class Recorder:
        first_after = 0.0
        every = 0.2

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
        first_after = 0.5
        every = 0.2

        def draw(self, stages):
            raise AssertionError("a short call was drawn")

        def clear(self):
            pass

    watch = _progress.ProgressWatch(lambda: [STAGE], Refusing())
    for _ in range(100):
        with watch.waiting():
            pass
    watch.close()


FINDING = {
    "rule": "spill",
    "query": 1,
    "title": "Spill: 1 GiB",
    "evidence": "Stage 1 wrote.",
    "suggestion": "more memory",
    "seconds": 2.0,
}


def found(count: int) -> list[dict]:
    return [{**FINDING, "title": f"Spill {i}"} for i in range(count)]


def test_findings_are_told_at_the_end_at_most_three_each_once(monkeypatch):
    monkeypatch.setattr(_findings, "_LONG_SECONDS", 0.0)
    stream = io.StringIO()
    teller = _findings.FindingsTeller(lambda: found(2), stream, interactive=True)
    teller.waited(1.0)
    teller.waited(1.0)
    assert stream.getvalue().count("Try:") == 2
    teller._ask = lambda: found(5)
    teller.ended()
    assert stream.getvalue().count("Try:") == 3


def test_short_applications_and_broken_asking_tell_nothing():
    stream = io.StringIO()
    _findings.FindingsTeller(lambda: found(2), stream, interactive=False).ended()

    def broken():
        raise ConnectionError("gone")

    teller = _findings.FindingsTeller(broken, stream, interactive=True)
    teller.waited(100.0)
    assert stream.getvalue() == ""


def test_findings_are_told_where_the_setting_says(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert _findings.teller_of_process("terminal", list) is None
    assert _findings.teller_of_process("always", list) is not None
    monkeypatch.setattr("sys.stderr", Terminal())
    assert _findings.teller_of_process("terminal", list) is not None
    assert _findings.teller_of_process("off", list) is None
    with pytest.raises(ValueError, match="spark.troupe.findings"):
        _findings.teller_of_process("loud", list)

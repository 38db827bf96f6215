"""What notebooks show of plans."""

from __future__ import annotations

import sys
import types

from troupe import _html

PLAN = "== Physical Plan ==\n*(1) Filter (a < <b>)\n+- *(2) Range\n\n== Findings ==\nSpill\n"


def test_a_plan_is_html_under_its_headings_and_escaped():
    shown = _html.PlanText(PLAN)._repr_html_()
    assert shown.count("<details open>") == 2
    assert "<summary><b>Physical Plan</b></summary>" in shown
    assert "a &lt; &lt;b&gt;" in shown
    assert "<b>)" not in shown


def test_a_plan_is_printed_where_there_is_no_notebook(capsys):
    _html.show_plan(PLAN)
    assert capsys.readouterr().out == PLAN + "\n"


def test_a_plan_is_displayed_in_a_notebook(monkeypatch, capsys):
    shown = []
    ipython = types.ModuleType("IPython")
    ipython.get_ipython = lambda: object()
    display = types.ModuleType("IPython.display")
    display.display = shown.append
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    _html.show_plan(PLAN)
    assert capsys.readouterr().out == ""
    assert "Physical Plan" in shown[0]._repr_html_()

"""Every page in a real browser, while a job runs, after it, and from its log; on this machine and on three nodes."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from cluster.nodes import Nodes
from console.browser import Browser, find
from console.running import Job, ask, console

pytestmark = pytest.mark.skipif(find() is None, reason="there is no Chromium to open the pages with")

_AUDIT = """(() => {
  const wrong = [];
  for (const e of document.querySelectorAll('svg[role=img], [role=region], nav, [role=group]'))
    if (!e.getAttribute('aria-label')) wrong.push('no label: ' + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('input, select'))
    if (!document.querySelector(`label[for="${e.id}"]`)) wrong.push('no label: ' + e.outerHTML);
  for (const e of document.querySelectorAll('button, a, h1, h2, h3, summary'))
    if (!e.textContent.trim()) wrong.push('empty: ' + e.outerHTML);
  for (const e of document.querySelectorAll('th')) if (!e.scope) wrong.push('no scope: ' + e.outerHTML);
  for (const e of document.querySelectorAll('.scroll, .graph'))
    if (e.tabIndex !== 0) wrong.push('scrolls, but not by keyboard: ' + e.outerHTML.slice(0, 80));
  if (document.querySelectorAll('h1').length !== 1) wrong.push('headings of the first order: ' + document.querySelectorAll('h1').length);
  if (document.querySelector('main script, header script, main img')) wrong.push('markup of the log became an element');
  if (document.documentElement.scrollWidth > window.innerWidth) wrong.push('wider than the window');
  return wrong;
})()"""

_TASKS_RUN = """[...document.querySelectorAll('.figure')].some(
  (e) => e.querySelector('dt').textContent === 'Running tasks' && e.querySelector('dd').textContent !== '0')"""

# The log is read a moment after things happened: a query that failed may still be told as running.
_PATIENT_QUERY_RUNS = """(() => {
  const request = new XMLHttpRequest();
  request.open('GET', '/pages/%s/overview', false);
  request.send();
  const waits = (q) => q.state === 'running' && q.running > 0 && q.title.includes('the patient query');
  window.patient = JSON.parse(request.responseText).queries.filter(waits).map((q) => q.id);
  return window.patient.length > 0;
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = find()
    assert program is not None
    opened = Browser(program, tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


def pages(overview: dict, stages: dict) -> list[str]:
    found = ["overview", "jobs", "stages", "python", "executors", "storage", "environment"]
    found += [f"query/{query['id']}" for query in overview["queries"]]
    return found + [f"stage/{stage['number']}/{stage['attempt']}" for stage in stages["stages"]]


def open_all(browser: Browser, url: str, width: int, fewer: bool = False) -> None:
    (application,) = ask(f"{url}/pages/applications")
    base = f"{url}/pages/{application['id']}"
    browser.size(width, 900, dark=width < 600)
    found = pages(ask(f"{base}/overview"), ask(f"{base}/stages"))
    for page in found[::3] if fewer else found:
        browser.open(f"{url}/#/{application['id']}/{page}")
        assert browser.run(_AUDIT) == [], page
        assert "<script>fail()</script> & pages" in browser.text(), page
        assert browser.errors == [], page


def nodes_are_seen(browser: Browser, job: Job, folder: Path) -> None:
    """Three members beside the driver on the executors' page, and each node's own metrics."""
    (application,) = ask(f"{job.url}/pages/applications")
    browser.open(f"{job.url}/#/{application['id']}/executors")
    assert browser.run("document.querySelectorAll('#members tbody tr').length") == 4
    said = "\n".join(log.read_text() for log in folder.glob("node-*.log"))
    addresses = re.findall(r"metrics: (\S+)", said)
    assert len(addresses) == 3, said
    for address in addresses:
        with urllib.request.urlopen(address, timeout=30) as answer:
            text = answer.read().decode()
        assert "troupe_node_up 1\n" in text
        assert "troupe_members 4\n" in text
        assert text.endswith("# EOF\n")
        assert ask(address.replace("/metrics", "/ready"))["status"] == "READY"


def look(
    browser: Browser, folder: Path, master: str, fewer: bool = False, also: Callable[[Job], None] | None = None
) -> None:
    job = Job(folder, master)
    try:
        (application,) = ask(f"{job.url}/pages/applications")
        browser.open(f"{job.url}/#/{application['id']}/executors")
        browser.wait(_TASKS_RUN)
        browser.wait(_PATIENT_QUERY_RUNS % application["id"])
        (patient,) = browser.run("window.patient")
        open_all(browser, job.url, 1280, fewer)
        if also is not None:
            also(job)
        browser.open(f"{job.url}/#/{application['id']}/query/{patient}")
        assert "RUNNING" in browser.text().upper()
        job.go()
        browser.wait("document.querySelector('h1 .state').textContent === 'done'", 60)
        open_all(browser, job.url, 400, fewer)
        job.end()
        browser.wait("document.getElementById('notice').textContent.includes('does not answer')")
        browser.open("about:blank")
        browser.errors.clear()
    finally:
        job.kill()


@pytest.fixture(scope="module")
def local(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    look(browser, folder, "local[2]")
    return folder


def test_pages_on_this_machine_during_and_after_a_job(local):
    assert (local / "events").is_dir()


def test_pages_on_three_nodes_during_and_after_a_job(browser, tmp_path):
    nodes = Nodes(tmp_path)
    try:
        look(browser, tmp_path, nodes.master, fewer=True, also=lambda job: nodes_are_seen(browser, job, tmp_path))
    finally:
        nodes.stop()


@pytest.fixture(scope="module")
def finished(local):
    with console(local / "events") as url:
        (application,) = ask(f"{url}/pages/applications")
        yield url, application["id"]


def test_the_same_pages_from_the_log_work_by_keyboard(browser, finished):
    url, application = finished
    open_all(browser, url, 1280)
    browser.open(f"{url}/#/{application}/overview")
    browser.run("document.querySelector('.strip svg').focus()")
    browser.press("ArrowRight")
    browser.wait("document.querySelector('.readout').textContent.startsWith('After')")
    (query,) = [q for q in ask(f"{url}/pages/{application}/overview")["queries"] if q["title"] == "the patient query"]
    browser.open(f"{url}/#/{application}/query/{query['id']}")
    browser.run("document.querySelector('.graph .node').focus()")
    browser.press("Enter")
    browser.wait("document.querySelector('#detail code').textContent.length > 0")
    assert "job.py:" in browser.run("document.querySelector('#detail').innerText")
    browser.run("document.querySelector('#stages th:nth-child(6) button').focus()")
    browser.press("Enter")
    browser.wait("document.querySelector('#stages th:nth-child(6)').getAttribute('aria-sort') !== null")
    browser.open(f"{url}/#/{application}/stages")
    browser.run("document.getElementById('skip').focus()")
    browser.press("Enter")
    browser.wait("document.activeElement.id === 'content'")
    assert browser.errors == []


def test_a_failed_tasks_traceback_is_on_its_pages(browser, finished):
    url, application = finished
    (query,) = [q for q in ask(f"{url}/pages/{application}/overview")["queries"] if q["state"] == "failed"]
    browser.open(f"{url}/#/{application}/query/{query['id']}")
    assert "ValueError: </pre><script>fail()</script>" in browser.text()


def test_the_python_page_shows_what_functions_printed_and_where_they_spend_their_time(browser, finished):
    url, application = finished
    browser.open(f"{url}/#/{application}/python")
    printed = browser.run("[...document.querySelectorAll('.printed pre')].map((e) => e.innerText)")
    assert any("</pre><script>fail()</script> row 3" in text.split("\n") for text in printed), printed
    heading = browser.run("document.querySelector('.printed h3').innerText")
    assert re.search(r"job \d+ · query \d+ · stage \d+ · partition \d+, try \d+ · driver", heading), heading
    names = browser.run("[...document.querySelectorAll('#flame button')].map((e) => e.title)")
    assert any(name.startswith("patient (job.py:") for name in names), names
    browser.run("[...document.querySelectorAll('#flame button')].find((e) => e.title.startsWith('patient')).focus()")
    browser.press("Enter")
    browser.wait("document.querySelector('#flame button.above') !== null")
    assert browser.errors == []


def metric_sums(log: Path) -> tuple[dict, dict]:
    """Sums of the log's lines by stage attempt and by executor, made without the console's code."""
    stages: dict = {}
    executors: dict = {}
    for line in log.read_text().splitlines():
        event = json.loads(line)
        if event["event"] != "taskEnded":
            continue
        metrics = event["metrics"]
        spilled = [
            v
            for k, v in metrics.items()
            if k == "exchange.spill.bytes" or (k[:3] == "op." and k.endswith(".spill.bytes"))
        ]
        values = {
            "runNanos": event["runNanos"],
            "cpuNanos": event["cpuNanos"],
            "pythonNanos": sum(metrics.get(f"python.{part}.nanos", 0) for part in ("encode", "wait", "decode")),
            "inputRows": metrics.get("input.rows", 0),
            "shuffleReadBytes": metrics.get("exchange.read.bytes", 0),
            "shuffleWriteBytes": metrics.get("exchange.write.bytes", 0),
            "shuffleWriteRows": metrics.get("exchange.write.rows", 0),
            "resultRows": metrics.get("result.rows", 0),
            "pythonRows": metrics.get("python.rows", 0),
            "spillBytes": sum(spilled),
            "gcNanos": metrics.get("gc.nanos", 0),
        }
        values["failed"] = 1 if "failure" in event else 0
        values["succeeded"] = 1 - values["failed"]
        key = (event["query"], event["stage"], event["attempt"])
        for sums in (stages.setdefault(key, {}), executors.setdefault(event["executor"], {})):
            for name, value in values.items():
                sums[name] = sums.get(name, 0) + value
    return stages, executors


def test_every_sum_on_the_pages_is_the_logs(browser, finished, local):
    url, application = finished
    (log,) = (local / "events").glob("*.jsonl")
    stages, executors = metric_sums(log)
    shown = ask(f"{url}/pages/{application}/stages")["stages"]
    assert len(shown) >= len(stages)
    for stage in shown:
        expected = stages.get((stage["query"], stage["stage"], stage["attempt"]), {})
        assert {k: stage[k] for k in expected} == expected
        tasks = ask(f"{url}/pages/{application}/tasks/{stage['number']}/{stage['attempt']}?length=500")
        assert sum(task["runNanos"] for task in tasks["tasks"]) == stage["runNanos"]
    rows = {row["id"]: row for row in ask(f"{url}/pages/{application}/executors")["executors"]}
    for name, expected in executors.items():
        assert {k: rows[name][k] for k in expected} == expected
    largest = max(shown, key=lambda stage: stage["shuffleWriteRows"])
    browser.open(f"{url}/#/{application}/stage/{largest['number']}/{largest['attempt']}")
    middle = ask(f"{url}/pages/{application}/stage/{largest['number']}/{largest['attempt']}")["quantiles"][
        "shuffleWriteRows"
    ][2]
    row = browser.run(
        "[...document.querySelectorAll('#quantiles tr')].find((r) => r.innerText.startsWith('Rows handed on')).innerText"
    )
    assert f"{middle:,}" in row

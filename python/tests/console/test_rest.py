"""The REST answers against their OpenAPI description: with what there is, and with whatever the description allows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from console.running import ask, console

_LINES = [
    {"event": "applicationStarted", "time": 1_800_000_000_000, "schema": 2, "application": "app-1", "version": "0.1.0",
     "settings": {"spark.app.name": "<b>REST</b>"}, "user": "ann", "system": {"java.version": "25"}},
    {"event": "executorJoined", "time": 1_800_000_000_010, "executor": "e1", "host": "h", "slots": 2, "memory": 1000, "python": "3.12"},
    {"event": "executorJoined", "time": 1_800_000_000_010, "executor": "e2", "host": "h", "slots": 2, "memory": 1000, "python": ""},
    {"event": "queryPlanned", "time": 1_800_000_000_020, "query": 1, "session": 1, "line": "job.py:7", "description": "", "group": "g",
     "planningNanos": {"plan": 5}, "operators": [
         {"id": 0, "parent": -1, "name": "Exchange", "text": "Exchange", "stage": 1, "operator": 0, "exchange": 0, "line": "job.py:7"},
         {"id": 1, "parent": 0, "name": "Range", "text": "Range", "stage": 0, "operator": 0}], "plans": {"physical": "Range"}},
    {"event": "jobStarted", "time": 1_800_000_000_030, "job": 1, "query": 1, "description": "job.py:7", "stages": [
        {"query": 1, "stage": 0, "result": False, "outputPartitions": 2, "inputs": []},
        {"query": 1, "stage": 1, "result": True, "outputPartitions": 1, "inputs": [0]}]},
    {"event": "cacheFilled", "time": 1_800_000_000_035, "cache": 0, "level": "MEMORY_AND_DISK", "description": "Range"},
    {"event": "stageStarted", "time": 1_800_000_000_040, "query": 1, "stage": 0, "attempt": 0, "job": 1, "tasks": 2},
    {"event": "taskEnded", "time": 1_800_000_000_090, "query": 1, "stage": 0, "attempt": 0, "partition": 0, "try": 0, "executor": "e1",
     "launched": 1_800_000_000_041, "started": 1_800_000_000_042, "runNanos": 40_000_000, "cpuNanos": 4, "metrics": {"op.0.rows": 5}},
    {"event": "taskEnded", "time": 1_800_000_000_091, "query": 1, "stage": 0, "attempt": 0, "partition": 1, "try": 0, "executor": "e2",
     "launched": 1_800_000_000_041, "started": 1_800_000_000_042, "runNanos": 40_000_000, "cpuNanos": 4, "metrics": {},
     "failure": {"type": "ExecutorLost", "message": "gone"}},
    {"event": "executorLost", "time": 1_800_000_000_092, "executor": "e2", "reason": "gone"},
    {"event": "stageCancelled", "time": 1_800_000_000_093, "query": 1, "stage": 0, "attempt": 0, "reason": "lost outputs"},
    {"event": "stageStarted", "time": 1_800_000_000_094, "query": 1, "stage": 0, "attempt": 1, "job": 1, "tasks": 2},
    {"event": "jobEnded", "time": 1_800_000_000_095, "job": 1, "failure": {"type": "GivenUp", "message": "too often"}},
]  # fmt: skip
_THERE = {"app": ["app-1"], "job": [1], "stage": [0], "attempt": [0, 1], "query": [1], "cache": [0]}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("events")
    (folder / "app-1.jsonl").write_text("\n".join(map(json.dumps, _LINES)) + '\n{"event": "cut off in the mid')
    with console(folder) as address:
        yield address


def check(document: dict[str, Any], url: str, folder: Path, *options: str) -> None:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document))
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", url, "--no-color", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_answers_about_what_there_is_are_as_described(url, tmp_path):
    document = ask(f"{url}/api/v1/openapi.json")
    del document["paths"]["/api/v1/applications/{app}/executors/driver/threads"]  # of a live driver alone
    for path in document["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in _THERE:
                parameter["schema"] = {"type": parameter["schema"]["type"], "enum": _THERE[parameter["name"]]}
    options = ["--phases", "fuzzing", "--mode", "positive", "--max-examples", "8", "--seed", "1"]
    check(document, url, tmp_path, *options, "--exclude-checks", "unsupported_method")
    answered = ask(f"{url}/api/v1/applications/app-1/stages/0/0/taskList")
    assert [task["status"] for task in answered] == ["SUCCESS", "FAILED"]


def test_answers_to_anything_are_as_described(url, tmp_path):
    document = ask(f"{url}/api/v1/openapi.json")
    check(document, url, tmp_path, "--phases", "coverage", "--seed", "2")


def test_every_address_of_the_description_is_answered(url):
    document = ask(f"{url}/api/v1/openapi.json")
    for path in document["paths"]:
        if not path.endswith("/threads"):
            address = path
            for name, values in _THERE.items():
                address = address.replace("{" + name + "}", str(values[0]))
            assert ask(url + address) is not None, address

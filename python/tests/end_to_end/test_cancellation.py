"""What is cancelled is gone at once: slots, memory, blocks and Python workers, whatever the job is doing and whoever ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from troupe.errors import PySparkException
from troupe.sql import DataFrame, SparkSession
from troupe.sql import functions as F

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="looks into processes as Linux does")

#: A tenth of a second is usual, one second is promised; machines that run tests are busy.
_LIMIT = 10.0
_STARTING = 60.0
_MEASURES = (
    "troupe_reserved_bytes",
    "troupe_blocks",
    'troupe_block_bytes{on="memory"}',
    'troupe_block_bytes{on="disk"}',
    'troupe_python_workers{state="busy"}',
)
_RUNNING = "troupe_tasks_running"  # drawn from the event log, which is written once a second


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = SparkSession.builder.master("local[2]").config("spark.ui.port", "0").getOrCreate()
    yield session
    session.stop()


def held(url: str) -> dict[str, float]:
    with urllib.request.urlopen(f"{url}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    found = {name: re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE) for name in (*_MEASURES, _RUNNING)}
    return {name: float(match.group(1)) for name, match in found.items() if match}


def wait_for(what: str, condition: Callable[[], bool], seconds: float, told: Callable[[], object]) -> float:
    """Asks again and again until it is so; gives the seconds that it took."""
    begun = time.monotonic()
    pause = threading.Event()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not {what} within {seconds:g} s: {told()}"
        pause.wait(0.005)
    return time.monotonic() - begun


def wait_until_free(url: str) -> float:
    """What the executor holds is gone, and so is, a moment later, what the log tells of running tasks. Gives the seconds of the former."""
    taken = wait_for("free", lambda: not any(held(url)[name] for name in _MEASURES), _LIMIT, lambda: held(url))
    wait_for("ended", lambda: held(url)[_RUNNING] == 0, _LIMIT, lambda: held(url))
    return taken


def slow_python(spark: SparkSession) -> DataFrame:
    def body(x: int) -> int:
        signal.pause()
        return x

    return spark.range(0, 4, 1, 4).select(F.udf(body, "bigint")("id"))


def slow_python_after_an_exchange(spark: SparkSession) -> DataFrame:
    def body(frame):
        signal.pause()
        return frame

    keyed = spark.range(0, 100_000, 1, 4).select((F.col("id") % 10).alias("k"))
    return keyed.groupBy("k").applyInPandas(body, "k bigint")


def long_scan(spark: SparkSession) -> DataFrame:
    return spark.range(0, 1 << 50, 1, 4).filter("id % 3 = 5")


def pairs_of_which_none_passes(spark: SparkSession) -> DataFrame:
    left, right = spark.range(1 << 20).toDF("a"), spark.range(1 << 20).toDF("b")
    return left.crossJoin(right).filter("a * b = -1")


def dear_frames(spark: SparkSession) -> DataFrame:
    frame = "over (order by id rows between 20000 preceding and 20000 following)"
    return spark.sql(f"select percentile(id, 0.5) {frame} as x from range(1048576)").filter("x < 0")


def big_groups(spark: SparkSession) -> DataFrame:
    return spark.range(0, 1 << 40, 1, 4).groupBy("id").count().filter("count > 1")


_JOBS = [
    slow_python,
    slow_python_after_an_exchange,
    long_scan,
    pairs_of_which_none_passes,
    dear_frames,
    big_groups,
]


def busy(url: str, job: Callable[[SparkSession], DataFrame]) -> bool:
    now = held(url)
    python = now['troupe_python_workers{state="busy"}'] > 0 or "python" not in job.__name__
    memory = now["troupe_reserved_bytes"] > 0 or job not in (pairs_of_which_none_passes, dear_frames, big_groups)
    return now[_RUNNING] > 0 and python and memory


@pytest.mark.parametrize("by", ["group", "tag"])
@pytest.mark.parametrize("job", _JOBS, ids=lambda job: job.__name__)
def test_a_cancelled_job_frees_everything(job: Callable[[SparkSession], DataFrame], by: str, spark: SparkSession):
    context, failures = spark.sparkContext, []
    url = context.uiWebUrl

    def work() -> None:
        if by == "group":
            context.setJobGroup("doomed", "is cancelled")
        else:
            context.addJobTag("doomed")
        try:
            job(spark).collect()
        except PySparkException as error:
            failures.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    wait_for("begun", lambda: busy(url, job), _STARTING, lambda: (held(url), failures))
    if by == "group":
        context.cancelJobGroup("doomed")
    else:
        context.cancelJobsWithTag("doomed")
    print(f"{job.__name__} cancelled by {by}: all is free after {wait_until_free(url) * 1e3:.0f} ms")
    thread.join(_LIMIT)
    assert "doomed" in failures[0]
    following = time.monotonic()
    assert spark.range(0, 100, 1, 2).count() == 100
    assert time.monotonic() - following < _LIMIT
    wait_until_free(url)


_INTERRUPTED = """
import signal, sys

# A shell gives what it starts in the background no interrupts, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
from troupe.sql import SparkSession, functions as F

spark = SparkSession.builder.master("local[2]").config("spark.ui.port", "0").getOrCreate()
print(spark.sparkContext.uiWebUrl, flush=True)

def body(x):
    signal.pause()

slow = spark.range(0, 4, 1, 4).select(F.udf(body, "bigint")("id"))
long = spark.range(0, 1 << 50, 1, 4).filter("id % 3 = 5")
doomed = {"python": slow.collect, "scan": long.collect, "count": long.count}[sys.argv[1]]
try:
    doomed()
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(spark.range(0, 100, 1, 2).count(), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("doing", ["python", "scan", "count"])
def test_an_interrupted_client_frees_everything_and_goes_on(doing: str, tmp_path: Path):
    with open(tmp_path / "errors", "wb") as errors:
        client = subprocess.Popen(
            [sys.executable, "-c", _INTERRUPTED, doing],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    assert client.stdout
    try:
        url = client.stdout.readline().strip()
        job = slow_python if doing == "python" else long_scan
        wait_for("begun", lambda: busy(url, job), _STARTING, lambda: (held(url), (tmp_path / "errors").read_text()))
        begun = time.monotonic()
        client.send_signal(signal.SIGINT)
        assert client.stdout.readline().strip() == "interrupted", (tmp_path / "errors").read_text()
        assert client.stdout.readline().strip() == "100"
        taken = time.monotonic() - begun + wait_until_free(url)
        assert taken < _LIMIT
        print(f"{doing} interrupted: all is free, and another job has run, after {taken * 1e3:.0f} ms")
        client.communicate(timeout=_STARTING)
        assert client.returncode == 0
    finally:
        client.kill()
        client.wait()

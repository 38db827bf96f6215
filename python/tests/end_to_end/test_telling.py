"""What an application tells of itself: plans with measurements, its event log, its jobs by group."""

from __future__ import annotations

import json
import os
import re
import threading
from pathlib import Path

import pytest

from troupe.errors import IllegalArgumentException, PySparkException
from troupe.sql import SparkSession
from troupe.sql import functions as F


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("events")


@pytest.fixture(scope="module")
def spark(logs):
    builder = SparkSession.builder.master("local[2]").config("spark.eventLog.dir", str(logs))
    session = builder.config("spark.my.password", "hunter2").getOrCreate()
    yield session
    session.stop()


def line_of(text: str) -> str:
    """`file.py:12` of the line in this file that holds the text, told by its mark."""
    lines = Path(__file__).read_text().splitlines()
    (number,) = [i for i, line in enumerate(lines, 1) if line.rstrip().endswith("# mark: " + text)]
    return f"{Path(__file__).name}:{number}"


def test_explain_analyze_shows_rows_time_and_the_users_line_of_each_operator(spark, capsys):
    numbers = spark.range(0, 200_000, 1, 4)  # mark: range
    odd = numbers.filter(F.col("id") % 2 == 1)  # mark: filter
    groups = odd.groupBy((F.col("id") % 7).alias("k")).agg(F.sum("id").alias("s"))  # mark: groups
    groups.orderBy("s").explain(mode="analyze")  # mark: sort
    text = capsys.readouterr().out
    operators = {re.search(r"\*\(\d+\) (\w+)", line)[1]: line for line in text.splitlines() if "*(" in line}
    assert "[200,000 rows" in operators["Range"]
    assert "[100,000 rows" in operators["Filter"]
    assert line_of("range") in operators["Range"]
    assert line_of("filter") in operators["Filter"]
    assert line_of("groups") in operators["HashAggregate"]
    assert line_of("sort") in operators["Sort"]
    assert re.search(r"\| [\d.]+ (ms|s) \|", operators["Filter"])
    assert "7 rows in" in text


def test_what_functions_print_is_told_by_task_from_all_sides(spark, capfd):
    def loud(x):
        print("row", x)
        if x == 3:
            raise ValueError("three")
        return x

    tracker = spark.sparkContext.statusTracker()
    spark.range(0, 3, 1, 1).select(F.udf(loud, "bigint")("id")).collect()
    with pytest.raises(PySparkException):
        spark.range(3, 4, 1, 1).select(F.udf(loud, "bigint")("id")).collect()
    fine, failed = tracker.getPrintedOutput()
    assert (fine.text, fine.failed, fine.partition, fine.executorId) == ("row 0\nrow 1\nrow 2", False, 0, "driver")
    assert (failed.text, failed.failed) == ("row 3", True)
    assert tracker.getPrintedOutput(fine.jobId) == [fine]
    assert tracker.getPrintedOutput(failed.jobId + 100) == []
    assert re.search(r"\[query \d+ partition 0 attempt 0\] row 1\n", capfd.readouterr().err)


def test_explain_refuses_an_unknown_mode(spark):
    with pytest.raises(IllegalArgumentException, match="analyze"):
        spark.range(1).explain(mode="loud")


def events(logs: Path) -> list[dict]:
    (file,) = logs.glob("*.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_failing_job_names_the_line_of_its_action(spark):
    bad = spark.range(3).select(F.lit(1) / F.col("id"))
    with pytest.raises(PySparkException) as caught:
        bad.collect()
    assert Path(__file__).name in str(caught.value)


def test_cancelling_a_group_ends_its_jobs_and_no_others(spark):
    failures = []

    def work():
        spark.sparkContext.setJobGroup("doomed", "counts for ever")
        try:
            spark.range(0, 1 << 50).filter("id % 3 = 5").count()
        except PySparkException as error:
            failures.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():  # a group that has no job yet has nothing to cancel
        spark.sparkContext.cancelJobGroup("another")
        spark.sparkContext.cancelJobGroup("doomed")
        thread.join(0.02)
    assert "doomed" in failures[0]
    assert spark.range(10).count() == 10


@pytest.mark.parametrize("which", ["job", "stage"])
def test_cancelling_a_job_or_a_stage_ends_what_needs_it(which: str, spark, tmp_path: Path):
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    failures = []

    def forever(x: int) -> int:
        reached.write_text("reached")
        while True:
            x += 1

    def work():
        try:
            spark.range(1).select(F.udf(forever, "bigint")("id")).collect()
        except PySparkException as error:
            failures.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    assert reached.read_text() == "reached"
    tracker = spark.sparkContext.statusTracker()
    (job,) = tracker.getActiveJobsIds()
    (stage,) = tracker.getActiveStageIds()
    if which == "job":
        spark.sparkContext.cancelJob(job + 1)
        spark.sparkContext.cancelJob(job)
    else:
        spark.sparkContext.cancelStage(stage + 1)
        spark.sparkContext.cancelStage(stage, "it takes too long")
    thread.join(60)
    assert ("it takes too long" if which == "stage" else f"Job {job} was cancelled") in failures[0]
    assert tracker.getActiveJobsIds() == []


def test_the_log_level_is_one_of_sparks(spark):
    spark.sparkContext.setLogLevel("ERROR")
    with pytest.raises(IllegalArgumentException, match="LOUD"):
        spark.sparkContext.setLogLevel("LOUD")
    spark.sparkContext.setLogLevel("WARN")


def test_the_event_log_keys_measurements_to_operators_and_lines_and_hides_secrets(logs, tmp_path):
    session = SparkSession.builder.getOrCreate()
    session.range(0, 50_000, 1, 3).write.parquet(str(tmp_path / "t"))
    session.sparkContext.setJobDescription("the last one")
    read = session.read.parquet(str(tmp_path / "t")).filter("id < 10")
    double = F.udf(lambda x: sum((x, x)), "bigint")
    assert read.select(double("id").alias("y")).agg(F.sum("y")).first()[0] == 90  # mark: action
    session.stop()
    log = events(logs)
    assert log[0]["event"] == "applicationStarted"
    assert log[-1] == {**log[-1], "event": "applicationEnded", "dropped": 0}
    assert "hunter2" not in json.dumps(log)
    planned = [e for e in log if e["event"] == "queryPlanned" and e["description"] == "the last one"][-1]
    assert planned["line"].endswith(line_of("action"))
    tasks = [e for e in log if e["event"] == "taskEnded" and e["query"] == planned["query"]]
    (scan,) = [o for o in planned["operators"] if o["name"] == "FileScan"]
    counted = [t["metrics"].get(f"op.{scan['operator']}.rows", 0) for t in tasks if t["stage"] == scan["stage"]]
    assert sum(counted) == 10
    assert sum(t["metrics"].get("input.bytes", 0) for t in tasks) > 0
    assert sum(t["metrics"].get("python.rows", 0) for t in tasks) == 10
    told = {
        name.rpartition("#")[2].partition(".")[2] for t in tasks for name in t["metrics"] if name.startswith("udf.")
    }
    assert {"rows", "batches", "sent.bytes", "received.bytes", "encode.nanos", "compute.nanos", "peak.bytes"} <= told
    assert all(t["cpuNanos"] > 0 and t["metrics"]["memory.peak.bytes"] >= 0 for t in tasks)
    written = [e for e in log if e["event"] == "taskEnded" and "output.bytes" in e["metrics"]]
    assert sum(t["metrics"]["output.rows"] for t in written) == 50_000

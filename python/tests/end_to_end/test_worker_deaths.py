"""What user code may do to its worker: the task fails in words or succeeds, and the next query works."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from test_processes import descendants

from troupe.sql import functions as F


def run(spark, body):
    return spark.range(2).select(F.udf(body, "long")("id").alias("v")).collect()


def deadly():
    """Functions that travel by value: workers do not see this folder."""

    def exits(x):
        os._exit(3)

    def is_killed(x):
        os.kill(os.getpid(), signal.SIGSEGV)

    def closes_every_pipe(x):
        os.closerange(0, 200)
        return x

    def leaves_a_child_with_the_pipes(x):
        if os.fork() == 0:
            signal.alarm(100)
            signal.pause()
        os._exit(5)

    return exits, is_killed, closes_every_pipe, leaves_a_child_with_the_pipes


@pytest.mark.parametrize(
    ("body", "words"),
    zip(deadly(), ("exited with code 3", r"signal 11 \(SIGSEGV\)", "crashed", "exited with code 5"), strict=True),
)
def test_dead_worker_fails_its_task_and_the_next_query_works(spark, body, words):
    begun = time.monotonic()
    with pytest.raises(Exception, match=words):
        run(spark, body)
    assert time.monotonic() - begun < 30
    assert [row.v for row in run(spark, lambda x: x + 1)] == [1, 2]


def test_sys_exit_is_an_error_of_the_function(spark):
    with pytest.raises(Exception, match="SystemExit: 4"):
        run(spark, lambda x: sys.exit(4))


def test_rubbish_on_descriptor_one_does_no_harm(spark):
    def noisy(x):
        os.write(1, b"rubbish" * 100)
        print("and words")
        return x

    assert [row.v for row in run(spark, noisy)] == [0, 1]


def test_a_forked_copy_of_a_worker_is_no_worker(spark):
    def forks(x):
        os.fork()
        return x

    assert [row.v for row in run(spark, forks)] == [0, 1]
    assert [row.v for row in run(spark, lambda x: x + 1)] == [1, 2]


def test_workers_are_reused_and_do_not_pile_up(spark):
    pids = {row.v for _ in range(10) for row in run(spark, lambda x: os.getpid())}
    alive = [c for c in descendants(os.getpid()).values() if "troupe.worker" in c]
    assert len(pids) <= 2
    assert len(alive) <= 1 + os.cpu_count()

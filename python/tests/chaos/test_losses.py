"""Real processes, real signals: whatever is lost in the middle of a job, the answer is local mode's, and nothing stays behind.

Each scenario is played for ``TROUPE_CHAOS_SEEDS`` seeds, from ``TROUPE_CHAOS_FIRST`` (1) on; the seed picks the row and the node. Without
these, today's date is the seed, which picks two of the scenarios that cost a cluster each. The others share one.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from chaos.play import ALL, SEEDS, Job, left_in, left_running
from cluster.nodes import Nodes, descendants, wait_for_end

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")

_FATAL = ["map", "reduce", "long pause", "all", "back", "two"]
_CHOSEN = _FATAL if ALL else random.Random(SEEDS[0]).sample(_FATAL, 2)
seeded = pytest.mark.parametrize("seed", SEEDS)


def fatal(name: str):
    """A scenario after which its cluster is of no use to others: only some are played in each run."""
    return pytest.mark.skipif(
        name not in _CHOSEN, reason=f"of those that cost a cluster, seed {SEEDS[0]} chose {_CHOSEN}"
    )


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    yield from until_stopped(Nodes(tmp_path))


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Nodes for the scenarios that all of them survive."""
    yield from until_stopped(Nodes(tmp_path_factory.mktemp("standing")))


def until_stopped(found: Nodes) -> Iterator[Nodes]:
    yield found
    found.stop()
    assert left_running(found) == []
    for index, process in enumerate(found.processes):
        if process.returncode != -signal.SIGKILL:
            assert left_in(found.scratch(index)) == [], found.said()


def node_of(seed: int) -> int:
    return seed % 3


@seeded
@pytest.mark.parametrize("at", [pytest.param(at, marks=fatal(at)) for at in ("map", "reduce")])
def test_a_killed_node(at: str, seed: int, nodes: Nodes, tmp_path: Path, expected):
    job = Job(nodes.master, tmp_path, at, seed)
    job.begin()
    job.wait_until_reached()
    nodes.kill(node_of(seed))
    assert job.answer() == expected(seed), job.said() + nodes.said()
    job.end()


@seeded
@pytest.mark.parametrize("fault", ["exit", "segv", "rubbish"])
def test_a_python_worker_that_breaks(fault: str, seed: int, standing: Nodes, tmp_path: Path, expected):
    job = Job(standing.master, tmp_path, "map", seed, fault=fault)
    job.begin()
    job.wait_until_reached()
    assert job.answer() == expected(seed), job.said() + standing.said()
    job.end()


@seeded
def test_python_workers_killed_from_outside(seed: int, standing: Nodes, tmp_path: Path, expected):
    job = Job(standing.master, tmp_path, "map", seed)
    job.begin()
    job.wait_until_reached()
    workers = all_workers(standing)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    assert job.answer() == expected(seed), job.said() + standing.said()
    assert workers
    job.end()


def all_workers(nodes: Nodes) -> list[int]:
    below = [each for process in nodes.processes for each in descendants(process.pid).items()]
    return [pid for pid, command in below if "troupe.worker" in command]


@seeded
def test_a_function_that_always_fails_leaves_a_healthy_cluster(seed: int, standing: Nodes, tmp_path: Path, expected):
    job = Job(standing.master, tmp_path, "map", seed, fault="raise")
    job.begin()
    job.wait_until_reached()
    (told,) = job.answer()
    assert told.startswith("PythonException ")
    assert "a value that nobody wants" in told
    job.end()
    second = tmp_path / "second"
    second.mkdir()
    after = Job(standing.master, second, "nowhere", seed)
    after.begin()
    assert after.answer() == expected(seed)
    after.end()


@seeded
def test_a_node_that_pauses_for_a_moment(seed: int, standing: Nodes, tmp_path: Path, expected):
    job = Job(standing.master, tmp_path, "map", seed)
    job.begin()
    job.wait_until_reached()
    standing.signal(node_of(seed), signal.SIGSTOP)
    job.go_on()
    job.answers_within(seconds=2)
    standing.signal(node_of(seed), signal.SIGCONT)
    assert job.answer() == expected(seed), job.said() + standing.said()
    job.end()


@seeded
@fatal("long pause")
def test_a_node_that_pauses_for_longer_than_the_failure_detector_waits(
    seed: int, nodes: Nodes, tmp_path: Path, expected
):
    job = Job(nodes.master, tmp_path, "map", seed, rounds=2)
    job.begin()
    job.wait_until_reached()
    dozing = node_of(seed)
    nodes.signal(dozing, signal.SIGSTOP)
    job.go_on()
    try:
        assert job.answer() == expected(seed), job.said() + nodes.said()
    finally:
        nodes.signal(dozing, signal.SIGCONT)
    only_the_node_is_left(nodes, dozing)
    job.begin()
    assert job.answer() == expected(seed), job.said() + nodes.said()
    job.end()


def only_the_node_is_left(nodes: Nodes, index: int) -> None:
    """Waits until a node that was gone is a member again, and kills the others, so that the next job needs it."""
    nodes.wait_until_member(index, times=2)
    for other in {0, 1, 2} - {index}:
        nodes.kill(other)


@seeded
@fatal("all")
def test_all_nodes_killed_ends_with_the_reason(seed: int, nodes: Nodes, tmp_path: Path):
    job = Job(nodes.master, tmp_path, "map", seed)
    job.begin()
    job.wait_until_reached()
    for index in range(3):
        nodes.kill(index)
    (told,) = job.answer()
    assert "NO_EXECUTORS" in told
    assert "troupe node" in told, told
    job.end()


@seeded
@fatal("back")
def test_a_node_that_comes_back_on_its_address_is_used_again(seed: int, nodes: Nodes, tmp_path: Path, expected):
    job = Job(nodes.master, tmp_path, "map", seed, rounds=2)
    job.begin()
    job.wait_until_reached()
    back = node_of(seed)
    nodes.kill(back)
    assert job.answer() == expected(seed), job.said() + nodes.said()
    nodes.restart(back)
    only_the_node_is_left(nodes, back)
    job.begin()
    assert job.answer() == expected(seed), job.said() + nodes.said()
    job.end()


@seeded
@fatal("two")
def test_two_nodes_killed_at_once_the_oldest_among_them(seed: int, nodes: Nodes, tmp_path: Path, expected):
    job = Job(nodes.master, tmp_path, "map", seed, rounds=2)
    job.begin()
    job.wait_until_reached()
    nodes.kill(0)
    nodes.kill(1 + seed % 2)
    assert job.answer() == expected(seed), job.said() + nodes.said()
    nodes.wait_until_said(2 - seed % 2, "no member any more", times=2)
    job.begin()
    assert job.answer() == expected(seed), job.said() + nodes.said()
    job.end()


@seeded
def test_a_killed_client_frees_all_that_its_job_held(seed: int, standing: Nodes, tmp_path: Path, expected):
    job = Job(standing.master, tmp_path, "map", seed)
    job.begin()
    job.wait_until_reached()
    workers = all_workers(standing)
    job.kill()
    assert workers
    for worker in workers:
        wait_for_end(worker)
    second = tmp_path / "second"
    second.mkdir()
    after = Job(standing.master, second, "nowhere", seed)
    after.begin()
    assert after.answer() == expected(seed)
    after.end()

"""Nodes whose data plane turns bits over or breaks off in the middle of a block: the answer is local mode's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chaos.play import ALL, SEEDS, Job, left_in, left_running
from cluster.nodes import Nodes

_COMPILER = shutil.which("cc")
_SOURCE = Path(__file__).with_name("damage.c")
_BUDGET = 2
_KINDS = ["flip", "cut"]

pytestmark = pytest.mark.skipif(
    _COMPILER is None or sys.platform != "linux",
    reason="what damages the bytes is compiled, and loaded by Linux's linker",
)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", _KINDS if ALL else [_KINDS[SEEDS[0] % 2]])
def test_damage_on_the_data_plane_changes_no_answer(kind: str, seed: int, tmp_path: Path, expected):
    library = tmp_path / "damage.so"
    subprocess.run([str(_COMPILER), "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
    spent = tmp_path / "spent-damage"
    settings = [
        f"DAMAGE_KIND={kind}",
        f"DAMAGE_AFTER={seed * 7_919 % 12_000}",
        f"DAMAGE_SPENT={spent}",
        f"DAMAGE_BUDGET={_BUDGET}",
    ]
    nodes = Nodes(tmp_path, before=["env", f"LD_PRELOAD={library}", *settings])
    try:
        job = Job(nodes.master, tmp_path, "nowhere", seed)
        job.begin()
        assert job.answer() == expected(seed), job.said() + nodes.said()
        job.end()
        assert Path(f"{spent}-0").exists(), "nothing was damaged"
    finally:
        nodes.stop()
    assert left_running(nodes) == []
    for index in range(3):
        assert left_in(nodes.scratch(index)) == [], nodes.said()

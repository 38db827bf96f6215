"""A short, seeded piece of `benchmarks/worker_soak.py`: misbehaving functions harm nobody else and leave nothing behind."""

import importlib.util
import os
import random
from pathlib import Path

import pytest

from troupe.sql import functions as F

_SOURCE = Path(__file__).resolve().parents[3] / "benchmarks" / "worker_soak.py"


@pytest.fixture(scope="module")
def soak():
    import cloudpickle

    spec = importlib.util.spec_from_file_location("worker_soak", _SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    import sys

    sys.modules["worker_soak"] = module
    cloudpickle.register_pickle_by_value(module)
    return module


def test_misbehaving_functions_fail_alone(spark, soak):
    seed = int(os.environ.get("TROUPE_SOAK_SEED", "1"))
    kinds = [kind for kind in soak._WEIGHTS if kind not in ("swells", "hangs")]
    draw = random.Random(seed)
    for number in range(2):
        soak.run_one(spark, F, number, "adds")
    processes, _ = soak.holdings()
    fates = kinds + draw.choices(kinds, k=20) + ["hangs"]
    found = [soak.run_one(spark, F, number, kind) for number, kind in enumerate(fates)]
    assert [one for one in found if one] == [], f"seed {seed}"
    assert soak.run_one(spark, F, 1, "adds") is None
    assert soak.holdings()[0] <= processes + os.cpu_count() + 4, f"seed {seed}"

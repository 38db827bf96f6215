"""What one machine answers, once per seed."""

from __future__ import annotations

import pytest
from chaos.play import local_answer


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory):
    known: dict[int, list[str]] = {}

    def answer(seed: int) -> list[str]:
        if seed not in known:
            known[seed] = list(local_answer(seed, tmp_path_factory.mktemp("local")))
        return known[seed]

    return answer

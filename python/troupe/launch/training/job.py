"""What a training job is given."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Workshop:
    """A session, and a folder that is removed after the training."""

    spark: Any
    folder: str

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def sql(self, text: str) -> list[Any]:
        """The rows of a query."""
        rows: list[Any] = self.spark.sql(text).collect()
        return rows


Job = Callable[[Workshop], None]

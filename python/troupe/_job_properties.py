"""Job group, description, tags and other properties of jobs: each thread has its own, and they travel with its requests."""

from __future__ import annotations

import threading

from troupe.errors import PySparkValueError

GROUP = "spark.jobGroup.id"
DESCRIPTION = "spark.job.description"
INTERRUPT = "spark.job.interruptOnCancel"
TAGS = "spark.job.tags"


class JobProperties(threading.local):
    """The properties of the calling thread."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def current(self) -> dict[str, str]:
        """All of them; do not change what is returned."""
        return self._values

    def get(self, key: str) -> str | None:
        return self._values.get(key)

    def set(self, key: str, value: str | None) -> None:
        """None takes the property away."""
        changed = {k: v for k, v in self._values.items() if k != key}
        if value is not None:
            changed[key] = str(value)
        self._values = changed

    def tags(self) -> set[str]:
        return set(filter(None, self._values.get(TAGS, "").split(",")))

    def add_tag(self, tag: str) -> None:
        if not tag:
            raise PySparkValueError(message="Spark job tag cannot be an empty string.")
        if "," in tag:
            raise PySparkValueError(message="Spark job tag cannot contain ','.")
        self._store(self.tags() | {tag})

    def remove_tag(self, tag: str) -> None:
        self._store(self.tags() - {tag})

    def clear_tags(self) -> None:
        self._store(set())

    def _store(self, tags: set[str]) -> None:
        self.set(TAGS, ",".join(sorted(tags)) or None)

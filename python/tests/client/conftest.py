"""A session without a JVM: requests are recorded, and answered with schemas that the test sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from client_trees import without_sites

from troupe.conf import SparkConf
from troupe.context import SparkContext
from troupe.gateway import Gateway
from troupe.sql.session import SparkSession
from troupe.sql.types import StructType


class FakeTransport:
    """Answers as the JVM would, as far as a test needs it."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.schema = StructType.fromDDL("id bigint")
        self.answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self._plans = 0

    def send(self, request: str) -> str:
        parsed = json.loads(request)
        self.requests.append(parsed)
        answer = self.answers.get(parsed["op"])
        return json.dumps(answer(parsed) if answer else {"ok": self._default(parsed)})

    def _default(self, request: dict[str, Any]) -> dict[str, Any]:
        op = request["op"]
        if op in ("session.new", "session.clone"):
            return {"session": 1 if op == "session.new" else 2, "conf": {}}
        if op in ("plan", "sql"):
            self._plans += 1
            return {"plan": self._plans, "schema": self.schema.jsonValue()}
        return {"show": {"text": "+--+"}, "count": {"count": 7}, "collect": {"result": "t1"}}.get(op, {})

    def close(self) -> None:
        """Nothing is open."""

    @property
    def last(self) -> dict[str, Any]:
        return self.requests[-1]

    @property
    def node(self) -> dict[str, Any]:
        return without_sites(self.last["node"])


class FakeChannel:
    """Gives the Arrow stream that a test set; keeps what is uploaded."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.uploaded: list[bytes] = []

    def fetch(self, ticket: Any) -> Iterator[bytes]:
        yield from self.frames

    def upload(self, chunks: Iterator[bytes]) -> int:
        self.uploaded = list(chunks)
        return 77

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def transport() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def spark(transport: FakeTransport, channel: FakeChannel) -> Iterator[SparkSession]:
    gateway = Gateway(transport, channel)  # type: ignore[arg-type]
    context = SparkContext(conf=SparkConf(loadDefaults=False), gateway=gateway)
    session = SparkSession(context)
    yield session
    session.stop()

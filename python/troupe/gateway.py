"""The client's side of the gateway: one JSON call per request over Py4J, Arrow streams over the data channel.

A plan that the JVM keeps for us is a `PlanId`; when the last tree or DataFrame that mentions it is gone, its number
is queued, and the next request tells the JVM to forget it.
"""

from __future__ import annotations

import collections
import contextlib
import json
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from troupe._findings import Finding, FindingsTeller
from troupe._job_properties import JobProperties
from troupe._progress import Display, ProgressWatch
from troupe._site import calling
from troupe.data_channel import DataChannel
from troupe.errors import PySparkRuntimeError
from troupe.errors.exceptions.captured import from_answer

if TYPE_CHECKING:
    from troupe.launch.jvm import Connection

Request = dict[str, Any]

_RELEASES_PER_REQUEST = 10_000


class AnalyzeFirst(Exception):
    """The JVM asks for the result of a table function's `analyze` before it can plan the request."""

    def __init__(self, wish: dict[str, Any]) -> None:
        super().__init__(wish["name"])
        self.wish = wish


class Transport(Protocol):
    """Carries one JSON text there and another back."""

    def send(self, request: str) -> str: ...

    def close(self) -> None: ...


class PlanId(int):
    """The number of a plan in the JVM, which is released when nothing here refers to it any more."""

    _gateway: Gateway

    def __new__(cls, number: int, gateway: Gateway) -> PlanId:
        made = super().__new__(cls, number)
        made._gateway = gateway
        return made

    def __del__(self) -> None:
        self._gateway.release(int(self))

    def __reduce__(self) -> Any:
        return int, (int(self),)


class Py4JTransport:
    """Calls the JVM's entry point through Py4J: one connection, and one JVM thread, per thread of ours."""

    def __init__(self, port: int, secret: str) -> None:
        from py4j.clientserver import ClientServer, JavaParameters, PythonParameters

        self._server = ClientServer(
            java_parameters=JavaParameters(port=port, auth_token=secret, auto_convert=False),
            python_parameters=PythonParameters(port=0, eager_load=False),
        )
        self._client = self._server._gateway_client

    def send(self, request: str) -> str:
        from py4j.protocol import escape_new_line, get_return_value

        connection = self._client._get_connection()
        try:
            answer = connection.send_command(f"c\nt\ncall\ns{escape_new_line(request)}\ne\n")
        except BaseException:
            connection.close()  # after an interrupt the answer may still come: nobody must read it as another's
            raise
        self._client._give_back_connection(connection)
        return get_return_value(answer, self._client, "t", "call")

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._server.shutdown()


class Gateway:
    """All that is said to one JVM."""

    def __init__(self, transport: Transport, channel: DataChannel, connection: Connection | None = None) -> None:
        self._transport = transport
        self._channel = channel
        self.connection = connection
        self.round_trips = 0
        self.properties = JobProperties()
        self._session = 0
        self._watch: ProgressWatch | None = None
        self._teller: FindingsTeller | None = None
        self._released: collections.deque[int] = collections.deque()
        self._closed = False
        self._lock = threading.Lock()

    @classmethod
    def to(cls, connection: Connection) -> Gateway:
        """A gateway to a JVM that was just started."""
        transport = Py4JTransport(connection.port, connection.secret)
        return cls(transport, DataChannel(connection.data_port, connection.secret), connection)

    def call(self, request: Request) -> dict[str, Any]:
        """Sends one request and gives the `ok` part of the answer; raises the exception that an error stands for."""
        if self._closed:
            raise PySparkRuntimeError(
                errorClass="SESSION_OR_CONTEXT_NOT_EXISTS",
                messageParameters={},
            )
        self._session = request.get("session") or self._session
        released = self._take_released()
        if released:
            request = {**request, "release": released}
        if properties := self.properties.current():
            request = {**request, "properties": properties}
        self.round_trips += 1
        try:
            with self._waiting():
                text = self._transport.send(json.dumps(request, separators=(",", ":"), ensure_ascii=False))
        except KeyboardInterrupt:
            self.cancel_all(request.get("session", 0))
            raise
        except Exception as error:
            raise self._broken(error) from error
        answer = json.loads(text)
        if "ok" in answer:
            return answer["ok"]
        if "analyze" in answer:
            raise AnalyzeFirst(answer["analyze"])
        raise from_answer(answer["error"], *calling()) from None

    def cancel_all(self, session: int) -> None:
        """Asks the JVM to stop the session's jobs; from a thread of its own, as this one's connection is busy."""
        request = json.dumps({"op": "job.cancel", "session": session, "all": True})

        def send() -> None:
            with contextlib.suppress(Exception):  # the user interrupts: what cannot be cancelled ends with the JVM
                self._transport.send(request)

        thread = threading.Thread(target=send, name="troupe-cancel", daemon=True)
        thread.start()
        thread.join(timeout=5)

    def show_progress(self, display: Display) -> None:
        """From now on the running stages are shown while a call or a result is waited for."""
        self._watch = ProgressWatch(self._progress, display)
        if self._teller is not None:
            self._watch.after = self._teller.waited

    def _waiting(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext() if self._watch is None else self._watch.waiting()

    def tell_findings(self, teller: FindingsTeller) -> None:
        """From now on findings are told to the user."""
        self._teller = teller
        if self._watch is not None:
            self._watch.after = teller.waited

    def findings(self) -> list[Finding]:
        """The costliest findings of the application so far."""
        answer = json.loads(self._transport.send(json.dumps({"op": "findings", "session": self._session, "most": 3})))
        return answer["ok"]["findings"] if "ok" in answer else []

    def _progress(self) -> list[dict[str, Any]]:
        answer = json.loads(self._transport.send(json.dumps({"op": "progress", "session": self._session})))
        return answer["ok"]["stages"] if "ok" in answer else []

    def release(self, plan: int) -> None:
        """Queues a plan that is no longer needed. Called by finalizers: it takes no lock and asks nobody."""
        if not self._closed:
            self._released.append(plan)

    def _take_released(self) -> list[int]:
        taken: list[int] = []
        while self._released and len(taken) < _RELEASES_PER_REQUEST:
            try:
                taken.append(self._released.popleft())
            except IndexError:
                break  # another thread took the last one
        return taken

    def fetch(self, ticket: Any) -> Iterator[bytes]:
        """The chunks of an Arrow stream."""
        if self._watch is None:
            return self._channel.fetch(ticket)
        return self._watched(self._channel.fetch(ticket))

    def _watched(self, frames: Iterator[bytes]) -> Iterator[bytes]:
        """The same frames; the user waits while the next one is asked for, not while it is used."""
        try:
            while True:
                with self._waiting():
                    frame = next(frames, None)
                if frame is None:
                    return
                yield frame
        finally:
            frames.close()  # type: ignore[attr-defined]

    def upload(self, chunks: Iterator[bytes]) -> int:
        """Sends an Arrow stream; gives the ticket that a plan can name."""
        return self._channel.upload(chunks)

    def close(self) -> None:
        """Ends the connection and the JVM."""
        if self._teller is not None and not self._closed and self.is_open:
            self._teller.ended()
        with self._lock:
            if self._closed:
                return
            self._closed = True
        if self._watch is not None:
            self._watch.close()
        self._channel.close()
        self._transport.close()
        if self.connection is not None:
            self.connection.stop()

    @property
    def is_open(self) -> bool:
        return not self._closed and (self.connection is None or self.connection.is_alive)

    def _broken(self, error: Exception) -> Exception:
        connection = self.connection
        if connection is None or connection.is_alive:
            return error
        last = connection.last_lines()
        return PySparkRuntimeError(
            message=f"The Troupe JVM has ended (exit code {connection.process.poll()}); its sessions are lost. "
            f"Start a new one with SparkSession.builder.getOrCreate() after spark.stop(). Its last lines:\n{last}"
        )

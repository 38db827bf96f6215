"""The socket for data: results and uploads as Arrow streams, in frames, past Py4J."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from troupe.errors.exceptions.captured import from_answer

FRAME_LIMIT = 1 << 20
_LENGTH = struct.Struct(">i")
_CONNECT_SECONDS = 30.0


class DataChannel:
    """Opens connections to the JVM's data port and keeps idle ones for the next stream."""

    _IDLE_LIMIT = 8

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._secret = secret.encode("utf-8")
        self._idle: list[socket.socket] = []
        self._lock = threading.Lock()

    def _take(self) -> socket.socket:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=_CONNECT_SECONDS)
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(_LENGTH.pack(len(self._secret)) + self._secret)
        return connection

    def _give_back(self, connection: socket.socket) -> None:
        with self._lock:
            if len(self._idle) < self._IDLE_LIMIT:
                self._idle.append(connection)
                return
        connection.close()

    def fetch(self, ticket: Any) -> Iterator[bytes]:
        """The frames of a result. Leaving the iteration early closes the connection, which cancels the job."""
        connection = self._take()
        finished = False
        try:
            _send_json(connection, {"fetch": ticket})
            while True:
                length = _read_length(connection)
                if length == 0:
                    finished = True
                    return
                if length < 0:
                    error = _read_error(connection)
                    finished = True
                    raise from_answer(error)
                yield _read(connection, length)
        finally:
            if finished:
                self._give_back(connection)
            else:
                connection.close()

    def upload(self, chunks: Iterable[bytes]) -> int:
        """Sends a stream and gives the ticket under which the JVM keeps it."""
        ticket = int.from_bytes(os.urandom(6), "big")
        connection = self._take()
        try:
            _send_json(connection, {"upload": str(ticket)})
            for chunk in chunks:
                view = memoryview(chunk)
                for start in range(0, len(view), FRAME_LIMIT):
                    part = view[start : start + FRAME_LIMIT]
                    connection.sendall(_LENGTH.pack(len(part)))
                    connection.sendall(part)
            connection.sendall(_LENGTH.pack(0))
            failure = _read_failure(connection)
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)
        if failure is not None:
            raise from_answer(failure)
        return ticket

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            with contextlib.suppress(OSError):
                connection.close()


def _send_json(connection: socket.socket, message: dict[str, Any]) -> None:
    content = json.dumps(message).encode("utf-8")
    connection.sendall(_LENGTH.pack(len(content)) + content)


def _read_failure(connection: socket.socket) -> dict[str, Any] | None:
    """The end of an upload: 0, or -1 and an error."""
    return None if _read_length(connection) == 0 else _read_error(connection)


def _read_error(connection: socket.socket) -> dict[str, Any]:
    error = json.loads(_read(connection, _read_length(connection)))
    return error.get("error", error)


def _read_length(connection: socket.socket) -> int:
    return _LENGTH.unpack(_read(connection, 4))[0]


def _read(connection: socket.socket, count: int) -> bytes:
    if count < 0:
        raise ConnectionError(f"The data channel answered with a length of {count} bytes.")
    content = bytearray(count)
    view = memoryview(content)
    done = 0
    while done < count:
        received = connection.recv_into(view[done:], count - done)
        if received == 0:
            raise ConnectionError("The JVM closed the data channel in the middle of a stream.")
        done += received
    return bytes(content) if count < 64 else content  # type: ignore[return-value]

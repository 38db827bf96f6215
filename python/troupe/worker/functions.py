"""Users' functions, unpickled once per worker."""

from __future__ import annotations

import contextlib
import pickle
import time
from collections.abc import Iterator
from typing import Any, NamedTuple


class Function(NamedTuple):
    """A user's function with what it promises to return (a `troupe.sql.types.DataType`)."""

    call: Any
    returns: Any


class Functions:
    """Finds functions by the number under which the JVM sent them."""

    def __init__(self, commands: dict[int, Any], zone: str) -> None:
        self._commands = commands
        self.zone = zone
        self.nanos: dict[int, int] = {}
        """Time in each function that shares the work with others, by its number."""

    @contextlib.contextmanager
    def measured(self, number: int) -> Iterator[None]:
        """Adds the time within to the function's."""
        begin = time.perf_counter_ns()
        try:
            yield
        finally:
            self.nanos[number] = self.nanos.get(number, 0) + time.perf_counter_ns() - begin

    def get(self, number: int) -> Function:
        """The function; unpickles it at first use."""
        command = self._commands[number]
        if isinstance(command, bytes):
            call, returns = pickle.loads(command)
            command = Function(call, returns)
            self._commands[number] = command
        return command

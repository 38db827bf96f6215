"""The one exception that a command ends with: its message is for the user, without a traceback."""

from __future__ import annotations


class CommandError(Exception):
    """A command cannot go on; the message says what is wrong and what to do."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code

"""The failure of a function on one row."""

from __future__ import annotations


class RowError(Exception):
    """Carries the user's exception with the text of the row that it happened on."""

    def __init__(self, cause: BaseException, row: str) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.row = row


def shown(values: tuple[object, ...]) -> str:
    """A row for an error message, at most 1,000 characters."""
    text = ", ".join(_short(value) for value in values)
    return text if len(text) <= 1000 else text[:999] + "…"


def _short(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr failed: {type(error).__name__}>"
    return text if len(text) <= 200 else text[:199] + "…"

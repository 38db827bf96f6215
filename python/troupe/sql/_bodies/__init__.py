"""What a user's function computes, as terms that the planner can turn into built-in expressions.

`source.py` finds the syntax tree that a function was compiled from, `terms.py` reads it, `constants.py` tells which
values around a function stay as they are. The planner knows the types of the arguments and decides, term by term,
whether a built-in expression gives what Python would (`docs/python-translation.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from troupe.sql._bodies.opaque import OpaqueError


def body_of(func: Callable[..., Any]) -> dict[str, Any]:
    """The parameters and the term of a function, or the reason why it has none."""
    from troupe.sql._bodies.source import definition_of
    from troupe.sql._bodies.terms import read

    try:
        return read(func, definition_of(func))
    except OpaqueError as opaque:
        return {"opaque": str(opaque)}
    except RecursionError:
        return {"opaque": "it is nested too deeply"}

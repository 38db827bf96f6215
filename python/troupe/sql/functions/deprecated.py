"""Old names, kept with their warnings."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any

from troupe.sql import functions as F
from troupe.sql.functions import partitioning


def _old(name: str, new: Callable[..., Any], text: str) -> Callable[..., Any]:
    @functools.wraps(new)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        warnings.warn(text, FutureWarning, stacklevel=2)
        return new(*args, **kwargs)

    wrapper.__name__ = wrapper.__qualname__ = name
    wrapper.__signature__ = inspect.signature(new)  # type: ignore[attr-defined]
    return wrapper


def _renamed(name: str, new: str, since: str) -> Callable[..., Any]:
    return _old(name, getattr(F, new), f"Deprecated in {since}, use {new} instead.")


def _moved(name: str) -> Callable[..., Any]:
    return _old(name, getattr(partitioning, name), f"Deprecated in 4.0.0, use partitioning.{name} instead.")


approxCountDistinct = _renamed("approxCountDistinct", "approx_count_distinct", "2.1")
bitwiseNOT = _renamed("bitwiseNOT", "bitwise_not", "3.2")
countDistinct = F.count_distinct
shiftLeft = _renamed("shiftLeft", "shiftleft", "3.2")
shiftRight = _renamed("shiftRight", "shiftright", "3.2")
shiftRightUnsigned = _renamed("shiftRightUnsigned", "shiftrightunsigned", "3.2")
sumDistinct = _renamed("sumDistinct", "sum_distinct", "3.2")
toDegrees = _renamed("toDegrees", "degrees", "2.1")
toRadians = _renamed("toRadians", "radians", "2.1")
random = F.rand
years = _moved("years")
months = _moved("months")
days = _moved("days")
hours = _moved("hours")
bucket = _moved("bucket")

"""Decorators that `pyspark` exports, for packages that build on it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def since(version: str | float) -> Callable[[F], F]:
    """Says in a docstring in which version its function came."""

    def decorate(function: F) -> F:
        text = function.__doc__ or ""
        indents = [len(found) for found in re.findall(r"\n( +)", text)]
        function.__doc__ = f"{text.rstrip()}\n\n{' ' * min(indents, default=0)}.. versionadded:: {version}"
        return function

    return decorate


def keyword_only(method: F) -> F:
    """Lets a method be called with keywords only, and keeps them in `_input_kwargs` of its object."""

    @functools.wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if args:
            raise TypeError(f"Method {method.__name__} forces keyword arguments.")
        self._input_kwargs = kwargs
        return method(self, **kwargs)

    return call  # type: ignore[return-value]

"""Limits on the time that a test takes or waits."""

from __future__ import annotations

import functools
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["eventually", "timeout"]


def timeout(timeout: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Fails a function that takes more than so many seconds. Only in the main thread."""

    def limited(f: Callable[..., Any]) -> Callable[..., Any]:
        def late(*_: Any) -> None:
            raise TimeoutError(f"Function {f.__name__} timed out after {timeout} seconds")

        @functools.wraps(f)
        def call(*args: Any, **kwargs: Any) -> Any:
            before = signal.signal(signal.SIGALRM, late)
            signal.alarm(timeout)
            try:
                return f(*args, **kwargs)
            finally:
                signal.alarm(0)
                signal.signal(signal.SIGALRM, before)

        return call

    return limited


def eventually(
    timeout: float = 30.0,
    catch_assertions: bool = False,
    catch_timeout: bool = False,
    quiet: bool = True,
    interval: float = 0.1,
    expected_exceptions: Sequence[type[BaseException]] = (),
) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Calls a function again, every `interval` seconds, until it gives True or None; fails after `timeout` seconds.

    Errors of the expected kinds mean "not yet"; the last of them is raised when the time is over.
    """
    assert timeout > 0
    for flag in (catch_assertions, catch_timeout, quiet):
        assert isinstance(flag, bool)
    assert isinstance(interval, float)
    assert isinstance(expected_exceptions, (tuple, list))
    expected = (
        *expected_exceptions,
        *((AssertionError,) if catch_assertions else ()),
        *((TimeoutError,) if catch_timeout else ()),
    )

    def repeated(condition: Callable[..., Any]) -> Callable[..., None]:
        assert callable(condition)

        @functools.wraps(condition)
        def call(*args: Any, **kwargs: Any) -> None:
            end = time.monotonic() + timeout
            attempt, last = 0, None
            while time.monotonic() < end:
                attempt += 1
                try:
                    last = condition(*args, **kwargs)
                except expected as error:
                    last = error
                if last is True or last is None:
                    return
                if not quiet:
                    print(f"\nAttempt #{attempt} failed!\n{last}")
                time.sleep(interval)
            if isinstance(last, BaseException):
                raise last
            raise AssertionError(
                f"Test failed due to timeout after {timeout:g} sec, with last condition returning: {last}"
            )

        return call

    return repeated

"""Variables that tasks add to and the driver reads.

In a worker, an accumulator that a function refers to begins at zero with each piece of work, and what it has at the end goes
back with the work's counters. The driver counts it once for each partition of each stage, however often that is tried.
"""

from __future__ import annotations

import base64
import copy
import pickle
import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from troupe.errors import PySparkRuntimeError

if TYPE_CHECKING:
    from troupe.context import SparkContext

__all__ = ["Accumulator", "AccumulatorParam"]

T = TypeVar("T")


class AccumulatorParam(Generic[T]):
    """How values are added: `zero(value)` is what adds nothing, `addInPlace(value1, value2)` their sum."""

    def zero(self, value: T) -> T:
        raise NotImplementedError

    def addInPlace(self, value1: T, value2: T) -> T:
        raise NotImplementedError


class AddingAccumulatorParam(AccumulatorParam[Any]):
    """Adds with `+=`, from a given zero."""

    def __init__(self, zero_value: Any) -> None:
        self.zero_value = zero_value

    def zero(self, value: Any) -> Any:
        return self.zero_value

    def addInPlace(self, value1: Any, value2: Any) -> Any:
        value1 += value2
        return value1


INT_ACCUMULATOR_PARAM = AddingAccumulatorParam(0)
FLOAT_ACCUMULATOR_PARAM = AddingAccumulatorParam(0.0)
COMPLEX_ACCUMULATOR_PARAM = AddingAccumulatorParam(0.0j)


class Accumulator(Generic[T]):
    """Tasks add to it with `add` or `+=`; only the driver may read its `value`."""

    def __init__(
        self, aid: int, value: T, accum_param: AccumulatorParam[T], context: SparkContext | None = None
    ) -> None:
        self.aid = aid
        self.accum_param = accum_param
        self._value = value
        self._context = context
        self._deserialized = False

    def __reduce__(self) -> Any:
        return _in_task, (self.aid, self.accum_param.zero(self._value), self.accum_param)

    @property
    def value(self) -> T:
        """What all finished tasks added.

        :raises PySparkRuntimeError: in a task
        """
        if self._deserialized:
            raise PySparkRuntimeError(
                errorClass="VALUE_NOT_ACCESSIBLE", messageParameters={"value": "Accumulator.value"}
            )
        if self._context is not None:
            _gather(self._context)
        return self._value

    @value.setter
    def value(self, value: T) -> None:
        if self._deserialized:
            raise PySparkRuntimeError(
                errorClass="VALUE_NOT_ACCESSIBLE", messageParameters={"value": "Accumulator.value"}
            )
        self._value = value

    def add(self, term: T) -> None:
        self._value = self.accum_param.addInPlace(self._value, term)

    def __iadd__(self, term: T) -> Accumulator[T]:
        self.add(term)
        return self

    def __str__(self) -> str:
        return str(self._value if self._deserialized else self.value)

    def __repr__(self) -> str:
        return f"Accumulator<id={self.aid}, value={self}>"


# the driver

_known: dict[int, Accumulator[Any]] = {}
_lock = threading.Lock()


def made(context: SparkContext, value: Any, param: AccumulatorParam[Any] | None) -> Accumulator[Any]:
    """A new accumulator of the application.

    :raises TypeError: when the value is no number and no param is given
    """
    if param is None:
        if isinstance(value, int):
            param = INT_ACCUMULATOR_PARAM
        elif isinstance(value, float):
            param = FLOAT_ACCUMULATOR_PARAM
        elif isinstance(value, complex):
            param = COMPLEX_ACCUMULATOR_PARAM
        else:
            raise TypeError(f"No default accumulator param for type {type(value)}")
    with _lock:
        accumulator = Accumulator(len(_known), value, param, context)
        _known[accumulator.aid] = accumulator
    return accumulator


def _gather(context: SparkContext) -> None:
    """Adds what tasks have sent since it was asked for last."""
    if not context._gateway_of_process.is_open:
        return
    with _lock:
        for updates in context._request("accumulators")["updates"]:
            for aid, value in pickle.loads(base64.b64decode(updates)):
                if aid in _known:
                    _known[aid].add(value)


# a worker

_in_worker: dict[int, tuple[Accumulator[Any], Any]] = {}


def _in_task(aid: int, zero: Any, param: AccumulatorParam[Any]) -> Accumulator[Any]:
    """The worker's accumulator of that number, one for all functions that refer to it."""
    if aid in _in_worker:
        return _in_worker[aid][0]
    accumulator: Accumulator[Any] = Accumulator(aid, copy.deepcopy(zero), param)
    accumulator._deserialized = True
    _in_worker[aid] = accumulator, zero
    return accumulator


def begin_task() -> None:
    """What was added before belongs to other work."""
    for accumulator, zero in _in_worker.values():
        accumulator._value = copy.deepcopy(zero)


def end_task() -> str | None:
    """What this work added, for the driver; None where no accumulator is known."""
    if not _in_worker:
        return None
    from troupe.rdd._chunks import packed

    return base64.b64encode(packed([(aid, each._value) for aid, (each, _) in _in_worker.items()])).decode("ascii")

"""RDDs of numbers: statistics, histograms, and counts that may be approximate."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator
from typing import Any

from troupe.errors import PySparkTypeError
from troupe.statcounter import StatCounter

_Base: Any = object


class BoundedFloat(float):
    """An estimate with its confidence and bounds."""

    confidence: float
    low: float
    high: float

    def __new__(cls, mean: float, confidence: float, low: float, high: float) -> BoundedFloat:
        made = float.__new__(cls, mean)
        made.confidence, made.low, made.high = confidence, low, high
        return made


class Numbers(_Base):
    """Part of RDD."""

    def stats(self) -> StatCounter:
        found = self.mapPartitions(lambda numbers: [StatCounter(numbers)]).collect()
        total = StatCounter()
        for part in found:
            total.mergeStats(part)
        return total

    def mean(self) -> float:
        return self.stats().mean()

    def variance(self) -> float:
        return self.stats().variance()

    def stdev(self) -> float:
        return self.stats().stdev()

    def sampleStdev(self) -> float:
        return self.stats().sampleStdev()

    def sampleVariance(self) -> float:
        return self.stats().sampleVariance()

    def histogram(self, buckets: int | list[Any] | tuple[Any, ...]) -> tuple[Any, list[int]]:
        """Bounds and counts; all buckets are open to the right but for the last."""
        if isinstance(buckets, int):
            return self._even_histogram(buckets)
        if not isinstance(buckets, (list, tuple)):
            raise PySparkTypeError(
                errorClass="NOT_EXPECTED_TYPE",
                messageParameters={
                    "arg_name": "buckets",
                    "expected_type": "int, list or tuple",
                    "arg_type": type(buckets).__name__,
                },
            )
        bounds = list(buckets)
        if len(bounds) < 2:
            raise ValueError("buckets should have more than one value")
        if any(isinstance(x, float) and math.isnan(x) for x in bounds):
            raise ValueError("can not have None or NaN in buckets")
        if bounds != sorted(bounds):
            raise ValueError("buckets should be sorted")
        if len(set(bounds)) != len(bounds):
            raise ValueError("buckets should not contain duplicated values")
        return buckets, self._counts(bounds)

    def _even_histogram(self, count: int) -> tuple[Any, list[int]]:
        if count < 1:
            raise ValueError("number of buckets must be >= 1")
        known = self.filter(lambda x: x is not None and not (isinstance(x, float) and math.isnan(x)))
        extremes = known.map(lambda x: (x, x))._extremes()
        if extremes is None:
            raise ValueError("can not generate buckets from empty RDD")
        low, high = extremes
        if low == high or count == 1:
            return [low, high], [known.count()]
        try:
            step = (high - low) / count
        except TypeError:
            raise TypeError("Can not generate buckets with non-number in RDD") from None
        if math.isinf(step):
            raise ValueError("Can not generate buckets with infinite value")
        whole = step if isinstance(low, float) or step != int(step) else int(step)
        bounds = [low + whole * i for i in range(count)] + [high]
        return bounds, self._counts(bounds)

    def _extremes(self) -> Any:
        """Least and greatest of pairs of them, or None when there is nothing."""

        def narrowed(pairs: Iterator[Any]) -> Iterator[Any]:
            low = high = None
            for a, b in pairs:
                low = a if low is None or a < low else low
                high = b if high is None or b > high else high
            if low is not None:
                yield low, high

        found = self.mapPartitions(narrowed).collect()
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def _counts(self, bounds: list[Any]) -> list[int]:
        def counted(objects: Iterator[Any]) -> Iterator[list[int]]:
            counts = [0] * (len(bounds) - 1)
            for x in objects:
                if x is None or (isinstance(x, float) and math.isnan(x)) or x > bounds[-1] or x < bounds[0]:
                    continue
                counts[min(bisect.bisect_right(bounds, x) - 1, len(counts) - 1)] += 1
            yield counts

        return [sum(each) for each in zip(*self.mapPartitions(counted).collect(), strict=True)]

    def countApprox(self, timeout: int, confidence: float = 0.95) -> int:
        """The count; it is exact, as jobs are not cut short here."""
        return self.count()

    def sumApprox(self, timeout: int, confidence: float = 0.95) -> BoundedFloat:
        total = float(self.sum())
        return BoundedFloat(total, 1.0, total, total)

    def meanApprox(self, timeout: int, confidence: float = 0.95) -> BoundedFloat:
        mean = self.map(float).mean()
        return BoundedFloat(mean, 1.0, mean, mean)

    def countApproxDistinct(self, relativeSD: float = 0.05) -> int:
        """About how many objects are different: registers of the longest run of zeros in their hashes (HyperLogLog)."""
        if relativeSD < 0.000017:
            raise ValueError("relativeSD should be greater than 0.000017")
        precision = min(max(4, math.ceil(2 * math.log2(1.054 / relativeSD))), 16)
        registers = [0] * (1 << precision)
        for found in self.mapPartitions(_Registers(precision)).collect():
            registers = list(map(max, registers, found))
        return _estimate(registers)


class _Registers:
    def __init__(self, precision: int) -> None:
        self._precision = precision

    def __call__(self, objects: Iterator[Any]) -> list[list[int]]:
        import hashlib
        import pickle

        registers = [0] * (1 << self._precision)
        rest = 64 - self._precision
        for item in objects:
            code = int.from_bytes(hashlib.blake2b(pickle.dumps(item, 5), digest_size=8).digest(), "big")
            place = code >> rest
            run = rest - (code & ((1 << rest) - 1)).bit_length() + 1
            registers[place] = max(registers[place], run)
        return [registers]


def _estimate(registers: list[int]) -> int:
    count = len(registers)
    alpha = {16: 0.673, 32: 0.697, 64: 0.709}.get(count, 0.7213 / (1 + 1.079 / count))
    raw = alpha * count * count / sum(2.0**-each for each in registers)
    empty = registers.count(0)
    if raw <= 2.5 * count and empty:
        return round(count * math.log(count / empty))
    return round(raw)

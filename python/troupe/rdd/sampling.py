"""Random choices by partition: the same seed chooses the same objects."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

Chooser = Callable[[int, Iterator[Any]], Iterator[Any]]


def _generator(seed: int, split: int) -> random.Random:
    generator = random.Random(seed ^ split)
    for _ in range(10):
        generator.randint(0, 1)  # the first numbers of neighbouring seeds are alike
    return generator


def poisson(generator: random.Random, mean: float) -> int:
    """A number of the Poisson distribution: by multiplication for small means, by the normal one for large."""
    if mean < 20.0:
        limit, product, count = math.exp(-mean), generator.random(), 0
        while product > limit:
            product *= generator.random()
            count += 1
        return count
    product, count = generator.expovariate(mean), 0
    while product < 1.0:
        product += generator.expovariate(mean)
        count += 1
    return count


def by_fraction(replacement: bool, fraction: float, seed: int) -> Chooser:
    """Each object with a chance, or as often as chance wants."""

    def choose(split: int, objects: Iterator[Any]) -> Iterator[Any]:
        generator = _generator(seed, split)
        for item in objects:
            if replacement:
                for _ in range(poisson(generator, fraction)):
                    yield item
            elif generator.random() < fraction:
                yield item

    return choose


def by_range(low: float, high: float, seed: int) -> Chooser:
    """The objects whose number falls into a range: ranges that do not meet choose different objects."""

    def choose(split: int, objects: Iterator[Any]) -> Iterator[Any]:
        generator = _generator(seed, split)
        return (item for item in objects if low <= generator.random() < high)

    return choose


def by_key(replacement: bool, fractions: dict[Any, float], seed: int) -> Chooser:
    """Each pair with the chance of its key."""

    def choose(split: int, objects: Iterator[Any]) -> Iterator[Any]:
        generator = _generator(seed, split)
        for pair in objects:
            fraction = fractions[pair[0]]
            if replacement:
                for _ in range(poisson(generator, fraction)):
                    yield pair
            elif generator.random() < fraction:
                yield pair

    return choose


def fraction_for(size: int, total: int, replacement: bool) -> float:
    """A fraction that gives at least `size` of `total` objects with a chance of 99.99 %.

    With replacement, a number of standard deviations above the mean; without, the bound of Chernoff.
    """
    fraction = float(size) / total
    if replacement:
        deviations = 9 if size < 12 else 5
        return fraction + deviations * math.sqrt(fraction / total)
    gamma = -math.log(0.00005) / total
    return min(1.0, fraction + gamma + math.sqrt(gamma * gamma + 2 * gamma * fraction))

"""The JVM's flags. They are part of the AOT cache's identity: a cache trained with others is silently ignored."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping

_UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_SMALLEST = 256 << 20
_YOUNG_PER_CORE = 192 << 20

# The optimizing compiler shares the cores with the query. It is kept for loops over batches: a method without loops needs
# twenty times the usual calls to be worth its time, a loop seventy times the usual iterations, which is a fraction of a
# second; and as such a loop is entered once a batch, few calls suffice for it. The quick compiler takes loops after the
# first batch, and methods without loops after five times the usual calls: most of those that a first query calls less often
# are never called again.
_COMPILER = (
    "-XX:Tier3InvocationThreshold=1000",
    "-XX:Tier3MinInvocationThreshold=4",
    "-XX:Tier3BackEdgeThreshold=6000",
    "-XX:Tier4InvocationThreshold=100000",
    "-XX:Tier4MinInvocationThreshold=100",
    "-XX:Tier4CompileThreshold=400000",
    "-XX:Tier4BackEdgeThreshold=3000000",
)

_FIXED = (
    "-XX:+UseParallelGC",
    "-XX:+UseCompactObjectHeaders",
    "-XX:-UsePerfData",
    *_COMPILER,
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
)


class BadMemoryError(ValueError):
    """A memory setting that is not a size, or too small to run in."""


def parse_memory(setting: str, value: str) -> int:
    """Bytes of a size such as `512m` or `4g` (Spark's notation: a bare number is MiB)."""
    match = re.fullmatch(r"\s*(\d+)\s*([bkmgt]?)b?\s*", value.lower())
    if not match:
        raise BadMemoryError(f"{setting}={value!r} is not a size; write a number and a unit, for instance 4g or 512m")
    number, unit = int(match.group(1)), match.group(2) or "m"
    size = number * _UNITS[unit]
    if size < _SMALLEST:
        raise BadMemoryError(f"{setting}={value!r} is too small: Troupe needs at least {_SMALLEST >> 20}m")
    return size


def machine_memory() -> int:
    """Bytes of memory that this process may use: the machine's, or its control group's where that is less."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 4 << 30
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            with open(path) as limit:
                text = limit.read().strip()
        except OSError:
            continue
        if text.isdigit():
            total = min(total, int(text))
    return total


def memory(conf: Mapping[str, str], setting: str = "spark.driver.memory") -> int:
    """The JVM's bound in bytes: what was set, else half of the machine."""
    value = conf.get(setting)
    return parse_memory(setting, value) if value else max(_SMALLEST, machine_memory() // 2)


def jvm_flags(memory_bytes: int, extra: str = "") -> list[str]:
    """All flags but the class path and the AOT cache.

    The young generation is bounded, as the collector lets it grow to a third of the heap for the sake of ever rarer
    collections: batches die young in a small one too.
    """
    young = min(memory_bytes // 3, _YOUNG_PER_CORE * (os.cpu_count() or 1))
    return [f"-Xmx{memory_bytes >> 20}m", f"-XX:MaxNewSize={young >> 20}m", *_FIXED, *extra.split()]


def short_lived(memory_bytes: int) -> list[str]:
    """Flags of a JVM that reads logs and answers pages: with the quick compiler alone, as all of its work is done once or
    seldom, and the time that the optimizing one takes from the cores would come back after minutes only.
    """
    others = [flag for flag in jvm_flags(memory_bytes) if flag not in _COMPILER]
    return [*others, "-XX:TieredStopAtLevel=1"]


def identity(java_identity: str) -> str:
    """Names the AOT cache that fits this Java and these flags. The heap's size is no part of it."""
    text = "\0".join([java_identity, *_FIXED])
    return hashlib.sha256(text.encode()).hexdigest()[:12]

"""Every public name of PySpark is here, and can be called in the same way, or is left out for a reason that is written down."""

from __future__ import annotations

import functools

import public_names

_STREAMS = "there is no structured streaming"
_SKETCHES = "sketches: docs/functions-left-out.md"
_XML = "XML: docs/functions-left-out.md"
_CALLS = "calls Java classes by name: docs/functions-left-out.md"

LEFT_OUT: dict[str, str] = {
    " BarrierTaskContext.from_json": "Spark's own way to tell a worker of its task",
    " TaskContext.from_json": "Spark's own way to tell a worker of its task",
    " SparkContext.PACKAGE_EXTENSIONS": "files of these kinds are told apart by addPyFile itself",
    " SparkContext.startTime": "set when a context starts",
    "sql SparkSession.conf": "set when a session is made",
    "module sql.variant_utils": "how Spark's client decodes variants",
    "profiler MemUsageParam": "profiles of memory are spark.profile's",
    "profiler MemoryProfiler": "profiles of memory are spark.profile's",
    "profiler ProfilerCollector.new_": "profiles of UDFs are spark.profile's",
    "profiler UDFBasicProfiler": "profiles of UDFs are spark.profile's",
    "sql GroupedData.applyInPandasWithState": _STREAMS,
    "sql GroupedData.transformWithState": _STREAMS,
    "sql.datasource DataSource.s": _STREAMS,
    "sql.datasource DataSourceStream": _STREAMS,
    "sql.datasource SimpleDataSourceStreamReader": _STREAMS,
    "sql.streaming DataStream": _STREAMS,
    "sql.streaming StreamingQuery": _STREAMS,
    "sql.streaming TwsTester": _STREAMS,
    "sql.streaming.state GroupState": _STREAMS,
    "sql.functions count_min_sketch": _SKETCHES,
    "sql.functions hll_": _SKETCHES,
    "sql.functions kll_": _SKETCHES,
    "sql.functions theta_": _SKETCHES,
    "sql.functions tuple_": _SKETCHES,
    "sql.functions from_xml": _XML,
    "sql.functions to_xml": _XML,
    "sql.functions schema_of_xml": _XML,
    "sql.functions xpath": _XML,
    "sql.functions java_method": _CALLS,
    "sql.functions reflect": _CALLS,
    "sql.functions try_reflect": _CALLS,
    "sql.functions st_": "geospatial: docs/functions-left-out.md",
    "sql.tvf TableValuedFunction.python_worker_logs": "Spark's own worker logs",
}


def _recorded() -> dict[tuple[str, str], str]:
    found = {}
    for line in public_names.FILE.read_text(encoding="utf-8").splitlines():
        module, _, rest = line.partition(" ")
        name, bracket, parameters = rest.partition("(")
        found["" if module == "." else module, name] = bracket + parameters
    return found


@functools.cache
def _ours(module: str) -> dict[str, str]:
    names = sorted({name.partition(".")[0] for where, name in _recorded() if where == module})
    return public_names.described("troupe", module, names)


def _accepts(ours: str, theirs: str) -> bool:
    """Ours may take more, if it need not be given."""
    own, wanted = ours.strip("()").split(", "), theirs.strip("()").split(", ")
    return own[: len(wanted)] == wanted and all(one.startswith("*") or one.endswith("=") for one in own[len(wanted) :])


def _differences() -> list[str]:
    found = []
    for (module, name), theirs in _recorded().items():
        try:
            ours = _ours(module).get(name)
        except ModuleNotFoundError:
            found.append(f"module {module}")
            continue
        if ours is None:
            found.append(f"{module} {name}")
        elif theirs != "(?)" and ours != theirs and not _accepts(ours, theirs):
            found.append(f"{module} {name}{theirs} is {ours}")
    return sorted(set(found))


def test_every_public_name_of_pyspark_is_here_and_takes_the_same_arguments() -> None:
    differing = _differences()
    unexplained = [line for line in differing if not any(line.startswith(known) for known in LEFT_OUT)]
    assert not unexplained, "\n".join(unexplained)
    stale = [known for known in LEFT_OUT if not any(line.startswith(known) for line in differing)]
    assert not stale, f"no longer left out: {stale}"

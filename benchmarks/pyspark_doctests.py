"""Runs the doctests of an installed PySpark with every name in them resolved to Troupe, and says which fail and why.

    .venv/bin/python benchmarks/pyspark_doctests.py FOLDER [--only PREFIX ...] [--report FILE] [--engine troupe|pyspark]

FOLDER is the `pyspark` package of an environment that has PySpark installed. Only the docstrings are read from there: `import pyspark`
inside an example means Troupe. Each file is run in a process of its own, as PySpark runs them. `--only sql/functions/builtin.py` takes
files whose path in FOLDER begins so. `--engine pyspark`, run by an environment that has PySpark, shows what PySpark itself passes there.

An example counts as passed when doctest says so, under the options that PySpark's own runner uses. Examples after a failed one in the
same docstring run too and count by themselves.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import collections
import doctest
import importlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import types
from dataclasses import asdict, dataclass, field
from pathlib import Path

_LEFT_OUT = {
    "ml/": "machine learning on Spark's JVM classes",
    "mllib/": "machine learning on Spark's JVM classes",
    "streaming/": "the DStream API",
    "cloudpickle/": "not PySpark's own",
    "python/": "not PySpark's own",
    "jars/": "not PySpark's own",
    "examples/": "whole programs",
    "sql/connect/": "Spark Connect's wire client",
    "pandas/supported_api_gen.py": "generates a page of the manual",
    "logger/": "Spark's own log format",
}
_MASTER = "local[4]"  # PySpark's runner uses it, and partition counts in the expected texts follow from it
_SECONDS = 60
_CONTEXT_ROWS = [("row1", 1), ("row2", 2), ("row3", 3)]


@dataclass
class Failure:
    """One example that did not print what its docstring says."""

    name: str
    line: int
    source: str
    expected: str
    got: str


@dataclass
class Outcome:
    """What one file's docstrings did."""

    file: str
    examples: int = 0
    docstrings: int = 0
    docstrings_passed: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    note: str = ""

    @property
    def passed(self) -> int:
        return self.examples - len(self.failures)


def docstrings(path: Path) -> list[tuple[str, int, str]]:
    """(name, line, text) of every docstring in a file that has examples."""
    found = []

    def visit(node: ast.AST, name: str) -> None:
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = ast.get_docstring(node, clean=False)
            if text and ">>>" in text:
                found.append((name or "module", node.body[0].lineno - 1, text))
        for child in ast.iter_child_nodes(node):
            own = getattr(child, "name", None)
            visit(child, f"{name}.{own}".lstrip(".") if isinstance(own, str) else name)

    visit(ast.parse(path.read_text(encoding="utf-8")), "")
    return found


def files(folder: Path, only: list[str]) -> list[str]:
    names = []
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        wanted = any(name.startswith(prefix) for prefix in only) if only else not _is_left_out(name)
        if wanted and ">>>" in path.read_text(encoding="utf-8") and docstrings(path):
            names.append(name)
    return names


def _is_left_out(name: str) -> bool:
    return any(name.startswith(prefix) for prefix in _LEFT_OUT)


class _Runner(doctest.DocTestRunner):
    """Notes failures instead of printing them; an example that does not end is a failure."""

    def __init__(self, outcome: Outcome, flags: int) -> None:
        super().__init__(optionflags=flags, verbose=False)
        self._outcome = outcome

    def report_start(self, out, test, example) -> None:
        signal.alarm(_SECONDS)

    def report_success(self, out, test, example, got) -> None:
        signal.alarm(0)

    def report_failure(self, out, test, example, got) -> None:
        signal.alarm(0)
        self._note(test, example, got)

    def report_unexpected_exception(self, out, test, example, exc_info) -> None:
        signal.alarm(0)
        kind, error, _ = exc_info
        self._note(test, example, f"{kind.__name__}: {error}")

    def _note(self, test, example, got: str) -> None:
        self._outcome.failures.append(
            Failure(
                test.name,
                test.lineno + example.lineno + 1,
                example.source,
                example.want,
                got[:2000],
            )
        )


def _too_late(*_) -> None:
    raise TimeoutError(f"the example did not end within {_SECONDS} s")


def run_file(folder: Path, name: str) -> Outcome:
    """In a process of its own: runs one file's docstrings."""
    outcome = Outcome(name)
    found = docstrings(folder / name)
    outcome.docstrings = len(found)
    parser = doctest.DocTestParser()
    counted = [e for _, _, text in found for e in parser.get_examples(text) if not e.options.get(doctest.SKIP)]
    outcome.examples = len(counted)
    begin = time.perf_counter()
    try:
        names = _names(folder, name)
    except Exception as error:
        outcome.note = f"{type(error).__name__}: {error}"
        outcome.failures = [Failure("module", 0, "", "", outcome.note)] * len(counted)
        return outcome
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    if name == "sql/catalog.py":
        flags |= doctest.IGNORE_EXCEPTION_DETAIL
    signal.signal(signal.SIGALRM, _too_late)
    runner = _Runner(outcome, flags)
    for title, line, text in found:
        before = len(outcome.failures)
        runner.run(
            parser.get_doctest(text, dict(names), title, name, line),
            out=io.StringIO().write,
        )
        outcome.docstrings_passed += len(outcome.failures) == before
    outcome.seconds = time.perf_counter() - begin
    return outcome


def _names(folder: Path, name: str) -> dict[str, object]:
    """What the examples may name: the module's own names, what its source imports, a session and what PySpark's runner adds."""
    module_name = "pyspark." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = importlib.import_module(module_name)
    names = dict(module.__dict__)
    names["__name__"] = "__main__"
    for statement in ast.parse((folder / name).read_text(encoding="utf-8")).body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)) and getattr(statement, "module", "") != "__future__":
            _import_each(statement, names)
    if name.startswith("pandas/"):
        for short, full in (
            ("np", "numpy"),
            ("pd", "pandas"),
            ("ps", "pyspark.pandas"),
        ):
            names[short] = importlib.import_module(full)
    _session(name, names)
    return names


def _import_each(statement: ast.Import | ast.ImportFrom, names: dict[str, object]) -> None:
    """Imports the names of a statement one by one: one that Troupe has not is missing alone."""
    for alias in statement.names:
        one = (
            ast.Import([alias])
            if isinstance(statement, ast.Import)
            else ast.ImportFrom(statement.module, [alias], statement.level)
        )
        if getattr(one, "level", 0):
            continue
        code = compile(ast.fix_missing_locations(ast.Module([one], [])), "<imports>", "exec")
        bound = alias.asname or alias.name.partition(".")[0]
        if bound in names and hasattr(builtins, bound) is False and alias.name != "*":
            continue
        try:
            exec(code, names)
        except ImportError:
            continue  # an example that uses it fails by name


def _session(name: str, names: dict[str, object]) -> None:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import Row, SparkSession

    if name == "conf.py":
        return
    conf = SparkConf().setMaster(_MASTER).setAppName("doctests")
    conf.set("spark.ui.enabled", str(name == "core/context.py").lower())  # as PySpark's runner has it
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    names["spark"] = spark
    context = getattr(spark, "sparkContext", None)
    names["sc"] = context
    if name.startswith("core/") and isinstance(context, SparkContext):
        context.setCheckpointDir(tempfile.mkdtemp(dir="."))
    if name == "sql/context.py":
        from pyspark.sql import SQLContext

        names["sqlContext"] = SQLContext(context)
        names["rdd"] = context.parallelize([Row(field1=number, field2=text) for text, number in _CONTEXT_ROWS])
        names["df"] = names["rdd"].toDF()
    _legacy_numpy_text()


def _legacy_numpy_text() -> None:
    """PySpark's expected texts have the scalars of NumPy 1."""
    try:
        import numpy
    except ImportError:
        return
    if int(numpy.__version__.partition(".")[0]) >= 2:
        numpy.set_printoptions(legacy="1.25")


def _child(folder: Path, name: str, engine: str, answer: Path) -> None:
    if engine == "troupe":
        from troupe.launch import alias

        alias.install()
    with tempfile.TemporaryDirectory(prefix="doctests-") as home:
        for shared in ("examples", "python", "data"):
            if (folder / shared).exists():
                (Path(home) / shared).symlink_to(folder / shared)
        os.chdir(home)
        main_module = types.ModuleType("__main__")
        sys.modules["__main__"] = main_module
        answer.write_text(json.dumps(asdict(run_file(folder, name))), encoding="utf-8")
        os.chdir("/")
    sys.stdout.flush()
    os._exit(0)


def run(folder: Path, name: str, engine: str) -> Outcome:
    """Starts a process for one file and reads its outcome; a process that dies is an outcome too."""
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place) / "answer.json"
        command = [
            sys.executable,
            __file__,
            str(folder),
            "--engine",
            engine,
            "--one",
            name,
            "--answer",
            str(answer),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if answer.exists():
            read = json.loads(answer.read_text(encoding="utf-8"))
            return Outcome(
                **{
                    **read,
                    "failures": [Failure(**failure) for failure in read["failures"]],
                }
            )
    count = sum(len(doctest.DocTestParser().get_examples(text)) for _, _, text in docstrings(folder / name))
    died = Failure(
        "module",
        0,
        "",
        "",
        f"the process ended with {done.returncode}: {done.stderr[-1000:]}",
    )
    return Outcome(name, examples=count, failures=[died] * count)


def report(outcomes: list[Outcome]) -> str:
    """Markdown: a table of the files, then each failure with what was expected and what came."""
    lines = [
        "# PySpark's doctests",
        "",
        "| file | examples | passed | docstrings | passed |",
        "|---|---|---|---|---|",
    ]
    for o in outcomes:
        lines.append(f"| {o.file} | {o.examples} | {o.passed} | {o.docstrings} | {o.docstrings_passed} |")
    reasons = collections.Counter(f.got.strip().partition("\n")[0][:120] for o in outcomes for f in o.failures)
    lines += ["", "## The most frequent first lines of what came", ""]
    lines += [f"- {count} × `{reason}`" for reason, count in reasons.most_common(40)]
    lines += ["", "## Not run", ""] + [f"- `{prefix}`: {reason}" for prefix, reason in _LEFT_OUT.items()]
    for o in outcomes:
        if not o.failures:
            continue
        lines += ["", f"## {o.file}", o.note]
        for f in [] if o.note else o.failures:
            lines += [
                "",
                f"### {f.name}, line {f.line}",
                "```",
                f.source.rstrip(),
                "--- expected",
            ]
            lines += [f.expected.rstrip(), "--- got", f.got.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the installed package `pyspark`")
    parser.add_argument("--only", nargs="+", default=[], metavar="PREFIX")
    parser.add_argument("--report", type=Path, metavar="FILE")
    parser.add_argument("--engine", choices=["troupe", "pyspark"], default="troupe")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    folder = args.folder.resolve()
    if not (folder / "sql").is_dir():
        parser.error(f"{folder} is not the package `pyspark`: it has no folder `sql`")
    if args.one:
        _child(folder, args.one, args.engine, args.answer)
    outcomes = []
    for name in files(folder, args.only):
        outcomes.append(run(folder, name, args.engine))
        last = outcomes[-1]
        print(
            f"{last.passed:5}/{last.examples:<5} {last.seconds:7.1f} s  {name} {last.note[:100]}",
            flush=True,
        )
    total, passed = sum(o.examples for o in outcomes), sum(o.passed for o in outcomes)
    if args.report:
        args.report.write_text(report(outcomes), encoding="utf-8")
    print(f"examples passed: {passed} of {total} = {100 * passed / max(total, 1):.1f} %")


if __name__ == "__main__":
    main()

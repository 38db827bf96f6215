"""Table functions: a class whose `eval` gives rows for each row, or for each batch of Arrow data."""

from __future__ import annotations

import base64
import dataclasses
import inspect
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from troupe.errors import PySparkRuntimeError
from troupe.sql.udtf import SkipRestOfInputTableException
from troupe.util import PythonEvalType as Kind
from troupe.worker.evaluate import Columns, parsed_types
from troupe.worker.functions import Functions
from troupe.worker.tablerows import RowChecks

_ENOUGH = 10_000
"""Rows of answers that are sent together."""


def map_tables(work: dict[str, Any], functions: Functions, source: Any, sink: Any) -> None:
    """Each answer starts with the number of the row of the last taken batch that it came from."""
    from troupe.sql.types import StructType

    handler = functions.get(work["fn"]).call
    returns = StructType.fromJson(work["returns"])
    make = _constructor(handler, work)
    arrow = work["kind"] == Kind.SQL_ARROW_UDTF
    answers: Any = (_ArrowAnswers if arrow else _RowAnswers)(returns, functions.zone, sink, work["kind"])
    instances = _Instances(make, work, answers)
    types = parsed_types(work)
    anything = False
    try:
        while (item := source.next()) is not None:
            anything = True
            if arrow:
                _take_arrow(item[0], work, instances, types)
            else:
                _take_rows(Columns(item[0], types, functions.zone), work, instances)
            answers.flush()
        if anything or not work["keeps"]:
            instances.end()
        answers.flush()
    finally:
        instances.clean_up()


def _constructor(handler: Any, work: dict[str, Any]) -> Callable[[], Any]:
    """What makes an instance, checked as far as can be before any is made."""
    if not isinstance(handler, type):
        raise PySparkRuntimeError(
            f"Invalid UDTF handler type. Expected a class (type 'type'), but got an instance of {type(handler).__name__}."
        )
    parameters = len(inspect.getfullargspec(handler).args)
    analysis = pickle.loads(base64.b64decode(work["analysis"])) if "analysis" in work else None
    limit = 1 if analysis is None else 2
    if parameters > limit:
        kind = "NO_ANALYZE_METHOD" if analysis is None else "IMPLEMENTS_ANALYZE_METHOD"
        raise PySparkRuntimeError(
            errorClass=f"UDTF_CONSTRUCTOR_INVALID_{kind}", messageParameters={"name": work["name"]}
        )
    positional = [name for name in work["names"] if name is None]
    named = {name: None for name in work["names"] if name is not None}

    def make() -> Any:
        try:
            made = handler(dataclasses.replace(analysis)) if parameters == 2 else handler()
        except Exception as error:
            raise _broken("__init__", error) from error
        try:
            inspect.signature(made.eval).bind(*positional, **named)
        except TypeError as error:
            raise PySparkRuntimeError(
                errorClass="UDTF_EVAL_METHOD_ARGUMENTS_DO_NOT_MATCH_SIGNATURE",
                messageParameters={"name": work["name"], "reason": str(error)},
            ) from None
        return made

    return make


def _broken(method: str, error: BaseException) -> PySparkRuntimeError:
    return PySparkRuntimeError(
        errorClass="UDTF_EXEC_ERROR",
        messageParameters={"method_name": method, "error": str(error)},
    )


class _Instances:
    """The instance at work, one after the other: a new one for each partition of a table argument."""

    def __init__(self, make: Callable[[], Any], work: dict[str, Any], answers: Any) -> None:
        self._make = make
        self._answers = answers
        self._names = work["names"]
        self._outer = work["outer"]
        self._instance = make()
        self._key: Any = None
        self._skips = False

    def enter(self, key: tuple[Any, ...]) -> None:
        """Ends the partition before when the key has changed."""
        if self._key is not None and key != self._key:
            self._terminate()
            self._instance = self._make()
            self._skips = False
        self._key = key

    def eval(self, row: int, arguments: Iterable[Any]) -> None:
        """Calls `eval` for a row (or batch) and takes what it gives."""
        if self._skips:
            return
        given = list(zip(self._names, arguments, strict=True))
        before = self._answers.count
        try:
            self._answers.take(
                row,
                "eval",
                self._called("eval", [v for n, v in given if n is None], {n: v for n, v in given if n is not None}),
            )
        except SkipRestOfInputTableException:
            self._skips = True
        if self._outer and self._answers.count == before:
            self._answers.nothing(row)

    def _called(self, method: str, positional: list[Any], named: dict[str, Any]) -> Iterator[Any]:
        """The rows of one call; failures of the method, also later ones of its generator, name it."""
        try:
            found = getattr(self._instance, method)(*positional, **named)
        except SkipRestOfInputTableException:
            raise
        except Exception as error:
            raise _broken(method, error) from error
        if found is None:
            return
        if not isinstance(found, Iterable):
            raise PySparkRuntimeError(
                errorClass="UDTF_RETURN_NOT_ITERABLE", messageParameters={"type": type(found).__name__, "func": method}
            )
        yield from found

    def _terminate(self) -> None:
        if hasattr(self._instance, "terminate"):
            self._answers.take(self._answers.last_row, "terminate", self._called("terminate", [], {}))

    def end(self) -> None:
        self._terminate()

    def clean_up(self) -> None:
        if hasattr(self._instance, "cleanup"):
            self._instance.cleanup()


def _take_rows(columns: Columns, work: dict[str, Any], instances: _Instances) -> None:
    arguments = [columns.values(position) for position in work["args"]]
    keys = [columns.values(position) for position in work["keys"]]
    rows = zip(*arguments, strict=True) if arguments else ((),) * columns.batch.num_rows
    if not keys:
        for row, values in enumerate(rows):
            instances.eval(row, values)
        return
    for row, (values, key) in enumerate(zip(rows, zip(*keys, strict=True), strict=True)):
        instances.enter(key)
        instances.eval(row, values)


def _take_arrow(batch: Any, work: dict[str, Any], instances: _Instances, types: list[Any]) -> None:
    """A table argument comes as a record batch of its columns, a value as an array; partitions come apart."""
    import pyarrow as pa

    arguments: list[Any] = [batch.column(position) for position in work["args"]]
    for place in work["tables"]:
        rows = arguments[place]
        arguments[place] = pa.RecordBatch.from_arrays(rows.flatten(), names=[f.name for f in rows.type])
    keys = [batch.column(position).to_pylist() for position in work["keys"]]
    bounds = [0]
    if keys:
        rows = list(zip(*keys, strict=True))
        bounds += [i for i in range(1, len(rows)) if rows[i] != rows[i - 1]]
    bounds.append(batch.num_rows)
    for start, end in zip(bounds, bounds[1:], strict=False):
        if end > start:
            if keys:
                instances.enter(rows[start])
            instances.eval(start, [argument.slice(start, end - start) for argument in arguments])


class _RowAnswers:
    """Python rows, sent as Arrow batches."""

    def __init__(self, returns: Any, zone: str, sink: Any, kind: int) -> None:
        self._checks = RowChecks(returns, zone, kind == Kind.SQL_ARROW_TABLE_UDF)
        self._sink = sink
        self._rows: list[Any] = []
        self._origins: list[int] = []
        self.last_row = 0
        self.count = 0

    def take(self, row: int, method: str, found: Iterable[Any]) -> None:
        self.last_row = row
        checked = self._checks.checked
        for one in found:
            self._rows.append(checked(one, method))
            self._origins.append(row)
            self.count += 1
            if len(self._rows) >= _ENOUGH:
                self.flush()

    def nothing(self, row: int) -> None:
        self._rows.append(self._checks.nothing)
        self._origins.append(row)

    def flush(self) -> None:
        if self._rows:
            self._sink.write(self._checks.batch(self._origins, self._rows))
            self._rows, self._origins = [], []


class _ArrowAnswers:
    """Arrow tables and batches, their columns in the promised order and types."""

    def __init__(self, returns: Any, zone: str, sink: Any, kind: int) -> None:
        from troupe.worker.values import arrow_type

        self._types = [arrow_type(field.dataType, zone) for field in returns.fields]
        self._sink = sink
        self.last_row = 0
        self.count = 0

    def take(self, row: int, method: str, found: Iterable[Any]) -> None:
        import pyarrow as pa

        self.last_row = row
        for one in found:
            if isinstance(one, pa.Table):
                batches = one.to_batches()
            elif isinstance(one, pa.RecordBatch):
                batches = [one]
            else:
                raise PySparkRuntimeError(errorClass="UDTF_ARROW_TYPE_CONVERSION_ERROR", messageParameters={})
            for batch in batches:
                if batch.num_columns != len(self._types):
                    raise PySparkRuntimeError(
                        errorClass="UDTF_RETURN_SCHEMA_MISMATCH",
                        messageParameters={
                            "expected": str(len(self._types)),
                            "actual": str(batch.num_columns),
                            "func": method,
                        },
                    )
                self._write(row, batch)

    def _write(self, row: int, batch: Any) -> None:
        import pyarrow as pa

        self.count += batch.num_rows
        columns = [pa.array([row] * batch.num_rows, type=pa.int32())]
        for column, wanted in zip(batch.columns, self._types, strict=True):
            try:
                columns.append(column if column.type == wanted else column.cast(wanted))
            except pa.ArrowInvalid as error:
                raise PySparkRuntimeError(
                    f"[UDTF_ARROW_TYPE_CAST_ERROR] Cannot convert the output value of the column of type {column.type} to "
                    f"the promised type {wanted}: {error}"
                ) from error
        self._sink.write(pa.RecordBatch.from_arrays(columns, names=[str(i) for i in range(len(columns))]))

    def nothing(self, row: int) -> None:
        import pyarrow as pa

        columns = [pa.array([row], type=pa.int32()), *(pa.nulls(1, wanted) for wanted in self._types)]
        self._sink.write(pa.RecordBatch.from_arrays(columns, names=[str(i) for i in range(len(columns))]))

    def flush(self) -> None:
        """Nothing waits."""

"""Runs the `analyze` method of a table function when the JVM, which plans the call, asks for it."""

from __future__ import annotations

import base64
import inspect
from typing import TYPE_CHECKING, Any

from troupe.errors.exceptions.captured import failure
from troupe.sql._types.nested import StructType
from troupe.sql._types.parse import _parse_datatype_json_string
from troupe.sql.udtf import (
    AnalyzeArgument,
    AnalyzeResult,
    OrderingColumn,
    PartitioningColumn,
    SelectedColumn,
    _known,
)

if TYPE_CHECKING:
    from troupe.sql.session import SparkSession


def grant(session: SparkSession, wish: dict[str, Any]) -> None:
    """Runs `analyze` and tells the JVM what it returned.

    :raises AnalysisException: TABLE_VALUED_FUNCTION_FAILED_TO_ANALYZE_IN_PYTHON
    """
    import cloudpickle

    positional, named = _arguments(session, wish)
    try:
        result = _analyze(_known[wish["function"]].func, wish["name"], positional, named)
    except Exception as error:
        raise _failed(f"{type(error).__name__}: {error}") from error
    session._call(
        {
            "op": "udtf.analyzed",
            "function": wish["function"],
            "key": wish["key"],
            "result": {
                "schema": result.schema.jsonValue(),
                "singlePartition": bool(result.withSinglePartition),
                "partitionBy": [column.name for column in result.partitionBy],
                "orderBy": [_ordering(column) for column in result.orderBy],
                "select": [{"name": column.name, "alias": column.alias} for column in result.select],
                "pickled": base64.b64encode(cloudpickle.dumps(result)).decode("ascii"),
            },
        }
    )


def _failed(text: str) -> Exception:
    return failure(
        "AnalysisException",
        "TABLE_VALUED_FUNCTION_FAILED_TO_ANALYZE_IN_PYTHON",
        "38000",
        f"Failed to analyze the Python user defined table function: {text}",
        msg=text,
    )


def _ordering(column: OrderingColumn) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "ascending": column.ascending}
    if column.overrideNullsFirst is not None:
        described["nullsFirst"] = column.overrideNullsFirst
    return described


def _arguments(session: SparkSession, wish: dict[str, Any]) -> tuple[list[AnalyzeArgument], dict[str, AnalyzeArgument]]:
    constants: Any = ()
    if "plan" in wish:
        constants = session._frame({"plan": wish["plan"], "schema": wish["schema"]}).collect()[0]
    positional: list[AnalyzeArgument] = []
    named: dict[str, AnalyzeArgument] = {}
    for given in wish["arguments"]:
        place = given["constant"]
        argument = AnalyzeArgument(
            dataType=_parse_datatype_json_string(given["type"]),
            value=constants[place] if place >= 0 else None,
            isTable=given["table"],
            isConstantExpression=place >= 0,
        )
        if given["name"] is None:
            positional.append(argument)
        else:
            named[given["name"]] = argument
    return positional, named


def _analyze(handler: Any, name: str, positional: list[Any], named: dict[str, Any]) -> AnalyzeResult:
    prefix = f"Failed to evaluate the user-defined table function '{name}'"
    try:
        inspect.signature(handler.analyze).bind(*positional, **named)
    except TypeError as error:
        raise ValueError(
            f"{prefix} because the function arguments did not match the expected signature of the static 'analyze' "
            f"method ({error}). Please update the query so that this table function call provides arguments matching "
            "the expected signature, or else update the table function so that its static 'analyze' method accepts "
            "the provided arguments, and then try the query again."
        ) from None
    result = handler.analyze(*positional, **named)
    if not isinstance(result, AnalyzeResult):
        raise ValueError(
            f"{prefix} because the static 'analyze' method expects a result of type pyspark.sql.udtf.AnalyzeResult, "
            f"but instead this method returned a value of type: {_shown(type(result))}"
        )
    if not isinstance(result.schema, StructType):
        raise ValueError(
            f"{prefix} because the static 'analyze' method expects a result of type pyspark.sql.udtf.AnalyzeResult "
            f"with a 'schema' field comprising a StructType, but the 'schema' field had the wrong type: "
            f"{_shown(type(result.schema))}"
        )
    has_table = any(argument.isTable for argument in [*positional, *named.values()])
    _check_wishes(prefix, result, has_table)
    return result


def _shown(cls: type) -> str:
    return f"<class '{cls.__module__.replace('troupe.sql._types.atomic', 'pyspark.sql.types')}.{cls.__qualname__}'>"


def _check_wishes(prefix: str, result: AnalyzeResult, has_table: bool) -> None:
    returned = f"{prefix} because the static 'analyze' method returned an 'AnalyzeResult' object with the"
    for asked, what, otherwise in (
        (
            result.withSinglePartition,
            "'withSinglePartition' field set to 'true'",
            "'withSinglePartition' field set to 'false'",
        ),
        (len(result.partitionBy) > 0, "'partitionBy' list set to non-empty", "'partitionBy' list set to empty"),
    ):
        if asked and not has_table:
            raise ValueError(
                f"{returned} {what}, but the function call did not provide any table argument. Please update the "
                "query so that it provides a table argument, or else update the table function so that its "
                f"'analyze' method returns an 'AnalyzeResult' object with the {otherwise}, and then try the query again."
            )
    for name, kind in (("partitionBy", PartitioningColumn), ("orderBy", OrderingColumn), ("select", SelectedColumn)):
        value = getattr(result, name)
        if not isinstance(value, (list, tuple)) or not all(isinstance(one, kind) for one in value):
            raise ValueError(
                f"{returned} '{name}' field set to a value besides a list or tuple of '{kind.__name__}' objects. "
                "Please update the table function and then try the query again."
            )

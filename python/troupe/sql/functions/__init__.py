"""Functions over columns: what `pyspark.sql.functions` offers.

Most are made on first use from the registry that the JVM shares (`_registry`); those with rules of their own are written in
`special`, `textual`, `temporal`, `higher_order`, `deprecated` and `partitioning`.
"""

from __future__ import annotations

import importlib
from typing import Any

from troupe.sql import _expr
from troupe.sql.column import Column, to_expr
from troupe.sql.functions import _registry

_HAND_WRITTEN: dict[str, str] = {
    **dict.fromkeys(
        [
            "lit",
            "col",
            "column",
            "expr",
            "when",
            "broadcast",
            "call_function",
            "call_udf",
            "asc",
            "asc_nulls_first",
            "asc_nulls_last",
            "desc",
            "desc_nulls_first",
            "desc_nulls_last",
            "array",
            "struct",
            "create_map",
            "map_concat",
            "greatest",
            "least",
            "count_distinct",
            "sum_distinct",
            "listagg_distinct",
            "string_agg_distinct",
            "negate",
            "bitwise_not",
            "mean",
            "pow",
            "log",
            "round",
            "bround",
            "rand",
            "randn",
            "uniform",
            "randstr",
            "shuffle",
            "percentile",
            "approx_percentile",
            "percentile_approx",
            "ntile",
            "lag",
            "lead",
            "nth_value",
            "assert_true",
            "raise_error",
            "unwrap_udt",
        ],
        "troupe.sql.functions.special",
    ),
    **dict.fromkeys(
        [
            "trim",
            "ltrim",
            "rtrim",
            "mask",
            "sentences",
            "str_to_map",
            "overlay",
            "sha2",
            "json_tuple",
            "from_json",
            "to_json",
            "schema_of_json",
            "from_csv",
            "to_csv",
            "schema_of_csv",
            "aes_encrypt",
            "aes_decrypt",
            "try_aes_decrypt",
            "variant_get",
            "try_variant_get",
        ],
        "troupe.sql.functions.textual",
    ),
    **dict.fromkeys(
        [
            "make_dt_interval",
            "make_interval",
            "try_make_interval",
            "make_ym_interval",
            "make_timestamp",
            "make_timestamp_ntz",
            "try_make_timestamp",
            "try_make_timestamp_ntz",
            "convert_timezone",
            "unix_timestamp",
            "window",
            "session_window",
            "window_time",
            "timestamp_add",
            "timestamp_diff",
        ],
        "troupe.sql.functions.temporal",
    ),
    **dict.fromkeys(
        [
            "transform",
            "exists",
            "forall",
            "filter",
            "aggregate",
            "reduce",
            "zip_with",
            "map_filter",
            "map_zip_with",
            "transform_keys",
            "transform_values",
            "array_sort",
        ],
        "troupe.sql.functions.higher_order",
    ),
    **dict.fromkeys(
        [
            "approxCountDistinct",
            "bitwiseNOT",
            "countDistinct",
            "shiftLeft",
            "shiftRight",
            "shiftRightUnsigned",
            "sumDistinct",
            "toDegrees",
            "toRadians",
            "random",
            "years",
            "months",
            "days",
            "hours",
            "bucket",
        ],
        "troupe.sql.functions.deprecated",
    ),
    **dict.fromkeys(
        ["udf", "pandas_udf", "arrow_udf", "PandasUDFType", "ArrowUDFType"], "troupe.sql.functions.python_functions"
    ),
    "UserDefinedFunction": "troupe.sql.udf",
    **dict.fromkeys(
        [
            "udtf",
            "arrow_udtf",
            "AnalyzeArgument",
            "AnalyzeResult",
            "OrderingColumn",
            "PartitioningColumn",
            "SelectedColumn",
            "SkipRestOfInputTableException",
            "UserDefinedTableFunction",
        ],
        "troupe.sql.udtf",
    ),
    "partitioning": "troupe.sql.functions.partitioning",
}


def _constant(value: Any) -> _expr.Expr:
    return __getattr__("lit")(value)._expr


def _column_or_constant(value: Any) -> _expr.Expr:
    value = _expr.enum_to_value(value)
    return to_expr(value) if isinstance(value, (str, Column)) else _constant(value)


def _column_or_double(value: Any) -> _expr.Expr:
    value = _expr.enum_to_value(value)
    return to_expr(value) if isinstance(value, (str, Column)) else _expr.literal(float(value))


_TOOLS: dict[str, Any] = {
    "_Column": Column,
    "_call": _expr.call,
    "_column": to_expr,
    "_constant": _constant,
    "_column_or_constant": _column_or_constant,
    "_column_or_double": _column_or_double,
}


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return sorted({*_registry.entries(), *_HAND_WRITTEN} - {"partitioning"})
    module = _HAND_WRITTEN.get(name)
    if module == "troupe.sql.functions.partitioning":
        return importlib.import_module(module)
    if module is not None:
        value = getattr(importlib.import_module(module), name)
    else:
        entry = None if name.startswith("_") else _registry.entries().get(name)
        if entry is None:
            raise AttributeError(f"module 'troupe.sql.functions' has no attribute {name!r}")
        value = _registry.make(entry, _TOOLS)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __getattr__("__all__")

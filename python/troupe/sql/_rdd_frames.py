"""DataFrames from RDDs: the workers turn objects into Arrow batches of the schema; only its inference brings rows here."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkValueError
from troupe.rdd._stage import WriteRows
from troupe.sql._local_data import _inferred, _padded
from troupe.sql._types.atomic import DataType
from troupe.sql._types.infer import _has_nulltype, _infer_schema, _merge_type
from troupe.sql._types.nested import StructField, StructType
from troupe.sql._types.verify import _make_type_verifier
from troupe.sql.column import not_expected

if TYPE_CHECKING:
    from troupe.rdd.rdd import RDD
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.session import SparkSession

_LOOKED_AT = 100


def frame_of(session: SparkSession, rdd: RDD, schema: Any, ratio: float | None, verify: bool) -> DataFrame:
    """A DataFrame whose partitions are the RDD's. Without a schema the first rows, or a sample, tell it."""
    from troupe.sql.dataframe import DataFrame

    wrap = isinstance(schema, DataType) and not isinstance(schema, StructType)
    if isinstance(schema, StructType):
        struct = schema
    elif isinstance(schema, DataType):
        struct = StructType([StructField("value", schema)])
    elif schema is None or isinstance(schema, list):
        struct = _told(session, rdd, schema, ratio)
        if isinstance(schema, list):
            names = _padded(schema, struct)
            struct = StructType(
                [StructField(n, f.dataType, f.nullable, f.metadata) for n, f in zip(names, struct, strict=True)]
            )
        verify = False
    else:
        raise not_expected("list, None or StructType", "schema", schema)
    check = _make_type_verifier(schema, name="field value") if wrap else _make_type_verifier(struct)
    plan = rdd._plan(WriteRows(struct, check if verify else None, wrap), struct)
    return DataFrame(plan._plan_id, plan._schema_json, session)


def _told(session: SparkSession, rdd: RDD, names: list[str] | None, ratio: float | None) -> StructType:
    first = rdd.first()
    if isinstance(first, dict) is False and hasattr(first, "__len__") and len(first) == 0:
        raise PySparkValueError(errorClass="CANNOT_INFER_EMPTY_SCHEMA", messageParameters={})
    if ratio is not None:
        chosen = rdd if ratio >= 0.99 else rdd.sample(False, float(ratio))
        return reduce(_merge_type, chosen.map(lambda row: _infer_schema(row, names)).collect())
    struct = _infer_schema(first, names)
    if not _has_nulltype(struct):
        return struct
    return _inferred(session, rdd.take(_LOOKED_AT), names)

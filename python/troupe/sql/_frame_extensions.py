"""DataFrame methods of Spark's newer releases: transposing, nearest rows, merging, and those that only streams or Spark Connect have."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from troupe.errors import AnalysisException, PySparkNotImplementedError, PySparkValueError
from troupe.errors.exceptions.captured import failure
from troupe.sql.column import Column, not_expected

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame
    from troupe.sql.merge import MergeIntoWriter
    from troupe.sql.plot import PySparkPlotAccessor

_Base: Any = object
_MOST_RESULTS = 100_000
_MOST_TRANSPOSED = 500


def _ticked(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class FrameExtensions(_Base):
    """Part of DataFrame."""

    def transpose(self, indexColumn: Column | str | None = None) -> DataFrame:
        """Rows become columns, named by the values of the index column (the first one by default), in their order."""
        from troupe.sql import functions as F
        from troupe.sql.types import StringType, StructField, StructType

        if not self.columns:
            return self
        index = self.select(self._column(_ticked(self.columns[0])) if indexColumn is None else indexColumn).columns[0]
        if index not in self.columns:
            raise failure(
                "AnalysisException",
                "TRANSPOSE_INVALID_INDEX_COLUMN",
                "42804",
                f"Invalid index column for TRANSPOSE because: Index column must be an atomic attribute, but found: {index}",
                reason=f"Index column must be an atomic attribute, but found: {index}",
            )
        others = [name for name in self.columns if name != index]
        kind = self._transposed_type(others)
        limit = int(self._session.conf._known("spark.sql.transposeMaxValues", str(_MOST_TRANSPOSED)))
        key = F.col(_ticked(index))
        rows = (
            self.where(key.isNotNull())
            .orderBy(key)
            .limit(limit + 1)
            .select(key.cast("string"), *[F.col(_ticked(name)).cast(kind) for name in others])
            .collect()
        )
        if len(rows) > limit:
            raise failure(
                "AnalysisException",
                "TRANSPOSE_EXCEED_ROW_LIMIT",
                "54006",
                f"Number of rows exceeds the allowed limit of {limit} for TRANSPOSE. If this was intended, set "
                f"spark.sql.transposeMaxValues to at least the current row count.",
                maxValues=str(limit),
                config="spark.sql.transposeMaxValues",
            )
        fields = [StructField("key", StringType(), False), *[StructField(row[0], kind) for row in rows]]
        data = [(name, *[row[position] for row in rows]) for position, name in enumerate(others, 1)]
        return self._session.createDataFrame(data, StructType(fields))

    def _transposed_type(self, names: list[str]) -> Any:
        from troupe.sql import functions as F
        from troupe.sql.types import StringType

        if not names:
            return StringType()
        try:
            return self.select(F.coalesce(*[F.col(_ticked(name)) for name in names])).schema[0].dataType
        except AnalysisException as error:
            kinds = [self.schema[name].dataType.simpleString().upper() for name in names]
            first, other = kinds[0], next((kind for kind in kinds if kind != kinds[0]), kinds[0])
            raise failure(
                "AnalysisException",
                "TRANSPOSE_NO_LEAST_COMMON_TYPE",
                "42K09",
                f'Transpose requires non-index columns to share a least common type, but "{first}" and "{other}" do not.',
                dt1=first,
                dt2=other,
            ) from error

    def nearestByJoin(
        self,
        other: DataFrame,
        rankingExpression: Column,
        numResults: int,
        mode: str,
        direction: str,
        *,
        joinType: str = "inner",
    ) -> DataFrame:
        """Joins each row with the `numResults` rows of `other` that rank nearest."""
        from troupe.sql import functions as F
        from troupe.sql.window import Window

        _one_of("joinType", joinType.lower().replace("_", ""), ("inner", "leftouter", "left"))
        _one_of("mode", mode.lower(), ("approx", "exact"))
        _one_of("direction", direction.lower(), ("distance", "similarity"))
        if not 1 <= int(numResults) <= _MOST_RESULTS:
            raise PySparkValueError(
                message=f"numResults must be between 1 and {_MOST_RESULTS}, but is {numResults}; choose a number in that range."
            )
        mark = uuid.uuid4().hex
        row, rank = f"row_{mark}", f"rank_{mark}"
        numbered = self.select("*", F.monotonically_increasing_id().alias(row))
        outer = joinType.lower() != "inner"
        paired = numbered.join(other, F.lit(True), "left") if outer else numbered.crossJoin(other)
        order = rankingExpression.asc_nulls_last() if direction.lower() == "distance" else rankingExpression.desc()
        nearest = paired.withColumn(rank, F.row_number().over(Window.partitionBy(row).orderBy(order)))
        return nearest.where(F.col(rank) <= int(numResults)).drop(row, rank)

    def mergeInto(self, table: str, condition: Column) -> MergeIntoWriter:
        """Says which rows of a table to change; `merge()` is refused, as Spark refuses it for tables of files."""
        from troupe.sql.merge import MergeIntoWriter

        return MergeIntoWriter(self, table, condition)  # type: ignore[arg-type]

    def withWatermark(self, eventTime: str, delayThreshold: str) -> DataFrame:
        """Has no effect on a DataFrame that is not a stream."""
        if not eventTime or type(eventTime) is not str:
            raise not_expected("str", "eventTime", eventTime)
        if not delayThreshold or type(delayThreshold) is not str:
            raise not_expected("str", "delayThreshold", delayThreshold)
        return self.select("*")

    def dropDuplicatesWithinWatermark(self, subset: list[str] | None = None) -> DataFrame:
        raise AnalysisException(
            message="dropDuplicatesWithinWatermark is not supported with batch DataFrames/DataSets; use dropDuplicates."
        )

    @property
    def writeStream(self) -> Any:
        raise failure(
            "AnalysisException",
            "WRITE_STREAM_NOT_ALLOWED",
            "42601",
            "`writeStream` can be called only on streaming Dataset/DataFrame.",
        )

    @property
    def executionInfo(self) -> Any:
        raise PySparkValueError(
            errorClass="CLASSIC_OPERATION_NOT_SUPPORTED_ON_DF", messageParameters={"member": "queryExecution"}
        )

    @property
    def plot(self) -> PySparkPlotAccessor:
        from troupe.sql.plot import PySparkPlotAccessor

        return PySparkPlotAccessor(self)  # type: ignore[arg-type]

    def pandas_api(self, index_col: str | list[str] | None = None) -> Any:
        raise PySparkNotImplementedError(
            message="The pandas API on Spark is not implemented; use toPandas() for data that fits this process."
        )


def _one_of(argument: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise PySparkValueError(message=f"{argument} must be one of {', '.join(allowed)}, but is '{value}'.")

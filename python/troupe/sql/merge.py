"""`df.mergeInto(table, condition)`: the clauses of a MERGE, which Spark runs only on tables whose rows can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe.errors import UnsupportedOperationException
from troupe.sql.column import Column

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

__all__ = ["MergeIntoWriter"]


class _Action:
    """What to do with the rows of one clause."""

    def __init__(self, writer: MergeIntoWriter, condition: Column | None) -> None:
        self.writer = writer
        self.condition = condition

    def _chosen(self, kind: str, assignments: dict[str, Column] | None = None) -> MergeIntoWriter:
        self.writer._clauses.append((type(self).__name__, self.condition, kind, assignments))
        return self.writer


class _Changing(_Action):
    def updateAll(self) -> MergeIntoWriter:
        return self._chosen("updateAll")

    def update(self, assignments: dict[str, Column]) -> MergeIntoWriter:
        return self._chosen("update", assignments)

    def delete(self) -> MergeIntoWriter:
        return self._chosen("delete")


class MergeIntoWriter:
    """Collects the clauses of a MERGE."""

    class WhenMatched(_Changing):
        """Target rows that a source row matches."""

    class WhenNotMatched(_Action):
        """Source rows that match no target row."""

        def insertAll(self) -> MergeIntoWriter:
            return self._chosen("insertAll")

        def insert(self, assignments: dict[str, Column]) -> MergeIntoWriter:
            return self._chosen("insert", assignments)

    class WhenNotMatchedBySource(_Changing):
        """Target rows that no source row matches."""

    def __init__(self, df: DataFrame, table: str, condition: Column) -> None:
        self._df = df
        self._table = table
        self._condition = condition
        self._clauses: list[tuple[str, Column | None, str, Any]] = []

    def whenMatched(self, condition: Column | None = None) -> MergeIntoWriter.WhenMatched:
        return self.WhenMatched(self, condition)

    def whenNotMatched(self, condition: Column | None = None) -> MergeIntoWriter.WhenNotMatched:
        return self.WhenNotMatched(self, condition)

    def whenNotMatchedBySource(self, condition: Column | None = None) -> MergeIntoWriter.WhenNotMatchedBySource:
        return self.WhenNotMatchedBySource(self, condition)

    def withSchemaEvolution(self) -> MergeIntoWriter:
        return self

    def merge(self) -> None:
        """@raise AnalysisException always: the tables are files, and files cannot be merged into"""
        from troupe.errors.exceptions.captured import failure

        if not self._clauses:
            raise failure(
                "SparkRuntimeException",
                "NO_MERGE_ACTION_SPECIFIED",
                "42K0E",
                "df.mergeInto needs to be followed by at least one of whenMatched/whenNotMatched/whenNotMatchedBySource.",
            )
        self._df._session.table(self._table)
        raise UnsupportedOperationException(message="MERGE INTO TABLE is not supported temporarily.")

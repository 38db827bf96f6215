"""Observation: metrics that a query computes while its rows pass by."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkAssertionError, PySparkValueError
from troupe.sql.column import Column, not_expected

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

__all__ = ["Observation"]


class Observation:
    """Named metrics of one DataFrame, known after its first action."""

    def __init__(self, name: str | None = None) -> None:
        if name is not None:
            if not isinstance(name, str):
                raise not_expected("str", "name", name)
            if name == "":
                raise PySparkValueError(
                    errorClass="VALUE_NOT_NON_EMPTY_STR", messageParameters={"arg_name": "name", "arg_value": name}
                )
        self._name = name
        self._observed: DataFrame | None = None

    def _on(self, df: DataFrame, *exprs: Column) -> DataFrame:
        if self._observed is not None:
            raise PySparkAssertionError(errorClass="REUSE_OBSERVATION", messageParameters={})
        self._name = self._name or str(uuid.uuid4())
        self._observed = df._child("observe", name=self._name, exprs=[c._expr for c in exprs])
        return self._observed

    @property
    def get(self) -> dict[str, Any]:
        """The metrics; waits for the first action to end."""
        if self._observed is None:
            raise PySparkAssertionError(errorClass="NO_OBSERVE_BEFORE_GET", messageParameters={})
        session = self._observed._session
        row = session._frame(session._call({"op": "metrics", "observation": self._name})).first()
        return {} if row is None else row.asDict()

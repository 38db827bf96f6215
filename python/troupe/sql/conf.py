"""RuntimeConfig: `spark.conf`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe._globals import _NoValue
from troupe.sql.column import not_expected

if TYPE_CHECKING:
    from troupe.sql.session import SparkSession

__all__ = ["RuntimeConfig"]


def to_text(value: Any) -> Any:
    """A setting or option as text; None stays None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


class RuntimeConfig:
    """The settings of a session. The JVM has them all; those that this client set are remembered here too."""

    def __init__(self, session: SparkSession, known: dict[str, str]) -> None:
        self._session = session
        self._remembered = known

    def set(self, key: str, value: str | int | bool) -> None:
        text = to_text(value)
        self._session._call({"op": "conf.set", "key": key, "value": text})
        self._remembered[key] = text

    def get(self, key: str, default: Any = _NoValue) -> str | None:
        self._check_text(key, "key")
        request: dict[str, Any] = {"op": "conf.get", "key": key}
        if default is not _NoValue:
            if default is not None:
                self._check_text(default, "default")
            request["default"] = default
        value = self._session._call(request)["value"]
        if value is None and default is _NoValue:
            from troupe.errors.exceptions.captured import failure

            raise failure(
                "SparkNoSuchElementException",
                "SQL_CONF_NOT_FOUND",
                "42K0I",
                f'The SQL config "{key}" cannot be found. Please verify that the config exists.',
                sqlConf=f'"{key}"',
            )
        return value

    @property
    def getAll(self) -> dict[str, str]:
        return dict(self._session._call({"op": "conf.all"})["conf"])

    def unset(self, key: str) -> None:
        self._session._call({"op": "conf.unset", "key": key})
        self._remembered.pop(key, None)

    def isModifiable(self, key: str) -> bool:
        return bool(self._session._call({"op": "conf.isModifiable", "key": key})["modifiable"])

    def _known(self, key: str, default: str) -> str:
        """A setting that only the client looks at, without asking the JVM."""
        return self._remembered.get(key, default)

    def _check_text(self, value: Any, name: str) -> None:
        if not isinstance(value, str):
            raise not_expected("str", name, value)

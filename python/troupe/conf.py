"""SparkConf: settings given before an application starts."""

from __future__ import annotations

import os

from troupe.launch.submitted import submitted

__all__ = ["SparkConf"]


class SparkConf:
    """Settings by name; those of the command line are in it from the start."""

    def __init__(self, loadDefaults: bool = True, _jvm: object = None, _jconf: object = None) -> None:
        self._settings: dict[str, str] = submitted() if loadDefaults else {}

    def set(self, key: str, value: str) -> SparkConf:
        self._settings[key] = str(value)
        return self

    def setIfMissing(self, key: str, value: str) -> SparkConf:
        self._settings.setdefault(key, str(value))
        return self

    def setMaster(self, value: str) -> SparkConf:
        return self.set("spark.master", value)

    def setAppName(self, value: str) -> SparkConf:
        return self.set("spark.app.name", value)

    def setSparkHome(self, value: str) -> SparkConf:
        return self.set("spark.home", value)

    def setExecutorEnv(
        self, key: str | None = None, value: str | None = None, pairs: list[tuple[str, str]] | None = None
    ) -> SparkConf:
        if (key is not None and pairs is not None) or (key is None and pairs is None):
            from troupe.errors import PySparkRuntimeError

            raise PySparkRuntimeError(errorClass="KEY_VALUE_PAIR_REQUIRED", messageParameters={})
        for name, setting in pairs if pairs is not None else [(str(key), str(value))]:
            self.set(f"spark.executorEnv.{name}", setting)
        return self

    def setAll(self, pairs: list[tuple[str, str]]) -> SparkConf:
        for key, value in pairs:
            self.set(key, value)
        return self

    def _of_application(self) -> dict[str, str]:
        """All settings of an application that starts with these: those that each one has are added where missing."""
        self.setIfMissing("spark.master", os.environ.get("MASTER", "local[*]"))
        self.setIfMissing("spark.app.name", "pyspark-shell")
        return {key: value for key, value in self._settings.items() if value is not None}

    def get(self, key: str, defaultValue: str | None = None) -> str | None:
        return self._settings.get(key, defaultValue)

    def getAll(self) -> list[tuple[str, str]]:
        return list(self._settings.items())

    def contains(self, key: str) -> bool:
        return key in self._settings

    def __repr__(self) -> str:
        return f"<pyspark.conf.SparkConf object at {id(self):#x}>"

    def toDebugString(self) -> str:
        return "\n".join(f"{key}={value}" for key, value in sorted(self._settings.items()))

"""The settings given on the command line of `troupe run`: below what the script sets itself, above the defaults."""

from __future__ import annotations

_settings: dict[str, str] = {}


def submitted() -> dict[str, str]:
    """The settings of the command line, `spark.master` among them when `--master` was given."""
    return dict(_settings)


def submit(settings: dict[str, str]) -> None:
    """Called once by the launcher, before the script runs."""
    _settings.clear()
    _settings.update(settings)

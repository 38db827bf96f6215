"""The oldest pandas, PyArrow and NumPy that the API works with."""

from __future__ import annotations

import importlib

from troupe.loose_version import LooseVersion

__all__ = ["require_minimum_numpy_version", "require_minimum_pandas_version", "require_minimum_pyarrow_version"]

_OLDEST = {"numpy": "1.22", "pandas": "2.2.0", "pyarrow": "18.0.0"}


def _require(package: str, shown: str) -> None:
    from troupe.errors import PySparkImportError

    oldest = _OLDEST[package]
    try:
        have = importlib.import_module(package).__version__
    except ImportError as error:
        raise PySparkImportError(
            errorClass="PACKAGE_NOT_INSTALLED",
            messageParameters={"package_name": shown, "minimum_version": oldest},
        ) from error
    if LooseVersion(have) < LooseVersion(oldest):
        raise PySparkImportError(
            errorClass="UNSUPPORTED_PACKAGE_VERSION",
            messageParameters={"package_name": shown, "minimum_version": oldest, "current_version": str(have)},
        )


def require_minimum_pandas_version() -> None:
    """@raise PySparkImportError when pandas is missing or too old."""
    _require("pandas", "Pandas")


def require_minimum_pyarrow_version() -> None:
    """@raise PySparkImportError when PyArrow is missing or too old."""
    _require("pyarrow", "PyArrow")


def require_minimum_numpy_version() -> None:
    """@raise PySparkImportError when NumPy is missing or too old."""
    _require("numpy", "NumPy")

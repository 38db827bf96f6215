"""Which optional packages are there, and what to say of a test that needs one which is not."""

from __future__ import annotations

import importlib.util
import os

_PACKAGES = (
    "deepspeed", "flameprof", "graphviz", "grpc", "grpc_status", "jinja2", "kafka", "matplotlib", "numpy", "openpyxl",
    "plotly", "scipy", "sklearn", "tabulate", "testcontainers", "torch", "torcheval", "yaml", "zstandard",
)  # fmt: skip


def have_package(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _missing(name: str) -> str:
    return "" if have_package(name) else f"No module named '{name}'"


def _minimum(check: str) -> str:
    from troupe.sql.pandas import utils

    try:
        getattr(utils, check)()
    except ImportError as error:
        return str(error)
    return ""


for _name in _PACKAGES:
    globals()[f"{_name}_requirement_message"] = _missing(_name)
    globals()[f"have_{_name}"] = not _missing(_name)

pandas_requirement_message = _minimum("require_minimum_pandas_version")
have_pandas = not pandas_requirement_message
pyarrow_requirement_message = _minimum("require_minimum_pyarrow_version")
have_pyarrow = not pyarrow_requirement_message
googleapis_common_protos_requirement_message = _missing("google")
have_googleapis_common_protos = not googleapis_common_protos_requirement_message

connect_requirement_message = "Troupe has no client of Spark Connect"
should_test_connect = False

is_ansi_mode_test = os.environ.get("SPARK_ANSI_SQL_MODE") != "false"
ansi_mode_not_supported_message = "ANSI mode is not supported" if is_ansi_mode_test else ""

__all__ = [name for name in dict(globals()) if name.startswith("have_") or name.endswith(("_message", "_test"))]
__all__ += ["should_test_connect"]

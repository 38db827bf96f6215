"""The texts of error conditions, by PySpark's names."""

from __future__ import annotations

from troupe.errors import conditions
from troupe.errors.error_classes import ERROR_CLASSES_MAP

__all__ = ["ErrorClassesReader"]


class ErrorClassesReader:
    """Looks up the conditions that the client raises."""

    def __init__(self) -> None:
        self.error_info_map = ERROR_CLASSES_MAP

    def get_sqlstate(self, errorClass: str | None) -> str | None:
        return conditions.sql_state(errorClass)

    def get_error_message(self, errorClass: str, messageParameters: dict[str, str]) -> str:
        return conditions.message(errorClass, messageParameters)

    def get_message_template(self, errorClass: str) -> str:
        """@raise ValueError for an unknown condition"""
        main, _, part = errorClass.partition(".")
        if main not in self.error_info_map:
            raise ValueError(f"Cannot find main error class '{main}'")
        known = self.error_info_map[main]
        text = "\n".join(known["message"])
        if not part:
            return text
        if part not in known.get("sub_class", {}):
            raise ValueError(f"Cannot find sub error class '{part}'")
        return text + " " + "\n".join(known["sub_class"][part]["message"])

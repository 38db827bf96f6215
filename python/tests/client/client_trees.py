"""Requests as tests compare them."""

from __future__ import annotations

from typing import Any


def without_sites(tree: Any) -> Any:
    """A tree without the lines of the test file."""
    if isinstance(tree, dict):
        return {k: without_sites(v) for k, v in tree.items() if k != "site"}
    return [without_sites(v) for v in tree] if isinstance(tree, list) else tree

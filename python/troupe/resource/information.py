"""A resource that an executor has, such as its GPUs."""

from __future__ import annotations


class ResourceInformation:
    """The name of a resource, and the addresses of its units."""

    def __init__(self, name: str, addresses: list[str]) -> None:
        self._name = name
        self._addresses = addresses

    @property
    def name(self) -> str:
        return self._name

    @property
    def addresses(self) -> list[str]:
        return self._addresses

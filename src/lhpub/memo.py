"""What has been made once is not made again: results kept by the value of what they were made from, never more than so many."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memo(Generic[K, V]):
    """Results of a function of frozen values. Kept in two generations of `most`: what is asked for again stays, what is not
    goes, so that a book of 600 keywords takes no more memory than its pages do."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Returns what was made for the key, else makes it."""
        if key in self._young:
            return self._young[key]
        made = self._old[key] if key in self._old else make()
        if len(self._young) >= self._most:
            self._young, self._old = {}, self._young
        self._young[key] = made
        return made

"""A PDF taken apart for the rules of its formats, and the checks of a deck, a screen file and a press file as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Stream

from lhpub.verify.pdf_checks import Check, PdfFile, Run

DC, XMP, MM, PDF = (
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/pdf/1.3/",
)  # fmt: skip
__all__ = ["DC", "MM", "PDF", "XMP", "Check", "Dissected", "unless"]


@dataclass(frozen=True)
class Dissected(PdfFile):
    """An opened file, every dictionary of it and every font. `multiple`: the rule for its number of pages."""

    multiple: int = 0

    @cached_property
    def dictionaries(self) -> list[Any]:
        """Every dictionary of the file at any depth, streams' included."""
        found, waiting = [], list(self.pdf.objects)
        while waiting:
            item = waiting.pop()
            if isinstance(item, (Dictionary, Stream)):
                found.append(item)
                kids = [kid for _, kid in item.items()]
            else:
                kids = list(item) if isinstance(item, Array) else []
            waiting += [kid for kid in kids if isinstance(kid, (Array, Dictionary)) and not kid.is_indirect]
        return found

    def holds(self, *keys: str) -> bool:
        """True if a dictionary has one of the keys."""
        return any(key in item for item in self.dictionaries for key in keys)

    @cached_property
    def fonts(self) -> list[tuple[int, Any, set[int]]]:
        """Each font used, with the page it is first used on and the codes it shows."""
        seen: dict[tuple[int, int], tuple[int, Any, set[int]]] = {}
        for page, mark in self.marks("text"):
            seen.setdefault(mark.resource.objgen, (page, mark.resource, set()))[2].update(mark.codes)
        return list(seen.values())


def unless(is_fine: Callable[[PdfFile], object]) -> Run:
    """Returns a check of the whole file by one claim about it."""
    return lambda file: () if is_fine(file) else [(0, "")]

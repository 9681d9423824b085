"""Whole numbers in Han numerals; figures typed full-width."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
"""As figures should be typed, for `str.translate`."""


def to_han(number: int) -> str:
    """Returns a whole number from 0 to 9999 in Han: 4 四, 10 十, 105 一百零五, 2023 二千零二十三. Raises ValueError."""
    if not 0 <= number <= 9999:
        raise ValueError(number)
    if number == 0:
        return _DIGITS[0]
    digits = [int(digit) for digit in str(number)]
    places = [_DIGITS[digit] + _PLACES[len(digits) - i - 1] if digit else _DIGITS[0] for i, digit in enumerate(digits)]
    han = "".join(places)
    while "零零" in han:
        han = han.replace("零零", "零")
    han = han.rstrip("零")
    return han[1:] if 10 <= number < 20 else han


def from_han(han: str) -> int | None:
    """Returns the number from 1 to 9999 that is written in Han (二十, 一百零五); None if it is no such number."""
    return next((number for number in range(1, 10_000) if to_han(number) == han), None)

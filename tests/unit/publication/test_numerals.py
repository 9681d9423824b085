from __future__ import annotations

import pytest

from lhpub.publication.numerals import to_han


@pytest.mark.parametrize(
    ("number", "han"),
    [
        (0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (111, "一百一十一"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"),
        (1100, "一千一百"), (2023, "二千零二十三"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_whole_numbers_read_as_they_are_said(number: int, han: str) -> None:
    assert to_han(number) == han


def test_every_number_reads_differently() -> None:
    assert len({to_han(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_han(number)

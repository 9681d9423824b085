"""Wrong digits in written files are told, true variants are not: a few of each (`tests.outside.wrong_digits` has hundreds)."""

from tests.outside.wrong_digits import alarms, wrong


def test_a_wrong_digit_is_told_wherever_it_stands():
    assert list(wrong(4)) == []


def test_other_figures_raise_no_alarm():
    assert list(alarms(2, seed=2)) == []

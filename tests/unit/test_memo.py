"""What is kept: by value, bounded, never another's."""

from __future__ import annotations

from pathlib import Path

from lhpub.build import compose_all, read_all
from lhpub.memo import Memo
from lhpub.world import World
from tests.suite.publications import TWELVE_LINES
from tests.suite.workshop import job_for


def test_a_result_is_made_once_while_it_is_asked_for_and_goes_when_it_is_not() -> None:
    memo: Memo[int, str] = Memo(3)
    made: list[int] = []

    def ask(key: int) -> str:
        return memo.get(key, lambda: (made.append(key), str(key))[1])

    assert [ask(key) for key in (1, 1, 2, 1, 3, 1)] == ["1", "1", "2", "1", "3", "1"]
    assert made == [1, 2, 3]
    for key in range(4, 40):
        ask(key)
        ask(1)
    assert made.count(1) == 1
    ask(2)
    assert made.count(2) == 2


def test_what_is_composed_again_with_all_that_is_kept_is_equal(tmp_path: Path) -> None:
    source = tmp_path / "s.yaml"
    source.write_text(TWELVE_LINES, encoding="utf-8")
    job = job_for(source, tmp_path)
    cold, warm = (read_all(World(tmp_path), job) for _ in range(2))
    compose_all(warm, job.targets)
    assert compose_all(warm, job.targets) == compose_all(cold, job.targets)

"""Checks before anything is written: a composition by one function per rule, a publication's texts by the content lint."""

from lhpub.preflight.checks import check_composition, judge_page
from lhpub.preflight.wording import check_characters, lint_publication

__all__ = ["check_characters", "check_composition", "judge_page", "lint_publication"]

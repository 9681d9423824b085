"""Checks a composition before anything is written: one function per rule, each Composition → diagnostics."""

from lhpub.preflight.checks import check_composition

__all__ = ["check_composition"]

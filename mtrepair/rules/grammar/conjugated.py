"""Verbs that are put into the form that their place asks for."""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Proposal
from mtrepair.languages.fr import grammar
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage


def forms(finding: Finding, passage: Passage) -> Iterator[Proposal]:
    """The found verb in each form of the evidence ``codes`` (DELA's), the likeliest first."""
    codes = finding.evidence["codes"]
    wanted = frozenset(codes) if isinstance(codes, list) else frozenset()
    word = finding.span.of(passage.text)
    forms = grammar.conjugated(word, wanted)
    if word[:1].isupper():
        forms = [form[0].upper() + form[1:] for form in forms]
    yield from in_turn(finding, finding.span, forms)

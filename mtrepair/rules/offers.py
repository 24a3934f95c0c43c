"""Proposals that rules make alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Span

_LESS = 0.8
"""What the score of each further text is multiplied by."""


def cut(finding: Finding, span: Span) -> Iterator[Proposal]:
    """Without what stands in ``span``; safe."""
    yield Proposal(
        finding=finding,
        edits=(Edit(span=span, text=""),),
        applicability=Applicability.SAFE,
        origin="rule",
    )


def in_turn(
    finding: Finding, span: Span, texts: Iterable[str], origin: str = "lexicon"
) -> Iterator[Proposal]:
    """Each of ``texts`` in the place of ``span``, the likeliest first, to be asked for."""
    for rank, text in enumerate(texts):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=span, text=text),),
            applicability=Applicability.SUGGESTED,
            origin=origin,
            score=_LESS**rank,
        )

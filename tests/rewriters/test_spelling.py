"""What an unknown word was meant to be."""

from __future__ import annotations

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span, Verdict
from mtrepair.rewriters.base import Candidate
from mtrepair.rewriters.spelling import CLEAR, LETTER, score, settled

TEXT = "Il prend le trabic du soir."
FINDING = Finding(
    rule="non-word",
    span=Span(12, 18),
    message="",
    severity=Severity.MAJOR,
    confidence=0.8,
    segment=0,
    evidence={},
)


def verdict(text: str, above: float, *, accepted: bool = True, safe: bool = False) -> Verdict:
    level = Applicability.SAFE if safe else Applicability.DISPLAY
    proposal = Proposal(
        finding=FINDING,
        edits=(Edit(span=FINDING.span, text=text),),
        applicability=level,
        origin="lexicon",
        score=above,
    )
    return Verdict(
        proposal=proposal,
        accepted=accepted,
        applicability=level,
        reasons=() if accepted else ("no-word",),
    )


def levels(*verdicts: Verdict) -> list[str]:
    return [str(v.applicability) for v in settled(verdicts, TEXT)]


def candidates(*scores: float) -> tuple[Candidate, Candidate]:
    one, two = (Candidate("x", value, 2) for value in scores)
    return one, two


def test_a_near_word_stands_above_a_likelier_one_that_is_far() -> None:
    near = score("trafic", "trabic", candidates(-9, -20), candidates(-9, -6))
    far = score("travail", "trabic", candidates(-2, -20), candidates(-5, -6))
    assert near - far == -7 - 0.5 * 4 + 2 * LETTER
    assert near > far - LETTER


def test_the_clear_best_is_suggested_and_no_other() -> None:
    assert levels(verdict("trafic", 9), verdict("tragic", 9 - CLEAR)) == ["suggested", "display"]
    assert levels(verdict("trafic", 9), verdict("tragic", 10 - CLEAR)) == ["display", "display"]


def test_two_origins_of_one_word_do_not_compete() -> None:
    assert levels(verdict("trafic", 9), verdict("trafic", 9)) == ["suggested", "suggested"]


def test_what_is_refused_does_not_compete() -> None:
    assert levels(verdict("trafic", 9), verdict("trabique", 9, accepted=False)) == [
        "suggested",
        "display",
    ]


def test_a_far_word_and_one_that_the_model_does_not_want_are_for_a_person() -> None:
    assert levels(verdict("travail", 9)) == ["display"]
    assert levels(verdict("trafic", -1)) == ["display"]


def test_what_is_safe_stays_so() -> None:
    assert levels(verdict("trafic", 0, safe=True)) == ["safe"]

"""What the model may do by itself, and what it only shows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtrepair.core import Applicability, Finding, Segment, Severity, Span
from mtrepair.languages import load
from mtrepair.rewriters import proposer
from mtrepair.rewriters.base import Candidate, Query
from mtrepair.rewriters.replies import FAVOUR, Sense
from mtrepair.rules import Passage


class _Unsure:
    """A rewriter that writes "bon" and puts it ``above`` nats a piece over what it sees."""

    name = "unsure"

    def __init__(self, above: float) -> None:
        self._above = above

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        return [[Candidate("bon", -1.0, 2)][:best] for _ in queries]

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        del queries
        above = 5.0 if hidden else self._above
        return [[Candidate(t, 2 * above if t == "bon" else 0.0, 2) for t in some] for some in texts]


_SENSE = Sense(load("fr"), lambda word: word in load("fr").lexicon)


@pytest.mark.parametrize(
    ("rule", "above", "applicability"),
    [
        ("non-word", proposer.SURE + 0.01, Applicability.SUGGESTED),
        ("non-word", proposer.SURE - 0.01, Applicability.DISPLAY),
        ("non-word", -3.0, Applicability.DISPLAY),
        ("agreement-determiner-noun", proposer.SURE_OF_FORMS + 0.01, Applicability.SUGGESTED),
        ("agreement-determiner-noun", proposer.SURE_OF_FORMS - 0.01, Applicability.DISPLAY),
    ],
)
def test_a_reply_must_stand_above_what_the_model_sees(
    rule: str, above: float, applicability: Applicability
) -> None:
    passage = Passage(Segment(text="Le vin est bonn ici.", runs=()), 0, load("fr"))
    finding = Finding(rule=rule, span=Span(11, 15), message="", severity=Severity.MAJOR, segment=0)
    (proposal,) = proposer.propose([finding], [passage], _Unsure(above), _SENSE)
    assert proposal.edits[0].text == "bon"
    assert proposal.applicability is applicability


@pytest.mark.parametrize("rule", sorted(proposer.DOUBTED))
def test_where_only_something_is_wrong_the_text_may_be_left_alone(rule: str) -> None:
    passage = Passage(Segment(text="Le vin est bonn ici.", runs=()), 0, load("fr"))
    finding = Finding(rule=rule, span=Span(11, 15), message="", severity=Severity.MAJOR, segment=0)
    below, above = (
        proposer.propose([finding], [passage], _Unsure((FAVOUR + by) / 2), _SENSE)
        for by in (-0.1, 0.1)
    )
    assert not below
    assert [p.edits[0].text for p in above] == ["bon"]


def test_repairs_of_forms_keep_the_tense_and_the_article() -> None:
    assert not _SENSE.same_kind("cassé", "cassaient")
    assert not _SENSE.same_kind("avaient connu", "a connu")
    assert _SENSE.same_kind("cassé", "cassées")
    assert _SENSE.same_kind("mange", "mangent")
    assert _SENSE.same_articles("leur maisons", "leurs maisons")
    assert not _SENSE.same_articles("leur maisons", "les maisons")


def test_a_reply_to_an_english_word_translates_it() -> None:
    assert _SENSE.translates("shoes", "chaussures")
    assert not _SENSE.translates("mild", "des médecins")

"""The gate lets no model write what is no word."""

from __future__ import annotations

import pytest

from mtrepair.core import Applicability, Document, Edit, Finding, Proposal, Segment, Severity, Span
from mtrepair.languages import load
from mtrepair.rules import Context, Passage, select
from mtrepair.verify.gate import Gate

TEXT = "Hier, il y a eu une effondrement du marché."
PLACE = Span(TEXT.index("une"), TEXT.index(" du"))


def verdict(
    written: str, *, origin: str, source: str | None = None
) -> tuple[bool, tuple[str, ...]]:
    language = load("fr")
    document = Document(text=TEXT, segments=(Segment.slice(TEXT, Span(0, len(TEXT))),))
    segment = document.segments[0]
    if source is not None:
        segment = Segment(text=segment.text, runs=segment.runs, source=source)
    context = Context(language=language, passages=[Passage(segment, 0, language)])
    rules = [rule for rule in select(("agreement-determiner-noun",)) if rule.detect is not None]
    finding = Finding(
        rule="agreement-determiner-noun",
        span=PLACE,
        message="",
        severity=Severity.MAJOR,
        confidence=1.0,
        segment=0,
        evidence={},
    )
    proposal = Proposal(
        finding=finding,
        edits=(Edit(span=PLACE, text=written),),
        applicability=Applicability.SUGGESTED,
        origin=origin,
        score=1.0,
    )
    judged = Gate(rules=rules, context=context, findings=[finding]).judge(proposal)
    return judged.accepted, judged.reasons


@pytest.mark.parametrize(
    ("written", "reasons"),
    [
        ("un effondrement", ()),
        ("uneeffondrement", ("no-word",)),
        ("un effondrementouille", ("no-word",)),
        ("l’effondrement", ()),
    ],
)
def test_the_model_writes_words(written: str, reasons: tuple[str, ...]) -> None:
    assert verdict(written, origin="seq2seq") == (not reasons, reasons)


def test_a_word_of_the_source_may_come_back() -> None:
    source = "Yesterday there was a meltdownish of the market."
    assert verdict("un meltdownish", origin="seq2seq")[1] == ("no-word",)
    assert verdict("un meltdownish", origin="seq2seq", source=source)[0]


def test_a_rule_is_not_asked() -> None:
    assert "no-word" not in verdict("uneeffondrement", origin="lexicon")[1]

"""What holds for all repetition rules, whatever the text."""

from __future__ import annotations

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.core import Finding, Segment, apply
from mtrepair.languages import load
from mtrepair.rules import Context, Passage, groups
from mtrepair.rules.repetition.drift import drifting
from mtrepair.rules.repetition.periods import periodic
from tests.timing import assert_grows, spent

RULES = groups()["repetition"]
LANGUAGE = load("fr")
WORDS = st.sampled_from(
    "le la de d' qu' que il chat mer, mer . ! « » et A b 1 -\n é́ 😀 \u2028".split(" ")
)


def detect(text: str) -> tuple[Passage, Context, list[Finding]]:
    passage = Passage(Segment(text=text, runs=()), 0, LANGUAGE)
    context = Context(language=LANGUAGE, passages=[passage])
    found: list[Finding] = []
    for rule in RULES:
        if rule.detect is not None:
            found += rule.detect(passage, context)
        elif rule.detect_document is not None:
            found += rule.detect_document([passage], context)
    return passage, context, found


def check(text: str) -> None:
    passage, context, found = detect(text)
    by_name = {rule.name: rule for rule in RULES}
    for finding in found:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        propose = by_name[finding.rule].propose
        assert propose is not None
        for proposal in propose(finding, passage, context):
            # Only ever deletes, and something stays of what repeats.
            assert all(edit.text == "" for edit in proposal.edits)
            fixed = apply(text, proposal.edits)
            assert len(fixed) < len(text)
            assert fixed.strip()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_unicode(text: str) -> None:
    check(text)


@given(st.lists(WORDS, max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_repetition(text: str) -> None:
    check(text)


@given(
    st.lists(
        st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]),
        min_size=1,
        max_size=12,
    ),
    st.integers(min_value=4, max_value=9),
    st.integers(min_value=0, max_value=11),
)
@settings(max_examples=200, deadline=None)
def test_every_loop_is_found_as_one(unit: list[str], turns: int, rest: int) -> None:
    body = unit * turns + unit[: rest % len(unit)]
    text = " ".join(["Hier", *body, "demain."])
    loops = [f for f in detect(text)[2] if f.rule == "repetition-loop" and f.confidence >= 0.5]
    assert any(f.span.of(text) == " ".join(body) for f in loops)


def test_periods_against_the_definition() -> None:
    keys = ["a", "b", "a", "b", "a", "c", "c", "d", "e", "f", "d", "e", "f", "d"]
    found = {(run.start, run.end, run.period) for run in periodic(keys)}
    assert found == {(5, 7, 1), (0, 5, 2), (7, 14, 3)}


def test_no_drift_in_a_list_of_different_words() -> None:
    assert drifting([f"mot{i}" for i in range(500)]) == []


def test_time_grows_with_the_length_only() -> None:
    def seconds(count: int, words: str) -> float:
        passage, context, _ = detect("mot")
        passage = Passage(Segment(text=words * count, runs=()), 0, LANGUAGE)
        assert passage.tokens
        detectors = [rule.detect for rule in RULES if rule.detect is not None]
        return spent(lambda: [list(detector(passage, context)) for detector in detectors])

    for words in ("mot ", "le le chat ", "un de de deux trois trois fois "):
        assert_grows(partial(seconds, words=words), 5_000, 50_000, factor=40, floor=0.8)


def test_doubling_list_is_sorted_and_known() -> None:
    kinds = LANGUAGE.repetition.doubling
    assert list(kinds) == sorted(kinds)
    assert set(kinds.values()) == {"never", "natural", "cry"}

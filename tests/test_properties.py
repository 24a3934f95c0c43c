"""What holds for any text, from the reader to the repaired bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtrepair import api
from mtrepair.core import apply, invert
from mtrepair.readers import read
from mtrepair.readers.files import encode, read_bytes
from tests.timing import assert_grows, spent

GARBLED = (
    "de relance de relance", "la mer, la mer, la mer, la mer", "pre-pre-pre-pre-projet", " .",
    " ,", "une effondrement", "le le chat", "«libre»", "50%", "d' eau", "Days", "AI", "extenus",
    "on dit qu'on dit que", "très très", "Tim Cuisinier",
)  # fmt: skip
PLAIN = (
    "Le chat dort", "nous nous levons", "et puis", "la mer", "Paris", "Jean Petit", "l'été",
    "qu’il", "12 345,6", "https://exemple.fr/a.b", "petit à petit",
)  # fmt: skip
STRANGE = (
    "😀", "👩‍👩‍👧", "e\u0301", "\u00a0", "\u202f", "\u2028", "\u2029", "\r\n", "\n", "\n\n", "\t",
    "\ufeff", "\u200b", "\u202e", "\x1b[31m", "\x00", "ﬁ", "ß", "İ", "مرحبا", "漢字", "\U0010ffff",
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(GARBLED), st.sampled_from(PLAIN), st.sampled_from(STRANGE)),
    max_size=24,
).flatmap(
    lambda parts: st.sampled_from((" ", "", ". ", "\r\n", "\u00a0")).map(
        lambda glue: glue.join(parts)
    )
)
FORMATS = st.sampled_from(("text", "markdown", "html"))
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@SLOW
@given(text=TEXTS, format_name=FORMATS, level=st.sampled_from(("safe", "suggested")))
def test_a_second_fix_changes_nothing(text: str, format_name: str, level: str) -> None:
    once = api.fix(text, format=format_name, apply=level, proposals="fast")
    assert not once.before.crashes
    assert once.settled
    again = api.fix(once.text, format=format_name, apply=level, proposals="fast")
    assert again.text == once.text
    assert not again.edits


@SLOW
@given(text=TEXTS, format_name=FORMATS)
def test_edits_are_the_whole_difference(text: str, format_name: str) -> None:
    fixed = api.fix(text, format=format_name)
    assert apply(text, fixed.edits) == fixed.text
    assert apply(fixed.text, invert(text, fixed.edits)) == text


@SLOW
@given(text=TEXTS, format_name=FORMATS)
def test_findings_lie_in_the_text_in_reading_order(text: str, format_name: str) -> None:
    result = api.check(text, format=format_name, sensitive=True)
    assert not result.crashes
    starts = [f.span.start for f in result.findings]
    assert starts == sorted(starts)
    for judged in result.judged:
        assert judged.finding.span.end <= len(text)
        assert 0 <= judged.finding.confidence <= 1
        for verdict in judged.verdicts:
            apply(text, verdict.proposal.edits)


@SLOW
@given(
    parts=st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5),
    strange=st.sampled_from(STRANGE),
    bom=st.booleans(),
    end=st.sampled_from(("\n", "\r\n")),
)
def test_bytes_without_a_repair_come_back(
    parts: list[str], strange: str, bom: bool, end: str
) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + (end.join(parts) + strange + end).encode("utf-8")
    if b"\x00" in data:
        return  # refused as binary
    file = read_bytes(data, "x.txt")
    result = api.Session(api.Options()).fix(read(file.text, format="text", name="x.txt"))
    if not result.edits:
        assert encode(file, result.text) == data


@pytest.mark.parametrize("before", ["😀 ", "e\u0301 ", "\ufeff", "a\r\n", "\u2028", "\u00a0", "𝒜 "])
def test_offsets_are_code_points(before: str) -> None:
    (finding,) = api.check(f"{before}Le plan de relance de relance est prêt.").findings
    start = len(before) + len("Le plan ")
    assert finding.rule == "doubled-phrase"
    assert finding.span.start == start
    assert finding.span.end == start + len("de relance de relance")


def test_a_text_twice_as_long_takes_about_twice_as_long() -> None:
    unit = "Le plan de relance de relance est prêt . Il a vu une effondrement du marché. "

    def seconds(times: int) -> float:
        return spent(lambda: api.check(unit * times, proposals="none"))

    assert_grows(seconds, 2000, 4000, factor=4)


@pytest.mark.parametrize("unit", ["mot ", "a", "la mer, ", "((((", "« ", "<b>", "pre-"])
def test_a_pile_of_one_thing_is_no_problem(unit: str) -> None:
    result = api.fix(unit * (200_000 // len(unit)))
    assert not result.before.crashes
    assert result.settled

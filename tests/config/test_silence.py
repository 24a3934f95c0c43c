"""Silencing comments: where they reach, and what is said of those that do nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.config.silence import Index, Silence, silences
from mtrepair.core import Span
from mtrepair.readers import read


def reach(text: str, format: str) -> list[tuple[str, set[str]]]:  # noqa: A002
    """What each silence covers, without the comments themselves, and its rules."""
    document = read(text, format=format)
    found, problems = silences(document)
    assert not problems
    return [(silence.span.of(text), set(silence.rules)) for silence in found]


MD = "markdown"
TWO = {"doubled-word"}


@pytest.mark.parametrize(
    ("text", "format", "covered"),
    [
        ("<!-- mtrepair: ignore[doubled-word] why -->\nUn un.\n\nDeux.\n", MD, "Un un."),
        ("<!-- mtrepair: ignore[doubled-word] why -->\n\nUn un.\n\nDeux.\n", MD, "Un un."),
        ("Zéro.\n\n<!--mtrepair:ignore[doubled-word]-->\n\nUn un.\n", MD, "Un un."),
        ("Un un. <!-- mtrepair: ignore[doubled-word] -->\n\nDeux.\n", MD, "Un un."),
        ("- Un un. <!-- mtrepair: ignore[doubled-word] -->\n- Deux.\n", MD, "Un un."),
        ("<p>Un un. <!-- mtrepair: ignore[doubled-word] --></p><p>Deux.</p>", "html", "Un un."),
        ("<p>Zéro</p><!-- mtrepair: ignore[doubled-word] --><p>Un un.</p>", "html", "Un un."),
        ("<p><!-- mtrepair: ignore[doubled-word] -->Un un.</p><p>Deux.</p>", "html", "Un un."),
        ("<p><b>Un un.</b> <!-- mtrepair: ignore[doubled-word] --></p><p>D</p>", "html", "Un un."),
    ],
)
def test_one_paragraph(text: str, format: str, covered: str) -> None:  # noqa: A002
    assert reach(text, format) == [(covered, TWO)]


def test_range_and_file() -> None:
    text = (
        "<!-- mtrepair: ignore-start[typography] -->\n\nUn.\n\nDeux.\n\n"
        "<!-- mtrepair: ignore-end -->\n\nTrois. "
        "<!-- mtrepair: ignore-file[non-word, doubled-word] noms de lieux -->\n"
    )
    document = read(text, format=MD)
    (part, whole), problems = silences(document)
    assert not problems
    assert part.span.of(text).strip() == "Un.\n\nDeux."
    assert "missing-nbsp" in part.rules
    assert "doubled-word" not in part.rules
    assert whole.rules == {"non-word", "doubled-word"}
    assert whole.span.of(text) == text
    assert whole.reason == "noms de lieux"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("`<!-- mtrepair: ignore[names] -->` est la forme.\n", MD),
        ("```html\n<!-- mtrepair: ignore[names] -->\n```\n", MD),
        ("Ainsi :\n\n    <!-- mtrepair: ignore[names] -->\n", MD),
        ("<script>var a = '<!-- mtrepair: ignore[names] -->';</script><p>Un.</p>", "html"),
        ('<p title="<!-- mtrepair: ignore[names] -->">Un.</p>', "html"),
        ("<!-- mtrepair: ignore[names] --> est du texte.", "text"),
        ("<!-- le mot mtrepair dans une phrase --> Un.", MD),
    ],
)
def test_no_comment_of_ours(text: str, format: str) -> None:  # noqa: A002
    assert silences(read(text, format=format)) == ([], [])


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("ignroe[names]", "line 3: unknown comment 'mtrepair: ignroe' (did you mean 'ignore'?)"),
        ("ignore[nmes]", "line 3: unknown rule or group 'nmes' (did you mean 'names'?)"),
        ("ignore because", "line 3: name what to ignore: ignore[rule], or ignore[all]"),
        ("ignore[]", "line 3: name what to ignore: ignore[rule], or ignore[all]"),
        ("ignore-end", "line 3: ignore-end without its ignore-start"),
        (
            "ignore-start[names]",
            "line 3: ignore-start[names] has no ignore-end; it reaches to the end of the file",
        ),
    ],
)
def test_problems(comment: str, problem: str) -> None:
    document = read(f"Un.\n\n<!-- mtrepair: {comment} -->\n\nDeux.\n", format=MD)
    assert silences(document)[1] == [problem]


def test_many_comments_take_linear_time() -> None:
    text = "".join(f"Un {n}. <!-- mtrepair: ignore[names] -->\n\n" for n in range(2000))
    found, problems = silences(read(text, format=MD))
    assert not problems
    assert [silence.span.of(text) for silence in found] == [f"Un {n}." for n in range(2000)]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=8),
    st.integers(0, 30),
    st.integers(0, 5),
)
def test_the_index_finds_what_a_search_finds(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    rules = frozenset({"doubled-word"})
    found = [Silence(rules, Span(a, a + n), "", 1, "") for a, n in spans]
    wanted = Span(start, start + length)
    by_search = any(
        len(s.span) and (s.span.overlap(wanted) or s.span.covers(wanted)) for s in found
    )
    assert (Index(found).find("doubled-word", wanted) is not None) == by_search
    assert Index(found).find("non-word", wanted) is None

"""What holds for every text in every format, however broken it is."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mtrepair.core import OBJECT, Document, Edit, Span, apply
from mtrepair.readers import read

WORDS = [
    "mot",
    "Un",
    "l'eau",
    "e\u0301té",
    "😀",
    "\u00a0",
    " ",
    "  ",
    ".",
    "\u2028",
    "\t",
    "\ufeff",
]
BREAKS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "  \n"]
MARKDOWN = [
    *("*", "**", "_", "`", "``", "~~", "> ", ">", "- ", "1. ", "    ", "# ", "===", "---", "+++"),
    *(
        "[a](b)",
        "[",
        "]",
        "](",
        ")",
        "![",
        "][",
        "[a]: b",
        "[^1]",
        "[^1]: ",
        "|",
        "|---|---|",
        "\\",
    ),
    *("```", "$", "$$", "{{", "}}", "{#a}", "<b>", "</b>", "<br>", "<code>", "</code>", "<div>"),
    *("</div>", "<!--", "-->", "<http://a.b>", "http://a.b/c_d", "&amp;", "&#33;", "&", "- [ ] "),
]
HTML = [
    *("<p>", "</p>", "<b>", "</b>", "<br/>", "<code>", "</code>", "<script>", "</script>", "<td>"),
    *("<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<!--", "-->", "<!", "<?", "</", "<", ">", "<a "),
    *("href=", '"', "'", "&amp;", "&eacute", "&#233;", "&#x", "&", "<title>", "</title>", "<svg>"),
    *("</svg>", '<i lang="en">', "</i>", "<p translate=no>", "<textarea>", "<sup>", "1", "</sup>"),
]
MARKS = {"text": ["- ", "• ", "a@b.fr", "http://a.b"], "markdown": MARKDOWN, "html": HTML}


def texts(format_name: str) -> st.SearchStrategy[str]:
    pieces = st.sampled_from([*WORDS, *BREAKS, *MARKS[format_name], *MARKS[format_name]])
    return st.lists(pieces, max_size=30).map("".join)


FORMATS = ("text", "markdown", "html")  # those that any text is; see test_bilingual.py
DOCUMENTS = st.sampled_from(FORMATS).flatmap(
    lambda name: texts(name).map(lambda text: read(text, format=name))
)


def check(document: Document) -> None:
    """The contract of Segment and Run."""
    text = document.text
    reached = -1
    for segment in document.segments:
        assert segment.text == segment.text.strip() != ""
        at = 0
        for run in segment.runs:
            assert run.at == at
            assert run.length > 0 < run.width
            assert run.start >= reached
            at += run.length
            reached = run.start + run.width
            if run.length == run.width:
                for offset in range(run.length):
                    seen = segment.text[run.at + offset]
                    assert seen in (text[run.start + offset], OBJECT)
        assert at == len(segment.text)
        assert reached <= len(text)


@given(DOCUMENTS)
@example(read("> a\r\n> b", format="markdown"))
def test_every_character_stands_where_its_run_says(document: Document) -> None:
    check(document)


@given(st.text(), st.sampled_from(FORMATS))
def test_any_text_can_be_read(text: str, format_name: str) -> None:
    document = read(text, format=format_name)
    assert document.text == text
    check(document)


@given(DOCUMENTS, st.data())
def test_outside_an_edit_nothing_changes(document: Document, data: st.DataObject) -> None:
    if not document.segments:
        return
    index = data.draw(st.integers(0, len(document.segments) - 1))
    length = len(document.segments[index].text)
    start = data.draw(st.integers(0, length))
    edit = Edit(span=Span(start, data.draw(st.integers(start, length))), text="")
    made = document.edits(index, [edit])
    if made is None:
        assert document.fragile  # elsewhere a deletion can always be written
        return
    gone = {place for e in made for place in range(e.span.start, e.span.end)}
    left = "".join(char for place, char in enumerate(document.text) if place not in gone)
    assert apply(document.text, made) == left


@given(
    st.sampled_from(["markdown", "html"]).flatmap(
        lambda name: texts(name).map(lambda text: read(text, format=name))
    ),
    st.data(),
)
def test_a_word_put_for_a_word_is_all_that_a_reader_sees(
    document: Document, data: st.DataObject
) -> None:
    places = [
        (index, match.start())
        for index, segment in enumerate(document.segments)
        for match in re.finditer(r"\bmot\b", segment.text)
    ]
    if not places:
        return
    index, at = data.draw(st.sampled_from(places))
    made = document.edits(index, [Edit(span=Span(at, at + 3), text="terre")])
    if made is None:
        return
    after = read(apply(document.text, made), format=document.format)
    expected = [segment.text for segment in document.segments]
    expected[index] = expected[index][:at] + "terre" + expected[index][at + 3 :]
    assert [segment.text for segment in after.segments] == expected
    gaps = [b.start - a.start - a.width for a, b in pairwise(document.segments[index].runs)]
    assert all(gap >= 0 for gap in gaps)


INLINE = [
    *("mot", "mot,", "l'eau", "*mot*", "**mot mot**", "_mot_", "*mot **eau** mot*", "**mot**,"),
    *("(*mot*)", "~~mot~~", "[mot](x)", "`x`", "<b>mot</b>", "mot[^1]", "&amp;"),
]


@st.composite
def emphasised(draw: st.DrawFn) -> tuple[Document, Span]:
    """A line of words with marks around some of them, and one or more words with their space."""
    parts = draw(
        st.lists(
            st.sampled_from(INLINE),
            min_size=2,
            max_size=7,
        )
    )
    document = read("Un " + " ".join(parts), format="markdown")
    text = document.segments[0].text
    words = [match.span() for match in re.finditer(r"[^ ]+", text)]
    first = draw(st.integers(1, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    if draw(st.booleans()):
        return document, Span(words[first - 1][1], words[last][1])  # with the space before
    return document, Span(words[first - 1][0], words[last][0])  # with the space after


@given(emphasised())
def test_a_deletion_that_can_be_written_leaves_no_broken_marks(
    case: tuple[Document, Span],
) -> None:
    document, span = case
    made = document.edits(0, [Edit(span=span, text="")])
    if made is None:
        return
    text = document.segments[0].text
    expected = " ".join((text[: span.start] + text[span.end :]).split())
    after = read(apply(document.text, made), format="markdown")
    seen = [" ".join(segment.text.split()) for segment in after.segments]
    assert seen == ([expected] if expected.strip(f"{OBJECT} ") else [])


@pytest.mark.parametrize(
    ("text", "gone", "after"),
    [
        (
            "Le **plan** de *relance de relance* suit",
            " de relance",
            "Le **plan** de *relance* suit",
        ),
        ("Le plan **de relance** de relance suit", " de relance", "Le plan **de relance** suit"),
        ("Le plan de relance **de relance** suit", " de relance", None),
        ("Le plan de relance [de relance](x) suit", " de relance", None),
        ("Le plan *de* relance suit", " relance", "Le plan *de* suit"),
        ("Le **plan de** suit", "de", None),
        ("Le **de plan** suit", "de", None),
    ],
)
def test_deletions_beside_marks(text: str, gone: str, after: str | None) -> None:
    document = read(text, format="markdown")
    at = document.segments[0].text.rindex(gone)
    made = document.edits(0, [Edit(span=Span(at, at + len(gone)), text="")])
    assert (None if made is None else apply(text, made)) == after


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("text", ["a < b & c", "*", "`x` [y] _z_ \\ |", "&amp; <b>"])
def test_new_text_is_written_so_that_it_reads_as_it_is(format_name: str, text: str) -> None:
    document = read("Un mot seul", format=format_name)
    made = document.edits(0, [Edit(span=Span(3, 6), text=text)])
    assert made is not None
    after = read(apply(document.text, made), format=format_name)
    assert [segment.text for segment in after.segments] == [f"Un {text} seul"]

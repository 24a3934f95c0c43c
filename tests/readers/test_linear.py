"""Time that grows with the length and no faster, whatever is left open or piled up."""

from __future__ import annotations

import pytest

from mtrepair.readers import read
from tests.timing import assert_grows, spent

SMALL = 1_000
FACTOR = 8
# Twice the time for twice the length would be 8; quadratic time would be 64.
ALLOWED = 28

PILES = {
    "text": ["mot ", "a", "mot\n", "a@", "http://", "- a\n", " ", "\n ", "phrase sans fin et\n"],
    "markdown": [
        *("> ", "- ", "*a ", "**a", "_a*", "[", "[a](", "`a", "$a ", "$$", "[^", "<a ", "<!--"),
        *("&amp;", "\\*", "![a", "~~a", "<b>", "<code>", "mot\n", "> a\n", "- a\n", "[a]: x\n"),
        *("# a\n", "[^1]: ", "{{", "a  ", "<p>a\n\n", "| a "),
    ],
    "html": [
        *("<div>", "<b>", "<code>", "<!--", "<a ", '<a href="', "<", "</", "&am", "<sup>", "<?"),
        *(
            "<p>a</p></div>",
            "<title>",
            "<![CDATA[",
            " ",
            "\n ",
            "<li>x<p>",
            "<b>x</b> ",
            "<i lang=en>",
        ),
    ],
}


@pytest.mark.parametrize(
    ("format_name", "pile"), [(name, pile) for name, piles in PILES.items() for pile in piles]
)
def test_piles(format_name: str, pile: str) -> None:
    def seconds(count: int) -> float:
        text = pile * count + " mot"
        return spent(lambda: read(text, format=format_name))

    assert_grows(seconds, SMALL, SMALL * FACTOR, factor=ALLOWED)


@pytest.mark.slow
def test_a_single_line_of_20_megabytes() -> None:
    document = read("Un mot de plus. " * 1_250_000)
    assert len(document.segments) == 1
    assert len(document.text) == 20_000_000


def test_100_000_nested_tags() -> None:
    text = "<div><b>" * 50_000 + "un mot" + "</b></div>" * 50_000
    assert [s.text for s in read(text, format="html").segments] == ["un mot"]

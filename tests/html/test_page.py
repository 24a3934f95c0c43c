"""The page of ``check --format html``: complete, and nothing of the article comes alive in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair import api
from mtrepair.api import CheckResult
from mtrepair.core import OBJECT
from mtrepair.decisions import fingerprint
from mtrepair.readers import read
from mtrepair.report import html_report
from tests.timing import assert_grows, assert_within, spent

SESSION = api.Session(api.Options(select=("repetition", "typography")))
ARTICLE = "Le plan de relance de relance a été présenté .\n\nIl a dit que que tout va bien.\n"


def check(text: str, format_name: str = "text") -> CheckResult:
    return SESSION.check(read(text, format=format_name, name="a"))


def page(text: str, format_name: str = "text", path: str = "a.txt") -> str:
    return html_report.render([(path, check(text, format_name))])


class Page(HTMLParser):
    """The elements of a page, the text of its rows, and its scripts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[str] = []
        self.scripts: list[str] = []
        self._row = 0
        self._script = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "div" and (values.get("class") or "").startswith("text"):
            self._row = 1
            self.rows.append("")
        elif tag == "div" and self._row:
            self._row += 1
        if tag == "script":
            self._script = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._row:
            self._row -= 1
        if tag == "script":
            self._script = False

    def handle_data(self, data: str) -> None:
        if self._row:
            self.rows[-1] += data
        if self._script:
            self.scripts[-1] += data


def data(parsed: Page) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(parsed.scripts[0])
    return loaded


def test_the_article_stands_in_the_page_with_every_finding_marked() -> None:
    result = check(ARTICLE)
    parsed = Page(page(ARTICLE))
    assert parsed.rows == [segment.text for segment in result.document.segments]
    record = data(parsed)["files"][0]
    assert record["sha256"] == fingerprint(ARTICLE)
    assert len(record["findings"]) == len(result.findings) == 3
    marks = [values for tag, values in parsed.tags if tag == "mark"]
    assert {mark["data-f"] for mark in marks} == {"0-0", "0-1", "0-2"}
    for finding, shown in zip(result.findings, record["findings"], strict=True):
        assert (shown["rule"], shown["start"], shown["end"]) == (
            finding.rule,
            finding.span.start,
            finding.span.end,
        )
        assert shown["message"] and shown["about"] and shown["alternatives"]
    pieces = record["findings"][2]["alternatives"][0]["pieces"]
    before = "".join(text for kind, text in pieces if kind != "new")
    after = "".join(text for kind, text in pieces if kind != "old")
    assert (before, after) == ("Il a dit que que tout va bien.", "Il a dit que tout va bien.")


HOSTILE = [
    "<script>alert(1)</script> le le chat",
    "</script><script>alert(1)</script> le le chat",
    "<!-- <script> --> le le chat ]]> ' \" & &lt;",
    "<img src=x onerror=alert(1)> le le chat",
    '"><svg onload=alert(1)> le le chat',
    "$title ${data} $ le le chat",
    "\u2028\u2029 le le chat </style>",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_nothing_of_the_article_becomes_markup(text: str, format_name: str) -> None:
    plain = Page(page("Un mot.", format_name))
    hostile = Page(page(text, format_name, path=text))
    allowed = {tag for tag, _ in plain.tags} | {
        "mark", "h3", "ol", "li", "br", "b", "del", "ins", "div", "span",
    }  # fmt: skip
    assert {tag for tag, _ in hostile.tags} <= allowed
    assert len(hostile.scripts) == 2
    assert hostile.scripts[1] == plain.scripts[1]
    for tag, values in hostile.tags:
        assert not [name for name in values if name.startswith("on")], tag
        assert "src" not in values and "href" not in values and "style" not in values
    assert data(hostile)["files"][0]["path"] == text


def test_the_policy_names_the_script_and_the_style_that_are_there() -> None:
    source = page(ARTICLE)
    policy = next(
        values["content"] or ""
        for tag, values in Page(source).tags
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        inline = re.search(rf"<{tag}>(.*?)</{tag}>", source, re.S)
        assert inline is not None
        digest = base64.b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"https?://(?!exemple)", source)


def test_controls_are_shown_and_not_obeyed() -> None:
    text = "Le \x1b[31mle\u202e chat\u2066 \x07 \x9b le le mot\ufeff."
    source = page(text)
    for char in "\x1b\u202e\u2066\x07\x9b\ufeff":
        assert char not in source
    assert "\u241b[31m" in source and "\u2426" in source
    record = data(Page(source))["files"][0]
    edits = [e for f in record["findings"] for a in f["alternatives"] for e in a["edits"]]
    assert edits  # positions count in the text as it is


def test_objects_are_shown_as_they_are_written() -> None:
    text = "Tapez `ls -l` puis puis <b>a</b> https://exemple.fr/x fin."
    assert Page(page(text, "markdown")).rows == [
        "Tapez `ls -l` puis puis a https://exemple.fr/x fin."
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("le chat \n\t&<>\"'`*_.,é\U0001f600\u202e\x1b\u00a0|#-[]()"),
        max_size=80,
    )
)
def test_rows_hold_the_segments_whatever_they_are(text: str) -> None:
    text += " le le chat"
    for format_name in ("text", "html", "markdown"):
        result = check(text, format_name)
        rows = Page(html_report.render([("a", result)])).rows
        assert len(rows) == len(result.document.segments)
        for row, segment in zip(rows, result.document.segments, strict=True):
            if OBJECT not in segment.text:
                assert len(row) == len(segment.text.replace("\r\n", "\n"))


# Four times the text: 4 is linear, 16 quadratic.
PILES = {
    "one word": ("text", lambda n: "mot " * n),
    "findings": ("text", lambda n: "Le le chat de la maison.\n" * (n // 40)),
    "one paragraph": (
        "text",
        lambda n: " ".join(f"mot{i} que que jaune{i}." for i in range(n // 60)),
    ),
    "entities": ("html", lambda n: "<p>" + "&eacute;t&eacute; <code>x</code> que que " * (n // 60)),
}


@pytest.mark.parametrize("pile", PILES)
def test_time_grows_with_the_size(pile: str) -> None:
    format_name, make = PILES[pile]

    def seconds(size: int) -> float:
        result = check(make(size), format_name)
        return min(spent(lambda: html_report.render([("a", result)])) for _ in range(2))

    assert_grows(seconds, 2_000, 8_000, factor=9, floor=0.05)


@pytest.mark.slow
def test_a_million_repetitions_of_one_word() -> None:
    result = check("mot " * 1_000_000)
    assert_within(lambda: html_report.render([("a", result)]), 5)
    source = html_report.render([("a", result)])
    assert len(source) < 6 * len(result.document.text)


def test_100_000_nested_tags() -> None:
    text = "<div><b>" * 50_000 + "un mot mot" + "</b></div>" * 50_000
    assert Page(page(text, "html")).rows == ["un mot mot"]


def test_a_page_without_findings() -> None:
    parsed = Page(page("Tout va bien."))
    assert parsed.rows == ["Tout va bien."]
    assert data(parsed)["files"][0]["findings"] == []

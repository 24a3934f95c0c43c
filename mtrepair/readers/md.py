"""Markdown: paragraphs, headings, list items, table cells and notes are segments.

markdown-it finds the blocks and the inline marks, as CommonMark and GitHub have them; while it
does, we write down where in the file each of them stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading, html_block, lheading, paragraph, table
from markdown_it.token import Token

from mtrepair.core import Document, Segment
from mtrepair.readers import html, md_inline
from mtrepair.readers.builder import Builder

_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\n(?![ \t]*\n).*?\n(?:---|\.\.\.)|\+\+\+[ \t]*\n.*?\n\+\+\+)[ \t]*(?:\n|\Z)",
    re.S,
)
_VISIBLE_CONTROL = re.compile(r"\r\n?|\0")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ALERT = re.compile(r"\[!\w+\][+-]?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\]|\\.|\\\Z)*", re.S)

Line = tuple[int, int]
"""Where the content of a line stands: behind quote marks and indents, up to its end."""


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:
    """The prose of a Markdown file.

    Emphasis marks, link targets, footnote marks and HTML tags are gaps in a segment; code spans,
    formulas, addresses, images and template tags stand in it as objects; entities, escapes and
    line breaks with the quote marks and indents after them are units. Code blocks, front matter,
    reference definitions and comments are in no segment; what stands in HTML blocks is read as
    HTML.
    """
    found: list[Segment] = []
    source = _same_length(text)
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    _PARSER.block.parse(source, _PARSER, env, tokens)
    kinds = ["paragraph"]
    for token in tokens:
        if token.type in _KINDS:
            kinds.append(_KINDS[token.type] or kinds[-1])
        elif token.type in _ENDS:
            kinds.pop()
        elif token.type == "inline" and "lines" in token.meta:
            builder = Builder(text)
            md_inline.fill(builder, source, token.meta["lines"], _PARSER, env, lang)
            segment = builder.build(kinds[-1])
            if segment is not None:
                found.append(segment)
        elif token.type == "html_block" and token.meta:
            found += html.segments(text, *token.meta["span"], lang=lang)
    return Document(
        text=text,
        segments=tuple(found),
        format="markdown",
        name=name,
        escape=md_inline.escape,
        fragile=True,
    )


_KINDS = {
    "heading_open": "heading",
    "list_item_open": "item",
    "th_open": "cell",
    "td_open": "cell",
    "blockquote_open": "paragraph",
    "note_open": "paragraph",
}
_ENDS = frozenset(kind.replace("_open", "_close") for kind in _KINDS)


def _same_length(text: str) -> str:
    """The text as markdown-it wants it, every character still in its place."""
    source = _VISIBLE_CONTROL.sub(
        lambda match: " \n" if len(match[0]) == 2 else "\n" if match[0] == "\r" else "\ufffd", text
    )
    front = _FRONT_MATTER.match(source)
    if front is not None:
        source = re.sub(r"[^\n]", " ", front[0]) + source[front.end() :]
    return source


def _located(rule: Any) -> Any:
    """A block rule that leaves the places of its lines in the tokens it makes.

    The marks of the state are right only now: a quote or list that holds the block moves them
    behind its own marks and puts them back later.
    """

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            for token in state.tokens[before:]:
                if token.type == "inline" and token.map:
                    token.meta["lines"] = _lines(state, token)
            if rule is table:
                _place_cells(state, before)
        return True

    return run


def _lines(state: StateBlock, token: Token) -> list[Line] | None:
    first, last = token.map or (0, 0)
    lines = [
        (state.bMarks[line] + state.tShift[line], state.eMarks[line]) for line in range(first, last)
    ]
    start, end = lines[0]
    head = state.src[start:end]
    if token.markup == "" and head.startswith("#") and len(lines) == 1:
        marks = len(head) - len(head.lstrip("#"))
        if head[marks:].lstrip(" \t").startswith(token.content) and not head.startswith(
            token.content
        ):
            start += len(head) - len(head[marks:].lstrip(" \t"))
            return [(start, start + len(token.content))]
    mark = _TASK.match(state.src, start, end) or _ALERT.match(state.src, start, end)
    if mark is not None:
        lines[0] = (mark.end(), end)
    return lines


def _place_cells(state: StateBlock, before: int) -> None:
    """Cells have no places of their own: split the row where the table rule does."""
    row: Iterator[Line] = iter(())
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            start = state.bMarks[line] + state.tShift[line]
            row = _cells(state.src, start, state.eMarks[line])
        elif token.type == "inline":
            cell = next(row, None)
            if cell is None:
                token.meta.pop("lines", None)  # a row shorter than its table
            else:
                token.meta["lines"] = [cell]


def _cells(source: str, start: int, end: int) -> Iterator[Line]:
    while end > start and source[end - 1] in " \t":
        end -= 1
    if source.startswith("|", start, end):
        start += 1
    while start < end:
        match = _CELL.match(source, start, end)
        stop = match.end() if match else end
        cell = source[start:stop]
        left = start + len(cell) - len(cell.lstrip(" \t"))
        yield left, max(left, start + len(cell.rstrip(" \t")))
        start = stop + 1


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[^1]: text``: what is indented by four below it belongs to it."""
    if state.is_code_block(start) or state.sCount[start] < state.blkIndent:
        return False
    at = state.bMarks[start] + state.tShift[start]
    match = _NOTE.match(state.src, at, state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    kept = (state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent)
    parent = state.parentType
    state.blkIndent += 4
    state.bMarks[start], state.tShift[start] = match.end(), 0
    state.sCount[start] = state.blkIndent
    state.parentType = "note"
    state.push("note_open", "", 1)
    if match.end() < state.eMarks[start]:
        state.md.block.tokenize(state, start, end)
    else:
        state.line = start + 1
    state.push("note_close", "", -1)
    state.parentType = parent
    state.bMarks[start], state.tShift[start], state.sCount[start], state.blkIndent = kept
    return True


def _html_block(rule: Any) -> Any:
    """Leaves the place of an HTML block that stands at the margin, free of quote marks."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent and state.level == 0:
            token = state.tokens[before]
            token.meta["span"] = (state.bMarks[start], state.eMarks[state.line - 1])
        return True

    return run


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    ruler = parser.block.ruler
    # What else a rule ends is said again: naming a rule anew would forget it.
    ruler.at("table", _located(table), {"alt": ["paragraph", "reference"]})
    ending: list[str] = ["paragraph", "reference", "blockquote"]
    ruler.at("html_block", _html_block(html_block), {"alt": ending})
    ruler.at("heading", _located(heading), {"alt": ending})
    ruler.at("lheading", _located(lheading))
    ruler.at("paragraph", _located(paragraph))
    ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    md_inline.install(parser)
    return parser


_PARSER = _parser()

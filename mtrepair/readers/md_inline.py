"""What of a Markdown paragraph a reader sees, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it import rules_inline as rules
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mtrepair.readers import html, markup
from mtrepair.readers.builder import Builder

# Pandoc's rule for formulas: no blank inside the dollars, no digit after them, so that "5 $ et
# 6 $" is money. So that "5$, 6$" is too, a formula starts with a letter, digit or opening mark.
# https://pandoc.org/MANUAL.html#math
_MATH = re.compile(r"\$\$[^$]+\$\$|\$(?=[\w\\({\[|+-])(?:[^$\\]|\\.)*(?<![\s\\])\$(?!\d)", re.S)
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,200}\]")
_TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}")
_ATTRIBUTES = re.compile(r"\{[#.:][^{}\n]*\}")


class Mark(NamedTuple):
    """A stretch of the content that is not simply seen as it is written.

    ``kind`` is ``gap`` (not seen), ``object``, ``unit`` (``seen`` stands there), ``break`` (a
    line ends there) or ``tag``.
    """

    start: int
    end: int
    kind: str
    seen: str = ""


class _State(StateInline):
    """An inline state that remembers where links and marks stand."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.marks: list[Mark] = []
        self.delimiters_at: list[tuple[Token, int, int]] = []

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype == "link_close":
            token.meta["at"] = self.pos
        return token


def fill(
    builder: Builder,
    source: str,
    lines: Sequence[tuple[int, int]],
    parser: MarkdownIt,
    env: dict[str, Any],
    lang: str,
) -> None:
    """Show the builder what a reader sees of a block.

    Args:
        source: the whole file, line breaks made LF without moving anything.
        lines: where the content of the block's lines stands in it.
        env: what the block parser found out, the link definitions among it.
    """
    starts: list[int] = []
    at = 0
    for start, end in lines:
        starts.append(at)
        at += end - start + 1
    content = "\n".join(source[start:end] for start, end in lines).rstrip(" \t\n")

    def place(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        return lines[line][0] + offset - starts[line]

    seen = 0
    for mark in _resolve(_marks(content, parser, env), content, lang):
        first = mark.start
        if mark.kind == "break":  # blanks at the end of a line are part of its break
            while first > seen and content[first - 1] in " \t":
                first -= 1
        if seen < first:
            builder.show(place(seen), place(first - 1) + 1)
        start, end = place(first), place(mark.end - 1) + 1
        if mark.kind == "object":
            builder.hide(start, end)
        elif mark.kind == "break":
            # Up to the next line's first letter: its quote marks and indent go with the break.
            end = max(end, place(mark.end)) if mark.end < len(content) else end
            builder.unit(start, end, "\n")
        elif mark.kind == "unit":
            builder.unit(start, end, mark.seen)
        seen = mark.end
    if seen < len(content):
        builder.show(place(seen), place(len(content) - 1) + 1)


def escape(text: str) -> str:
    """``text`` as Markdown writes it where it could be taken for a mark."""
    return re.sub(r"[\\`*\[\]<|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)", r"\\\g<0>", text)


def install(parser: MarkdownIt) -> None:
    """Make the parser's inline rules write down where they stood, and add our own."""
    ruler = parser.inline.ruler
    ruler.at("backticks", _noting(rules.backtick, _object))
    ruler.at("autolink", _noting(rules.autolink, _object))
    ruler.at("image", _noting(rules.image, _object))
    ruler.at("html_inline", _noting(rules.html_inline, _tag))
    ruler.at("entity", _noting(rules.entity, _unit))
    ruler.at("escape", _noting(rules.escape, _unit))
    ruler.at("newline", _noting(rules.newline, _break))
    ruler.at("link", _noting(rules.link, _link))
    ruler.at("emphasis", _noting(rules.emphasis.tokenize, _delimiters))
    ruler.at("strikethrough", _noting(rules.strikethrough.tokenize, _delimiters))
    ruler.before("escape", "math", _matching(_MATH, "$", "object"))
    ruler.before("link", "note_mark", _matching(_NOTE, "[", "gap"))
    ruler.before("link", "template", _matching(_TEMPLATE, "{", "object"))
    ruler.before("link", "attributes", _matching(_ATTRIBUTES, "{", "gap"))
    parser.disable("fragments_join")  # it would melt the delimiters into the text around them


def _marks(content: str, parser: MarkdownIt, env: dict[str, Any]) -> list[Mark]:
    state = _State(content, parser, env, [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    for token, start, end in state.delimiters_at:
        if token.type != "text" or not token.content:
            state.marks.append(Mark(start, end, "gap"))
    state.marks.sort(key=lambda mark: (mark.start, -mark.end))
    return state.marks


def _resolve(marks: Sequence[Mark], content: str, lang: str) -> list[Mark]:
    """Tags as gaps, and elements that hold no prose as one object."""
    tags = [
        token._replace(start=index)
        for index, mark in enumerate(marks)
        if mark.kind == "tag"
        for token in list(markup.tokens(content, mark.start, mark.end))[:1]
    ]
    closings = {tags[a].start: tags[b].start for a, b in html.closings(tags).items()}
    opened = {tag.start: tag for tag in tags if tag.kind == "open"}
    result: list[Mark] = []
    until = 0
    for index, mark in enumerate(marks):
        if mark.start < until:
            continue
        tag = opened.get(index)
        if mark.kind != "tag":
            result.append(mark)
            until = mark.end
        elif tag is not None and tag.name == "br":
            result.append(Mark(mark.start, mark.end, "unit", "\n"))
        elif tag is not None and tag.name in html.OBJECTS:
            result.append(Mark(mark.start, mark.end, "object"))
        elif tag is not None and index in closings and html.untouched(tag, lang):
            until = marks[closings[index]].end
            result.append(Mark(mark.start, until, "object"))
        else:
            result.append(Mark(mark.start, mark.end, "gap"))
    return result


Rule = Callable[[StateInline, bool], bool]
Note = Callable[[_State, int, int], None]


def _noting(rule: Rule, note: Note) -> Rule:
    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        # The text of an image is parsed with a state of its own; it is not seen.
        if not silent and isinstance(state, _State):
            note(state, start, before)
        return True

    return run


def _object(state: _State, start: int, before: int) -> None:
    if any(token.type != "text" for token in state.tokens[before:]):  # else an unpaired backtick
        state.marks.append(Mark(start, state.pos, "object"))


def _tag(state: _State, start: int, before: int) -> None:  # noqa: ARG001
    state.marks.append(Mark(start, state.pos, "tag"))


def _unit(state: _State, start: int, before: int) -> None:
    if len(state.tokens) == before:
        return  # no entity after all
    token = state.tokens[-1]
    if token.type == "hardbreak":
        state.marks.append(Mark(start, state.pos, "break"))
    elif token.type == "text_special" and token.content != token.markup:
        state.marks.append(Mark(start, state.pos, "unit", token.content))


def _break(state: _State, start: int, before: int) -> None:  # noqa: ARG001
    state.marks.append(Mark(start, state.pos, "break"))


def _link(state: _State, start: int, before: int) -> None:  # noqa: ARG001
    closing = state.tokens[-1].meta["at"]
    if state.src[closing : state.pos] in ("]", "][]"):  # the text is the name of its target too
        state.marks.append(Mark(start, state.pos, "object"))
        return
    state.marks.append(Mark(start, start + 1, "gap"))
    state.marks.append(Mark(closing, state.pos, "gap"))


def _delimiters(state: _State, start: int, before: int) -> None:  # noqa: ARG001
    end = state.pos
    for token in reversed(state.tokens):
        if end <= start:
            break
        state.delimiters_at.append((token, end - len(token.content), end))
        end -= len(token.content)


def _matching(pattern: re.Pattern[str], first: str, kind: str) -> Rule:
    def run(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != first:
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent and isinstance(state, _State):
            state.push("object", "", 0)
            state.marks.append(Mark(match.start(), match.end(), kind))
        state.pos = match.end()
        return True

    return run

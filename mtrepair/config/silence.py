"""Comments in Markdown and HTML that say: a person has looked at this.

    <!-- mtrepair: ignore[doubled-word] a quotation -->      the paragraph it stands in, or the next
    <!-- mtrepair: ignore-start[names] --> … <!-- mtrepair: ignore-end -->
    <!-- mtrepair: ignore-file[typography] set by the printer -->

The brackets hold rules or groups, or ``all``; what follows them is the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mtrepair.config.load import nearest
from mtrepair.core import Document, LineIndex, Span
from mtrepair.readers import markup
from mtrepair.rules import known_rules

FORMATS = ("markdown", "html")
FORMS = ("ignore", "ignore-start", "ignore-end", "ignore-file")

_COMMENT = re.compile(r"<!--\s*mtrepair\s*:\s*(.*?)-->", re.S)
_DIRECTIVE = re.compile(r"([\w-]+)\s*(?:\[([^\]]*)\])?\s*(.*)", re.S)
# Between the words of a paragraph and a comment that still belongs to it.
_SAME_BLOCK = {
    "markdown": re.compile(r"[^\n<]*"),
    "html": re.compile(
        r"(?:\s|</?(?:a|b|i|u|em|strong|span|small|sup|sub|cite|q|abbr|mark)\b[^>]*>)*"
    ),
}


@dataclass(slots=True)
class Silence:
    """One silencing comment.

    Attributes:
        rules: the names of the rules it silences.
        span: the part of the document in which it does.
        line: where it stands, from 1.
        used: whether a finding of this run was silenced by it.
    """

    rules: frozenset[str]
    span: Span
    reason: str
    line: int
    label: str
    used: bool = field(default=False)


def silences(document: Document) -> tuple[list[Silence], list[str]]:
    """The silences of a document, and what is wrong with its comments (``line 12: …``)."""
    if document.format not in FORMATS or "mtrepair" not in document.text:
        return [], []
    found: list[Silence] = []
    problems: list[str] = []
    waiting: list[tuple[frozenset[str], int, str, int, str]] = []
    lines = LineIndex(document.text)
    extents = sorted(
        Span(s.runs[0].start, s.runs[-1].start + s.runs[-1].width) for s in document.segments
    )
    for start, end in _comments(document):
        line = lines.position(start)[0]
        match = _COMMENT.match(document.text, start, end)
        if match is None:
            continue
        directive = _DIRECTIVE.match(match[1].strip())
        form = directive[1] if directive else ""
        if directive is None or form not in FORMS:
            problems.append(
                f"line {line}: unknown comment 'mtrepair: {form}'{nearest(form, FORMS)}"
            )
            continue
        if form == "ignore-end":
            if not waiting:
                problems.append(f"line {line}: ignore-end without its ignore-start")
                continue
            rules, begin, reason, first, label = waiting.pop()
            found.append(Silence(rules, Span(begin, start), reason, first, label))
            continue
        rules, wrong = _rules(directive[2])
        problems += [f"line {line}: {text}" for text in wrong]
        if not rules:
            continue
        reason = " ".join(directive[3].split())
        label = f"{form}[{directive[2].strip()}]"
        if form == "ignore-start":
            waiting.append((rules, end, reason, line, label))
        elif form == "ignore-file":
            found.append(Silence(rules, Span(0, len(document.text)), reason, line, label))
        else:
            span = _scope(document, extents, start, end)
            found.append(Silence(rules, span, reason, line, label))
    for rules, begin, reason, line, label in waiting:
        problems.append(
            f"line {line}: {label} has no ignore-end; it reaches to the end of the file"
        )
        found.append(Silence(rules, Span(begin, len(document.text)), reason, line, label))
    return found, problems


def _rules(names: str | None) -> tuple[frozenset[str], list[str]]:
    if names is None or not names.strip():
        return frozenset(), ["name what to ignore: ignore[rule], or ignore[all]"]
    known = known_rules()
    groups: dict[str, set[str]] = {"all": set(known)}
    for rule in known.values():
        groups.setdefault(rule.info.group, set()).add(rule.name)
    found: set[str] = set()
    wrong: list[str] = []
    for name in (part.strip() for part in names.split(",")):
        if name in known:
            found.add(name)
        elif name in groups:
            found |= groups[name]
        else:
            wrong.append(f"unknown rule or group '{name}'{nearest(name, [*known, *groups])}")
    return frozenset(found), wrong


def _scope(document: Document, extents: Sequence[Span], start: int, end: int) -> Span:
    """The paragraph that a comment stands in or directly behind, else the next one."""
    index = bisect_right(extents, start, key=lambda extent: extent.start)
    if index:
        last = extents[index - 1]
        if start < last.end:
            return last
        gap = _SAME_BLOCK[document.format]
        if gap.fullmatch(document.text, last.end, start):
            return last
    return extents[index] if index < len(extents) else Span(end, end)


class Index:
    """The silences of a document by rule, so that a finding need not be held against them all."""

    def __init__(self, found: Sequence[Silence]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._furthest: dict[str, list[Silence]] = {}
        for silence in sorted(found, key=lambda one: one.span.start):
            if not len(silence.span):
                continue  # nothing follows the comment
            for rule in silence.rules:
                furthest = self._furthest.setdefault(rule, [])
                # Of those that start no later: the one that reaches furthest.
                reaches = not furthest or silence.span.end > furthest[-1].span.end
                furthest.append(silence if reaches else furthest[-1])
                self._starts.setdefault(rule, []).append(silence.span.start)

    def find(self, rule: str, span: Span) -> Silence | None:
        """A silence of the rule that touches a span of the document, or None."""
        index = bisect_right(self._starts.get(rule, []), max(span.start, span.end - 1))
        if not index:
            return None
        silence = self._furthest[rule][index - 1]
        touches = silence.span.overlap(span) or silence.span.covers(span)
        return silence if touches else None


def _comments(document: Document) -> Iterator[tuple[int, int]]:
    """Where comments stand that are comments: not in code, scripts or attributes."""
    text = document.text
    if document.format == "html":
        for token in markup.tokens(text):
            if token.kind == "hidden" and text.startswith("<!--", token.start):
                yield token.start, token.end
        return
    code = _code_lines(text)
    in_code = {line for first, last in code for line in range(first, last + 1)}
    lines = LineIndex(text)
    visible = sorted(
        (run.start, run.start + run.width) for s in document.segments for run in s.runs
    )
    at = 0
    for match in _COMMENT.finditer(text):
        start, end = match.span()
        line = lines.position(start)[0]
        while at < len(visible) and visible[at][1] <= start:
            at += 1
        in_code_span = at < len(visible) and visible[at][0] <= start
        if not in_code_span and line not in in_code:
            yield start, end


def _code_lines(text: str) -> list[tuple[int, int]]:
    """The lines (from 1, both ends in) of code blocks of a Markdown text."""
    from markdown_it import MarkdownIt  # only where there is a silencing comment

    parser = MarkdownIt("commonmark")
    return [
        (token.map[0] + 1, token.map[1])
        for token in parser.parse(text)
        if token.type in ("fence", "code_block") and token.map
    ]

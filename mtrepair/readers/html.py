"""HTML: every block of text is a segment; tags stay where they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as escaped
from html import unescape

from mtrepair.core import Document, Segment
from mtrepair.readers import markup
from mtrepair.readers.builder import Builder
from mtrepair.readers.markup import Token


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd", "option"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "title": "title",
}
_PASS_ON = frozenset({"p", "div", "center"})
"""Blocks that say nothing about what they hold: a paragraph in a list item is an item."""

_BLOCKS = (
    frozenset(_KINDS)
    | _PASS_ON
    | _names(
        "address article aside audio blockquote body button canvas caption col colgroup details"
        " dialog dir dl fieldset figcaption figure footer form frame frameset head header hgroup hr"
        " html iframe legend main menu nav noscript object ol optgroup pre search section select"
        " summary table tbody template textarea tfoot thead tr ul video"
    )
)
_VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
_UNTOUCHED = _names("code kbd samp var tt pre svg math template listing plaintext")
"""Elements whose text is not prose (raw ones, such as scripts, hold no text tokens at all)."""

OBJECTS = frozenset({"img", "input", "embed"})

_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
# The look-behind keeps a long run of blanks from being tried at each of them.
_BREAK = re.compile(r"(?<![ \t])[ \t]*(\r\n|\r|\n)\s*")
_PART = re.compile(f"{_ENTITY.pattern}|{_BREAK.pattern}")
_NOTE_MARK = re.compile(r"[\s\d\[\]().,;*†‡§-]*")


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:
    """The blocks of an HTML file.

    Block elements begin a segment; inline tags are gaps in one. Elements that hold no prose
    (code, formulas, scripts), and those marked ``translate="no"``, ``class="notranslate"`` or
    with another language than ``lang``, are left out; inside a line they stand as objects. The
    language of the whole page is not believed: a translated page often keeps the original's.
    """
    found = segments(text, lang=lang)
    return Document(text=text, segments=tuple(found), format="html", name=name, escape=escape)


def escape(text: str) -> str:
    """``text`` as HTML writes it."""
    return escaped(text, quote=False)


def segments(
    text: str, start: int = 0, end: int | None = None, *, lang: str = "fr"
) -> list[Segment]:
    """The segments of ``[start, end)`` of a document."""
    stream = list(markup.tokens(text, start, end))
    pairs = closings(stream)
    reader = _Reader(text)
    index = 0
    while index < len(stream):
        token = stream[index]
        closing = pairs.get(index)
        if token.kind == "text":
            reader.text(token.start, token.end)
        elif token.kind == "open":
            if untouched(token, lang) and (closing is not None or token.name in _VOID):
                last = stream[closing] if closing is not None else token
                reader.skip(token.name, token.start, last.end)
                index = index + 1 if closing is None else closing + 1
                continue
            if token.name == "sup" and closing and _is_note_mark(text, stream[index:closing]):
                index = closing + 1
                continue
            reader.open(token)
        elif token.kind == "close":
            reader.close(token.name)
        index += 1
    reader.flush()
    return reader.segments


def untouched(token: Token, lang: str) -> bool:
    """Whether an element is one that no rule may look into."""
    if token.empty and token.name not in _VOID:
        return False
    if token.name in _UNTOUCHED:
        return True
    attributes = token.attributes
    if not attributes or token.name in ("html", "body"):
        return False
    if attributes.get("translate", "").lower() == "no":
        return True
    if "notranslate" in attributes.get("class", "").split():
        return True
    language = attributes.get("lang") or attributes.get("xml:lang") or lang
    return re.split("[-_]", language.strip().lower())[0] != lang


def closings(stream: Sequence[Token]) -> dict[int, int]:
    """For each opening tag that is closed: the index of its closing one."""
    waiting: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for index, token in enumerate(stream):
        if token.kind == "open" and token.name not in _VOID:
            waiting.setdefault(token.name, []).append(index)
        elif token.kind == "close" and waiting.get(token.name):
            pairs[waiting[token.name].pop()] = index
    return pairs


def _is_note_mark(text: str, stream: Sequence[Token]) -> bool:
    """Whether a raised element holds the number of a note, not letters as in ``1<sup>er``."""
    seen = [text[token.start : token.end] for token in stream[:8] if token.kind == "text"]
    return len(stream) <= 8 and all(_NOTE_MARK.fullmatch(part) for part in seen)


class _Reader:
    def __init__(self, text: str) -> None:
        self.segments: list[Segment] = []
        self._document = text
        self._builder = Builder(text)
        self._open: list[tuple[str, str]] = []  # block elements with the kind of what they hold
        self._count: dict[str, int] = {}

    def text(self, start: int, end: int) -> None:
        """Visible text; entities and line breaks with their indent are units."""
        at = start
        for match in _PART.finditer(self._document, start, end):
            whole = match[0]
            seen = match[1] if match[1] is not None else unescape(whole)
            if seen == whole:
                continue
            self._builder.show(at, match.start())
            self._builder.unit(match.start(), match.end(), seen)
            at = match.end()
        self._builder.show(at, end)

    def skip(self, name: str, start: int, end: int) -> None:
        """An element that no rule may look into."""
        if name in _BLOCKS:
            self.flush()
        else:
            self._builder.hide(start, end)

    def open(self, token: Token) -> None:
        name = token.name
        if name == "br":
            self._builder.unit(token.start, token.end, "\n")
        elif name in OBJECTS:
            self._builder.hide(token.start, token.end)
        elif name in _BLOCKS:
            self.flush()
            if name not in _VOID:
                outer = self._open[-1][1] if self._open else "paragraph"
                kind = _KINDS.get(name, outer if name in _PASS_ON else "paragraph")
                self._open.append((name, kind))
                self._count[name] = self._count.get(name, 0) + 1

    def close(self, name: str) -> None:
        if name not in _BLOCKS:
            return
        self.flush()
        if self._count.get(name):
            while True:  # what was left open inside ends here too
                inner, _ = self._open.pop()
                self._count[inner] -= 1
                if inner == name:
                    break

    def flush(self) -> None:
        segment = self._builder.build(self._open[-1][1] if self._open else "paragraph")
        if segment is not None:
            self.segments.append(segment)
        self._builder = Builder(self._document)

"""Where the tags, comments and stretches of text of an HTML file stand.

A tokenizer of our own, because the standard library's one reads malformed files differently from
one Python to the next and takes quadratic time for some of them. It follows the states of
https://html.spec.whatwg.org/multipage/parsing.html#tokenization as far as positions need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_BEFORE_ATTRIBUTE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*)(?:\s*=\s*(?:([\"'])|([^\s>]*)))?")

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content holds no tags; it ends at their own end tag."""

_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


class Token(NamedTuple):
    """A stretch ``[start, end)`` of the file.

    Attributes:
        kind: ``text``, ``open``, ``close``, or ``hidden`` for what no reader sees.
        name: the tag's name in small letters.
        attributes: the value of each attribute by its name in small letters, as it is written.
        empty: whether the tag is written as one without content (``<br/>``).
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] | None = None
    empty: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of ``[start, end)``, from left to right and without a hole; never fails.

    Takes time linear in the length: nothing is looked at twice because something is left open.
    """
    limit = len(text) if end is None else end
    at = shown = start
    while True:
        at = text.find("<", at, limit)
        if at < 0:
            break
        token = _markup(text, at, limit)
        if token is None:  # a "<" that opens nothing is text
            at += 1
            continue
        if shown < at:
            yield Token("text", shown, at)
        yield token
        at = shown = token.end
        if token.kind == "open" and token.name in RAW:
            closing = _RAW_END[token.name].search(text, at, limit)
            at = closing.start() if closing else limit
            if shown < at:
                yield Token("text" if token.name == "title" else "hidden", shown, at)
            shown = at
    if shown < limit:
        yield Token("text", shown, limit)


def _markup(text: str, at: int, limit: int) -> Token | None:
    following = text[at + 1 : at + 2] if at + 1 < limit else ""
    if following.isascii() and following.isalpha():
        return _tag(text, at, at + 1, limit, "open")
    if following == "/":
        after = text[at + 2 : at + 3] if at + 2 < limit else ""
        if after.isascii() and after.isalpha():
            return _tag(text, at, at + 2, limit, "close")
        return Token("hidden", at, _after(text, ">", at + 2, limit)) if after else None
    if following == "!":
        if text.startswith("<!--", at):
            if text.startswith((">", "->"), at + 4):
                return Token("hidden", at, _after(text, ">", at + 4, limit))
            return Token("hidden", at, _after(text, "-->", at + 4, limit))
        if text.startswith("<![CDATA[", at):
            return Token("hidden", at, _after(text, "]]>", at + 9, limit))
        return Token("hidden", at, _after(text, ">", at + 2, limit))
    if following == "?":
        ending = "?>" if text.startswith(("<?php", "<?=", "<?xml"), at) else ">"
        return Token("hidden", at, _after(text, ending, at + 2, limit))
    return None


def _after(text: str, ending: str, at: int, limit: int) -> int:
    """Behind the next ``ending``; what is never closed reaches to the end, as in browsers."""
    found = text.find(ending, at, limit)
    return limit if found < 0 else found + len(ending)


def _tag(text: str, start: int, at: int, limit: int, kind: str) -> Token:
    match = _NAME.match(text, at, limit)
    if match is None:
        return Token("hidden", start, limit)
    name, at = match[0].lower(), match.end()
    attributes: dict[str, str] = {}
    while True:
        gap = _BEFORE_ATTRIBUTE.match(text, at, limit)
        at = gap.end() if gap else at
        if at >= limit:
            return Token("hidden", start, limit)
        if text[at] == ">":
            empty = text[at - 1] == "/"
            return Token(kind, start, at + 1, name, attributes, empty)
        match = _ATTRIBUTE.match(text, at, limit)
        if match is None:
            return Token("hidden", start, limit)
        at = match.end()
        value = match[3] or ""
        if match[2]:
            closing = text.find(match[2], at, limit)
            if closing < 0:
                return Token("hidden", start, limit)
            value, at = text[at:closing], closing + 1
        attributes.setdefault(match[1].lower(), value)

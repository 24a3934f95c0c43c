"""Sentences, by their marks."""

from __future__ import annotations

import re
from collections.abc import Container

from mtrepair.core import Span

_END = re.compile(r"(?:[.!?…]+|\n)(?:[\s]*[»”\")\]])*(?=\s|$)")
_BEFORE = re.compile(r"[\w.\-]+\Z")


def sentences(text: str, abbreviations: Container[str]) -> list[Span]:
    """The sentences of a text, without the white space around them.

    A mark ends a sentence unless it belongs to an abbreviation or an initial, or the next word
    starts in lower case.

    Args:
        abbreviations: in lower case, without their last full stop.
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, match, abbreviations):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, match: re.Match[str], abbreviations: Container[str]) -> bool:
    if match[0][0] == "\n":
        return False
    rest = text[match.end() : match.end() + 40].lstrip()
    first = rest.lstrip('«“"([ \u00a0\u202f—–-')[:1]
    if first.islower():
        return False
    if match[0].startswith(".") and not match[0].startswith(".."):
        word = _BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        if word and (word[0].lower() in abbreviations or re.fullmatch(r"[A-ZÉ]", word[0])):
            return not rest
    return True


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    if length:
        found.append(Span(start + left, start + left + length))

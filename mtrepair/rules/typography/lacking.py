"""Where a space lacks behind a mark, a number or a title; ``wrong_space.py`` reports them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtrepair.core import Span
from mtrepair.languages import Language


class Lack(NamedTuple):
    """Where a space lacks, what to say of it, and what should stand there."""

    span: Span
    says: str
    text: str


_MONTHS = """janvier février mars avril mai juin juillet août septembre octobre novembre
    décembre"""
_COUNTABLE = """million milliard millier euro dollar personne année an mois heure minute jour
    semaine kilomètre mètre tonne hectare habitant salarié emploi employé point exemplaire place
    élève siège but match"""
_AFTER_FIGURE = re.compile(
    r"(?<![\w.,/-])(?:\d+[.,])?\d+(?=(?:(?:"
    + "|".join(_COUNTABLE.split())
    + ")s?|"
    + "|".join(_MONTHS.split())
    + r")\b)"
)
_PERCENT = re.compile(r"(?<=\d)([ \u00a0\u202f]?%)(?=[a-zà-ÿ]{2})")
_FIGURE_COMMA = re.compile(
    r"(?<=\d),(?=(?:les?|la|une?|ils?|elles?|on|et|mais|soit|ce|cette|en|dont|qui|puis|avec)\b"
    r"|[ldcn]['’])"
)
_TITLE = re.compile(r"\b(?:M|MM|Dr|Pr)\.(?=[A-ZÀ-ÞŒ][a-zß-ÿœ]{2,}\b(?![.(_]))")
_MARK = re.compile(r"([^\W\d_]{2,})([;:…])([^\W\d_]{1,}['’]?)")
_QUOTE = re.compile(r"(?<=[^\W\d_])[ \u00a0\u202f]?[:,;](?=«[ \u00a0\u202f]?[^\W\d_])")
_STOP = re.compile(r"([^\W\d_]{3,})([ \u00a0]\.)([A-ZÀ-ÞŒ][a-zß-ÿœ]+['’]?)(?![\w.(=_-])")
_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&\w*$")


def lacking(text: str, language: Language) -> Iterator[Lack]:
    """Every place of a text where a space lacks."""
    if _DIGIT.search(text):
        yield from _figures(text)
    if language.code == "fr":
        for match in _TITLE.finditer(text) if "." in text else ():
            yield _behind(match.end() - 1, match.end(), text, "a title")
    for match in _QUOTE.finditer(text) if "«" in text else ():
        yield _behind(*match.span(), text, "a mark")
    if ";" in text or ":" in text or "…" in text:
        yield from _marks(text, language)
    for match in _STOP.finditer(text) if " ." in text else ():
        zipf = language.lexicon.zipf
        right = match[3].lower().rstrip("'’")
        if zipf(match[1].lower()) >= _KNOWN and zipf(right) >= _FREQUENT and len(match[3]) > 1:
            yield Lack(Span(*match.span(2)), "space before a full stop and none after it", ". ")


_KNOWN = 3.0
_FREQUENT = 4.5
_CLEAR = 5.5
"""Frequencies (zipf) of a word before a mark, and of those behind it. A colon also stands in codes
("module:fonction"), so the word behind one must be among the most frequent."""


def _behind(start: int, end: int, text: str, what: str) -> Lack:
    return Lack(Span(start, end), f"no space after {what}", text[start:end] + " ")


def _figures(text: str) -> Iterator[Lack]:
    for match in _AFTER_FIGURE.finditer(text):
        at = match.end()
        yield Lack(Span(at, at + 1), "no space after a number", "\u00a0" + text[at])
    for match in _PERCENT.finditer(text) if "%" in text else ():
        yield _behind(match.end() - 1, match.end(), text, "a percent sign")
    for match in _FIGURE_COMMA.finditer(text):
        yield _behind(*match.span(), text, "a comma")


def _marks(text: str, language: Language) -> Iterator[Lack]:
    zipf = language.lexicon.zipf
    for match in _MARK.finditer(text):
        left, mark, right = match.groups()
        elided = right[-1] in "'’"
        if mark == "…" and not right[0].isupper():
            continue  # "chant…ait", "bon…ben"
        least = _CLEAR if mark == ":" else _FREQUENT
        if zipf(left.lower()) < _KNOWN or (len(right) == 1 and right.lower() not in "àay"):
            continue
        if zipf(right.lower().rstrip("'’")) < least and not (elided and len(right) < 4):
            continue
        if right[0].isupper() and mark != "…":
            continue
        after = text[match.end() : match.end() + 1]
        if after in ("_", "(", "=", "/", ":", ";", "-") or _ENTITY.search(text, 0, match.end(1)):
            continue
        yield _behind(*match.span(2), text, "a mark")

"""A question or an exclamation without one of its two marks.

Why: Spanish opens with ¿ and ¡ what it closes with ? and !; English does not, and engines copy
English.

Examples:
    - Quién viene mañana[[?]] Nadie lo sabe.
    + ¿Quién viene mañana? Nadie lo sabe.
    - Llegamos ayer. Qué alegría[[!]]
    + Llegamos ayer. ¡Qué alegría!
    - [[¿]]Quién viene mañana.
    = Si llueve, ¿vendrás? ¡Claro!
    = ¿Qué has hecho! ¡¿Otra vez?!
    = Yahoo! fue fundada (?) en 1994 y 5! es 120.

Fix safety: the mark goes to the beginning of the sentence; a question may begin later in it.

Source: RAE & ASALE, Ortografía de la lengua española (2010), cap. III, § 3.4.9; that one sentence
may open with ¿ and close with !: ibid.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="unpaired-mark",
    group="typography",
    severity=Severity.MINOR,
    summary="a question or exclamation without ¿ or ¡, or without its end",
    priority=Priority.TYPOGRAPHY,
)

_MARK = re.compile(r"[¿¡]+|[?!]+")
_OPENING = {"?": "¿", "!": "¡"}
_CODE = re.compile(r"[{}<>=\\|`]|\w\(|://|" + OBJECT)
_BEFORE = re.compile(r"[^\W\d_]{2,}[»”\")]?\Z")
_AFTER = re.compile(r"[»”\")\]]*(?:\s+[^a-záéíóúüñ]|\s*\Z)")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Marks that have no partner; a passage with code in it is left alone."""
    del context
    text = passage.text
    if not any(mark in text for mark in "¿¡?!") or _CODE.search(text):
        return
    opened = -1
    for match in _MARK.finditer(text):
        if match[0][0] in "¿¡":
            if opened >= 0:
                yield _finding(passage, opened, 1)
            opened = match.start()
        elif opened >= 0:
            opened = -1
        elif _closes(passage, match):
            yield _finding(passage, match.start(), len(match[0]))
    if opened >= 0 and text.rstrip()[-1:] == ".":  # else the question may go on elsewhere
        yield _finding(passage, opened, 1)


def _closes(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence of prose: no "(?)", no "Yahoo!", no factorial."""
    text = passage.text
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    if before is None or not _AFTER.match(text, match.end()):
        return False
    start = _sentence(passage, match.start())
    words = [word.strip('«“"(') for word in text[start : match.start()].split()]
    # A name may end in "!", and a title may be English: neither tells anything.
    return bool(words) and (len(words) == 1 or not words[-1][:1].isupper())


def _finding(passage: Passage, at: int, length: int) -> Finding:
    return passage.finding(
        RULE.name,
        Span(at, at + length),
        f"“{passage.text[at : at + length]}” has no partner",
        severity=RULE.severity,
    )


def _sentence(passage: Passage, at: int) -> int:
    """Where the sentence around a place begins, behind quotes and dashes."""
    place = bisect_right(passage.sentences, at, key=lambda sentence: sentence.start) - 1
    start = passage.sentences[place].start if place >= 0 else 0
    while start < at and not passage.text[start].isalnum():
        start += 1
    return start


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The opening mark at the beginning of the sentence."""
    del context
    mark = _OPENING.get(passage.text[finding.span.start])
    if mark is not None:
        start = _sentence(passage, finding.span.start)
        yield Proposal(
            finding=finding,
            edits=(Edit(span=Span(start, start), text=mark),),
            applicability=Applicability.SUGGESTED,
            origin="rule",
        )

"""One word in two pieces.

Why: engines build words from pieces and detokenising leaves a space between two of them; what
stands there is no word, and with its neighbour it is one.

Examples:
    - Le [[gouver nement]] a réagi.
    + Le gouvernement a réagi.
    - La [[produc tion]] a baissé.
    + La production a baissé.
    - Il vient [[aujourd' hui]].
    + Il vient aujourd'hui.
    - Les coûts pourraient [[encores']]alourdir cet hiver.
    + Les coûts pourraient encore s'alourdir cet hiver.
    = Il vit à Los Angeles et chante du rock and roll.
    = Le taux de la fed a baissé.

Fix safety: the space alone is removed; what comes out is a frequent word.

Source: read from real translations; frequencies from wordfreq.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names
from mtrepair.rules.offers import cut
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.surroundings import Surroundings

RULE = RuleInfo(
    name="split-word",
    group="words",
    severity=Severity.MAJOR,
    summary="one word in two pieces: “gouver nement”",
    priority=Priority.WORD,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_APOSTROPHE = re.compile(r"\b(?:[Aa]ujourd['’] hui|[Qq]uelqu['’] une?)\b")
_WHOLE = 3.0
"""How frequent the whole word is at least (zipf)."""
_PIECE = 2.5
"""How frequent a piece may be that no lexicon has: "gouver" is in no text."""
_LETTERS = 6


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Neighbours of which one is no word and both are one."""
    del context
    words, around = passage.words, None
    for left, right in pairwise(words):
        if not _pieces(left, right) or passage.text[left.end : right.start] != " ":
            continue
        around = around or Surroundings(passage)
        if around.in_code(left) or around.in_code(right) or around.in_quotes(left):
            continue
        yield _finding(passage, left.start, right.end, right.start - 1)
    alone = not passage.vocabulary.isdisjoint(("'", "’"))  # elided words have their own
    tokens = passage.tokens if alone else []
    for word, mark, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if mark.text not in ("'", "’") or not word.end == mark.start == after.start - 1:
            continue
        if after.kind == "word" and _glued_elision(word.low):
            span = Span(word.start, mark.end)
            yield passage.finding(
                RULE.name,
                span,
                f"“{span.of(passage.text)}” is two words",
                severity=RULE.severity,
                confidence=0.9,
                evidence={"glued": True},
            )
    for match in _APOSTROPHE.finditer(passage.text):
        yield _finding(passage, *match.span(), match.start() + match[0].index(" "))


@lru_cache(maxsize=4096)
def _glued_elision(word: str) -> bool:
    """Whether a word ran into the elided one behind it: "encores'alourdir"."""
    lexicon = Lexicon.load()
    if len(word) < _LETTERS - 1 or word[-1] not in "cdjlmnst" or word in lexicon:
        return False
    return word[:-1] in lexicon and lexicon.zipf(word[:-1]) >= _WHOLE


def _finding(passage: Passage, start: int, end: int, space: int) -> Finding:
    span = Span(start, end)
    whole = passage.text[start:space] + passage.text[space + 1 : end]
    return passage.finding(
        RULE.name,
        span,
        f"“{span.of(passage.text)}” is one word: “{whole}”",
        severity=RULE.severity,
        confidence=0.9,
        evidence={"space": space - start},
    )


def _pieces(left: Token, right: Token) -> bool:
    first, second = left.text, right.text
    if not (_no_word(left.low) or _no_word(right.low)):
        return False
    if not (second.islower() and second.isalpha() and first.isalpha()):
        return False
    if not (first.islower() or first.istitle()) or len(first) + len(second) < _LETTERS:
        return False
    lexicon = Lexicon.load()
    whole = left.low + second
    if whole not in lexicon or lexicon.zipf(whole) < _WHOLE:
        return False
    return not (first.istitle() and Names.load().flags(first))


@lru_cache(maxsize=65536)
def _no_word(word: str) -> bool:
    lexicon = Lexicon.load()
    return (
        len(word) > 1
        and word not in lexicon
        and lexicon.zipf(word) < _PIECE
        and lexicon.english_zipf(word) < _ENGLISH
    )


_ENGLISH = 4.0


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The word without the space."""
    del context
    if finding.evidence.get("glued"):
        text = finding.span.of(passage.text)
        apart = f"{text[:-2]} {text[-2:]}"
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=apart),),
            applicability=Applicability.SUGGESTED,
            origin="rule",
            score=1.0,
        )
        return
    at = finding.span.start + int(str(finding.evidence["space"]))
    yield from cut(finding, Span(at, at + 1))

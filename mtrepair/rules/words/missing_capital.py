"""A name or an acronym in lower case.

Why: engines that were trained on text without its capitals lose them, and those that put them back
afterwards do not know the names.

Examples:
    - Le congrès se tient en [[belgique]] cette année.
    + Le congrès se tient en Belgique cette année.
    - La dermatite atopique canine ([[dac]]) est une maladie de la peau.
    + La dermatite atopique canine (DAC) est une maladie de la peau.
    - Le vote est terminé. [[pas]] de résultat avant demain.
    + Le vote est terminé. Pas de résultat avant demain.
    = Un meuble en chine et un sac en jersey.
    = Le débit binaire (bps) et le type entier (int).
    = Voir p. ex. le chapitre trois, etc. puis la fin.

Countries, regions and cities count where the word is nothing else in French. Letters in brackets
count where the words before have them as their initials. In a document of sixty words and more
whose sentences have no capital but their first, and which has such a place or two unknown words in
brackets, codes ("df-1") and short words that no lexicon knows are reported too.

Fix safety: the word keeps its letters; whether a short word is an acronym is a guess.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Capitales"; MQM
(themqm.org), "Spelling: capitalization".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.lexicon import DATA, Lexicon
from mtrepair.languages.fr.names import Names
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import knowledge

RULE = RuleInfo(
    name="missing-capital",
    group="words",
    severity=Severity.MINOR,
    summary="a name or an acronym in lower case",
    priority=Priority.NAME,
    needs=frozenset({"lexicon"}),
)

_BEFORE_PLACE = frozenset("en au aux la le les l' de du des d' à et ou , (".split())
_ACRONYM = re.compile(r"\(([a-zà-ÿ]{2,6})\)")
_SMALL = frozenset(
    """de des du d l la le les et à au aux en un une par sur pour dans of the and for in to
    with""".split()
)
_BRACKETS = re.compile(r"\(([a-z]{2,6}(?:-[a-z]{2,6})?\d?)\)")
_CUT = re.compile(r"(?<=[a-zà-ÿ])\. (?=([a-zà-ÿ]{2,})\b(?![.’'-]))")
_CODE = re.compile(r"\b[a-z]{2,}\d[a-z\d]*\b|\b[a-z]{2,}-\d+\b(?!-)")
_LATIN = ("ella", "us", "xa", "soma", "ema", "bacter", "myces", "ia", "ium")
"""Endings of the names of genera and phyla, which have a capital."""
_LONG = 60
"""Words of a document in which no capital at all is evidence that they were lost."""
_NONE = 1
"""Different words with a capital inside a sentence that such a document may have all the same."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Places, acronyms in brackets, sentences that open in lower case, and codes."""
    text = passage.text
    around: Surroundings | None = None
    for i, token in enumerate(passage.words):
        if len(token.text) < 4 or not token.text.islower() or not _place(token.text):
            continue
        around = around or Surroundings(passage)
        if _stands_as_place(i, passage.words, around):
            yield _finding(passage, token.start, token.end, token.text.capitalize(), 0.9)
    both = not passage.vocabulary.isdisjoint(_BOTH)
    for i, token in enumerate(passage.words) if both else ():
        led = passage.words[i - 1].low if i else ""
        if token.text in _BOTH and ((led, token.text) in _NOTHING_ELSE or _placed(context)):
            around = around or Surroundings(passage)
            if _stands_as_place(i, passage.words, around):
                yield _finding(passage, token.start, token.end, token.text.capitalize(), 0.7)
    for match in _ACRONYM.finditer(text) if "(" in text else ():
        if _initials(match[1], text[: match.start()]):
            yield _finding(passage, *match.span(1), match[1].upper(), 0.8)
    for match in _CUT.finditer(text) if ". " in text else ():
        if _opens(text, match):
            word = match[1]
            yield _finding(passage, *match.span(1), word.capitalize(), 0.7)
    lost = _lowered(context)
    if lost is not None:
        yield from _unknown(passage, around or Surroundings(passage), lost)


_BOTH = frozenset("suède canada chine chili malte panama brésil guinée hollande jordanie".split())
"""Countries in lower case that are French words too."""
_NOTHING_ELSE = frozenset(
    (("au", "canada"), ("au", "brésil"), ("au", "chili"), ("en", "guinée"), ("en", "jordanie"))
)
"""What such a word is a country behind: nothing is made of it or like it."""


def _placed(context: Context) -> bool:
    """Whether the document has another place in lower case."""
    found = context.cache.get("missing-capital place")
    if not isinstance(found, bool):
        found = any(map(_has_place, context.passages))
        context.cache["missing-capital place"] = found
    return found


def _has_place(passage: Passage) -> bool:
    around: Surroundings | None = None
    for i, token in enumerate(passage.words):
        if len(token.text) > 3 and token.text.islower() and _place(token.text):
            around = around or Surroundings(passage)
            if _stands_as_place(i, passage.words, around):
                return True
    return False


def _lowered(context: Context) -> frozenset[str] | None:
    """The words in brackets of a document that has lost its capitals; None for any other one."""
    found = context.cache.get("missing-capital", False)
    if found is not False:
        assert found is None or isinstance(found, frozenset)
        return found
    lost = _lost(context.passages) if _without_capitals(context.passages) else None
    context.cache["missing-capital"] = lost
    return lost


def _without_capitals(passages: Sequence[Passage]) -> bool:
    """Whether no word inside its sentences has a capital, in a document that is long enough."""
    if sum(len(passage.words) for passage in passages) < _LONG:
        return False
    seen: set[str] = set()
    for passage in passages:
        starts = {span.start for span in passage.sentences}
        for token in passage.words:
            text = token.text
            if not text.islower() and len(text) > 1 and token.start not in starts:
                seen.add(text)
                if len(seen) > _NONE:
                    return False
    return True


def _lost(passages: Sequence[Passage]) -> frozenset[str] | None:
    """Short unknown words in brackets, where there are two, or a place in lower case; or None.

    A manual of programs has no capitals either, and many words that no lexicon knows.
    """
    brackets: set[str] = set()
    place = False
    for passage in passages:
        for match in _BRACKETS.finditer(passage.text) if "(" in passage.text else ():
            facts = knowledge(match[1])
            if not facts.french and not facts.derived and facts.english < 3.5:
                brackets.add(match[1])
        place = place or _has_place(passage)
    return frozenset(brackets) if place or len(brackets) > 1 else None


def _unknown(passage: Passage, around: Surroundings, brackets: frozenset[str]) -> Iterator[Finding]:
    """Codes and short unknown words, in a document without capitals."""
    text = passage.text
    for match in _CODE.finditer(text):
        if text[match.start() - 1 : match.start()] not in ("_", "/", "-", ".", "="):
            yield _finding(passage, *match.span(), match[0].upper(), 0.6)
    for token in passage.words:
        word = token.text
        if word in brackets:
            yield _finding(passage, token.start, token.end, word.upper(), 0.6)
            continue
        if len(word) < 3 or not word.islower() or not word.isalpha():
            continue
        genus = len(word) > 7
        if genus and not (word.isascii() and word.endswith(_LATIN)):
            continue
        if around.in_quotes(token):
            continue
        facts = knowledge(word)
        if facts.french or facts.derived or around.in_code(token) or _place(word):
            continue
        if facts.zipf < 3 and facts.english < 3.5:
            better = word.capitalize() if genus else word.upper()
            yield _finding(passage, token.start, token.end, better, 0.55)


def _finding(passage: Passage, start: int, end: int, better: str, confidence: float) -> Finding:
    return passage.finding(
        RULE.name,
        Span(start, end),
        f"“{passage.text[start:end]}” has lost its capital",
        severity=RULE.severity,
        confidence=confidence,
        evidence={"better": better},
    )


def _place(word: str) -> bool:
    """Whether a word in lower case is a country or a large city, and nothing else."""
    flags = Names.load().flags(word.capitalize())
    if "t" not in flags and "c" not in flags and word.capitalize() not in _exonyms():
        return False
    facts = knowledge(word)
    return not facts.french and facts.zipf >= 3.5


@lru_cache(maxsize=1)
def _exonyms() -> frozenset[str]:
    """Single words of exonyms.tsv: Angleterre, Londres, Afrique."""
    with (DATA / "exonyms.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["french"] for row in csv.DictReader(file, delimiter="\t"))


def _stands_as_place(i: int, words: Sequence[Token], around: Surroundings) -> bool:
    token = words[i]
    if around.in_code(token) or around.in_quotes(token) or not i:
        return False
    before = words[i - 1]
    gap = around.text[before.end : token.start]
    return before.low in _BEFORE_PLACE and gap in ("", " ", "\u00a0")


def _initials(letters: str, before: str) -> bool:
    """Whether the words at the end of ``before`` have these initials, small words left out."""
    if knowledge(letters).french or Lexicon.load().zipf(letters) >= 4:
        return False
    words = [w for w in re.findall(r"[^\W\d_]+", before[-200:].lower()) if w not in _SMALL]
    return len(letters) > 2 and [w[0] for w in words[-len(letters) :]] == list(letters)


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends before the match: no abbreviation, no list, no quoted mark."""
    left = re.search(r"[^\W\d_]+\Z", text[max(0, match.start() - 30) : match.start()])
    if left is None or len(left[0]) < 4 or text[match.end(1) : match.end(1) + 1] == "(":
        return False
    facts, opening = knowledge(left[0]), knowledge(match[1])
    if not opening.french or opening.zipf < max(3.5, opening.english):
        return False
    return facts.french and facts.zipf >= 3 and not left[0].endswith(("etc", "suiv", "env"))


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The same letters with their capitals."""
    del passage, context
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=str(finding.evidence["better"])),),
        applicability=Applicability.SUGGESTED,
        origin="lexicon",
    )

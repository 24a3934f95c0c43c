"""Which part of a source text each segment of its translation renders.

Sentences are aligned by dynamic programming over beads of 1-1, 1-2, 2-1, 2-2, 1-0 and 0-1
sentences (Gale & Church 1993), scored by length and by words that translate each other, as
Bleualign and Hunalign do (Varga et al. 2005): translations from the word dictionary, equal numbers
and equal names. The share of such words in a bead is its quality; a source that does not fit is
refused with a warning, because names and numbers "restored" from the wrong sentence would be worse
than none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mtrepair.core import Document
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.names import Names, plain
from mtrepair.languages.fr.sentences import sentences as french_sentences

GOOD = 0.2
"""A bead of this quality is one. Of the right pairs of parallel/dev/ntrex128 96 in 100 reach it, of
sentences paired at random 1 in 200 (tests/test_align.py keeps a sample of both)."""

FITTING = 0.7
"""Share of the translation that must stand in good beads before a source is used at all."""

# Gale & Church's costs, -100 log P(bead) in nats, on English-French parliament: 1-1 .89,
# 1-0 and 0-1 .0099 together, 2-1 and 1-2 .089, 2-2 .011.
_BEADS = {(1, 1): 0.1, (1, 2): 3.1, (2, 1): 3.1, (2, 2): 4.5, (1, 0): 5.3, (0, 1): 5.3}
_GROWTH = 1.15  # French code points for one of English
_VARIANCE = 6.8  # of the difference per code point (Gale & Church 1993)
_OVERLAP = 9.0  # weight of shared words against the length
_BAND = 30  # beads further than this from the diagonal are not tried

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Sen|Rep|Gov|Inc|Ltd|Co|Corp|Jr|Sr|vs|No|U\.S|U\.K|[A-Z])"
    r"\.[\"”’')\]]*$"
)
_ENGLISH = frozenset(
    """the of to and in a is that for it on was with as be by at this are from not but have an they
    which or his had he will has were their one you all would been we her more said if
    can""".split()
)
_OTHERS = frozenset(
    """le la les des du de un une et est dans que qui pour par sur pas au aux ce il elle el los las
    y en una del por con para se su es der die das und ist den dem ein eine nicht von zu mit il di
    che non per""".split()
)
"""Function words of French, Spanish, German and Italian that English lacks."""
_SHARED = frozenset(("a", "as", "on", "but", "or", "an"))
"""English function words that are words of French or Spanish too."""
_SENTENCE = 40
"""Words of a text of a sentence or two."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that render each other.

    Attributes:
        left: indices of source sentences.
        right: indices of translated sentences.
        quality: share of words that translate each other, 0 to 1.
    """

    left: range
    right: range
    quality: float


def source_sentences(text: str) -> list[str]:
    """The sentences of an English text; a line break ends one."""
    found: list[str] = []
    glued = ""
    start = 0
    for match in [*_END.finditer(text), None]:
        piece = text[start : match.start() if match else len(text)]
        start = match.end() if match else len(text)
        glued = f"{glued} {piece}".strip() if glued else piece.strip()
        if match and "\n" not in match[0] and _ABBREVIATION.search(glued):
            continue
        if glued:
            found.append(glued)
        glued = ""
    return found


def attach(document: Document, source: str) -> tuple[Document, tuple[str, ...]]:
    """The document with the source of each segment, and what the user should know.

    Args:
        document: the translation.
        source: the whole original; paragraphs need not agree in number.

    Returns:
        The document, its segments with ``source`` where a good bead says which; the same document
        without any source, and a warning, if the source does not fit it.
    """
    if not source.strip():
        return document, ("the source is empty; checked without it",)
    left = source_sentences(source)
    right: list[str] = []
    owner: list[int] = []
    for index, segment in enumerate(document.segments):
        for span in french_sentences(segment.text):
            right.append(span.of(segment.text))
            owner.append(index)
    if not right:
        return document, ()
    if not looks_english(source):
        return document, ("the source does not look like English; checked without it",)
    beads = align(left, right)
    # A sentence of nothing but a runaway loop is long; none counts for more than it should.
    weights = [min(len(text), 300) for text in right]
    fitting = sum(weights[j] for b in beads if b.left and b.quality >= GOOD for j in b.right)
    if fitting < FITTING * sum(weights):
        share = fitting / max(1, sum(weights))
        return document, (
            f"the source fits only {share:.0%} of the text (another text, order or part of it?); "
            "checked without it",
        )
    used = {i for b in beads if b.right and b.quality >= GOOD / 2 for i in b.left}
    weight = sum(len(text) for text in left)
    rendered = sum(len(left[i]) for i in used)
    warnings: tuple[str, ...] = ()
    if rendered < FITTING * weight:
        warnings = (f"the text renders only {rendered / weight:.0%} of the source",)
    parts: dict[int, list[str]] = {}
    spoilt: set[int] = set()
    for bead in beads:
        owners = {owner[j] for j in bead.right}
        if bead.left and (bead.quality < GOOD or len(owners) != 1):
            spoilt |= owners
            continue
        for index in owners:
            parts.setdefault(index, []).extend(left[i] for i in bead.left)
    segments = tuple(
        replace(segment, source=segment.source or " ".join(parts[index]))
        if parts.get(index) and index not in spoilt
        else segment
        for index, segment in enumerate(document.segments)
    )
    return replace(document, segments=segments), warnings


def looks_english(text: str) -> bool:
    """Whether enough of its words are English function words; short texts pass.

    A sentence may have few of them; then it is enough that it has more than of other languages'.
    """
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    english = sum(word in _ENGLISH for word in words)
    own = sum(word in _ENGLISH and word not in _SHARED for word in words)
    if len(words) < _SENTENCE and own > sum(word in _OTHERS for word in words):
        return True
    return len(words) < 12 or english >= 0.12 * len(words)


def align(left: Sequence[str], right: Sequence[str]) -> list[Bead]:
    """The best monotone beads of two lists of sentences.

    Linear in time: only beads near the diagonal are tried, at most ``_BAND`` sentences off it (more
    where the lists differ in length).
    """
    n, m = len(left), len(right)
    english = [_expanded(text) for text in left]
    french = [_content(text) for text in right]
    names = [_names(text) for text in left], [_names(text) for text in right]
    band = _BAND + abs(n - m)
    infinite = math.inf
    best: list[dict[int, tuple[float, tuple[int, int]]]] = [{} for _ in range(n + 1)]
    best[0][0] = (0.0, (0, 0))
    for i in range(n + 1):
        centre = i * m // max(1, n)
        for j in range(max(0, centre - band), min(m, centre + band) + 1):
            here = best[i].get(j)
            low, step = here if here is not None else (infinite, (0, 0))
            for (a, b), prior in _BEADS.items():
                if a > i or b > j or (a, b) == (0, 0):
                    continue
                came = best[i - a].get(j - b)
                if came is None:
                    continue
                cost = (
                    came[0] + prior + _cost(left, right, english, french, names, i - a, i, j - b, j)
                )
                if cost < low:
                    low, step = cost, (a, b)
            if low < infinite:
                best[i][j] = (low, step)
    beads: list[Bead] = []
    i, j = n, m
    if m not in best[n]:
        return []
    while i or j:
        a, b = best[i][j][1]
        shared = _shared(names, i - a, i, j - b, j)
        quality = _quality(english[i - a : i], french[j - b : j], shared)
        beads.append(Bead(range(i - a, i), range(j - b, j), quality))
        i, j = i - a, j - b
    return beads[::-1]


def quality(source: str, translation: str) -> float:
    """The share of content words on both sides that have a counterpart, 0 to 1."""
    names = [_names(source)], [_names(translation)]
    return _quality([_expanded(source)], [_content(translation)], _shared(names, 0, 1, 0, 1))


_Names = tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]]


def _cost(
    left: Sequence[str], right: Sequence[str],
    english: Sequence[Sequence[frozenset[str]]], french: Sequence[frozenset[str]], names: _Names,
    i: int, i_end: int, j: int, j_end: int,
) -> float:  # fmt: skip
    if i == i_end or j == j_end:
        return 2.0
    x = sum(map(len, left[i:i_end]))
    y = sum(map(len, right[j:j_end]))
    delta = abs(y - _GROWTH * x) / math.sqrt((x + y / _GROWTH) / 2 * _VARIANCE + 1)
    if delta > 5.0:  # hopeless by length alone: spare the words
        return 8.0 + _OVERLAP * 0.45
    shared = _shared(names, i, i_end, j, j_end)
    fit = _quality(english[i:i_end], french[j:j_end], shared)
    return min(0.5 * delta * delta, 8.0) + _OVERLAP * (0.45 - fit)


def _quality(
    english: Sequence[Sequence[frozenset[str]]], french: Sequence[frozenset[str]], shared: int
) -> float:
    """Share of the words on both sides that have a counterpart on the other.

    Each of the ``shared`` names counts for one word more: "Il me plairait connaître Bobby Cuinar"
    has little else in common with what it translates.
    """
    wanted = [forms for sentence in english for forms in sentence]
    there = frozenset[str]().union(*french)
    if not wanted or not there:
        return 1.0 if not wanted and not there else 0.0
    found = sum(not forms.isdisjoint(there) for forms in wanted)
    explained = len(there & frozenset[str]().union(*wanted))
    return (found + explained + 2 * shared) / (len(wanted) + len(there) + 2 * shared)


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    """What an English word may look like in French: stems of translations, the word itself."""
    found = {_stem(plain(french)) for french, _ in Dictionary.load().french(word)}
    for french in Names.load().exonyms.get(word.capitalize(), ()):
        found.update(_stem(plain(part)) for part in _WORD.findall(french))
    found.add(_stem(plain(word)))
    return frozenset(found)


def _expanded(text: str) -> tuple[frozenset[str], ...]:
    return tuple(
        _forms(w.lower()) for w in _WORD.findall(text) if _matters(w) and w.lower() not in _ENGLISH
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(_stem(plain(w)) for w in _WORD.findall(text) if _matters(w))


def _names(text: str) -> frozenset[str]:
    """Capitalised words; one that only opens the sentence seldom opens its translation too."""
    words = _WORD.findall(text)
    return frozenset(plain(w) for w in words if w[0].isupper() and w[1:].islower() and len(w) > 2)


def _shared(names: _Names, i: int, i_end: int, j: int, j_end: int) -> int:
    """How many names the sentences of both sides have in common."""
    none = frozenset[str]()
    return len(none.union(*names[0][i:i_end]) & none.union(*names[1][j:j_end]))


def _matters(word: str) -> bool:
    return len(word) > 3 or word[0].isdigit() or word.isupper()


def _stem(word: str) -> str:
    """The beginning of a word: enough to tell words apart, too little for its ending."""
    return word.replace(",", ".") if word[0].isdigit() else word[:5]

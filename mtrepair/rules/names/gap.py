"""Where in a translation a name of the source should stand, whatever became of it.

The words around the name in the source have counterparts around its place in the translation, and
what stands there is explained by no other word of the source. Every short run of words is scored by
both; the best one is taken if it is clearly better than any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import plain

MARGIN = 0.75
"""How much better than the next place a place must be. Chosen on corpora/names/build.jsonl."""

LEAST = 2.0
"""The least score of a place; two neighbours at their right distance make about that much."""

REACH = 4  # words on either side of the name that are looked at
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.,;:!?()]")
_MARK = re.compile(r"[.,;:!?()«»\"“”]")


@dataclass(frozen=True, slots=True)
class Place:
    """A run of words, and how clearly the name belongs there."""

    low: int
    high: int
    score: float


def find(
    sentence: str,
    name: Sequence[str],
    text: str,
    words: Sequence[Token],
    *,
    anchors: set[int],
    remains: set[int],
    small: Callable[[str], bool],
) -> Place | None:
    """The words (indices into ``words``) that stand where ``name`` should.

    Args:
        anchors: words that are a part of the name.
        remains: words that translate a part of it.
        small: whether a word may stand in a broken name without meaning anything.
    """
    source = _WORD.findall(sentence)
    at = next(
        (i for i in range(len(source)) if source[i : i + len(name)] == list(name)),
        None,
    )
    if at is None or not words:
        return None
    outside = [w for i, w in enumerate(source) if not at <= i < at + len(name)]
    links = {w: _forms(w) for w in outside if w[0].isalnum()}
    explained = {
        j for j, t in enumerate(words)
        if (j not in anchors and not links.keys().isdisjoint({t.text}))
        or (len(t.text) > 3 and any(_root(t.text) & forms for forms in links.values()))
    }  # fmt: skip
    left = [w for w in reversed(source[:at]) if w[0].isalnum()][:REACH]
    right = [w for w in source[at + len(name) :] if w[0].isalnum()][:REACH]
    first = not any(w[0].isalnum() for w in source[:at])
    last = not any(w[0].isalnum() for w in source[at + len(name) :])
    found: list[Place] = []
    for low in range(len(words)):
        if small(words[low].text) and low not in anchors:
            continue
        for high in range(low, min(len(words), low + len(name) + 2)):
            if small(words[high].text) and high not in anchors:
                continue
            if _MARK.search(text[words[low].start : words[high].end]):
                break
            if anchors and not anchors & set(range(low, high + 1)):
                continue
            score = _inside(words, range(low, high + 1), anchors, remains, explained, small)
            score += _beside(words, left, links, low, -1, first)
            score += _beside(words, right, links, high, 1, last)
            score -= 0.4 * abs(high - low + 1 - len(name))
            found.append(Place(low, high, score))
    found.sort(key=lambda p: (-p.score, p.low, p.high))
    if not found or found[0].score < LEAST:
        return None
    best = found[0]
    rest = [p for p in found if p.high < best.low or p.low > best.high]
    if rest and best.score - rest[0].score < MARGIN:
        return None
    return best


def _inside(
    words: Sequence[Token],
    place: range,
    anchors: set[int],
    remains: set[int],
    explained: set[int],
    small: Callable[[str], bool],
) -> float:
    score = 0.0
    for j in place:
        token = words[j]
        if j in anchors or j in remains:
            score += 1.5
        elif small(token.text):
            score -= 0.1
        elif j in explained:
            score -= 2.0
        elif token.text[0].isupper():
            score += 0.3 if j == 0 else 1.0
        else:
            score -= 0.2
    return score


def _beside(
    words: Sequence[Token],
    around: Sequence[str],
    links: dict[str, frozenset[str]],
    edge: int,
    step: int,
    end: bool,
) -> float:
    """How well the words on one side agree with those on that side of the name in the source."""
    if end:
        free = edge if step < 0 else len(words) - 1 - edge
        return 1.0 if free == 0 else 0.4 if free <= 2 else 0.0
    score = 0.0
    for k, word in enumerate(around):
        forms = links.get(word, frozenset())
        for d in range(1, REACH + 2):
            j = edge + step * d
            if 0 <= j < len(words) and _root(words[j].text) & forms:
                score += 1.0 / (1 + 0.5 * k) / (1 + 0.4 * max(0, abs(d - k - 1) - 1))
                break
    return min(score, 2.0)


def _forms(word: str) -> frozenset[str]:
    found = {plain(word)}
    for french, _ in Dictionary.load().french(word):
        found |= _root(french)
    return frozenset(found)


def _root(word: str) -> set[str]:
    found = {plain(word)}
    found.update(plain(reading.lemma) for reading in Lexicon.load().readings(word.lower()))
    return found

"""Right sentences into which a calque is put: the calque table read backwards.

Where a right sentence has what a line of calques.tsv says French has ("rendre hommage"), the words
that the line is about take its place ("payer tribut"), in the same person and tense.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from mtrepair.core import Span
from mtrepair.languages import load
from mtrepair.rules.calques import translated
from mtrepair.rules.calques.patterns import Index, fill
from mtrepair.rules.calques.table import Entry, trie
from mtrepair.train.corrupt import Damage

_PLAIN = re.compile(r"[^\W\d_][\w'’-]*(?:@[VNA])?")
_SHORTEST = 7
"""Letters of a replacement of one word from which it says enough to be put another way."""


def reversed_lines(entries: Sequence[Entry], chance: random.Random) -> list[tuple[str, str]]:
    """For each line that can be read backwards a pattern of right words, and a template of wrong.

    Lines whose pattern has gaps or any words, and replacements that repeat what the pattern took,
    are left out. Of several words one is drawn.
    """
    found: list[tuple[str, str]] = []
    for entry in entries:
        if entry.sure != "sure" or not entry.replacements:
            continue
        right = re.sub(r"(@[VNA])\d", r"\1", entry.replacements[0].replace("'", "' "))
        parts = [part for part in entry.written.split() if part[0] not in "!="]
        wrong = [_one(part, chance) for part in parts if not part.endswith("?")]
        words = right.split()
        if None in wrong or not all(_PLAIN.fullmatch(word) for word in words):
            continue
        if len(words) == 1 and len(words[0].partition("@")[0]) < _SHORTEST:
            continue
        found.append((right, " ".join(filter(None, wrong))))
    return found


def _one(part: str, chance: random.Random) -> str | None:
    names, sign, category = part.partition("@")
    if names[0] in "*~":
        return None
    return chance.choice(names.split("|")) + sign + category


class Planter:
    """Puts calques into right sentences.

    Args:
        chance: draws one of the words that a line lists.
    """

    def __init__(self, chance: random.Random) -> None:
        self._language = load("fr")
        self._lines = reversed_lines(translated.phrases().entries, chance)
        anchors = trie([right for right, _ in self._lines])
        self._index = Index(anchors, lambda number: self._lines[number][0])

    def __len__(self) -> int:
        return len(self._lines)

    def damages(self, text: str) -> list[Damage]:
        """Every calque that can be put into a text, one in each."""
        tokens = self._language.tokens(text)
        found: list[Damage] = []
        for number, taken in self._index.search(tokens, text):
            used = [place for part in taken for place in part]
            start, end = tokens[min(used)].start, tokens[max(used)].end
            wrong = fill(self._lines[number][1], self._index.pattern(number), taken, tokens, text)
            if wrong is None or wrong.lower() == text[start:end].lower():
                continue
            broken = text[:start] + wrong + text[end:]
            found.append(Damage("calque", broken, Span(start, start + len(wrong)), text[start:end]))
        return found

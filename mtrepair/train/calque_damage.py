"""Right sentences into which a calque is put: the tables of calques read backwards.

Where a right sentence has what a line of calques.tsv says French has ("rendre hommage"), the words
that the line is about take its place ("payer tribut"), in the same person and tense. Of a phrase of
idioms.tsv a literal translation is put together from the words of literal.tsv. A single word, too,
may become what its English word means elsewhere.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.languages import load
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.calques import idioms, translated
from mtrepair.rules.calques.inventory import bases, literal
from mtrepair.rules.calques.patterns import Index, fill, inflect
from mtrepair.rules.calques.table import Entry, trie
from mtrepair.train.corrupt import Damage, Sentence

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


_BEFORE = {
    "to": "à", "toward": "vers", "towards": "vers", "of": "de", "from": "de", "with": "avec",
    "in": "dans", "into": "dans", "at": "à", "on": "sur", "onto": "sur", "upon": "sur",
    "for": "pour", "by": "par", "as": "comme",
}  # fmt: skip
"""What an engine writes for an English preposition first of all."""
_ARTICLES = {"ms": ("le", "un"), "fs": ("la", "une")}


def literal_lines(chance: random.Random) -> list[tuple[str, str]]:
    """The same for phrases of idioms.tsv: what French says, and one literal translation."""
    keys = literal(idioms.HERE / "literal.tsv")
    table = idioms.phrases()
    found: list[tuple[str, str]] = []
    for idiom in map(table.idiom, range(len(table))):
        right = idiom.french[0].replace("'", "' ")
        words = right.split()
        if not all(_PLAIN.fullmatch(word) for word in words):
            continue
        if len(words) == 1 and len(words[0].partition("@")[0]) < _SHORTEST:
            continue
        wrong = _literal(idiom, keys, chance)
        if wrong is not None:
            found.append((right, wrong))
    return found


def _literal(
    idiom: idioms.Idiom, keys: Mapping[str, Sequence[str]], chance: random.Random
) -> str | None:
    """A template of what an engine may make of a phrase; None if some word cannot stand there."""
    made: list[str] = []
    gender = "ms"
    order = chance.choice(list(idiom.orders()))
    for number, slot in enumerate(order):
        verb = idiom.verb and not number
        some = [key for key in keys.get(slot.word, ()) if key.endswith("|V") == verb]
        if not some:
            return None
        lemma, _, category = chance.choice(some).partition("|")
        slots = grammar.slots(lemma, "N") if category == "N" else None
        if slots:
            gender = "fs" if slots == {"fs"} else "ms"
        if slot.governed:
            made.append(_BEFORE[slot.governed])
        elif number and slot.beside is False and not slot.determined and category == "N":
            made.append("de")  # "writer's block" turned
        if slot.determined or (category == "N" and number and idiom.verb and not slot.governed):
            made.append(chance.choice(_ARTICLES[gender]))
        if category == "A":
            lemma = inflect((_MODEL[gender], "A", (), ""), lemma, "A") or lemma
        made.append(f"{lemma}@V" if verb else lemma)
    return " ".join(made)


_MODEL = {"ms": "grand", "fs": "grande"}
"""Words whose gender and number an adjective is to have."""


class Senses:
    """What a word's English word means elsewhere: "lever" is "raise", and so is "soulever"."""

    def __init__(self) -> None:
        known = literal(idioms.HERE / "literal.tsv")
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._english: dict[str, set[str]] = defaultdict(set)
        for word, keys in known.items():
            base = next((base for base in bases(word) if base in known), word)
            for key in keys:
                self._keys[base].add(key)
                self._english[key].add(base)

    def others(self, word: str) -> list[str]:
        """Words in the same inflection that share one sense with ``word`` and are no synonyms."""
        found: set[str] = set()
        for reading in Lexicon.load().readings(word):
            if reading.category not in ("V", "N", "A"):
                continue
            own = self._english.get(f"{reading.lemma}|{reading.category}", set())
            for english in own:
                for key in sorted(self._keys[english]):
                    lemma, _, category = key.partition("|")
                    if category != reading.category or lemma[:4] == reading.lemma[:4]:
                        continue
                    shared = len(own & self._english[key])
                    if shared > 1 and shared > min(len(own), len(self._english[key])) / 2:
                        continue
                    form = inflect((word, category, (reading.lemma,), ""), lemma, category)
                    if form and self._fits(word, form, category):
                        found.add(form)
        return sorted(found - {word})

    @staticmethod
    def _fits(word: str, form: str, category: str) -> bool:
        """Whether a form has the gender, number and first sound of the word that it stands for."""
        if grammar.elides(word) != grammar.elides(form):
            return False
        if category == "V":
            return True
        one, two = grammar.slots(word, category), grammar.slots(form, category)
        return one is not None and two is not None and bool(one & two)


@lru_cache(maxsize=1)
def senses() -> Senses:
    """The senses of literal.tsv."""
    return Senses()


def sense(s: Sentence) -> Damage | None:
    """A word that its English word means elsewhere: "soulever des fonds"."""
    others = senses().others
    at = s.pick(lambda word: word.islower() and bool(others(word)), least=4)
    if at is None:
        return None
    return s.replace("sense", at, at, s.chance.choice(others(s.words[at].text)))


class Planter:
    """Puts calques into right sentences.

    Args:
        chance: draws one of the words that a line lists.
    """

    def __init__(self, chance: random.Random) -> None:
        self._language = load("fr")
        self._lines = reversed_lines(translated.phrases().entries, chance)
        self._lines += literal_lines(chance)
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

"""English phrases put into French word by word, whatever words the engine chose.

"Throw a spanner in the works" may become "jeter une clé dans les travaux" or "lancer une clef dans
les œuvres". literal.tsv says which French words an engine may write for an English one in any of
its senses; read backwards, each word of a text is a handful of English ones, and where those of a
phrase of idioms.tsv stand in its order, with small words alone between them, the phrase is found.
``scripts/build-idioms`` has left out what right French has too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import marisa_trie

from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.calques.patterns import Element, Pattern, fill

HERE = Path(__file__).parent
PREPOSITIONS = grammar.PREPOSITIONS | grammar.CONTRACTED | {"jusqu'", "comme"}
_TO, _IN = frozenset("à au aux".split()), frozenset("dans en à au aux".split())
_OF = frozenset("de d' du des".split())
MAY_BE: dict[str, frozenset[str]] = {
    "to": _TO | {"vers", "pour", "jusqu'", "de", "d'"},
    "toward": frozenset(("vers",)), "towards": frozenset(("vers",)),
    "of": _OF, "from": _OF | {"depuis", "dès"}, "with": frozenset(("avec", "de", "d'", "par")),
    "in": _IN, "into": _IN, "at": _TO | {"dans", "en", "sur", "chez"},
    "on": _TO | {"sur", "dans", "en", "sous", "de", "d'", "du"}, "onto": frozenset(("sur",)),
    "upon": frozenset(("sur",)), "for": _OF | {"pour", "à", "au", "aux", "pendant"},
    "by": _OF | {"par", "à", "au", "en"}, "as": frozenset(("comme", "en")),
}  # fmt: skip
"""What an engine writes for a preposition."""
_PARTICLES = frozenset("down up back away off out over".split())
_BEFORE_PARTICLE = frozenset("vers le la en au l' par de".split())
"""Before what an engine writes for a particle: "fermer vers le bas" for "shut down"."""
_LINKS = _OF | {"le", "la", "l'", "les", "à", "en"}
SMALL = (
    PREPOSITIONS
    | grammar.DETERMINERS.keys()
    | frozenset(
        """pas plus jamais toujours encore bien très trop aussi même déjà vraiment tous toutes y
        lui se s' me m' te t' nous vous ne n' est sont était étaient sera seront""".split()
    )
)
"""What may stand between two words of a phrase."""
_LONGEST = 3
"""Small words between two words of a phrase at most."""
_LOST = frozenset("pas plus jamais toujours encore aussi même déjà vraiment très trop".split())
"""What a replacement would leave out."""
_IS = frozenset("est sont était étaient sera seront".split())
FIRST = "="
"""Marks the keys of the compiled table that are English words."""

Key = str
"""``mordre|V`` for any form of a lemma, ``hors`` for a word that has one form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One content word of an English phrase.

    Attributes:
        word: as literal.tsv has it.
        governed: the preposition before it, or "".
        determined: whether a determiner stands before it.
        beside: whether it follows the word before at once, so that French may turn the two.
    """

    word: str
    governed: str
    determined: bool
    beside: bool

    @classmethod
    def parse(cls, text: str) -> Slot:
        """The slot that a part of the column ``words`` writes: ``in/*work``."""
        governed, slash, rest = text.rpartition("/")
        word = rest.lstrip("*+")
        return cls(word, governed, "*" in rest, "+" in rest and not slash)


@dataclass(frozen=True, slots=True)
class Idiom:
    """One line of idioms.tsv.

    Attributes:
        slots: the content words of the English phrase, in its order.
        leads: the preposition that the phrase goes on with, or "".
        verb: whether a verb opens it.
        french: templates as those of calques.tsv.
        right: what French says too, as the keys of the words in the order of the text.
    """

    english: str
    french: tuple[str, ...]
    slots: tuple[Slot, ...]
    leads: str
    verb: bool
    sure: bool
    right: frozenset[tuple[Key, ...]]

    @classmethod
    def parse(cls, line: str) -> Idiom:
        """The idiom that a line of idioms.tsv writes."""
        english, french, words, sure, right = line.split("\t")
        parts = words.split()
        leads = parts.pop()[:-1] if parts[-1].endswith(">") else ""
        return cls(
            english,
            tuple(filter(None, french.split("; "))),
            tuple(map(Slot.parse, parts)),
            leads,
            any("@V" in word for word in french.split("; ")[0].split()[:2]),
            sure == "sure",
            frozenset(tuple(one.split("+")) for one in right.split()),
        )

    def orders(self) -> Iterator[tuple[Slot, ...]]:
        """The order of English, and those in which two neighbours have changed places.

        A verb that opens the phrase stays where it is.
        """
        yield self.slots
        for at in range(1 if self.verb else 0, len(self.slots) - 1):
            one, two = self.slots[at : at + 2]
            if two.beside:
                turned = (
                    Slot(two.word, one.governed, one.determined, beside=False),
                    Slot(one.word, "", determined=False, beside=True),
                )
                yield (*self.slots[:at], *turned, *self.slots[at + 2 :])


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase stands.

    Attributes:
        number: of its line.
        taken: the tokens of the slots, in the order of the text.
        keys: by which of its readings each of them is one.
        first: index of the first token.
        last: index of the last token, a preposition that the phrase goes on with included.
    """

    number: int
    idiom: Idiom
    taken: tuple[int, ...]
    keys: tuple[Key, ...]
    first: int
    last: int


class Idioms:
    """The phrases of a table, with the French words that may stand for theirs.

    Args:
        lines: idioms.tsv without its header.
        trie: French keys to English words, and English words (behind :data:`FIRST`) to the phrases
            that are looked for where the word is met.
    """

    def __init__(self, lines: Sequence[bytes], trie: marisa_trie.BytesTrie) -> None:
        self._lines = lines
        self._trie = trie
        self._parsed: dict[int, Idiom] = {}
        self._english = lru_cache(maxsize=65536)(self._meant)
        self._anchored: dict[str, tuple[tuple[str, int], ...]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def idiom(self, number: int) -> Idiom:
        """One of the phrases."""
        found = self._parsed.get(number)
        if found is None:
            found = self._parsed[number] = Idiom.parse(self._lines[number].decode())
        return found

    def _meant(self, low: str) -> dict[str, tuple[Key, ...]]:
        """The English words that a French one may stand for, and by which keys."""
        found: dict[str, tuple[Key, ...]] = {}
        keys = {low: None} | {
            f"{r.lemma}|{r.category}": None
            for r in Lexicon.load().readings(low)
            if r.category in ("N", "V", "A")
        }
        for key in keys:
            for record in self._trie.get(key) or ():
                for word in record.decode().split(" "):
                    found[word] = (*found.get(word, ()), key)
        return found

    def _starts(self, word: str) -> tuple[tuple[str, int], ...]:
        found = self._anchored.get(word)
        if found is None:
            records = self._trie.get(FIRST + word)
            rows = json.loads(records[0]) if records else []
            found = self._anchored[word] = tuple((second, number) for second, number in rows)
        return found

    def search(self, tokens: Sequence[Token]) -> Iterator[Found]:
        """Every phrase that stands in a text, what is right French left out."""
        meant = [
            self._english(t.low) if t.kind == "word" and (t.text == t.low or not at) else {}
            for at, t in enumerate(tokens)
        ]
        where: dict[str, list[int]] = {}
        for at, words in enumerate(meant):
            for word in words:
                where.setdefault(word, []).append(at)
        for word in where:
            for second, number in self._starts(word):
                if second not in where:
                    continue
                idiom = self.idiom(number)
                if all(slot.word in where for slot in idiom.slots):
                    yield from self._placed(number, idiom, tokens, meant, where)

    def _placed(
        self,
        number: int,
        idiom: Idiom,
        tokens: Sequence[Token],
        meant: Sequence[Mapping[str, tuple[Key, ...]]],
        where: dict[str, list[int]],
    ) -> Iterator[Found]:
        for order in idiom.orders():
            for start in where[order[0].word]:
                taken = _row(order, start, tokens, meant)
                if taken is None:
                    continue
                if order[0].governed and not _governed(order[0].governed, tokens, start):
                    continue
                last = taken[-1]
                if idiom.leads:
                    last += 1
                    if last >= len(tokens) or tokens[last].low not in MAY_BE[idiom.leads]:
                        continue
                keys: list[Key] = []
                if idiom.verb and _named(tokens, start):
                    continue
                for slot, at in zip(order, taken, strict=True):
                    opens = idiom.verb and slot is order[0]
                    key = _fitting(meant[at][slot.word], tokens[at].low, verb=opens)
                    keys += [key] if key else []
                if len(keys) == len(taken) and tuple(keys) not in idiom.right:
                    yield Found(number, idiom, taken, tuple(keys), start, last)


def _named(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is a noun there, whatever verb it may be elsewhere: "cette marche"."""
    before = tokens[at - 1].low if at else ""
    opened = before in grammar.DETERMINERS or before in ("de", "d'", "en", "et")
    return opened and "N" in grammar.categories(tokens[at].low)


def _fitting(keys: Sequence[Key], low: str, *, verb: bool) -> Key | None:
    """The key by which a word can stand there: a verb opens the phrase, participles describe."""
    for key in keys:
        _, _, category = key.partition("|")
        if verb:
            if category == "V":
                return key
        elif category != "V" or grammar.slots(low, "K") is not None:
            return key
    return None


def _row(
    order: Sequence[Slot],
    start: int,
    tokens: Sequence[Token],
    meant: Sequence[Mapping[str, tuple[Key, ...]]],
) -> tuple[int, ...] | None:
    """The tokens of a row of slots whose first one stands at ``start``."""
    taken = [start]
    for slot in order[1:]:
        first = taken[-1] + 1
        at, end = first, min(len(tokens), first + _LONGEST + 1)
        while at < end and slot.word not in meant[at]:
            if tokens[at].low not in SMALL:
                return None
            at += 1
        if at >= end or not _parted(slot, [t.low for t in tokens[first:at]]):
            return None
        taken.append(at)
    return tuple(taken)


def _parted(slot: Slot, between: Sequence[str]) -> bool:
    """Whether what stands before a word of a phrase is what stands there in English."""
    words = [low for low in between if low not in _LOST and low not in _IS]
    if slot.governed:
        return not MAY_BE[slot.governed].isdisjoint(words)
    if slot.determined:
        return any(low in grammar.DETERMINERS or low == "de" for low in words) and len(words) <= 2
    if slot.word in _PARTICLES:
        return len(words) <= 2 and all(low in _BEFORE_PARTICLE for low in words)
    linked = len(words) == 2 and words[0] in _OF and words[1] in grammar.DETERMINERS
    return linked or (len(words) <= 1 and all(low in _LINKS for low in words))


def _governed(preposition: str, tokens: Sequence[Token], start: int) -> bool:
    """Whether a preposition stands before the phrase, a determiner between them or none."""
    before = [token.low for token in tokens[max(0, start - 2) : start]]
    fits = MAY_BE[preposition]
    if not before:
        return False
    determined = len(before) == 2 and before[1] in grammar.DETERMINERS
    return before[-1] in fits or (determined and before[0] in fits)


def span(found: Found, tokens: Sequence[Token]) -> Span:
    """The text of a phrase."""
    return Span(tokens[found.first].start, tokens[found.last].end)


def offered(found: Found, tokens: Sequence[Token], text: str) -> tuple[str, ...]:
    """What French says, in the inflection of the phrase; nothing if words would be lost."""
    between = {tokens[at].low for at in range(found.first, found.last)}
    if not between.isdisjoint(_LOST | _IS):
        return ()
    taken = [range(at, at + 1) for at in found.taken]
    before = tokens[found.first - 1].low if found.first else ""
    made: list[str] = []
    for template in found.idiom.french:
        if found.idiom.verb and "@A" in template:
            continue  # it agrees with what stands before the phrase
        if before in grammar.DETERMINERS or before in grammar.CONTRACTED:
            template = _ARTICLE.sub("", template, count=1)
        one = fill(template, pattern(found), taken, tokens, text)
        made += [one] if one else []
    return tuple(made)


_ARTICLE = re.compile(r"^(?:(?:une?|les?|la|des) |l')")


def pattern(found: Found) -> Pattern:
    """What the words of a phrase are, for the inflection of what takes their place."""
    return Pattern(tuple(map(_element, found.keys)), 0)


def _element(key: Key) -> Element:
    lemma, _, category = key.partition("|")
    if category:
        return Element(None, lemmas=(lemma,), category=category)
    return Element(frozenset((lemma,)))


@lru_cache(maxsize=1)
def phrases() -> Idioms:
    """The phrases of idioms.tsv."""
    trie = marisa_trie.BytesTrie()
    trie.mmap(str(HERE / "idioms.marisa"))
    lines = (HERE / "idioms.tsv").read_bytes().rstrip(b"\n").split(b"\n")[1:]
    return Idioms(lines, trie)

"""How idioms.tsv and literal.tsv are compiled; not needed where texts are read.

A line of idioms.tsv has an English phrase, what French says, the content words of the phrase as
literal.tsv has them, whether it is sure, and in which guises right French has it too.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import marisa_trie

from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.calques import idioms
from mtrepair.rules.calques.patterns import TERM

COLUMNS = ("english", "french", "words", "sure", "right")
DETERMINERS = frozenset("a an the one's someone's his her its their this that".split())
NO_CONTENT = (
    DETERMINERS
    | idioms.MAY_BE.keys()
    | frozenset(
        """and or one ones someone something somebody something's it it's is are was were be been
        being am not no these those your my our he she they we you i me him them us do does did have
        has had will would can could there than so oneself himself itself yourself themselves if but
        nor what which who whom whose when where how own s t""".split()
    )
)
"""English words that are no content words, or that engines seldom get wrong."""
LIGHT = frozenset(
    """take get make give put go come have do set keep run let be see say know think want look use
    find tell ask work feel try leave call good new first last long great little own other old right
    big high different small large next early young important few public bad same able way thing
    time year day man people very just more most still again too well even back all""".split()
)
"""English words that say too little to know a phrase by (chosen by hand)."""
PARTICLES = frozenset("hors sous contre sur derrière sans vers entre".split())
TOO_COMMON = (idioms.SMALL - PARTICLES) | frozenset(
    "être|V avoir|V et ou que qui il elle on ils plus comme si".split()
)
"""French keys that are no sign of any English word."""
LIKELY = 0.1
"""Probability from which the dictionary's translation stands for a word that literal.tsv lacks."""
ENOUGH = 3
"""What the words of a phrase must weigh together: two each, one where they are light."""
_ENDINGS = (
    ("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("ly", ""), ("n", ""),
)  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def literal(path: Path) -> dict[str, tuple[str, ...]]:
    """The French keys of each English word, from literal.tsv."""
    rows = (line.split("\t") for line in path.read_text("utf-8").rstrip("\n").split("\n")[1:])
    return {word: tuple(keys.split()) for word, keys in rows}


class English:
    """English words as literal.tsv has them; what it lacks comes from the dictionary.

    Attributes:
        used: the words that were asked for and found, with their French keys.
    """

    def __init__(self, known: Mapping[str, tuple[str, ...]]) -> None:
        self._known = known
        self.used: dict[str, tuple[str, ...]] = {}

    def word(self, text: str) -> str | None:
        """The entry of a word or of its base form; None if nothing is known of it."""
        for one in (text, *bases(text)):
            if one in self._known:
                return self._use(one, self._known[one])
        keys = [
            f"{reading.lemma}|{reading.category}"
            for french, probability in Dictionary.load().french(text)
            if probability >= LIKELY
            for reading in Lexicon.load().readings(french)
            if reading.category in ("N", "V", "A")
        ]
        return self._use(text, tuple(dict.fromkeys(keys)))

    def _use(self, word: str, keys: tuple[str, ...]) -> str | None:
        keys = tuple(key for key in keys if key not in TOO_COMMON)
        if not keys:
            return None
        self.used[word] = keys
        return word


def bases(text: str) -> Iterator[str]:
    """What an English word may be an inflected form of."""
    for ending, other in _ENDINGS:
        if text.endswith(ending) and len(text) > len(ending) + 1:
            stem = text[: -len(ending)]
            yield stem + other
            if ending in ("ed", "ing") and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def words(phrase: str, english: English) -> str | None:
    """The column ``words`` of a phrase; None if a word is not known or all say too little.

    A part is ``in/*+work``: a preposition stands before the word, a determiner, and it follows the
    word before at once; ``on>`` at the end is a preposition that the phrase goes on with.
    """
    made: list[str] = []
    governed, determined, beside = "", False, False
    weight = 0
    pieces = _WORD.findall(phrase.lower().replace("-", " "))
    for piece in pieces:
        if piece in NO_CONTENT:
            governed = piece if piece in idioms.MAY_BE else governed
            determined = determined or piece in DETERMINERS
            beside = False
            continue
        word = english.word(piece)
        if word is None:
            return None
        mark = "*" * determined + "+" * (beside and bool(made))
        made.append((f"{governed}/" if governed else "") + mark + word)
        weight += 1 if piece in LIGHT or word in LIGHT else 2
        governed, determined, beside = "", False, True
    if len(made) < 2 or weight < ENOUGH:
        return None
    if pieces[-1] in idioms.MAY_BE:
        made.append(f"{pieces[-1]}>")
    return " ".join(made)


_ARTICLE, _LE = re.compile(r"(?:a|an|the) "), re.compile(r"(?:une?|les?|la|des) |l'")


def line(phrase: str, french: str, parts: str, sure: str = "", right: str = "") -> str:
    """A line of idioms.tsv; by default a phrase of three words or more is sure.

    In 772,000 words of right French (clean/dev) those of three words stand once, a true calque, and
    those of two 149 times; a few that stood there were taken out by hand.
    """
    content = sum(not part.endswith(">") for part in parts.split())
    sure = sure or ("sure" if content > 2 else "unsure")
    return "\t".join((phrase, french, parts, sure, right))


def normal(phrase: str, french: str) -> tuple[str, str]:
    """A phrase and its French without the articles that both begin with, reflexives in full.

    What the lexicon cannot inflect stands as it is, and without a verb that it does not know.
    """
    phrase = re.sub(r"\s+", " ", phrase.strip().lower().replace("’", "'"))
    french = re.sub(r"\bs'(?=[\w-]+@V)", "se ", french.strip().replace("’", "'"))
    templates = [TERM.sub(_plain, template) for template in french.split("; ")]
    templates = [one for one in templates if "@" not in TERM.sub("", one)] or templates
    if _ARTICLE.match(phrase) and all(map(_LE.match, templates)):
        phrase = _ARTICLE.sub("", phrase, count=1)
        templates = [_LE.sub("", template, count=1) for template in templates]
    return phrase, "; ".join(templates)


def _plain(term: re.Match[str]) -> str:
    """A term that can be inflected; the bare word of another; a sign that a verb is not known."""
    known = not term[3] or Lexicon.load().forms(term[3], term[4])
    return term[0] if known else "@" if term[4] == "V" else term[3]


def index(lines: Sequence[str], english: English) -> dict[str, list[bytes]]:
    """What :class:`~.idioms.Idioms` looks phrases up in: French keys, and English first words.

    A phrase is looked for where the rarest of its words is met.
    """
    parsed = [idioms.Idiom.parse(one) for one in lines]
    count = Counter(slot.word for idiom in parsed for slot in idiom.slots)
    anchored: dict[str, list[tuple[str, int]]] = defaultdict(list)
    meant: dict[str, set[str]] = defaultdict(set)
    for number, idiom in enumerate(parsed):
        rare = sorted({slot.word for slot in idiom.slots}, key=lambda word: (count[word], word))
        anchored[rare[0]].append((rare[min(1, len(rare) - 1)], number))
        for word in rare:
            for key in english.used[word]:
                meant[key].add(word)
    return {key: [" ".join(sorted(some)).encode()] for key, some in meant.items()} | {
        idioms.FIRST + word: [json.dumps(rows, separators=(",", ":")).encode()]
        for word, rows in anchored.items()
    }


def trie(records: Mapping[str, Sequence[bytes]]) -> marisa_trie.BytesTrie:
    """An index as it lies on disk."""
    return marisa_trie.BytesTrie([(key, some[0]) for key, some in sorted(records.items())])


def is_literal(french: str, idiom: idioms.Idiom, english: English) -> bool:
    """Whether what French says is what a word for word translation gives."""
    slots = [set(english.used[slot.word]) for slot in idiom.slots]
    for template in french.split("; "):
        keys = [_keys(part) for part in template.split() if part.lower() not in idioms.SMALL]
        if len(keys) == len(slots) and all(any(key & slot for slot in slots) for key in keys):
            return True
    return False


def _keys(part: str) -> set[str]:
    name, _, category = part.rpartition("'")[2].partition("@")
    if category:
        return {f"{name}|{category}"}
    low = name.lower()
    return {low} | {f"{r.lemma}|{r.category}" for r in Lexicon.load().readings(low)}

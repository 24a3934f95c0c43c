"""Patterns over inflected words, and replacements that keep the inflection.

A pattern is a row of elements with spaces between:

    ``mot``            the word itself, in any case; elided where French elides ("de": "d'")
    ``un|une``         one of several
    ``faire@V``        any form of a lemma of category V, N or A; ``peur|crainte@N`` of several
    ``*D``             a determiner; ``*P`` a possessive; ``*n`` a number; ``*w`` any word
    ``*T``             what makes "à la …" an adverbial of time or manner: "fin", "fois"
    ``*i``             an infinitive; ``*I`` one, or what stands before it ("se", "ne", "y")
    ``~3``             up to three words, no marks between
    ``mot?``           may be missing (any element but ``~``)
    ``!mot``           the next word is none of these (takes no room; at the start: the word before)
    ``=mot``           the next word is one of these, and stays outside the match (the same)

A replacement is text in which ``avoir@V`` takes the person and tense of the pattern's verb,
``mot@A`` and ``mot@N`` the gender and number of its noun or adjective, and ``$2`` is what the
second element matched, with its own marks between. Contractions and elisions are made afterwards
("de le": "du"). ``mot@A3`` names the element to agree with, and so does ``mot@V1``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from mtrepair.languages import Token
from mtrepair.languages.fr.grammar import DETERMINERS, categories, elides, is_infinitive
from mtrepair.languages.fr.lexicon import Lexicon, Reading

_ELIDED = {
    "de": "d'", "que": "qu'", "ne": "n'", "se": "s'", "le": "l'", "la": "l'", "je": "j'",
    "me": "m'", "te": "t'", "ce": "c'", "jusque": "jusqu'", "lorsque": "lorsqu'",
}  # fmt: skip
_WORDS = {
    "*D": frozenset(DETERMINERS),
    "*T": frozenset(
        """par fin avance avenir tour avis égard guise sujet propos occasion titre fois jour jours
        peu an ans année années semaine semaines mois nuit nuits matin matins soir soirs soirée
        matinée moment moments instant temps été hiver automne printemps minute minutes heure
        heures seconde secondes siècle week-end lundi mardi mercredi jeudi vendredi samedi
        dimanche journée après-midi après plus moins mieux autre autres premier première dernier
        dernière derniers dernières lendemain veille un uns une unes même mêmes deuxième troisième
        long tout cas échéant parcourant vers à comme pas bon durant plan stade avant point
        plupart""".split()
    ),
    "*P": frozenset("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs".split()),
}
_SPACES = " \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern.

    Attributes:
        plain: words in lower case that fit, where the element is not inflected; None where
            ``kind`` tells.
        kind: ``words``, ``any``, ``number``, ``infinitive``, ``towards`` (an
            infinitive or a pronoun before it) or ``gap``.
        lemmas: the lemmas, where the element is inflected.
        category: ``V``, ``N``, ``A``; empty for plain words.
        reach: how many words a gap takes at most.
        test: ``!`` or ``=`` for an element that takes no room; empty otherwise.
    """

    plain: frozenset[str] | None
    kind: str = "words"
    lemmas: tuple[str, ...] = ()
    category: str = ""
    optional: bool = False
    reach: int = 0
    test: str = ""

    def fits(self, token: Token) -> bool:
        """Whether a token can be this element."""
        if self.kind == "words":
            return token.low in self.words
        if self.kind == "infinitive":
            return _infinitive(token.low)
        if self.kind == "towards":
            return token.low in _BEFORE_INFINITIVE or _infinitive(token.low)
        return token.kind == ("number" if self.kind == "number" else "word")

    @property
    def words(self) -> frozenset[str]:
        """The forms in lower case that fit an element of kind ``words``."""
        return inflections(self.lemmas, self.category) if self.category else self.plain or _NONE


_NONE: frozenset[str] = frozenset()
_BEFORE_INFINITIVE = frozenset("ne n' me m' te t' se s' y".split())
_RATHER_VERBS = frozenset("être avoir pouvoir devoir savoir parler toucher vivre aller".split())


_NO_INFINITIVES = frozenset("hier partir".split())
"""An adverb, and what follows "à" as a preposition does."""


@lru_cache(maxsize=16384)
def _infinitive(word: str) -> bool:
    """Whether a word is an infinitive and hardly a noun."""
    if word in _NO_INFINITIVES or not is_infinitive(word):
        return False
    return "N" not in categories(word) or word in _RATHER_VERBS


@lru_cache(maxsize=4096)
def inflections(lemmas: tuple[str, ...], category: str) -> frozenset[str]:
    """Every form of some lemmas, themselves included."""
    forms = Lexicon.load().forms
    return frozenset(lemmas).union(*((f for f, _ in forms(one, category)) for one in lemmas))


@lru_cache(maxsize=4096)  # the lines of a table share many of them
def element(text: str) -> Element:
    """The element that ``text`` writes.

    Raises:
        ValueError: if it writes none.
    """
    test = text[0] if text[0] in "!=" and len(text) > 1 else ""
    if test:
        text = text[1:]
    optional = text.endswith("?")
    if optional:
        text = text[:-1]
    if re.fullmatch(r"~\d", text):
        return Element(None, "gap", reach=int(text[1]))
    if text == "*n":
        return Element(None, "number", optional=optional, test=test)
    if text in ("*i", "*I"):
        kind = "infinitive" if text == "*i" else "towards"
        return Element(None, kind, optional=optional, test=test)
    if text == "*w":
        return Element(None, "any", optional=optional, test=test)
    if text in _WORDS:
        return Element(_WORDS[text], optional=optional, test=test)
    names, _, category = text.partition("@")
    if "*" in names or "~" in names or category not in ("", "V", "N", "A"):
        raise ValueError(f"no element: {text!r}")
    lemmas = tuple(names.split("|"))
    if category:
        return Element(None, lemmas=lemmas, category=category, optional=optional, test=test)
    plain = frozenset(word for name in lemmas for word in _spellings(name))
    return Element(plain, optional=optional, test=test)


def _spellings(name: str) -> tuple[str, ...]:
    """A word of a pattern as it may stand in a text: in lower case, whole or elided."""
    word = name.lower()
    return (word, _ELIDED[word]) if word in _ELIDED else (word,)


def anchored(parts: Sequence[str]) -> int | None:
    """Where a search for a written pattern starts: the first element that must be there.

    An inflected or longer word goes before a short one.
    """
    best: tuple[int, int] | None = None
    for at, part in enumerate(parts):
        if part[0] in "!=~*" or part[-1] == "?":
            continue
        weight = (
            100 if "@" in part else max(map(len, part.split("|"))) if "|" in part else len(part)
        )
        if best is None or weight > best[0]:
            best = weight, at
    return best[1] if best else None


@dataclass(frozen=True)
class Pattern:
    """A row of elements.

    Attributes:
        anchor: the index of the element that a search starts from.
    """

    elements: tuple[Element, ...]
    anchor: int

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern that ``text`` writes.

        Raises:
            ValueError: if an element is none, or no element must be there.
        """
        parts = text.split()
        anchor = anchored(parts)
        if anchor is None:
            raise ValueError(f"nothing to find it by: {text!r}")
        return cls(tuple(map(element, parts)), anchor)

    @cached_property
    def _before(self) -> range:
        """How many tokens may stand before the anchor."""
        before = self.elements[: self.anchor]
        least = sum(item.kind != "gap" and not item.optional and not item.test for item in before)
        most = sum(item.reach if item.kind == "gap" else not item.test for item in before)
        return range(least, most + 1)

    @cached_property
    def beside(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Words that must stand at a fixed distance from the anchor: how far, and which.

        Most places where an anchor stands fall at the first of them. Inflected words are left
        to :meth:`match`: it costs more to list their forms than to look.
        """
        found: list[tuple[int, frozenset[str]]] = []
        after, before = self.elements[self.anchor + 1 :], self.elements[: self.anchor]
        for side, way in ((after, 1), (before[::-1], -1)):
            far = 0
            for item in side:
                if item.kind == "gap" or item.optional:
                    break
                if item.test:
                    continue
                far += way
                if item.plain is not None:
                    found.append((far, item.plain))
        return tuple(found)

    def match(self, tokens: Sequence[Token], text: str, at: int) -> list[range] | None:
        """What each element takes, as ranges of tokens, where the anchor stands at ``at``."""
        for many in self._before:
            if many > at:
                break
            found = self._from(tokens, text, at - many, 0, ())
            if found is not None and at in found[self.anchor]:
                return list(found)
        return None

    def _from(
        self, tokens: Sequence[Token], text: str, at: int, which: int, done: tuple[range, ...]
    ) -> tuple[range, ...] | None:
        if which == len(self.elements):
            return done
        item = self.elements[which]
        if item.test:
            before = not any(done)
            beside = at - 1 if before and which == 0 else at
            ok = 0 <= beside < len(tokens) and item.fits(tokens[beside])
            if ok and beside == at and any(done) and not _near(tokens, text, at):
                ok = False
            if ok != (item.test == "="):
                return None
            return self._from(tokens, text, at, which + 1, (*done, range(at, at)))
        if item.kind == "gap":
            for taken in range(item.reach + 1):
                if taken:
                    place = at + taken - 1
                    if place >= len(tokens) or tokens[place].kind == "punct":
                        return None
                found = self._from(
                    tokens, text, at + taken, which + 1, (*done, range(at, at + taken))
                )
                if found is not None:
                    return found
            return None
        if at < len(tokens) and item.fits(tokens[at]):
            first = not any(done)
            if first or _near(tokens, text, at):
                found = self._from(tokens, text, at + 1, which + 1, (*done, range(at, at + 1)))
                if found is not None:
                    return found
        if item.optional:
            return self._from(tokens, text, at, which + 1, (*done, range(at, at)))
        return None


def _near(tokens: Sequence[Token], text: str, at: int) -> bool:
    """Whether nothing but spaces parts a token from the one before."""
    return at > 0 and not text[tokens[at - 1].end : tokens[at].start].strip(_SPACES)


TERM = re.compile(r"\$(\d)|(se )?([\w-]+)@([VNA])(\d?)")
_REFLEXIVE = {"1s": "me", "2s": "te", "3s": "se", "1p": "nous", "2p": "vous", "3p": "se"}
_INFINITIVE_NOT = re.compile(r"\bne (\w+(?:er|ir|re)) (pas|plus|jamais)\b")


Model = tuple[str, str, tuple[str, ...], str]
"""A form, its category and lemmas, and which of "avoir" and "être" stands before it, or nothing."""
_WITH_BE = frozenset(
    """aller venir arriver partir entrer sortir monter descendre tomber rester devenir revenir
    retourner naître mourir passer rentrer parvenir intervenir survenir""".split()
)
"""Verbs whose compound tenses take "être" (Le bon usage, § 812)."""
_BETWEEN = frozenset(
    "pas plus jamais déjà toujours encore bien aussi ainsi rien tout même également".split()
)


def fill(
    replacement: str,
    pattern: Pattern,
    taken: Sequence[range],
    tokens: Sequence[Token],
    text: str,
) -> str | None:
    """The replacement for one match, or None where a form is not known."""

    def term(match: re.Match[str]) -> str:
        if match[1]:
            place = taken[int(match[1]) - 1]
            if not place:
                return ""
            return text[tokens[place[0]].start : tokens[place[-1]].end]
        lemma, category, number = match[3], match[4], match[5]
        model = _model(pattern, taken, tokens, category, number)
        form = None if model is None else inflect(model, lemma, category)
        if form is None or model is None or (match[2] and model[3]):
            raise LookupError(lemma)  # "a se chargé" is no French
        if model[3] == "être" and not _WITH_BE.isdisjoint(model[2]) and lemma not in _WITH_BE:
            raise LookupError(lemma)  # nor is "sont proposé"
        return _reflexive(form, model) if match[2] else form

    try:
        made = TERM.sub(term, replacement)
    except LookupError:
        return None
    made = re.sub(r" {2,}", " ", made).strip()
    made = join(_INFINITIVE_NOT.sub(r"ne \2 \1", made))
    first = min((place[0] for place in taken if place), default=0)
    if tokens[first].text[:1].isupper() and made:
        made = made[0].upper() + made[1:]
    return made.replace("'", "’") if "’" in text and "'" not in text else made


def _model(
    pattern: Pattern, taken: Sequence[range], tokens: Sequence[Token], category: str, number: str
) -> Model | None:
    """The matched word whose inflection is kept."""
    if number:
        at = int(number) - 1
        item = pattern.elements[at]
        if not taken[at]:
            return None
        return _modelled(tokens, taken[at][0], item.category or category, item.lemmas)
    order = {"V": "V", "N": "NA", "A": "AN"}[category]
    for wanted in order:
        for item, place in zip(pattern.elements, taken, strict=True):
            if item.category == wanted and place:
                return _modelled(tokens, place[0], wanted, item.lemmas)
    return None


def _modelled(tokens: Sequence[Token], at: int, category: str, lemmas: tuple[str, ...]) -> Model:
    before = at - 1
    while before > 0 and tokens[before].low in _BETWEEN:
        before -= 1
    auxiliary = ""
    if category == "V" and before >= 0:
        auxiliary = next((v for v in ("avoir", "être") if tokens[before].low in _forms(v)), "")
    return tokens[at].low, category, lemmas, auxiliary


@lru_cache(maxsize=2)
def _forms(auxiliary: str) -> frozenset[str]:
    return inflections((auxiliary,), "V") - {"avions"}


def _reflexive(form: str, model: Model) -> str:
    """The verb with the pronoun of its person; an imperative has it behind."""
    found: set[str] = set()
    imperative = False
    for reading in Lexicon.load().readings(model[0]):
        if reading.category == "V" and (not model[2] or reading.lemma in model[2]):
            found |= {f[1:] for f in reading.features if f[1:] in _REFLEXIVE}
            imperative |= bool({"Y2p", "Y1p"} & reading.features)
    person = "3s" if not found or "3s" in found else min(found)
    if imperative and model[0].endswith(("ez", "ons")):
        return f"{form}-{_REFLEXIVE[person]}"
    return f"{_REFLEXIVE[person]} {form}"


def inflect(model: Model, lemma: str, category: str) -> str | None:
    """The form of ``lemma`` that has the features of the model's form, or None."""
    form, model_category, lemmas, compound = model
    readings = [
        reading
        for reading in Lexicon.load().readings(form)
        if reading.category == model_category and (not lemmas or reading.lemma in lemmas)
    ]
    wanted = frozenset(f for reading in readings for f in _slots(reading, category))
    if compound and category == "V":  # "a fait": not "il fait"
        wanted = frozenset(f for f in wanted if f.startswith("K")) or wanted
    best: tuple[int, float, str] | None = None
    for other, features in Lexicon.load().forms(lemma, category):
        shared = sum(map(_weight, wanted & _spread(features)))
        if shared:
            key = (shared, Lexicon.load().zipf(other), other)
            if best is None or key > best:
                best = key
    return best[2] if best else None


def _weight(code: str) -> int:
    """How much a shared feature counts, where a form has several.

    Most prose is in the third person: "garde" is "suit" before it is "suis"; and in the
    indicative: "frappe" is "fait" before it is "fasse"; and "mis" is a participle of one thing.
    """
    if code.startswith("S"):
        return 2 if code[1:2] == "3" else 1
    return 6 if code[1:2] == "3" or code == "Kms" else 2


def _slots(reading: Reading, category: str) -> frozenset[str]:
    features = _spread(reading.features)
    if reading.category == "V" and category != "V":  # a participle lends gender and number
        return frozenset(f[1:] for f in features if f.startswith("K"))
    return features


def _spread(features: frozenset[str]) -> frozenset[str]:
    """``m``, ``s`` and the like as the slots that they stand for; verb codes as they are."""
    found: set[str] = set()
    for code in features:
        if code in ("m", "f"):
            found |= {code + "s", code + "p"}
        elif code in ("s", "p"):
            found |= {"m" + code, "f" + code}
        else:
            found.add(code)
    return frozenset(found)


_CONTRACTED = (
    (re.compile(r"\b([Dd])e le(?= |$)"), r"\1u"),
    (re.compile(r"\b([Dd])e les(?= |$)"), r"\1es"),
    (re.compile(r"\bà le(?= |$)"), "au"),
    (re.compile(r"\bà les(?= |$)"), "aux"),
)
_BEFORE_VOWEL = re.compile(
    r"\b(de|le|la|que|ne|se|je|me|te|jusque|lorsque) (?=(\w+))", re.IGNORECASE
)
_BEFORE_ONE = re.compile(r"\b([Dd])e (?=une?\b)")
"""Alone "un" may be the figure, before which nothing elides; in a replacement it is the article."""
_AFTER_ELISION = re.compile(r"\b((?:[cdjlmnst]|qu|jusqu|lorsqu)['’]) +(?=\w)", re.IGNORECASE)


def join(text: str) -> str:
    """``text`` with its elisions and contractions made.

    >>> join("de le accord")
    "de l'accord"
    >>> join("au fait de l' enquête")
    "au fait de l'enquête"
    >>> join("à cause de un trou")
    "à cause d'un trou"
    """

    def elide(match: re.Match[str]) -> str:
        return match[1][:-1] + "'" if elides(match[2]) else match[0]

    text = _BEFORE_ONE.sub(r"\1'", _BEFORE_VOWEL.sub(elide, text))
    text = _AFTER_ELISION.sub(r"\1", text)
    for pattern, made in _CONTRACTED:
        text = pattern.sub(made, text)
    return text


_ByWord = dict[str, list[int]]
_Met = tuple[list[int], tuple[tuple[int, _ByWord], ...], _ByWord, frozenset[str]]
"""The patterns that a word may be the anchor of: those of which nothing more is known; those that
say what stands how far from it, by how far and by what; those that say only that some word stands
near, by that word, and these words."""


def _neighbour(parts: Sequence[str], anchor: int) -> tuple[int, tuple[str, ...]]:
    """How far from the anchor of a written pattern the next plain word stands, and what it may be.

    What :attr:`Pattern.beside` starts with, read without parsing the pattern; 0 if there is none.
    """
    for side, way in ((range(anchor + 1, len(parts)), 1), (range(anchor - 1, -1, -1), -1)):
        far = 0
        for at in side:
            part = parts[at]
            if part[0] == "~" or part[-1] == "?":
                break
            if part[0] in "!=" and len(part) > 1:
                continue
            far += way
            if part in _WORDS:
                return far, tuple(sorted(_WORDS[part]))
            if part[0] != "*" and "@" not in part:
                return far, tuple(w for name in part.split("|") for w in _spellings(name))
    return 0, ()


class Anchors(Protocol):
    """What :func:`compiled` makes, in memory or as a ``marisa_trie.BytesTrie`` on disk."""

    def get(self, key: str) -> list[bytes] | None:
        """The record of a key, alone in a list."""


def compiled(written: Sequence[str]) -> dict[str, list[bytes]]:
    """Written patterns by their anchors.

    A key is a word, or a lemma with its category after a bar; its record is, as JSON, the numbers
    of the patterns that say nothing of what stands near; the others by how far the first plain word
    at a fixed distance stands and by what it is; and those that have a plain word at no fixed
    distance, by that word.

    Raises:
        ValueError: if no element of a pattern must be there.
    """
    found: dict[str, tuple[list[int], dict[int, _ByWord], _ByWord]] = {}
    for number, text in enumerate(written):
        parts = text.split()
        anchor = anchored(parts)
        if anchor is None:
            raise ValueError(f"nothing to find it by: {text!r}")
        far, words = _neighbour(parts, anchor)
        near = () if far else _near_word(parts, anchor)
        names, _, category = parts[anchor].partition("@")
        for name in names.split("|"):
            # a lemma fits, whatever the lexicon knows of it
            for key in (name, f"{name}|{category}") if category else _spellings(name):
                free, beside, somewhere = found.setdefault(key, ([], {}, {}))
                for other in words:
                    beside.setdefault(far, {}).setdefault(other, []).append(number)
                for other in near:
                    somewhere.setdefault(other, []).append(number)
                if not far and not near:
                    free.append(number)
    return {
        key: [json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()]
        for key, record in found.items()
    }


def _near_word(parts: Sequence[str], anchor: int) -> tuple[str, ...]:
    """The words of the plain element beside the anchor that says most; none if there is no such."""
    plain = [
        [word for name in part.split("|") for word in _spellings(name)]
        for at, part in enumerate(parts)
        if at != anchor and part[0] not in "!=~*" and part[-1] != "?" and "@" not in part
    ]
    if not plain:
        return ()
    fewest: list[str] = min(plain, key=len)
    return tuple(fewest)


class Index:
    """Patterns by their anchors.

    A short text meets few of them: a pattern is parsed where its anchor is met, and the lexicon is
    asked for the readings of a text's words, not for all forms of all anchors.

    Args:
        anchors: see :func:`compiled`.
        written: the pattern of a number, as it is written.
    """

    def __init__(self, anchors: Anchors, written: Callable[[int], str]) -> None:
        self._anchors = anchors
        self._written = written
        self._of = lru_cache(maxsize=65536)(self._met)
        self._parsed: dict[int, Pattern] = {}
        self._plain: dict[int, tuple[tuple[str, ...], ...]] = {}

    def pattern(self, number: int) -> Pattern:
        """One of the patterns.

        Raises:
            ValueError: if an element of it is none.
        """
        found = self._parsed.get(number)
        if found is None:
            found = self._parsed[number] = Pattern.parse(self._written(number))
        return found

    def _needed(self, number: int) -> tuple[tuple[str, ...], ...]:
        """The words of a pattern's plain elements: one of each must stand in the text."""
        found = self._plain.get(number)
        if found is None:
            found = self._plain[number] = tuple(
                tuple(word for name in part.split("|") for word in _spellings(name))
                for part in self._written(number).split()
                if part[0] not in "!=~*" and part[-1] != "?" and "@" not in part
            )
        return found

    def _met(self, word: str) -> _Met:
        """The patterns whose anchor can be ``word``."""
        keys = {f"{r.lemma}|{r.category}" for r in Lexicon.load().readings(word)}
        met = [json.loads(some[0]) for key in (word, *keys) if (some := self._anchors.get(key))]
        if len(met) == 1:
            free, beside, near = met[0]
            at = tuple((int(far), by_word) for far, by_word in beside.items())
            return free, at, near, frozenset(near)
        every: set[int] = set()
        merged: dict[int, dict[str, set[int]]] = {}
        somewhere: dict[str, set[int]] = {}
        for free, beside, near in met:
            every.update(free)
            for other, numbers in near.items():
                somewhere.setdefault(other, set()).update(numbers)
            for far, by_word in beside.items():
                for other, numbers in by_word.items():
                    merged.setdefault(int(far), {}).setdefault(other, set()).update(numbers)
        at = tuple((far, _in_order(by_word)) for far, by_word in merged.items())
        return sorted(every), at, _in_order(somewhere), frozenset(somewhere)

    def search(self, tokens: Sequence[Token], text: str) -> Iterator[tuple[int, list[range]]]:
        """Every match: the number of its pattern, and what each element takes."""
        low = [token.low for token in tokens]
        there = frozenset(low)
        for at, token in enumerate(tokens):
            if token.kind != "word":
                continue
            some, beside, near, words_near = self._of(low[at])
            for far, by_word in beside:
                place = at + far
                if 0 <= place < len(low) and (more := by_word.get(low[place])):
                    some = sorted([*some, *more]) if some else more
            if words_near and (here := words_near & there):
                some = sorted({*some, *(n for word in here for n in near[word])})
            for which in some:
                if any(map(there.isdisjoint, self._needed(which))):
                    continue
                pattern = self.pattern(which)
                for far, words in pattern.beside:
                    place = at + far
                    if not 0 <= place < len(low) or low[place] not in words:
                        break
                else:
                    found = pattern.match(tokens, text, at)
                    if found is not None:
                        yield which, found


def _in_order(by_word: dict[str, set[int]]) -> _ByWord:
    return {word: sorted(numbers) for word, numbers in by_word.items()}

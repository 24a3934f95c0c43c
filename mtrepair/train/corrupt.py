"""Damage as machine translation does it, with the right answer: one small function per kind.

Every kind takes a :class:`Sentence` and gives a :class:`Damage` or None where it does not fit. The
span is drawn as a detector would draw it: whole words, now and then a word wider. Substituting the
answer for the span gives the original back. Nothing here needs torch.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mtrepair.core import Span
from mtrepair.languages.fr.lexicon import Lexicon, Reading
from mtrepair.languages.fr.tokens import tokens


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged text: ``span`` of ``text`` should read ``answer``."""

    kind: str
    text: str
    span: Span
    answer: str

    @property
    def original(self) -> str:
        """The text as it was before."""
        return self.text[: self.span.start] + self.answer + self.text[self.span.end :]


Translate = Callable[[str], Sequence[str]]
"""Translations of a word in lower case, the likeliest first."""


def _unknown(word: str) -> Sequence[str]:  # noqa: ARG001 - the shape of a dictionary
    return ()


@dataclass(frozen=True, slots=True)
class Resources:
    """What damage is made from.

    Attributes:
        english: the English words for a French one, none if it is unknown.
        french: the French words for an English one.
        nouns: common nouns, for names that were translated.
    """

    lexicon: Lexicon
    english: Translate = _unknown
    french: Translate = _unknown
    nouns: Sequence[str] = ()


class Sentence:
    """A right sentence, its words and a source of chance."""

    def __init__(self, text: str, chance: random.Random, resources: Resources) -> None:
        self.text = text
        self.chance = chance
        self.resources = resources
        self.words = [token for token in tokens(text) if token.kind == "word"]

    def replace(self, kind: str, first: int, last: int, wrong: str) -> Damage | None:
        """Damage: words ``first`` to ``last`` (inclusive) read ``wrong``, the span maybe wider."""
        start, end = self.words[first].start, self.words[last].end
        right = self.text[start:end]
        if wrong == right or not wrong.strip():
            return None
        low, high = first, last
        if self.chance.random() < 0.25:
            if self.chance.random() < 0.5:
                low = max(0, first - 1)
            else:
                high = min(len(self.words) - 1, last + 1)
        wide_start, wide_end = self.words[low].start, self.words[high].end
        text = self.text[:start] + wrong + self.text[end:]
        span = Span(wide_start, wide_end + len(wrong) - (end - start))
        return Damage(kind, text, span, self.text[wide_start:wide_end])

    def pick(self, wanted: Callable[[str], bool], least: int = 1) -> int | None:
        """A random word that is as wanted; ``least`` letters long."""
        fits = [i for i, w in enumerate(self.words) if len(w.text) >= least and wanted(w.text)]
        return self.chance.choice(fits) if fits else None


Kind = Callable[[Sentence], Damage | None]


def cased(word: str, like: str) -> str:
    """``word`` with the capitals of ``like``."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def keep(s: Sentence, lengths: Sequence[int] = (1, 1, 1, 2, 2, 3, 4, 6, 9)) -> Damage | None:
    """A span that is right, of one of the ``lengths`` in words; the answer is itself."""
    if not s.words:
        return None
    length = s.chance.choice(lengths)
    first = s.chance.randrange(len(s.words))
    last = min(len(s.words) - 1, first + length - 1)
    span = Span(s.words[first].start, s.words[last].end)
    return Damage("keep", s.text, span, span.of(s.text))


_INFLECTED = frozenset({"N", "A", "V", "DET"})
_DETERMINERS: tuple[tuple[str, ...], ...] = (
    ("le", "la", "les"),
    ("un", "une", "des"),
    ("du", "de la", "des"),
    ("au", "à la", "aux"),
    ("ce", "cet", "cette", "ces"),
    ("mon", "ma", "mes"),
    ("son", "sa", "ses"),
    ("notre", "nos"),
    ("votre", "vos"),
    ("leur", "leurs"),
    ("quel", "quelle", "quels", "quelles"),
    ("tout", "toute", "tous", "toutes"),
    ("il", "elle", "ils", "elles"),
    ("celui", "celle", "ceux", "celles"),
    ("lequel", "laquelle", "lesquels", "lesquelles"),
    ("le", "lui"),
    ("les", "leur"),
)


def agreement(s: Sentence) -> Damage | None:
    """Another inflection of the same word: gender, number, person, participle, determiner."""
    if s.chance.random() < 0.3:
        return _determiner(s)
    lexicon = s.resources.lexicon
    at = s.pick(lambda w: w.islower() and lexicon.zipf(w) > 0, least=2)
    if at is None:
        return None
    word = s.words[at].text
    readings = [r for r in lexicon.readings(word) if r.category in _INFLECTED]
    if not readings:
        return None
    others = _other_forms(lexicon, s.chance.choice(readings), word)
    if not others:
        return None
    return s.replace("agreement", at, at, s.chance.choice(others))


_FINITE = frozenset("PISFCJ")
_THIRD = {"3s": ("3p",) * 7 + ("1s", "2s", "1p"), "3p": ("3s",) * 9 + ("1p",)}
"""The person of a verb, and those that take its place: the other number far more often."""


def verb(s: Sentence) -> Damage | None:
    """A verb in another person of the same tense: "les prix monte", "elle séduis"."""
    forms = s.resources.lexicon.forms

    def others(word: str) -> list[str]:
        made: list[str] = []
        for reading in _verbs(s, word):
            for feature in reading.features:
                if feature[0] not in _FINITE:
                    continue
                person = s.chance.choice(_THIRD.get(feature[1:], ("3s", "3p")))
                made += [f for f, some in forms(reading.lemma, "V") if feature[0] + person in some]
        return sorted({form for form in made if form != word})

    return _reform(s, others)


def participle(s: Sentence) -> Damage | None:
    """A past participle in another gender or number: "les titres détenu", "est devenu une amie"."""
    forms = s.resources.lexicon.forms

    def others(word: str) -> list[str]:
        return sorted(
            {
                form
                for reading in _verbs(s, word)
                if any(feature[0] == "K" for feature in reading.features)
                for form, features in forms(reading.lemma, "V")
                if form != word and any(feature[0] == "K" for feature in features)
            }
        )

    return _reform(s, others)


def adjective(s: Sentence) -> Damage | None:
    """An adjective in another gender or number: "les vols intérieur"."""
    lexicon = s.resources.lexicon

    def others(word: str) -> list[str]:
        readings = lexicon.readings(word)
        if any(r.category == "DET" for r in readings):
            return []
        return sorted(
            {
                form
                for reading in readings
                if reading.category == "A"
                for form, _ in lexicon.forms(reading.lemma, "A")
                if form != word and lexicon.zipf(form) > 0
            }
        )

    return _reform(s, others)


def _verbs(s: Sentence, word: str) -> list[Reading]:
    """The verbs that a word can be; none if it is more likely something else."""
    readings = s.resources.lexicon.readings(word)
    if any(r.category in ("DET", "PREP", "PRO", "CONJC", "CONJS") for r in readings):
        return []
    return [r for r in readings if r.category == "V"]


def _reform(s: Sentence, others: Callable[[str], list[str]]) -> Damage | None:
    """A random word that has other forms, as one of them; no noun behind a determiner."""
    readings = s.resources.lexicon.readings
    fits: list[tuple[int, list[str]]] = []
    for at, word in enumerate(s.words):
        before = s.words[at - 1].text.lower() if at else ""
        if word.text.islower() and not (
            any(r.category == "N" for r in readings(word.text))
            and any(r.category in ("DET", "PREP") for r in readings(before))
        ):
            made = others(word.text)
            if made:
                fits.append((at, made))
    if not fits:
        return None
    at, made = s.chance.choice(fits)
    return s.replace("agreement", at, at, s.chance.choice(made))


def _other_forms(lexicon: Lexicon, reading: Reading, word: str) -> list[str]:
    """Forms of the same lemma that a translator could have confused with ``word``."""
    forms = lexicon.forms(reading.lemma, reading.category)
    if reading.category != "V":
        return sorted({form for form, _ in forms if form != word})
    participle = any(f.startswith("K") for f in reading.features)
    moods = {f[0] for f in reading.features}
    near = {
        form
        for form, features in forms
        if form != word
        and any(
            (f[0] == "K" if participle else f[0] in moods or f in ("W", "Kms", "G"))
            for f in features
            if f
        )
    }
    return sorted(near)


def _determiner(s: Sentence) -> Damage | None:
    at = s.pick(lambda w: any(w.lower() in row for row in _DETERMINERS))
    if at is None:
        return None
    word = s.words[at].text
    row = s.chance.choice([row for row in _DETERMINERS if word.lower() in row])
    other = s.chance.choice([form for form in row if form != word.lower()])
    return s.replace("agreement", at, at, cased(other, word))


_SMALL = (
    "de",
    "la",
    "le",
    "les",
    "et",
    "à",
    "des",
    "en",
    "un",
    "une",
    "dans",
    "que",
    "qui",
    "pour",
)


def loop(s: Sentence) -> Damage | None:
    """A phrase that comes back, with drift: words dropped, added or changed between the turns."""
    if len(s.words) < 3:
        return None
    length = s.chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8))
    first = s.chance.randrange(len(s.words))
    last = min(len(s.words) - 1, first + length - 1)
    unit = s.text[s.words[first].start : s.words[last].end]
    glue = s.chance.choice((" ", " ", " ", ", ", " et ", " - "))
    turns = [unit]
    for _ in range(s.chance.choice((1, 1, 1, 2, 3, 4, 6))):
        words = unit.split(" ")
        drift = s.chance.random()
        if drift < 0.15 and len(words) > 2:
            words.pop(s.chance.randrange(len(words)))
        elif drift < 0.3:
            words.insert(s.chance.randrange(len(words) + 1), s.chance.choice(_SMALL))
        elif drift < 0.4 and len(words) > 1:
            words[s.chance.randrange(len(words))] = s.chance.choice(_SMALL)
        turns.append(" ".join(words))
    if len(turns) > 2 and s.chance.random() < 0.2:
        turns[-1] = turns[-1][: max(1, len(turns[-1]) * 2 // 3)].rstrip()  # cut off in mid-word
    return s.replace("loop", first, last, glue.join(turns))


_KEYS = "azertyuiopqsdfghjklmwxcvbn"


def nonword(s: Sentence) -> Damage | None:
    """A word that is none: letters lost, doubled or swapped, accents lost, glued, split, mixed."""
    lexicon = s.resources.lexicon
    at = s.pick(lambda w: w in lexicon or w.lower() in lexicon, least=4)
    if at is None:
        return None
    word = s.words[at].text
    i = s.chance.randrange(1, len(word) - 1)
    how = s.chance.random()
    if how < 0.2:
        wrong = "".join(
            c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
        )
    elif how < 0.35:
        wrong = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    elif how < 0.5:
        wrong = word[:i] + word[i + 1 :]
    elif how < 0.6:
        wrong = word[:i] + word[i] + word[i:]
    elif how < 0.7:
        wrong = word[:i] + s.chance.choice(_KEYS) + word[i + 1 :]
    elif how < 0.78 and at + 1 < len(s.words):
        wrong = word + s.words[at + 1].text
        if s.text[s.words[at].end : s.words[at + 1].start] == " ":
            return s.replace("nonword", at, at + 1, wrong)
        return None
    elif how < 0.86 and len(word) > 5:
        wrong = f"{word[:i]} {word[i:]}"
    else:
        english = s.resources.english(word.lower())
        stem = s.chance.choice(list(english)) if english else word[: len(word) * 2 // 3]
        ending = s.chance.choice(
            ("er", "é", "ée", "ement", "tion", "ant", "eur", "iser", "ing", "ux")
        )
        wrong = cased(stem[: s.chance.randint(3, max(3, len(stem)))] + ending, word)
    if wrong in lexicon:
        return None
    return s.replace("nonword", at, at, wrong)


def untranslated(s: Sentence) -> Damage | None:
    """One to three words left in English."""
    english = s.resources.english
    at = s.pick(lambda w: bool(english(w.lower())), least=3)
    if at is None:
        return None
    last = at
    words = [_english(s, at)]
    while (
        s.chance.random() < 0.25
        and last + 1 < len(s.words)
        and (
            english(s.words[last + 1].text.lower())
            and s.words[last + 1].start == s.words[last].end + 1
        )
    ):
        last += 1
        words.append(_english(s, last))
    return s.replace("untranslated", at, last, " ".join(words))


def _english(s: Sentence, at: int) -> str:
    word = s.words[at].text
    return cased(s.resources.english(word.lower())[0], word)


def sense(s: Sentence) -> Damage | None:
    """Another translation of the word's own translation."""
    res = s.resources
    at = s.pick(lambda w: bool(res.english(w.lower())), least=4)
    if at is None:
        return None
    word = s.words[at].text
    others = [
        french
        for english in res.english(word.lower())
        for french in res.french(english)
        if french != word.lower() and french[:4] != word.lower()[:4]
    ]
    if not others:
        return None
    return s.replace("sense", at, at, cased(s.chance.choice(others), word))


_PREPOSITIONS = (
    "à", "de", "en", "dans", "sur", "pour", "par", "avec", "sans", "sous", "vers", "chez", "entre",
    "dès", "depuis", "contre", "selon", "parmi",
)  # fmt: skip
_ARTICLES = ("le", "la", "les", "un", "une", "des", "du", "de", "de la", "au", "aux")


def preposition(s: Sentence) -> Damage | None:
    """A wrong, missing or superfluous preposition or article."""
    how = s.chance.random()
    small = {*_PREPOSITIONS, *_ARTICLES}
    if how < 0.7:
        at = s.pick(lambda w: w.lower() in small)
        if at is None:
            return None
        word = s.words[at].text
        row = _PREPOSITIONS[:12] if word.lower() in _PREPOSITIONS else _ARTICLES
        return s.replace("preposition", at, at, cased(s.chance.choice(row), word))
    if how < 0.85:
        at = s.pick(lambda w: w.lower() in small)
        if at is None or at + 1 >= len(s.words):
            return None
        between = s.text[s.words[at].end : s.words[at + 1].start]
        if between != " ":
            return None
        return s.replace("preposition", at, at + 1, s.words[at + 1].text)
    at = s.pick(lambda w: w.islower(), least=3)
    if at is None:
        return None
    extra = s.chance.choice(_PREPOSITIONS[:6] + _ARTICLES[:5])
    return s.replace("preposition", at, at, f"{extra} {s.words[at].text}")


def order(s: Sentence) -> Damage | None:
    """Two neighbours, or a word and the two after it, change places."""
    if len(s.words) < 4:
        return None
    first = s.chance.randrange(len(s.words) - 2)
    last = first + s.chance.choice((1, 1, 2))
    if any(s.text[s.words[i].end : s.words[i + 1].start] != " " for i in range(first, last)):
        return None
    words = [w.text for w in s.words[first : last + 1]]
    moved = [*words[1:], words[0]] if s.chance.random() < 0.7 else words[::-1]
    if first == 0:
        moved[0] = cased(moved[0], words[0])
        moved = [moved[0], *(w.lower() if w == words[0] else w for w in moved[1:])]
    return s.replace("order", first, last, " ".join(moved))


def name(s: Sentence) -> Damage | None:
    """The surname of a "Given Surname" pair became a common noun, with or without its article."""
    if not s.resources.nouns:
        return None
    pairs = [
        i
        for i in range(1, len(s.words) - 1)
        if s.words[i].text.istitle()
        and s.words[i + 1].text.istitle()
        and s.text[s.words[i].end : s.words[i + 1].start] == " "
        and s.words[i].text.lower() not in s.resources.lexicon
    ]
    if not pairs:
        return None
    at = s.chance.choice(pairs)
    given = s.words[at].text
    noun = s.chance.choice(s.resources.nouns)
    article = "l'" if noun[0] in "aeiouyéèêh" else s.chance.choice(("le ", "la "))
    wrong = s.chance.choice(
        (
            f"{article}{noun} {given}",
            f"{given} {article}{noun}",
            f"{given} {noun.title()}",
            f"{given} {noun}",
        )
    )
    return s.replace("name", at, at + 1, wrong)


_ELIDED = {
    "l'": ("le ", "la "), "d'": ("de ",), "j'": ("je ",), "n'": ("ne ",), "s'": ("se ", "si "),
    "qu'": ("que ",), "c'": ("ce ",), "m'": ("me ",), "t'": ("te ",),
}  # fmt: skip
_CONTRACTED = {"du": "de le", "des": "de les", "au": "à le", "aux": "à les"}


def elision(s: Sentence) -> Damage | None:
    """An elision or contraction that was not made, or one too many."""
    at = s.pick(
        lambda w: (
            w.lower().replace("’", "'") in _ELIDED
            or w.lower() in _CONTRACTED
            or w.lower() in ("le", "la", "de", "que")
        )
    )
    if at is None or at + 1 >= len(s.words):
        return None
    word, following = s.words[at].text, s.words[at + 1].text
    key = word.lower().replace("’", "'")
    if key in _ELIDED:
        return s.replace(
            "elision", at, at + 1, cased(s.chance.choice(_ELIDED[key]), word) + following
        )
    if s.text[s.words[at].end : s.words[at + 1].start] != " ":
        return None
    if key in _CONTRACTED:
        return s.replace("elision", at, at + 1, f"{cased(_CONTRACTED[key], word)} {following}")
    short = cased({"le": "l'", "la": "l'", "de": "d'", "que": "qu'"}[key], word)
    return s.replace("elision", at, at + 1, short + following)


KINDS: Mapping[str, tuple[Kind, float]] = {
    "keep": (keep, 0.34),
    "agreement": (agreement, 0.19),
    "loop": (loop, 0.04),
    "nonword": (nonword, 0.14),
    "untranslated": (untranslated, 0.06),
    "sense": (sense, 0.02),
    "preposition": (preposition, 0.17),
    "order": (order, 0.02),
    "name": (name, 0.01),
    "elision": (elision, 0.03),
}
"""Each kind and its share of the examples. KEEP is large, because a rewriter that cannot leave
text alone is useless; the others follow what real engines do (see docs/rewriter.md)."""

_PROSE = re.compile(r"[^\W\d_]{2,}")


def damage(
    text: str,
    chance: random.Random,
    resources: Resources,
    kinds: Mapping[str, tuple[Kind, float]] = KINDS,
) -> Damage | None:
    """One damaged version of a sentence, its kind drawn by the shares of ``kinds``."""
    if len(_PROSE.findall(text)) < 4:
        return None
    sentence = Sentence(text, chance, resources)
    if len(sentence.words) < 4:
        return None
    shares = [share for _, share in kinds.values()]
    for _ in range(4):
        kind = chance.choices(list(kinds), shares)[0]
        made = kinds[kind][0](sentence)
        if made is not None:
            return made
    return None

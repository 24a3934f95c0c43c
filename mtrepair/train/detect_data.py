"""Training data of the detector: tokens that are wrong, tokens that are right, and unknown ones.

Four origins: expert error spans, damage planted by :mod:`mtrepair.train.corrupt`, machine
translation judged by the agreement of other systems and a reference, and right text. A label of
``UNKNOWN`` takes no part in the loss: silence is better than a guess. Nothing here needs torch.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from mtrepair.core import InputError
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.tokens import tokens
from mtrepair.rules.learned.reading import KINDS, SEVERITIES, Reader
from mtrepair.train import calque_damage, corrupt, data
from mtrepair.train.corrupt import Damage, Resources, damage
from mtrepair.train.data import Corpus

UNKNOWN = -1
UNK_ID = 3

KIND_OF: Mapping[str, str] = {
    "Agreement": "agreement", "Tense/Mood/Aspect": "agreement", "POS": "agreement",
    "Word Order": "word-order",
    "Lexical Selection": "wrong-word", "Overly Literal": "wrong-word",
    "False Friend": "wrong-word", "Ambiguous Translation": "wrong-word",
    "Over-translation": "wrong-word", "Under-translation": "wrong-word",
    "Unidiomatic": "wrong-word", "Company Terminology": "wrong-word",
    "Untranslated": "untranslated",
    "Shouldn't Have Been Translated": "translated-name",
    "Shouldn't have been translated": "translated-name", "Named Entity": "translated-name",
    "Wrong Preposition": "small-word", "Wrong Determiner": "small-word",
    "Wrong Pronoun": "small-word", "Wrong Conjunction": "small-word",
    "Wrong Auxiliary Verb": "small-word",
    "Addition": "addition", "Duplication": "addition",
    "Capitalization": "punctuation", "Punctuation": "punctuation", "Whitespace": "punctuation",
    "Hyphenation": "punctuation", "Character Encoding": "punctuation",
    "Orthography": "punctuation", "Spelling": "punctuation", "Diacritics": "punctuation",
}  # fmt: skip
"""The categories of the WMT document task; the rest is ``other``."""

DAMAGE_KINDS: Mapping[str, str] = {
    "agreement": "agreement", "loop": "addition", "nonword": "punctuation",
    "untranslated": "untranslated", "sense": "wrong-word", "preposition": "small-word",
    "calque": "wrong-word", "order": "word-order", "name": "translated-name",
    "elision": "small-word",
}  # fmt: skip

NEWS_SHARE: Mapping[str, float] = {
    "bergamot-tiny": 1.0,
    "bergamot-base-memory": 0.4,
    "google": 0.2,
    "microsoft": 0.2,
}
"""Share of each system's sentences in news_systems; the weak one has the errors."""

Ranges = list[tuple[int, int]]


MT_FILES = ("news_systems", "newstest2021_de_fr", "wmt_qe_docs")
"""The files below ``mt/train`` that are trained on."""


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all training files below ``folder``."""
    digest = hashlib.sha256(data.fingerprint(folder).encode())
    for name in MT_FILES:
        path = folder / "mt" / "train" / f"{name}.jsonl.xz"
        digest.update(f"mt/{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(slots=True)
class Labelled:
    """A sentence with a label for each of its tokens.

    Attributes:
        tokens: start and end of each in ``text``.
        bad: 1 wrong, 0 right, UNKNOWN; ``gap``: the same for "something is missing before it".
        kind: index in KINDS; ``severity``: index in SEVERITIES; UNKNOWN where not wrong.
        doc: the document it comes from, or "".
    """

    text: str
    tokens: Ranges
    bad: list[int]
    gap: list[int]
    kind: list[int]
    severity: list[int]
    source: str | None = None
    doc: str = ""


Calque = tuple[str | None, str, Damage]
"""A source, a right sentence, and the sentence with a calque in it."""


def calques(corpus: Corpus, *, most: int, seed: int = 0) -> list[list[Calque]]:
    """Sentences with calques put into them, those for the same right words together.

    Args:
        most: sentences for one and the same words.
    """
    chance = random.Random(seed)
    planter = calque_damage.Planter(chance)
    found: dict[str, list[Calque]] = defaultdict(list)
    pairs = [*corpus.parallel, *((None, text) for text in corpus.clean)]
    chance.shuffle(pairs)
    for source, text in pairs:
        for made in planter.damages(text):
            some = found[made.answer.lower()]
            if len(some) < most:
                some.append((source, text, made))
    return list(found.values())


@dataclass(slots=True)
class Origins:
    """Where examples are drawn from, by the names that :func:`mix` knows."""

    expert: list[Labelled] = field(default_factory=list)
    judged: list[Labelled] = field(default_factory=list)
    faulty: list[Labelled] = field(init=False)
    corpus: Corpus = field(default_factory=lambda: Corpus([], []))
    calques: list[list[Calque]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faulty = [made for made in self.judged if 1 in made.bad] or self.judged


def ranges(text: str) -> Ranges:
    """Start and end of each token."""
    return [(token.start, token.end) for token in tokens(text)]


def right(text: str, source: str | None = None) -> Labelled:
    """A sentence with nothing wrong in it."""
    found = ranges(text)
    zero, none = [0] * len(found), [UNKNOWN] * len(found)
    return Labelled(text, found, zero, list(zero), none, list(none), source)


def rows(path: Path) -> Iterator[dict[str, object]]:
    """The records of an ``.jsonl.xz`` file.

    Raises:
        InputError: if it is not there.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def expert(path: Path) -> list[Labelled]:
    """Sentences with error spans of the WMT document task (``src``, ``mt``, ``spans``)."""
    return [annotated(row) for row in rows(path)]


def annotated(row: Mapping[str, object]) -> Labelled:
    """One record with spans; a gap marks the token after it.

    A gap of word order says where a word should stand, not that one is missing: UNKNOWN.
    """
    text, source = str(row["mt"]), row.get("src")
    made = right(text, str(source) if source else None)
    made.doc = str(row.get("doc", ""))
    spans = row["spans"]
    if not isinstance(spans, list):
        raise InputError("a record without spans")
    for span in spans:
        start, end, category = int(span["start"]), int(span["end"]), str(span["category"])
        severity = str(span.get("severity", "")).lower()
        kind = KINDS.index(KIND_OF.get(category, "other"))
        for i, (low, high) in enumerate(made.tokens):
            if span.get("gap"):
                if low >= start:
                    made.gap[i] = 1 if category.startswith("Omitted") else UNKNOWN
                    break
            elif low < end and start < high:
                made.bad[i] = 1
                made.kind[i] = kind
                if severity in SEVERITIES:
                    made.severity[i] = SEVERITIES.index(severity)
    return made


def without_source(sentences: Sequence[Labelled]) -> list[Labelled]:
    """The same sentences without their sources."""
    return [replace(sentence, source=None) for sentence in sentences]


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong in a damaged text: a place, or the word before which something is gone."""

    start: int
    end: int
    kind: int
    gap: bool = False

    def moved(self, by: int) -> _Wrong:
        return replace(self, start=self.start + by, end=self.end + by)


def _wrong(made: Damage) -> _Wrong:
    """Where a damaged text differs; the words that both sides of the damage share are right."""
    wrong, answer = made.span.of(made.text), made.answer
    old, new = tokens(wrong), tokens(answer)
    first = 0
    while first < min(len(old), len(new)) and old[first].text == new[first].text:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last].text == new[-1 - last].text:
        last += 1
    start = made.span.start + (old[first].start if first < len(old) else len(wrong))
    end = made.span.start + (old[len(old) - last - 1].end if len(old) > last else 0)
    kind = KINDS.index(DAMAGE_KINDS[made.kind])
    gap = first + last >= len(old)  # nothing wrong is left: something was taken away
    return _Wrong(start, start if gap else end, kind, gap)


def _marked(text: str, source: str | None, found: Iterable[_Wrong]) -> Labelled:
    """A text with the labels of what is wrong in it."""
    result = right(text, source)
    for wrong in found:
        for i, (low, high) in enumerate(result.tokens):
            if wrong.gap:
                if low >= wrong.start:
                    result.gap[i] = 1
                    break
            elif low < wrong.end and wrong.start < high:
                result.bad[i] = 1
                result.kind[i] = wrong.kind
    return result


def planted(made: Damage, source: str | None = None) -> Labelled:
    """A damaged sentence; the words that its wrong part shares with the right one are right.

    A deletion marks the token after it as a gap.
    """
    return _marked(made.text, source, () if made.kind == "keep" else (_wrong(made),))


def planted_often(
    text: str,
    source: str | None,
    chance: random.Random,
    resources: Resources,
    times: int,
    first: Damage | None = None,
) -> Labelled:
    """A sentence that is damaged up to ``times`` times, in places that do not touch.

    Args:
        first: damage that the sentence has already, if any.
    """
    found: list[_Wrong] = []
    made = first
    for _ in range(times):
        made = made or damage(text, chance, resources, PROSE_KINDS)
        if made is not None and made.kind != "keep":
            wrong = _wrong(made)
            by = len(made.text) - len(text)
            before = wrong.end - by  # where the changed part ended
            if not any(w.start <= before + 1 and wrong.start <= w.end + 1 for w in found):
                found = [w.moved(by) if w.start >= before else w for w in found]
                found.append(wrong)
                text = made.text
        made = None
    return _marked(text, source, found)


def judged(path: Path, *, share: Mapping[str, float], seed: int = 0) -> list[Labelled]:
    """Machine translation labelled by what other systems and the reference say.

    Args:
        share: of each system's sentences that are kept; other systems give all.
    """
    chance = random.Random(seed)
    lexicon, dictionary = Lexicon.load(), Dictionary.load()
    groups: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for row in rows(path):
        groups[str(row["set"]), str(row["src"])].append(row)
    made: list[Labelled] = []
    for group in groups.values():
        texts = {str(row["system"]): str(row["mt"]) for row in group}
        reference = next((str(row["ref"]) for row in group if row.get("ref")), None)
        source = str(group[0]["src"]) if group[0].get("src_lang", "en") == "en" else None
        for system, text in texts.items():
            if chance.random() >= share.get(system, 1.0):
                continue
            others = [other for name, other in texts.items() if name != system]
            others += [reference] if reference else []
            if len(others) >= 3:
                made.append(support(text, others, source, lexicon, dictionary))
    return made


_WORD = re.compile(r"[^\W\d_]")


def support(
    text: str,
    others: Sequence[str],
    source: str | None,
    lexicon: Lexicon,
    dictionary: Dictionary,
) -> Labelled:
    """Labels from other translations of the same sentence, which a person or a system wrote.

    A token that any of them has at the same place is right. It is wrong when nearly all of them
    have one and the same other form of it between neighbours that they share (agreement), or all of
    them one and the same other word that is neither a form nor a synonym (wrong word); when no one
    has it and it is no French word, or stands in the source. All else is unknown: a plain
    difference is a paraphrase more often than an error.
    """
    made = right(text, source)
    count = len(made.tokens)
    words = [text[a:b].lower().replace("’", "'") for a, b in made.tokens]
    backed = [0] * count
    slots: list[Counter[str]] = [Counter() for _ in range(count)]
    bag: set[str] = set()
    for other in others:
        theirs = [token.text.lower().replace("’", "'") for token in tokens(other)]
        bag.update(theirs)
        match = SequenceMatcher(None, words, theirs, autojunk=False)
        for tag, i1, i2, j1, j2 in match.get_opcodes():
            if tag == "equal":
                for i in range(i1, i2):
                    backed[i] += 1
            elif tag == "replace" and i2 - i1 == j2 - j1 <= 2:
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                    slots[i][theirs[j]] += 1
    stems = {word[:4] for word in bag if len(word) >= 4}
    original = set(re.findall(r"[a-z]+", (source or "").lower()))
    most = max(3, len(others) - 1)
    for i, word in enumerate(words):
        made.gap[i] = UNKNOWN
        if backed[i]:
            continue
        made.bad[i] = UNKNOWN
        written = text[slice(*made.tokens[i])]
        if word in bag or not _WORD.search(word):
            continue
        slot, votes = slots[i].most_common(1)[0] if slots[i] else ("", 0)
        fixed = (i == 0 or backed[i - 1] >= most) and (i + 1 == count or backed[i + 1] >= most)
        kind = ""
        if len(word) >= 4 and written.islower() and word[:4] not in stems:
            if lexicon.zipf(word) == 0 and word not in lexicon:
                kind = "untranslated" if word in original else "punctuation"
            elif word in original and not dictionary.english(word):
                kind = "untranslated"
            elif votes == len(others) and len(slot) >= 4 and not _synonyms(word, slot, dictionary):
                kind = "wrong-word"
        elif votes >= most and fixed and _forms(word, slot, lexicon):
            kind = "agreement"
        if kind:
            made.bad[i], made.kind[i] = 1, KINDS.index(kind)
    return made


def _synonyms(word: str, other: str, dictionary: Dictionary) -> bool:
    one = {english for english, p in dictionary.english(word) if p >= 0.02}
    two = {english for english, p in dictionary.english(other) if p >= 0.02}
    return not one or not two or bool(one & two)


def _forms(word: str, other: str, lexicon: Lexicon) -> bool:
    one = {(r.lemma, r.category) for r in lexicon.readings(word)}
    two = {(r.lemma, r.category) for r in lexicon.readings(other)}
    return word != other and bool(one & two)


_MIX: Mapping[str, tuple[float, float]] = {
    "expert": (0.45, 0.60),
    "judged": (0.15, 0.06),
    "planted": (0.22, 0.16),
    "right": (0.18, 0.18),
}
"""Share of each origin at the start and at the end of a run: pseudo data first, experts last, as
the winners of the WMT word-level tasks do. With 70 % of experts at the end the last third of a run
made the dev sentences' MCC fall from .40 to .39."""


SOURCED = 0.45
"""Share of the sentences with a source that are shown with it; the same model reads both."""


_PROSE_MIX: Mapping[str, tuple[float, float]] = {
    "expert": (0.0, 0.0),
    "judged": (0.0, 0.0),
    "calques": (0.22, 0.22),
    "planted": (0.50, 0.48),
    "right": (0.28, 0.30),
}
"""The shares for a detector of errors in running prose."""
MIXES = {"experts": _MIX, "prose": _PROSE_MIX}

PROSE_KINDS: Mapping[str, tuple[corrupt.Kind, float]] = {
    "verb": (corrupt.verb, 0.16),
    "participle": (corrupt.participle, 0.13),
    "adjective": (corrupt.adjective, 0.09),
    "agreement": (corrupt.agreement, 0.14),
    "preposition": (corrupt.preposition, 0.14),
    "sense": (calque_damage.sense, 0.11),
    "nonword": (corrupt.nonword, 0.05),
    "untranslated": (corrupt.untranslated, 0.06),
    "order": (corrupt.order, 0.05),
    "loop": (corrupt.loop, 0.03),
    "elision": (corrupt.elision, 0.04),
}
"""What is planted into prose, and how often."""
TIMES = (1, 1, 2, 2, 3)
"""How often a sentence is damaged, drawn evenly: engines err more than once in a sentence."""


def mix(used: float, name: str = "experts") -> dict[str, float]:
    """The share of each origin when ``used`` of the budget (0 to 1) is spent."""
    return {key: start + (end - start) * used for key, (start, end) in MIXES[name].items()}


_GLUED = re.compile(r"\s+(?=[;:!?»])|(?<=«)\s+")


def _typography(made: Labelled, chance: random.Random) -> Labelled:
    """Sometimes other quotation marks, so that their kind says nothing about the origin."""
    if "«" in made.text and chance.random() < 0.4:
        return replace(made, text=made.text.replace("«", '"').replace("»", '"'))
    return made


def _with_calque(origins: Origins, chance: random.Random, resources: Resources) -> Labelled:
    """A sentence with a calque; each that can be planted is as likely as another."""
    source, text, first = chance.choice(chance.choice(origins.calques))
    return planted_often(text, source, chance, resources, chance.choice(TIMES), first)


def prose_dev(path: Path, resources: Resources, *, seed: int = 7) -> list[Labelled]:
    """References of news with errors planted into them, to measure on: one in three is right."""
    chance = random.Random(seed)
    texts = sorted({str(row["ref"]) for row in rows(path) if row.get("ref")})
    return [
        planted_often(text, None, chance, resources, chance.choice((0, 1, 2))) for text in texts
    ]


def draw(
    origins: Origins,
    resources: Resources,
    chance: random.Random,
    used: float,
    name: str = "experts",
) -> Labelled | None:
    """One sentence by the shares of :func:`mix`, with or without its source."""
    shares = mix(used, name)
    origin = chance.choices(list(shares), list(shares.values()))[0]
    if origin == "expert":
        made = chance.choice(origins.expert)
    elif origin == "judged":
        # Few sentences have an error that the filter is sure of: half of the draws are from them.
        made = chance.choice(origins.faulty if chance.random() < 0.5 else origins.judged)
    elif origin == "calques":
        made = _with_calque(origins, chance, resources)
    else:
        source: str | None = None
        if chance.random() < 0.6:
            source, text = chance.choice(origins.corpus.parallel)
        else:
            text = chance.choice(origins.corpus.clean)
        # Sources have « word » glued or not, as engines do.
        text = _GLUED.sub("", text) if chance.random() < 0.15 else text
        if origin == "planted" and name == "prose":
            made = planted_often(text, source, chance, resources, chance.choice(TIMES))
        elif origin == "planted":
            broken = damage(text, chance, resources)
            if broken is None or broken.kind == "keep":
                return None
            made = planted(broken, source)
        else:
            made = right(text, source)
    made = _typography(made, chance)
    if made.source is not None and chance.random() >= SOURCED:
        made = replace(made, source=None)
    return made


@dataclass(frozen=True, slots=True)
class Example:
    """Piece numbers and, for each piece, its labels (UNKNOWN where it has none)."""

    read: list[int]
    bad: list[int]
    gap: list[int]
    kind: list[int]
    severity: list[int]


def encode(made: Labelled, reader: Reader, numbers: Mapping[str, int]) -> Example:
    """A sentence as numbers; every piece of a token has the token's labels."""
    seen = reader.read(made.text, made.tokens, made.source)
    read = [numbers.get(piece, UNK_ID) for piece in seen.pieces]

    def labels(of: Sequence[int]) -> list[int]:
        return [UNKNOWN if owner < 0 else of[owner] for owner in seen.owners]

    return Example(
        read, labels(made.bad), labels(made.gap), labels(made.kind), labels(made.severity)
    )


def batches(
    stream: Iterable[Example], size: int, *, pool: int = 30, chance: random.Random
) -> Iterator[list[Example]]:
    """Batches of examples of about one length, ``pool`` of them drawn together."""
    drawn: list[Example] = []
    for example in stream:
        drawn.append(example)
        if len(drawn) == size * pool:
            drawn.sort(key=lambda e: len(e.read))
            cut = [drawn[i : i + size] for i in range(0, len(drawn), size)]
            chance.shuffle(cut)
            yield from cut
            drawn = []

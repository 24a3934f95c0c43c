"""From corpora to batches: sentences are damaged as they are drawn, no two passes are alike.

Nothing here needs torch; :func:`pool` gives plain lists of piece numbers.
"""

from __future__ import annotations

import hashlib
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtrepair.core import InputError
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rewriters.pieces import EOS, Pieces, cut, cut_source
from mtrepair.train import real
from mtrepair.train.corrupt import Damage, Resources, Sentence, Translate, damage, keep

NOVELS = "eltec"
LONGEST_NOVEL_SHARE = 0.2
"""Of the clean sentences; novels of the 19th century have old words and rhetorical repetition."""

REAL = 0.03
APERTIUM = 0.05
"""Shares of examples that are real errors (see real.py), of a neural engine and of Apertium; there
are ten thousand of the first, so that a run of a million examples sees each three times. More of
them teach paraphrase, at KEEP's cost."""

HIDDEN = 0.2
"""Share of examples whose span is hidden, so that the model can rank without the copy's pull."""

LIKELY = 0.05
"""Least probability of a translation; below it the alignment is mostly wrong."""

CONTEXTS = (6, 12, 20, 20)
"""Words of context on each side, drawn evenly; run time gives CONTEXT_WORDS where it can, so half
have as many. The first million examples had (4, 6, 8, 12, 20), which trains faster."""

NEED_SOURCE = frozenset({"name", "sense"})
"""Kinds that can seldom be repaired without the source; fewer of them are shown without it."""

LONGEST_SOURCE = 30
"""Words of a source sentence in training; longer ones cost more than they teach."""

LONGEST = 160
"""Longest input in pieces; run time may give up to 250."""

POOL = 40
"""Batches that are drawn and sorted by length together."""

_URL = re.compile(r"https?://|[{}<>|\\]|`")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Right sentences of a language, some with their source, and real errors with theirs."""

    clean: list[str]
    parallel: list[tuple[str, str]]
    real: real.Errors = field(default_factory=real.Errors)


def usable(text: str) -> bool:
    return 20 <= len(text) <= 600 and not _URL.search(text)


def read(folder: Path, *, per_file: int = 30000, seed: int = 0) -> Corpus:
    """The ``clean/train`` and ``parallel/train`` files below ``folder``, shuffled.

    Raises:
        InputError: if there are none.
    """
    chance = random.Random(seed)
    clean: list[str] = []
    novels: list[str] = []
    for path in sorted((folder / "clean" / "train").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = [line.strip() for line in file if usable(line)]
        chance.shuffle(lines)
        (novels if path.name.startswith(NOVELS) else clean).extend(lines[:per_file])
    parallel: list[tuple[str, str]] = []
    for path in sorted((folder / "parallel" / "train").glob("*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            rows = [tuple(line.rstrip("\n").split("\t")[:2]) for line in file]
        pairs = [(r[0].strip(), r[1].strip()) for r in rows if len(r) == 2 and usable(r[1])]
        chance.shuffle(pairs)
        parallel.extend(pairs[:per_file])
    if not clean or not parallel:
        raise InputError(f"{folder}: no clean/train/*.txt.xz and parallel/train/*.tsv.xz")
    chance.shuffle(novels)
    clean += novels[: int(len(clean) * LONGEST_NOVEL_SHARE)]
    chance.shuffle(clean)
    chance.shuffle(parallel)
    found = real.read(folder, translations(Dictionary.load().french))
    return Corpus(clean, parallel, found)


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of the training files below ``folder``."""
    digest = hashlib.sha256()
    for path in [
        *sorted((folder / "clean" / "train").glob("*.xz")),
        *sorted((folder / "parallel" / "train").glob("*.xz")),
        *[path for path in (folder / real.FILE, folder / real.APERTIUM) if path.is_file()],
    ]:
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def translations(look_up: Callable[[str], Sequence[tuple[str, float]]]) -> Translate:
    """One direction of the dictionary, without its unlikely translations and the word itself."""

    def translate(word: str) -> list[str]:
        return [other for other, p in look_up(word) if p >= LIKELY and other != word]

    return translate


def resources(corpus: Corpus) -> Resources:
    """The lexicon and the dictionary of the package, and frequent nouns of the corpus."""
    dictionary = Dictionary.load()
    lexicon = Lexicon.load()
    words = {word for text in corpus.clean[:20000] for word in text.split() if word.islower()}
    nouns = sorted(
        word
        for word in words
        if lexicon.zipf(word) > 3.5 and {r.category for r in lexicon.readings(word)} == {"N"}
    )
    return Resources(
        lexicon, translations(dictionary.english), translations(dictionary.french), nouns
    )


@dataclass(frozen=True, slots=True)
class Example:
    """What the encoder reads and the decoder writes, as piece numbers with their ends."""

    kind: str
    read: list[int]
    write: list[int]


def examples(corpus: Corpus, res: Resources, pieces: Pieces, seed: str) -> Iterator[Example]:
    """Damaged sentences without end; half of them from parallel text, half of those with source."""
    chance = random.Random(seed)
    end = pieces.ids([EOS])
    while True:
        source: str | None = None
        drawn = chance.random()
        errors = corpus.real.engine if drawn < REAL else corpus.real.apertium
        if errors and drawn < REAL + APERTIUM:
            wrong, source = chance.choice(errors)
            if chance.random() < 0.4 or source.count(" ") > LONGEST_SOURCE:
                source = None
            words = chance.choice(CONTEXTS)
            example = encode(wrong, pieces, source=source, words=words, hidden=False, end=end)
            if example is not None:
                yield example
            continue
        if chance.random() < 0.5:
            source, text = chance.choice(corpus.parallel)
            if chance.random() < 0.6 or source.count(" ") > LONGEST_SOURCE:
                source = None
        else:
            text = chance.choice(corpus.clean)
        hidden = chance.random() < HIDDEN
        if hidden:
            made = keep(Sentence(text, chance, res), lengths=(1, 1, 1, 1, 1, 1, 1, 2, 2, 3))
        else:
            made = damage(text, chance, res)
        if made is None or (made.kind in NEED_SOURCE and source is None and chance.random() < 0.6):
            continue
        # Short contexts too: they train faster, and a heading or a cell has no more.
        words = chance.choice(CONTEXTS)
        example = encode(made, pieces, source=source, words=words, hidden=hidden, end=end)
        if example is not None:
            yield example


def encode(
    made: Damage,
    pieces: Pieces,
    *,
    source: str | None,
    words: int,
    hidden: bool,
    end: Sequence[int],
) -> Example | None:
    """A damage as piece numbers; None if it is too long to train on."""
    if len(made.answer) > 200 or len(made.span) > 500:
        return None
    chunks = cut(made.text, made.span, words)
    original = source and cut_source(source, made.span.start / max(1, len(made.text)))
    seen = pieces.read(chunks, original, hidden=hidden)
    if len(seen) > LONGEST:
        return None
    gap = " " if chunks.span.startswith(" ") and made.answer else ""
    target = pieces.target(gap + made.answer)
    return Example("hidden" if hidden else made.kind, pieces.ids(seen), [*pieces.ids(target), *end])


def pool(
    corpus: Corpus,
    res: Resources,
    pieces: Pieces,
    *,
    seed: int,
    number: int,
    size: int,
    batches: int = POOL,
) -> list[list[Example]]:
    """Pool ``number`` of a training run: ``batches`` batches of ``size`` examples.

    A batch has examples of about the same length; the batches come in random order. The same
    seed and number always give the same pool, so that a resumed run goes on where it stopped.
    """
    chance = random.Random(f"{seed}/{number}/order")
    stream = examples(corpus, res, pieces, f"{seed}/{number}")
    drawn = [next(stream) for _ in range(size * batches)]
    drawn.sort(key=lambda e: (len(e.read), len(e.write)))
    cut_up = [drawn[i : i + size] for i in range(0, len(drawn), size)]
    chance.shuffle(cut_up)
    return cut_up


def pad(rows: Sequence[Sequence[int]], filler: int) -> list[list[int]]:
    """The rows, all as long as the longest."""
    width = max(map(len, rows))
    return [[*row, *[filler] * (width - len(row))] for row in rows]

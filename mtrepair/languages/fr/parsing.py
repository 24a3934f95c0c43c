"""Which word hangs on which: a small dependency parser for French that runs in numpy.

A convolution over the words of a sentence, then a biaffine score for each pair of word and head
(Dozat & Manning 2017) and for each relation. It was taught on sentences whose inflections were
spoilt at random while their trees stayed as they were, so that a word that does not agree does not
lose its place. Labels are those of Universal Dependencies, cut at the colon save for a few.

``scripts/build-parser`` makes ``data/parser.bin``; data/README.md says from what.
Speed: some 100,000 words a second on one core.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtrepair.languages.base import Token
from mtrepair.languages.fr.lexicon import Lexicon

DATA = Path(__file__).parent / "data" / "parser.bin"
LONGEST = 120
"""Words of the longest sentence that is parsed whole; what is longer is cut into pieces."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed sentence; all lists have one entry for each token.

    Attributes:
        heads: the index of each token's head; -1 is the root of the sentence.
        relations: the label of the arc to the head.
        tags: the part of speech (UPOS).
        sure: the probability of head and relation together, between 0 and 1.
        known: the probability of the tag.
        odd: the probability that the token's inflection is not the one that the sentence needs.
    """

    heads: list[int]
    relations: list[str]
    tags: list[str]
    sure: list[float]
    known: list[float]
    odd: list[float]

    def children(self, head: int, *relations: str) -> list[int]:
        """The tokens that hang on ``head`` by one of ``relations`` (all if none is given)."""
        return [
            i
            for i, h in enumerate(self.heads)
            if h == head and (not relations or self.relations[i] in relations)
        ]

    def extend(self, part: Parse) -> None:
        """Put the tree of a further piece of the same sentence behind it."""
        start = len(self.heads)
        self.heads.extend(h + start if h >= 0 else -1 for h in part.heads)
        for name in ("relations", "tags", "sure", "known", "odd"):
            getattr(self, name).extend(getattr(part, name))


def normal(form: str) -> str:
    """A token as the vocabulary has it: lower case, straight apostrophe, digits as one."""
    if form.isdigit():
        return "0"
    low = form.lower().replace("’", "'")
    return "".join("0" if c.isdigit() else c for c in low) if low[:1].isdigit() else low


@lru_cache(maxsize=65536)
def features(form: str) -> tuple[str, str, str, str, str]:
    """Word, ending, kinds of reading, slots of the readings, and shape of a token."""
    word = normal(form)
    kinds: set[str] = set()
    places: set[str] = set()
    for reading in Lexicon.load().readings(form):
        if reading.category == "V":
            for code in reading.features:
                if code[0] in "WGK":
                    kinds.add("V" + code[0])
                else:
                    kinds.add("V")
                places.add(code if code[0] == "K" else code[1:])
        else:
            kinds.add(reading.category)
            places |= reading.features
    if not form[:1].isalpha():
        shape = "0" if form[:1].isdigit() else "."
    else:
        shape = "x" if form.islower() else "X" if form.isupper() and len(form) > 1 else "Xx"
    return word, word[-3:], "|".join(sorted(kinds)), "|".join(sorted(places)), shape


def _norm(x: Floats) -> None:
    """Bring each row to a mean square of 1, in place."""
    x *= 1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + 1e-5)[:, None]


def _single() -> Callable[[], AbstractContextManager[object]]:
    """What keeps a BLAS to one thread; nothing where the environment already does."""
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return nullcontext
    from threadpoolctl import ThreadpoolController  # 5 ms of a start

    controller = ThreadpoolController()
    return lambda: controller.limit(limits=1, user_api="blas")


class Parser:
    """The parser of the package; :meth:`load` opens it once."""

    def __init__(self, path: Path = DATA) -> None:
        data = path.read_bytes()
        size = int.from_bytes(data[:4], "little")
        header = json.loads(data[4 : 4 + size])
        self.tags: list[str] = header["tags"]
        self.relations: list[str] = header["relations"]
        self._index: list[dict[str, int]] = [
            {key: i + 1 for i, key in enumerate(keys)} for keys in header["vocabulary"]
        ]
        self._weights: dict[str, Floats] = {}
        for name, kind, shape, start, scale in header["arrays"]:
            count = int(np.prod(shape))
            raw = np.frombuffer(data, dtype=kind, count=count, offset=4 + size + start)
            whole = raw.astype(np.float32).reshape(shape)
            if scale:
                rows = np.frombuffer(data, dtype="<f2", count=shape[0], offset=4 + size + scale)
                whole *= rows.astype(np.float32)[:, None]
            self._weights[name] = whole
        w = self._weights
        self._layers = [
            (step, w[f"taps{i}"], w[f"mix{i}.weight"], w[f"mix{i}.bias"])
            for i, step in enumerate(header["dilations"])
        ]
        # The first layer sees each word by itself and its neighbours: what a form gives to the
        # three of them is worked out once for each form.
        self._first = np.concatenate(
            (w["first.left"], w["first.middle"], w["first.right"]), axis=1
        )  # (width, 3 * width)
        width = len(self._first)
        self._forms: dict[str, int] = {}  # the row of each form that was met
        # The system gives the memory of a row when it is written.
        self._rows: Floats = np.zeros((_FORMS + 1, 4 * width), np.float32)
        # A sentence is too small to share out: the threads of a BLAS would only wait for each
        # other, and on a busy machine take twenty times the processor time.
        self._threads = _single()

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Parser:
        """The parser; opened once, in some 20 ms."""
        return Parser()

    def _meet(self, sentences: Sequence[Sequence[str]]) -> None:
        """Work out the rows of the forms that were not met before."""
        known = self._forms
        new = list({form for forms in sentences for form in forms if form not in known})
        if not new:
            return
        if len(known) + len(new) > _FORMS:
            known.clear()
            new = list({form for forms in sentences for form in forms})
        first = len(known) + 1  # the first row is empty
        known.update(zip(new, range(first, first + len(new)), strict=True))
        keys = zip(*map(features, new), strict=True)
        own = sum(
            self._weights[f"table{i}"].take([index.get(key, 0) for key in column], axis=0)
            for i, (index, column) in enumerate(zip(self._index, keys, strict=True))
        )
        rows = self._rows[first : first + len(new)]
        rows[:, : len(self._first)] = own
        np.matmul(own, self._first, out=rows[:, len(self._first) :])

    def _encode(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """The vectors of the words of some sentences, one behind the other: (words, width)."""
        gap = [0] * max(step for step, *_ in self._layers)  # so that no sentence sees another
        known = self._forms
        which: list[int] = []
        for forms in sentences:
            which += [known[form] for form in forms]
            which += gap
        numbers = np.array(which)
        rows = self._rows.take(numbers, axis=0)
        filled = numbers > 0
        empty = np.flatnonzero(~filled)
        places, width = len(rows), rows.shape[1] // 4
        x: Floats = np.empty((places, width), np.float32)
        y, z = np.empty_like(x), np.empty_like(x)
        np.add(rows[:, 2 * width : 3 * width], self._weights["first.bias"], out=x)
        x[1:] += rows[:-1, width : 2 * width]  # what the word before gives to its right
        x[:-1] += rows[1:, 3 * width :]
        np.maximum(x, 0, out=x)
        x += rows[:, :width]
        x[empty] = 0
        _norm(x)
        for step, taps, weight, bias in self._layers:
            np.multiply(x, taps[1], out=y)
            if step < places:
                y[step:] += np.multiply(x[:-step], taps[0], out=z[step:])
                y[:-step] += np.multiply(x[step:], taps[2], out=z[:-step])
            np.matmul(y, weight, out=z)
            z += bias
            np.maximum(z, 0, out=z)
            x += z
            x[empty] = 0
            _norm(x)
        return x[filled]

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """The trees of some sentences, each word's likeliest head taken by itself.

        Many short sentences are worked out together: numpy takes longer to be asked than to answer.
        """
        parts = [
            (number, forms[start : start + LONGEST])
            for number, forms in enumerate(sentences)
            for start in range(0, len(forms), LONGEST)
        ]
        found = [Parse([], [], [], [], [], []) for _ in sentences]
        with self._threads():
            for at in range(0, len(parts), _TOGETHER):
                some = parts[at : at + _TOGETHER]
                self._meet([forms for _, forms in some])
                made = self._parse([forms for _, forms in some])
                for (number, _), part in zip(some, made, strict=True):
                    found[number].extend(part)
        return found

    def _parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        w = self._weights
        lengths = [len(forms) for forms in sentences]
        *starts, places = accumulate(lengths, initial=0)
        x = self._encode(sentences)
        hidden = np.maximum(x @ w["hidden.weight"] + w["hidden.bias"], 0)
        size = w["arc.weight"].shape[0]
        lower, upper = hidden[:, :size] @ w["arc.weight"], hidden[:, size : 2 * size]
        low, up = hidden[:, 2 * size : 3 * size], hidden[:, 3 * size :]
        best = np.zeros(places, np.intp)
        sure: Floats = np.ones(places, np.float32)
        for start, n in zip(starts, lengths, strict=True):
            part = slice(start, start + n)
            heads = np.concatenate((w["root"][None], upper[part]))  # (words + 1, size): root first
            arcs = lower[part] @ heads.T
            arcs += heads @ w["arc.bias"]
            arcs.reshape(-1)[1 :: n + 2] = -1e9  # nobody is his own head
            best[part] = arcs.argmax(axis=1)
            arcs -= arcs.max(axis=1, keepdims=True)
            sure[part] = 1.0 / np.exp(arcs, out=arcs).sum(axis=1)
        rooted = best == 0
        before = np.repeat(np.array(starts, np.intp), lengths)  # the words of earlier sentences
        # The row of the head in ``up`` below, whose first row is the root.
        above = np.concatenate((w["label.root"][None], up))[np.where(rooted, 0, best + before)]
        labels = np.concatenate((low, above, low * above), axis=1) @ w["label.weight"]
        labels += w["label.bias"]
        relation = labels.argmax(axis=1)
        labels -= labels.max(axis=1, keepdims=True)
        sure *= 1.0 / np.exp(labels, out=labels).sum(axis=1)
        tags = x @ w["tag.weight"] + w["tag.bias"]
        tag = tags.argmax(axis=1)
        tags -= tags.max(axis=1, keepdims=True)
        known = 1.0 / np.exp(tags, out=tags).sum(axis=1)
        odd = 1.0 / (1.0 + np.exp(-(x @ w["odd.weight"] + w["odd.bias"])[:, 0]))
        columns = (
            (best - 1).tolist(),
            [self.relations[r] for r in relation.tolist()],
            [self.tags[t] for t in tag.tolist()],
            sure.tolist(),
            known.tolist(),
            odd.tolist(),
        )
        return [
            Parse(*(column[start : start + n] for column in columns))
            for start, n in zip(starts, lengths, strict=True)
        ]


_FORMS = 30_000
"""Forms after which all are forgotten."""
_TOGETHER = 24
"""Sentences that are worked out together; more gain nothing."""
_KEPT = 2048
_trees: dict[tuple[str, ...], Parse] = {}


def parse_tokens(sentences: Sequence[Sequence[Token]]) -> list[Parse]:
    """The trees of some sentences of tokens; those of the last few thousand are kept."""
    keys = [tuple(token.text for token in tokens) for tokens in sentences]
    new = list(dict.fromkeys(key for key in keys if key not in _trees))
    if len(_trees) + len(new) > _KEPT:
        kept = {key: _trees[key] for key in keys if key in _trees}
        _trees.clear()
        _trees.update(kept)
    if new:
        _trees.update(zip(new, Parser.load().parse(new), strict=True))
    return [_trees[key] for key in keys]

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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

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


def _norm(x: Floats) -> Floats:
    x *= 1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + 1e-5)[:, None]
    return x


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
        self._cache: dict[str, Floats] = {}
        # A sentence is too small to share out: the threads of a BLAS would only wait for each
        # other, and on a busy machine take twenty times the processor time.
        self._threads = ThreadpoolController()

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Parser:
        """The parser; opened once, in some 20 ms."""
        return Parser()

    def _vector(self, form: str) -> Floats:
        found = self._cache.get(form)
        if found is None:
            weights = self._weights
            sum_ = np.zeros(weights["table0"].shape[1], np.float32)
            for i, key in enumerate(features(form)):
                sum_ += weights[f"table{i}"][self._index[i].get(key, 0)]
            found = np.concatenate((sum_, sum_ @ self._first))  # (4 * width,)
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[form] = found
        return found

    def _encode(self, forms: Sequence[str]) -> Floats:
        parts: Floats = np.array([self._vector(form) for form in forms])
        words, width = len(forms), parts.shape[1] // 4
        x = parts[:, :width]
        y = parts[:, 2 * width : 3 * width] + self._weights["first.bias"]
        y[1:] += parts[:-1, width : 2 * width]  # what the word before gives to its right
        y[:-1] += parts[1:, 3 * width :]
        x = _norm(x + np.maximum(y, 0, out=y))
        for step, taps, weight, bias in self._layers:
            y = x * taps[1]
            if step < words:
                y[step:] += x[:-step] * taps[0]
                y[:-step] += x[step:] * taps[2]
            y = y @ weight
            y += bias
            np.maximum(y, 0, out=y)
            y += x
            x = _norm(y)
        return x

    def parse(self, forms: Sequence[str]) -> Parse:
        """The tree of a sentence, each word's likeliest head taken by itself."""
        if len(forms) > LONGEST:
            return self._pieces(forms)
        with self._threads.limit(limits=1, user_api="blas"):
            return self._parse(forms)

    def _parse(self, forms: Sequence[str]) -> Parse:
        w = self._weights
        n = len(forms)
        x = self._encode(forms)
        hidden = np.maximum(x @ w["hidden.weight"] + w["hidden.bias"], 0)
        size = w["arc.weight"].shape[0]
        lower, upper = hidden[:, :size], hidden[:, size : 2 * size]
        low, up = hidden[:, 2 * size : 3 * size], hidden[:, 3 * size :]
        heads = np.concatenate((w["root"][None], upper))  # (words + 1, size): the root is first
        arcs = lower @ w["arc.weight"] @ heads.T + (heads @ w["arc.bias"])[None]
        arcs[np.arange(n), np.arange(1, n + 1)] = -1e9  # nobody is his own head
        best = arcs.argmax(axis=1)
        arcs -= arcs[np.arange(n), best][:, None]
        sure = 1.0 / np.exp(arcs).sum(axis=1)
        above = np.concatenate((w["label.root"][None], up))[best]  # (words, size)
        labels = np.concatenate((low, above, low * above), axis=1) @ w["label.weight"]
        labels += w["label.bias"]
        relation = labels.argmax(axis=1)
        labels -= labels.max(axis=1, keepdims=True)
        sure *= 1.0 / np.exp(labels).sum(axis=1)
        tags = x @ w["tag.weight"] + w["tag.bias"]
        tag = tags.argmax(axis=1)
        tags -= tags.max(axis=1, keepdims=True)
        known = 1.0 / np.exp(tags).sum(axis=1)
        odd = 1.0 / (1.0 + np.exp(-(x @ w["odd.weight"] + w["odd.bias"])[:, 0]))
        return Parse(
            heads=[int(h) - 1 for h in best],
            relations=[self.relations[r] for r in relation],
            tags=[self.tags[t] for t in tag],
            sure=sure.tolist(),
            known=known.tolist(),
            odd=odd.tolist(),
        )

    def _pieces(self, forms: Sequence[str]) -> Parse:
        whole = Parse([], [], [], [], [], [])
        for start in range(0, len(forms), LONGEST):
            part = self.parse(forms[start : start + LONGEST])
            whole.heads.extend(h + start if h >= 0 else -1 for h in part.heads)
            for name in ("relations", "tags", "sure", "known", "odd"):
                getattr(whole, name).extend(getattr(part, name))
        return whole


@lru_cache(maxsize=512)
def parse(forms: tuple[str, ...]) -> Parse:
    """The tree of a sentence, from its tokens' texts; the last few hundred are kept."""
    return Parser.load().parse(forms)


def parse_tokens(tokens: Sequence[Token]) -> Parse:
    """The tree of a sentence of tokens."""
    return parse(tuple(token.text for token in tokens))

"""How likely each word of a passage stands where it makes no sense.

The parser ties every word to another and says how sure it is of that, of the part of speech and of
the inflection. Where engines put words into English order, or one that belongs elsewhere, it is
less sure, and ties that are rare in French appear. :func:`rows` says what is seen of each word;
boosted trees (garble.json) make a probability of it. ``scripts/fit-garble`` fits them: words that
experts marked in machine translation against clean French prose, the ``train`` parts of both alone.
No observation names a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.parsing import Parser
from mtrepair.rules.parsed import Mood, Parsed, logits, parse, parsed
from mtrepair.rules.passage import Passage
from mtrepair.rules.trees import Trees
from mtrepair.rules.words.english import surplus
from mtrepair.rules.words.vocabulary import knowledge

MODEL = Path(__file__).with_name("garble.json")
Floats = NDArray[np.float32]

_WORD = ("zipf", "surplus", "capital", "kinds")
_TREE = ("odd", "sure", "known", "tag", "relation")
_SHIFTED = (*_WORD, *_TREE)
_WHOLE = ("mean odd", "most odd", "mean sure", "english", "capitals", "words", "closed")
FEATURES: tuple[str, ...] = (
    *_SHIFTED, *(f"{name} before" for name in _SHIFTED), *(f"{name} after" for name in _SHIFTED),
    "tag two before", "tag two after", "distance", "head tag", "head odd", "length", "place",
    "to go", *_WHOLE, "document odd",
)  # fmt: skip

CLEAR = 5.1
"""Mean log-odds of "sure" from which a sentence is in order: half of the sentences of clean French
are not looked at."""
_PAD = 2
"""Empty rows between two sentences, so that no word sees a neighbour in the next one."""


@lru_cache(maxsize=65536)
def _word(text: str) -> tuple[float, float, float, float]:
    """What is known of a word by itself, in the order of ``_WORD``."""
    low = text.lower()
    if not low[:1].isalpha():
        return -1.0, 0.0, 0.0, 0.0
    found = grammar.categories(low)
    kinds = (
        ("N" in found) + 2 * ("A" in found) + 4 * ("V" in found) + 8 * bool(found - {"N", "A", "V"})
    )
    return knowledge(low).zipf, surplus(low), float(text[0].isupper()), float(kinds)


@lru_cache(maxsize=1)
def _numbers() -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of tags and relations, in the parser's order."""
    parser = Parser.load()
    return (
        {tag: i for i, tag in enumerate(parser.tags)},
        {relation: i for i, relation in enumerate(parser.relations)},
    )


def rows(
    passages: Sequence[Passage], whole: Mood, clear: float = CLEAR
) -> tuple[list[tuple[Passage, Token]], Floats]:
    """The words of passages and what is seen of each: (words, len(FEATURES)).

    Sentences whose mean certainty is ``clear`` and more are left out.
    """
    parse(passages)
    sentences = [(p, s) for p in passages for s in parsed(p)]
    if sentences:
        sure = logits([value for _, s in sentences for value in s.tree.sure])
        means = _sums(sure, sentences) / [len(s.words) for _, s in sentences]
        sentences = [sentences[i] for i in np.flatnonzero(means < clear)]
    if not sentences:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    tokens = [(p, token) for p, s in sentences for token in s.words]
    is_word = np.array([token.kind == "word" for _, token in tokens])
    seen = _seen(sentences)  # (tokens, len(_SHIFTED))
    # Two empty rows between sentences, so that no word sees a neighbour in the next one.
    number = np.repeat(np.arange(len(sentences)), [len(s.words) for _, s in sentences])
    place = _PAD + np.arange(len(tokens)) + _PAD * number
    near = np.full((int(place[-1]) + _PAD + 1, len(_SHIFTED)), -10.0, np.float32)
    near[place] = seen
    here = place[is_word]
    tag = len(_WORD) + _TREE.index("tag")
    table = np.concatenate(
        (
            near[here], near[here - 1], near[here + 1],
            near[here - 2, tag : tag + 1], near[here + 2, tag : tag + 1],
            _own(sentences, seen, number, whole)[is_word],
        ),
        axis=1,
    )  # fmt: skip
    return [tokens[i] for i in np.flatnonzero(is_word)], table


_Sentences = Sequence[tuple[Passage, Parsed]]


def _starts(sentences: _Sentences) -> list[int]:
    """Where each sentence begins among the tokens of all."""
    return list(accumulate((len(s.words) for _, s in sentences[:-1]), initial=0))


def _sums(values: Floats, sentences: _Sentences) -> Floats:
    """The sum over each sentence of what is known of each token."""
    found: Floats = np.add.reduceat(values, _starts(sentences))
    return found


def _seen(sentences: _Sentences) -> Floats:
    """What is known of each token by itself: (tokens, len(_SHIFTED))."""
    tags, relations = _numbers()
    trees_ = [s.tree for _, s in sentences]
    words = np.array([_word(t.text) for _, s in sentences for t in s.words], np.float32)
    return np.column_stack(
        (
            words,
            logits([value for tree in trees_ for value in tree.odd]),
            logits([value for tree in trees_ for value in tree.sure]),
            logits([value for tree in trees_ for value in tree.known]),
            np.array([tags[t] for tree in trees_ for t in tree.tags], np.float32),
            np.array([relations[r] for tree in trees_ for r in tree.relations], np.float32),
        )
    )


def _own(sentences: _Sentences, seen: Floats, number: NDArray[np.intp], whole: Mood) -> Floats:
    """What is known of each token in its sentence, from "distance" on in ``FEATURES``."""
    surplus_, capital, odd, sure, tag = seen[:, [1, 2, 4, 5, 7]].T
    starts = np.array(_starts(sentences))
    lengths = np.array([len(s.words) for _, s in sentences])
    index = np.arange(len(seen)) - starts[number]
    heads = np.array([head for _, s in sentences for head in s.tree.heads])
    rooted = heads < 0
    above = np.where(rooted, 0, heads + starts[number])
    total = _sums(odd, sentences)
    of_sentences = (
        total / lengths,
        np.maximum.reduceat(odd, starts),
        _sums(sure, sentences) / lengths,
        _sums((surplus_ > 1).astype(np.float32), sentences) / lengths,
        _sums(capital, sentences) / lengths,
        lengths,
        [p.text.rstrip()[-1:] in ".!?…" for p, _ in sentences],
        [whole.without(odd_, n) for odd_, n in zip(total.tolist(), lengths.tolist(), strict=True)],
    )
    return np.column_stack(
        (
            np.where(rooted, 0, heads - index),
            np.where(rooted, -1, tag[above]),
            np.where(rooted, -10, odd[above]),
            [len(token.text) for _, s in sentences for token in s.words],
            index,
            lengths[number] - index,
            *(np.asarray(values, np.float32)[number] for values in of_sentences),
        )
    ).astype(np.float32)


@lru_cache(maxsize=1)
def trees() -> Trees:
    """The fitted model (garble.json)."""
    return Trees(MODEL)

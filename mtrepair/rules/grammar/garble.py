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
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.parsing import Parser
from mtrepair.rules.parsed import Mood, Parsed, logits, parsed
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

CLEAR = 3.2
"""Mean log-odds of "sure" from which a sentence is in order: nine in ten of the words that the
trees flag are in others, and two in five of the sentences of clean French are not looked at."""
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
    sentences = [
        (p, s) for p in passages for s in parsed(p) if float(logits(s.tree.sure).mean()) < clear
    ]
    if not sentences:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    size = sum(len(s.words) + _PAD for _, s in sentences) + _PAD
    near = np.full((size, len(_SHIFTED)), -10.0, np.float32)
    own = np.zeros((size, len(FEATURES) - 3 * len(_SHIFTED) - 2), np.float32)
    words: list[tuple[Passage, Token]] = []
    places: list[int] = []
    at = _PAD
    for passage, sentence in sentences:
        n = len(sentence.words)
        _fill(passage, sentence, near[at : at + n], own[at : at + n], whole)
        for i, token in enumerate(sentence.words):
            if token.kind == "word":
                words.append((passage, token))
                places.append(at + i)
        at += n + _PAD
    here = np.array(places, np.int64)
    tag = len(_WORD) + _TREE.index("tag")
    table = np.concatenate(
        (
            near[here], near[here - 1], near[here + 1],
            near[here - 2, tag : tag + 1], near[here + 2, tag : tag + 1], own[here],
        ),
        axis=1,
    )  # fmt: skip
    return words, table


def _fill(passage: Passage, sentence: Parsed, near: Floats, own: Floats, whole: Mood) -> None:
    """Write one sentence's rows into the tables, in the order of ``FEATURES``."""
    tags, relations = _numbers()
    tree, tokens = sentence.tree, sentence.words
    n = len(tokens)
    known = np.array([_word(token.text) for token in tokens], np.float32)  # (words, 4)
    odd, sure = logits(tree.odd), logits(tree.sure)
    tag = np.array([tags[t] for t in tree.tags], np.float32)
    heads = np.array(tree.heads)
    near[:, :4] = known
    near[:, 4], near[:, 5], near[:, 6], near[:, 7] = odd, sure, logits(tree.known), tag
    near[:, 8] = [relations[r] for r in tree.relations]
    rooted = heads < 0
    own[:, 0] = np.where(rooted, 0, heads - np.arange(n))
    own[:, 1] = np.where(rooted, -1, tag[heads])
    own[:, 2] = np.where(rooted, -10, odd[heads])
    own[:, 3] = [len(token.text) for token in tokens]
    own[:, 4] = np.arange(n)
    own[:, 5] = n - np.arange(n)
    total = float(odd.sum())
    own[:, 6:] = (
        total / n, odd.max(), sure.mean(), (known[:, 1] > 1).mean(), known[:, 2].mean(), n,
        passage.text.rstrip()[-1:] in ".!?…", whole.without(total, n),
    )  # fmt: skip


@lru_cache(maxsize=1)
def trees() -> Trees:
    """The fitted model (garble.json)."""
    return Trees(MODEL)

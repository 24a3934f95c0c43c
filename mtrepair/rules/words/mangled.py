"""How sure it is that a word is none: evidence, and boosted trees that weigh it.

Unknown words are names, terms, foreign words, fresh derivations, slips, and what an engine made of
pieces. What tells them apart is how their letters follow one another (as in French words, in
names, in English), what stands near them in spelling and in the text, and the document's habits.
``scripts/fit-non-words`` fits the trees on unknown words of machine translation that stand neither
in the source nor in the reference, or that experts marked, against those of people's prose.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import log
from pathlib import Path

from mtrepair.languages import Token
from mtrepair.languages.fr.grammar import PREPOSITIONS
from mtrepair.languages.fr.names import Names
from mtrepair.languages.fr.spelling import bare, neighbours, split
from mtrepair.rules.trees import Trees
from mtrepair.rules.words.english import form
from mtrepair.rules.words.habits import Habits
from mtrepair.rules.words.leftover import DETERMINERS, case_of
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import is_cry, is_numeral, knowledge

MODEL = Path(__file__).with_name("mangled.json")
LETTERS = Path(__file__).with_name("letters.json")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS = (
    "er",
    "é",
    "ée",
    "és",
    "ées",
    "ement",
    "tion",
    "ant",
    "ait",
    "ent",
    "age",
    "eur",
    "ique",
)


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads(LETTERS.read_text("utf-8"))
    return loaded


def pairs(word: str) -> list[str]:
    """The pairs of letters of a word with its ends, accents off, other signs as ``?``."""
    plain = "^" + "".join(c if c in ALPHABET else "?" for c in bare(word.lower())) + "$"
    return [plain[i : i + 3] for i in range(len(plain) - 2)]


def likeness(word: str, table: str) -> float:
    """Mean log10 probability of a word's letters, each given the two before, in one table."""
    found = pairs(word)
    values = _tables()[table]
    return sum(values.get(pair, -4.0) for pair in found) / max(1, len(found))


def candidate(text: str) -> bool:
    """Whether a word is unknown to both languages and could be a word at all."""
    if len(text) < 4 or text[0] > "\u024f" or not text[-1].isalpha():
        return False
    if not (text.islower() or text.istitle()) or "'" in text or "’" in text:
        return False
    low = text.lower()
    facts = knowledge(low)
    if facts.french or facts.english >= 3 or facts.zipf >= 3:
        return False
    return not (is_numeral(low) or is_cry(low))


def evidence(
    i: int, words: Sequence[Token], around: Surroundings, habits: Habits
) -> dict[str, float]:
    """What is seen of the ``i``-th word; :func:`candidate` must hold for it."""
    token = words[i]
    low = token.low
    facts = knowledge(low)
    shape = form(token.text)
    near = neighbours(low)
    found = {
        case_of(token, around): 1.0,
        "length": float(len(low)),
        "zipf": facts.zipf,
        "english": facts.english,
        "derived": float(facts.derived),
        "compound": float(shape.compound),
        "hyphens": float(low.count("-")),
        "hyphen known": shape.known / shape.pieces,
        "near": near[0][1] if near else 0.0,
        "near ones": float(min(len(near), 8)),
        "accents": float(bool(near) and bare(near[0][0]) == bare(low)),
        "glued": float(split(low) is not None),
        "french letters": likeness(low, "french"),
        "name letters": likeness(low, "names"),
        "english letters": likeness(low, "english"),
        "ascii": float(low.isascii()),
        "again": min(log(habits.counts[token.text] or 1), 3.0),
        "quoted": float(around.in_quotes(token)),
        "parentheses": float(around.in_parentheses(token)),
        "code": float(around.in_code(token)),
        "abbreviated": float(around.abbreviated(token)),
        "code around": habits.code(),
        "glued around": habits.glued(token.text),
        "english around": habits.english(token.text),
        "capital around": habits.capital(token.text),
        "closed": float(around.text.rstrip()[-1:] in ".!?…"),
        "passage words": float(min(len(words), 60)),
        "passage capitals": sum(w.text[0].isupper() for w in words) / len(words),
        "passage unknown": (sum(candidate(w.text) for w in words) - 1) / len(words),
    }
    found["french over names"] = found["french letters"] - found["name letters"]
    for ending in _ENDINGS:
        if low.endswith(ending):
            found["verb-like"] = 1.0
    if token.text[0].isupper():
        found["name"] = float(bool(Names.load().flags(token.text)))
    _beside(found, i, words, around)
    return found


def _beside(found: dict[str, float], i: int, words: Sequence[Token], around: Surroundings) -> None:
    token, text = words[i], around.text
    for side, j in (("left", i - 1), ("right", i + 1)):
        if not 0 <= j < len(words):
            found[f"{side}:none"] = 1.0
            continue
        other = words[j]
        gap = text[other.end : token.start] if side == "left" else text[token.end : other.start]
        if gap.strip(" \u00a0'’"):
            found[f"{side}:comma"] = float(gap.strip(" \u00a0") == ",")
            found[f"{side}:mark"] = 1.0
            continue
        low = other.low
        if low in DETERMINERS:
            found[f"{side}:determiner"] = 1.0
        elif low in PREPOSITIONS:
            found[f"{side}:preposition"] = 1.0
        elif other.text[0].isupper():
            found[f"{side}:capital"] = 1.0
        else:
            facts = knowledge(low)
            found[f"{side}:french"] = float(facts.french)
            found[f"{side}:unknown"] = float(candidate(other.text))
            found[f"{side}:english"] = max(0.0, form(other.text).surplus)


@lru_cache(maxsize=1)
def trees() -> Trees:
    """The fitted model (mangled.json)."""
    return Trees(MODEL)

"""How sure it is that a word was left in English.

:func:`evidence` says what is seen of a word and where it stands; boosted trees (leftover.json) make
a probability of it. ``scripts/fit-leftovers`` fits them: words that experts marked in machine
translation against clean French prose, the ``train`` parts of both alone. No observation names a
word: what the trees know of words is what the frequency lists and the dictionary say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from weakref import WeakKeyDictionary

from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.grammar import PREPOSITIONS
from mtrepair.languages.fr.names import Names
from mtrepair.rules.passage import Passage
from mtrepair.rules.trees import Trees
from mtrepair.rules.words.english import GLUE, Form, form
from mtrepair.rules.words.habits import Habits
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import knowledge

MODEL = Path(__file__).with_name("leftover.json")
PROSE = Path(__file__).with_name("slipped.json")

LEAST = 0.3
"""The rule's threshold, on the scale of the trees that know garbled text."""
CLEAR = 0.8
"""What stands for it on the scale of those that know right text: there .7 words in 10,000 of
clean/dev are above it, and three of four words put into English (docs/measured/leftovers.txt)."""
_STEEP = (1 - LEAST) / (1 - CLEAR)

DETERMINERS = frozenset(
    "le la les l' l’ un une des du de d' d’ au aux ce cet cette ces son sa ses leur leurs notre"
    " votre nos vos mon ma mes".split()
)
_UNIT_LIKE = frozenset(
    "in inch inches feet foot pounds pound ounces ounce yards yard oz lbs".split()
)
_MARKS = frozenset("*:;|•-–—>")


_INVERTED = re.compile(r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là)$", re.IGNORECASE)
"""French pronouns behind their verb: "a-t-elle"."""


@lru_cache(maxsize=65536)
def candidate(text: str) -> bool:
    """Whether a word could be left over at all: English has it, or two words were glued."""
    if len(text) < 2 or text[-1] in "'’":
        return False
    shape = form(text)
    if shape.hyphened:
        if _INVERTED.search(text):
            return False
        return shape.known > 0 and not shape.french and shape.surplus > 0.3
    if shape.pieces > 1:
        # "YouTube": what French texts have often is a name.
        return shape.known > 0 and not shape.french and knowledge(text.lower()).zipf < 2.5
    if shape.compound:
        return True
    if shape.french:
        return shape.english >= 3.5 and shape.surplus > 0.3
    return shape.english >= 2.0 and shape.surplus > 0.0


_counted: WeakKeyDictionary[Passage, tuple[int, int]] = WeakKeyDictionary()


def _counts(passage: Passage) -> tuple[int, int]:
    """How many words of a passage have a capital, and how many may be English."""
    if passage not in _counted:
        _counted[passage] = (
            sum(word.text[0].isupper() for word in passage.words),
            sum(is_left(word.text) for word in passage.words),
        )
    return _counted[passage]


def evidence(
    i: int, words: Sequence[Token], around: Surroundings, habits: Habits
) -> dict[str, float]:
    """What is seen of the ``i``-th word; :func:`candidate` must hold for it."""
    token = words[i]
    shape = form(token.text)
    case = case_of(token, around)
    found: dict[str, float] = {"bias": 1.0, case: 1.0}
    more = max(-1.0, min(shape.surplus, 3.5))
    kind = "glued" if shape.pieces > 1 and not shape.hyphened else "word"
    if shape.hyphened:
        kind = "hyphened"
    elif shape.compound:
        kind = "compound"
    elif kind == "word" and shape.french:
        kind = "french"
    elif kind == "word" and shape.derived:
        kind = "derived"
    found[f"{kind}"] = 1.0
    group = "lower" if case == "lower" else "upper"
    found[f"{kind}:{group}"] = 1.0
    found[f"surplus:{group}"] = more
    found[f"surplus:{kind}"] = more
    found["english"] = min(max(shape.english, 2.0), 6.5) - 4.0
    found["short"] = float(len(token.text) < 4)
    if kind == "glued":
        _glue(found, token.text, shape)
    elif shape.hyphened:
        found["hyphened:known"] = shape.known / (shape.hyphened + 1)
    facts = knowledge(token.low)
    found["zipf"] = facts.zipf
    found["length"] = float(len(token.text))
    found["ing"] = float(shape.last.endswith("ing"))
    found["plural"] = float(shape.last.endswith("s"))
    found["closed"] = float(around.text.rstrip()[-1:] in ".!?…")
    found["passage words"] = float(min(len(words), 60))
    capitals, left = _counts(around.passage)
    found["passage capitals"] = capitals / len(words)
    found["passage english"] = (left - is_left(token.text)) / len(words)
    found["place"] = i / len(words)
    _neighbours(found, i, words, around)
    if around.in_quotes(token):
        found["quoted"] = 1.0
    if around.in_parentheses(token):
        found["parentheses"] = 1.0
    if around.in_code(token):
        found["code"] = 1.0
    if group == "upper" and kind == "word":
        flags = Names.load().flags(token.text)
        found["given name"] = float("g" in flags or "f" in flags)
        found["surname"] = float("s" in flags or "S" in flags or "l" in flags)
    if shape.pieces == 1:
        _translations(found, token.low)
    found[f"again:{group}"] = min(log(habits.counts[token.text] or 1), 3.0)
    for name, value in (
        ("glued around", habits.glued(token.text)),
        ("capital around", habits.capital(token.text)),
        ("english around", habits.english(token.text)),
        ("code around", habits.code()),
    ):
        found[name] = value
        found[f"{name}:{group}"] = value
        if kind in ("glued", "french"):
            found[f"{name}:{kind}"] = value
    return found


@lru_cache(maxsize=65536)
def is_left(text: str) -> bool:
    """Whether a word by itself is more English than French."""
    if len(text) < 3:
        return False
    shape = form(text)
    return not shape.french and (shape.surplus > 0.7 or (shape.pieces > 1 and shape.known > 1))


def _translations(found: dict[str, float], word: str) -> None:
    """Whether people translate the word, or keep it as it is."""
    same = other = 0.0
    for french, share in Dictionary.load().french(word):
        if french in (word, word + "s", word.removesuffix("s")):
            same += share
        else:
            other = max(other, share)
    found["kept"] = same
    found["translated"] = other


def case_of(token: Token, around: Surroundings) -> str:
    """How a word is written and where: ``lower``, ``capitals``, ``opens``, ``after mark``,
    ``capital``."""
    text = token.text
    if text[0].islower():
        return "lower"
    if text.isupper() and len(text) > 1:
        return "capitals"
    if around.starts_sentence(token):
        return "opens"
    before = around.text[: token.start].rstrip()[-1:]
    return "after mark" if before in _MARKS else "capital"


def _glue(found: dict[str, float], text: str, shape: Form) -> None:
    last = knowledge(shape.last)
    found["glued:all known"] = float(shape.known == shape.pieces)
    found["glued:grammar"] = float(shape.last in GLUE or shape.last == "a")
    found["glued:french end"] = float(last.french and last.zipf > last.english)
    found["glued:three"] = float(shape.pieces > 2)
    first = text[: len(text) - len(shape.last)].lower()
    known = knowledge(first)
    found["glued:french start"] = float(known.french and len(first) > 3)
    found["glued:plural"] = float(first.endswith("s") and len(first) > 4)
    found["glued:short start"] = float(len(first) < 4)
    found["glued:short end"] = float(len(shape.last) < 3)


def _neighbours(
    found: dict[str, float], i: int, words: Sequence[Token], around: Surroundings
) -> None:
    text = around.text
    token = words[i]
    for side, j in (("left", i - 1), ("right", i + 1)):
        if not 0 <= j < len(words):
            found[f"{side}:none"] = 1.0
            continue
        other = words[j]
        gap = text[other.end : token.start] if side == "left" else text[token.end : other.start]
        if gap.strip(" \u00a0'’"):
            found[f"{side}:mark"] = 1.0
            if any(char.isdigit() for char in gap):
                found[f"{side}:number"] = 1.0
            continue
        lower = other.low
        if lower in DETERMINERS:
            found[f"{side}:determiner"] = 1.0
            continue
        if lower in PREPOSITIONS:
            found[f"{side}:preposition"] = 1.0
            continue
        shape = form(other.text)
        more = min(max(shape.surplus, 0.0), 2.5)
        if lower in GLUE and not shape.french:
            more = 2.5
        if other.text[0].islower():
            found[f"{side}:english"] = more if not shape.french or more > 1 else 0.0
            found[f"{side}:french"] = float(shape.french and more < 0.5)
        else:
            found[f"{side}:capital"] = 1.0
            found[f"{side}:english capital"] = more
            found[f"{side}:opens"] = float(around.starts_sentence(other))
            found[f"{side}:known capital"] = float(shape.french)


@lru_cache(maxsize=1)
def trees() -> Trees:
    """What experts' marks in garbled text have taught (leftover.json)."""
    return Trees(MODEL)


@lru_cache(maxsize=1)
def prose() -> Trees:
    """What single words put into English in right text have taught (slipped.json)."""
    return Trees(PROSE)


def probabilities(seen: Sequence[Mapping[str, float]], *, plain: bool = True) -> list[float]:
    """How sure it is that words with this evidence were left over; see :data:`CLEAR`.

    Args:
        plain: they stand in prose that has no use for English terms.
    """
    if not seen:
        return []
    found = trees().of_rows(seen)
    if not plain:
        return found
    # What is a French word too ("il use") only garbled text makes suspect.
    foreign = [i for i, row in enumerate(seen) if not row.get("french")]
    for i, alone in zip(foreign, prose().of_rows([seen[i] for i in foreign]), strict=True):
        scaled = LEAST * alone / CLEAR if alone < CLEAR else 1 - (1 - alone) * _STEEP
        found[i] = max(found[i], scaled)
    return found

"""Words made by rule where French already has another word from the same stem.

"évacuement" is well made and nobody says it, because there is "évacuation": an established word
blocks a new one of the same sense (Aronoff, Word Formation in Generative Grammar, 1976, p. 43).
Engines that make words of pieces know the suffixes and not the words. In 1.85 million words of
people (clean/train, clean/dev) seven such words are not slips.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon

_ACTIONS = (
    "ification", "isation", "ation", "ition", "ement", "iment", "aison", "tion", "sion", "ance",
    "ence", "erie", "age", "ure", "ise",
)  # fmt: skip
"""Suffixes of nouns for what is done, the longest first."""
_NO_BLOCK = ("ure",)
"""Nouns in it are seldom for what is done."""
_QUALITIES = (
    "ivantes", "ivants", "ivante", "ivant", "ielles", "ieuses", "iales", "aires", "ielle", "ieuse",
    "euses", "elles", "antes", "oires", "iques", "iels", "ieux", "iale", "iaux", "ales", "euse",
    "elle", "ives", "ante", "ants", "aire", "oire", "ique", "iel", "ial", "aux", "ale", "eux",
    "els", "ifs", "ive", "ant", "al", "el", "if",
)  # fmt: skip
"""Suffixes of adjectives; "-able" and "-ible" make new ones at will."""
_ESTABLISHED = ("eable", "eables", "able", "ables", "ible", "ibles", "eaux")
_NOUN, _ADJECTIVE = 3.3, 3.0
"""Zipf frequencies from which a word blocks others."""
_SAID = 2.0
"""The Zipf frequency of a verb that people know ("silencer" is in the dictionary alone)."""
_SHORTEST = 4
"""Letters of a stem."""
_TWICE = re.compile(r"(.{3,}(ant|ment|tion|age|eur|able|ique|if))(?:at|e)?\2s?")


@lru_cache(maxsize=16384)
def blocked(word: str) -> str | None:
    """The established word that stands in the way of an unknown one, in lower case; or None."""
    lexicon = Lexicon.load()
    single = word.removesuffix("s")
    if word in lexicon or single in lexicon or lexicon.zipf(word) >= 1.8:
        return None
    if max(map(lexicon.english_zipf, (word, single))) >= 2.5:
        return None
    twice = _TWICE.fullmatch(word)
    if twice and twice[1] in lexicon:
        return twice[1] + ("s" if word.endswith("s") else "")
    noun = _noun(single)
    if noun is not None:
        return noun + ("s" if word != single and noun[-1] != "s" else "")
    return _adjective(word)


def _noun(word: str) -> str | None:
    suffix = next((s for s in _ACTIONS if word.endswith(s)), None)
    if suffix is None:
        return None
    found: list[str] = []
    for stem in _stems(word, suffix):
        found += [
            stem + other
            for other in _ACTIONS
            if stem + other != word and other not in _NO_BLOCK and _is(stem + other, "N", _NOUN)
        ]
        if suffix in ("ation", "ition", "isation") and stem.endswith(("tion", "sion")):
            found += [stem] if _is(stem, "N", _NOUN) else []
    if suffix == "ement":
        found += _bare_noun(word.removesuffix("ment"))
    return max(found, key=Lexicon.load().zipf, default=None)


def _bare_noun(word: str) -> list[str]:
    """The noun from which "-ment" makes nothing, for want of a verb or an adjective: "silence"."""
    lexicon = Lexicon.load()
    verb = any(lexicon.zipf(word[:-1] + end) >= _SAID for end in ("er", "ir", "re"))
    adjective = any(r.category == "A" for r in lexicon.readings(word))
    return [word] if not verb and not adjective and _is(word, "N", _NOUN) else []


def _adjective(word: str) -> str | None:
    suffix = next((s for s in _QUALITIES if word.endswith(s)), None)
    if suffix is None:
        return None
    lexicon = Lexicon.load()
    found: list[str] = []
    for stem in _stems(word, suffix):
        if "ant" in suffix and any(stem + end in lexicon for end in ("er", "ir", "re")):
            continue  # the participle of a verb
        found += [
            stem + other
            for other in (*_QUALITIES, *_ESTABLISHED)
            if stem + other != word and _is(stem + other, "A", _ADJECTIVE)
        ]
        found += [stem] if _is(stem, "A", _NOUN) else []
    return max(found, key=lexicon.zipf, default=None)


def _stems(word: str, suffix: str) -> list[str]:
    """What may stand before the suffix."""
    stem = word[: -len(suffix)]
    found = [stem, stem + "e"]
    if stem[-1:] == stem[-2:-1]:
        found.append(stem[:-1])
    if stem.endswith(("at", "it")):
        found.append(stem[:-2])
    return [one for one in found if len(one) >= _SHORTEST]


def _is(word: str, category: str, least: float) -> bool:
    lexicon = Lexicon.load()
    return lexicon.zipf(word) >= least and any(
        reading.category == category for reading in lexicon.readings(word)
    )
